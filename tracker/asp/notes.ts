import { minus, type Amounts, type Cents } from '#dsr/money/index.ts';
import { advanceOn } from './amounts.ts';
import { eurosInFrench, rateInFrench } from './reasons/index.ts';

/** Something to know of a request that hinders nothing. */
export interface Note {
  readonly code: 'ASP_ADVANCE_UNUSUAL';
  /** French, what is unusual. */
  readonly what: string;
  /** French, what to look at. */
  readonly remedy: string;
}

/** What an advance of another share than the usual one does to the balance. @param share that of the scale */
export function noteAdvance(ttc: Cents, total: Amounts, share: number): readonly Note[] {
  const usual = advanceOn(total, share).ttc;
  if (ttc === usual) return [];
  const what =
    `L’avance est de ${eurosInFrench(ttc)} TTC, et non de ${eurosInFrench(usual)} (${rateInFrench(share)} ` +
    `de ${eurosInFrench(total.ttc)}) : le solde est ce qu’elle laisse, ${eurosInFrench(minus(total.ttc, ttc))}.`;
  return [{ code: 'ASP_ADVANCE_UNUSUAL', what, remedy: 'Vérifiez ce montant sur la décision de l’ASP.' }];
}
