import { isBefore, isMissed } from '#dsr/dates/index.ts';
import { exactEuros, minus, type Amounts, type Cents } from '#dsr/money/index.ts';
import type { Order } from '../orders/types.ts';
import { advanceOn } from './amounts.ts';
import { dayInFrench, deadlineInFrench, rateInFrench, STATUS_WORDS } from './reasons/index.ts';
import type { Completion } from './ports.ts';
import { requestStatus } from './status.ts';
import type { PaymentRequest } from './types.ts';

/** Something to know of a request that hinders nothing. */
export interface Note {
  readonly code:
    | 'ASP_ADVANCE_UNUSUAL'
    | 'ASP_AMENDMENT_LATER'
    | 'ASP_BALANCE_OUT_OF_STEP'
    | 'ASP_NOTICE_LATE'
    | 'ASP_NOTICE_MISSING'
    | 'ASP_SERVICE_LATE';
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
    `L’avance est de ${exactEuros(ttc)} TTC, et non de ${exactEuros(usual)} (${rateInFrench(share)} ` +
    `de ${exactEuros(total.ttc)}) : le solde est ce qu’elle laisse, ${exactEuros(minus(total.ttc, ttc))}.`;
  return [{ code: 'ASP_ADVANCE_UNUSUAL', what, remedy: 'Vérifiez ce montant sur la décision de l’ASP.' }];
}

/** A first request beside an amendment, which is asked for afterwards: the ASP amends what it holds. */
export function noteAmendments({ amendments }: Pick<Order, 'amendments'>): readonly Note[] {
  const open = amendments.filter(({ status }) => status !== 'abandonnee').map(({ number }) => number);
  if (open.length === 0) return [];
  const what = `Cette demande porte les montants d’avant l’avenant ${open.join(', ')}, qui se demande ensuite.`;
  const remedy = 'Déposez-la et notez-le (npm run jalon -- asp status), puis relancez : la demande d’avenant suit.';
  return [{ code: 'ASP_AMENDMENT_LATER', what, remedy }];
}

const RECOVERY = 'L’ASP peut recouvrer l’aide.';

/** What a balance is asked for, and when. */
export interface AskedBalance {
  readonly order: Pick<Order, 'acceptance' | 'completionNotifiedOn'>;
  readonly completion: Completion | undefined;
  /** The same balance, as it was asked for before. */
  readonly former?: PaymentRequest;
  readonly now: Date;
}

/**
 * A service done too late, or of which the ASP was told nothing by its last day: it receives the balance all the same,
 * and may ask the money back (decks 002 and 004, rule of 20 September 2023).
 */
export function noteCompletion({ order, completion, former, now }: AskedBalance): readonly Note[] {
  if (completion === undefined) return [];
  const { deadline, noticeDue } = completion;
  const limit = deadlineInFrench(deadline);
  const notes: Note[] = [];
  const done = order.acceptance?.serviceDoneOn;
  if (done !== undefined && isBefore(deadline.date, done)) {
    const what = `La prestation a été réalisée le ${dayInFrench(done)}, après la date limite (${limit}). ${RECOVERY}`;
    notes.push({ code: 'ASP_SERVICE_LATE', what, remedy: 'Prévenez l’ASP, et gardez la preuve de cette date.' });
  }
  const first = former?.json.history.find(({ status }) => status === 'deposee')?.at;
  const asked = first === undefined ? now : new Date(first);
  if (!noticeDue || !isMissed(deadline, asked)) return notes;
  const notified = order.completionNotifiedOn;
  if (notified === undefined) {
    const what = `Au ${limit}, ni demande de solde déposée, ni achèvement notifié à l’ASP. ${RECOVERY}`;
    const remedy =
      'Si l’achèvement a été notifié, écrivez quand (« Achèvement notifié à l’ASP le ») ; sinon, notifiez-le sans attendre.';
    notes.push({ code: 'ASP_NOTICE_MISSING', what, remedy });
  } else if (isBefore(deadline.date, notified)) {
    const what = `L’achèvement a été notifié à l’ASP le ${dayInFrench(notified)}, après la date limite (${limit}). ${RECOVERY}`;
    notes.push({ code: 'ASP_NOTICE_LATE', what, remedy: 'Gardez la preuve de la date de réalisation.' });
  }
  return notes;
}

/** A balance made from another advance than the one now entered: both together are no longer the order. */
export function noteBalance(ttc: Cents, total: Amounts, balance: PaymentRequest | undefined): readonly Note[] {
  if (balance === undefined) return [];
  const left = minus(total.ttc, ttc);
  if (balance.requested === left) return [];
  const status = requestStatus(balance);
  const what =
    `Le solde ${balance.id} (${STATUS_WORDS[status]}) demande ${exactEuros(balance.requested)} TTC, ` +
    `et cette avance laisse ${exactEuros(left)}.`;
  const remedy =
    status === 'preparee'
      ? 'Refaites-le : npm run jalon -- asp solde.'
      : 'Dites-le à l’ASP, puis corrigez le solde dès qu’elle le rend « à modifier ».';
  return [{ code: 'ASP_BALANCE_OUT_OF_STEP', what, remedy }];
}
