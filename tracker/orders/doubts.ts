import { parseCivilDate, type CivilDate } from '#dsr/dates/index.ts';
import { eurosText } from '#dsr/money/index.ts';
import { loadCategories } from '#dsr/rem/index.ts';
import { checkCeiling, type Scales } from '#dsr/scales/index.ts';
import { placed } from './book.ts';
import { FAULTS, numeric, type Fault, type OrderMessage } from './message.ts';
import type { PlacedColumn, ReadOrder } from './read.ts';

/** What the values of an order are held against. */
export interface Doubting {
  readonly today: CivilDate;
  readonly scales: Scales;
}

/** The first texts of the financing are of 2021: an earlier signature is a year mistyped. */
const FIRST_SIGNATURE = parseCivilDate('2021-01-01')!;
const COULOIRS = loadCategories().map(({ code }) => code);

/**
 * What reads well and is hardly true: a couloir that nobody knows, a signature out of time, an amount above the ceiling.
 * Warnings all: the row stays, since an official text may be newer than what is shipped.
 */
export function doubtsOf(read: readonly ReadOrder[], doubting: Doubting): readonly OrderMessage[] {
  return read.flatMap((one) =>
    faultsOf(one, doubting).map(({ column, value, fault }) => ({ ...placed(one, column, value), ...fault })),
  );
}

interface Doubt {
  readonly column: PlacedColumn;
  readonly value: string;
  readonly fault: Fault;
}

function faultsOf({ order }: ReadOrder, { today, scales }: Doubting): readonly Doubt[] {
  const { couloir, wave, sites, amounts, signedOn } = order;
  const doubts: Doubt[] = [];
  if (!COULOIRS.includes(couloir)) {
    doubts.push({ column: 'couloir', value: couloir, fault: FAULTS.couloirUnknown(couloir, COULOIRS.join(', ')) });
  }
  if (signedOn !== undefined && signedOn < FIRST_SIGNATURE) {
    doubts.push({
      column: 'signedOn',
      value: numeric(signedOn),
      fault: FAULTS.signedLongAgo(signedOn, FIRST_SIGNATURE),
    });
  }
  if (signedOn !== undefined && signedOn > today) {
    doubts.push({ column: 'signedOn', value: numeric(signedOn), fault: FAULTS.signedInFuture(signedOn, today) });
  }
  // A professional on his own is one site.
  const { status, message } = checkCeiling(couloir, wave, Math.max(1, sites.length), amounts, scales);
  if (status === 'above') {
    doubts.push({
      column: 'amounts.ht',
      value: eurosText(amounts.ht).replace('.', ','),
      fault: FAULTS.aboveCeiling(message),
    });
  }
  return doubts;
}
