import type { Deposit, DepositStatus, PaymentRequest, StatusChange } from './types.ts';

/**
 * From where to where a file may go. The ASP takes the JSON and the attachments apart; a request to be modified or
 * incomplete is prepared again, then handed in again (asp-faq, statuses seen).
 */
const NEXT: Readonly<Record<DepositStatus, readonly DepositStatus[]>> = {
  preparee: ['deposee'],
  deposee: ['validee', 'a-modifier', 'incomplete', 'risque-de-recouvrement'],
  validee: ['decidee-et-payee', 'a-modifier', 'incomplete', 'risque-de-recouvrement'],
  'a-modifier': ['preparee', 'deposee'],
  incomplete: ['preparee', 'deposee'],
  'decidee-et-payee': ['risque-de-recouvrement'],
  'risque-de-recouvrement': ['decidee-et-payee', 'deposee'],
};

export const STATUSES = Object.keys(NEXT) as readonly DepositStatus[];

/** Statuses that may follow, in the order of a request's life. */
export function nextStatuses(status: DepositStatus): readonly DepositStatus[] {
  return NEXT[status];
}

/** @throws {RangeError} for a deposit without history, which nothing makes */
export function statusOf(deposit: Deposit): DepositStatus {
  const last = deposit.history.at(-1);
  if (last === undefined) throw new RangeError(`${deposit.file} n’a pas d’historique`);
  return last.status;
}

/** A deposit that just came to be. */
export function prepared(file: string, sha256: string, change: Omit<StatusChange, 'status'>): Deposit {
  return { file, sha256, history: [{ ...change, status: 'preparee' }] };
}

export type Moved =
  | { readonly ok: true; readonly deposit: Deposit }
  | { readonly ok: false; readonly from: DepositStatus; readonly allowed: readonly DepositStatus[] };

/** Moves a file to a status, when it may go there; the history keeps what was. */
export function moved(deposit: Deposit, change: StatusChange): Moved {
  const from = statusOf(deposit);
  const allowed = nextStatuses(from);
  if (!allowed.includes(change.status)) return { ok: false, from, allowed };
  return { ok: true, deposit: { ...deposit, history: [...deposit.history, change] } };
}

/** How far a status is from the money: the request as a whole is where its slower file is. */
const WORST_FIRST: readonly DepositStatus[] = [
  'risque-de-recouvrement',
  'a-modifier',
  'incomplete',
  'preparee',
  'deposee',
  'validee',
  'decidee-et-payee',
];

/** Status of a request as a whole: that of the file that lags behind. */
export function requestStatus(request: PaymentRequest): DepositStatus {
  const statuses = new Set(depositsOf(request).map(statusOf));
  return WORST_FIRST.find((status) => statuses.has(status)) ?? 'preparee';
}

/** Whether the files of a request may be made again: none was handed in yet, or the ASP gave one back. */
export function mayBeRemade(request: PaymentRequest): boolean {
  const statuses = depositsOf(request).map(statusOf);
  return (
    statuses.every((status) => status === 'preparee') ||
    statuses.some((status) => status === 'a-modifier' || status === 'incomplete')
  );
}

/** Whether the ASP ever had a file of a request in its hands, as far as it was noted. */
export function wasHandedIn(request: Pick<PaymentRequest, 'json' | 'zip'>): boolean {
  return depositsOf(request).some(({ history }) => history.some(({ status }) => status !== 'preparee'));
}

/** A file made again: back to `preparee` when its bytes changed, as it was otherwise. */
export function remade(before: Deposit, now: Deposit): Deposit {
  return before.sha256 === now.sha256 && before.file === now.file
    ? before
    : { ...now, history: [...before.history, ...now.history] };
}

function depositsOf({ json, zip }: Pick<PaymentRequest, 'json' | 'zip'>): readonly Deposit[] {
  return zip === undefined ? [json] : [json, zip];
}
