import type { Reason } from '../reasons/index.ts';
import { judgeAmendments } from './amendments.ts';
import { judgeAmounts, judgeRequested } from './amounts.ts';
import { judgeAcceptance, judgeAdvance, judgeInvoice } from './balance.ts';
import type { Case, Rule } from './case.ts';
import { judgeDeadline } from './deadline.ts';
import { judgeIdentifiers } from './identifiers.ts';
import { judgeOrder, judgeWindow } from './order.ts';
import { judgePieces } from './pieces.ts';
import { judgeProduct } from './product.ts';

const BOTH: readonly Rule[] = [
  judgeOrder,
  judgeWindow,
  judgeProduct,
  judgeIdentifiers,
  judgeAmounts,
  judgeRequested,
  judgePieces,
  judgeDeadline,
  judgeAmendments,
];

const RULES: Readonly<Record<Case['kind'], readonly Rule[]>> = {
  avance: BOTH,
  solde: [...BOTH, judgeAdvance, judgeInvoice, judgeAcceptance],
};

/** Everything that keeps one order from its request, as far as the order alone tells. */
export function judge(given: Case): readonly Reason[] {
  return RULES[given.kind].flatMap((rule) => rule(given));
}

export type { CarriedPiece, Case, Limits } from './case.ts';
export { needsMssCase } from './balance.ts';
export { DEFAULT_LIMITS, isCarried } from './pieces.ts';
export { productOf } from './product.ts';
