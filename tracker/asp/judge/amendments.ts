import { isBefore } from '#dsr/dates/index.ts';
import type { Amendment } from '../../orders/types.ts';
import { AMENDMENT_WORDS, dayInFrench, type Reason } from '../reasons/index.ts';
import { wasHandedIn } from '../status.ts';
import { about, type Case } from './case.ts';

/** Amendments that were not given up: signed at a possible time, and after the advance that they change. */
export function judgeAmendments(given: Case): readonly Reason[] {
  return [...given.order.amendments.entries()].flatMap(([index, one]) =>
    one.status === 'abandonnee' ? [] : judgeOne(given, one, `amendments[${index}]`),
  );
}

function judgeOne(given: Case, one: Amendment, where: string): readonly Reason[] {
  return [...judgeSignature(given, one, `${where}.signedOn`), ...judgePlace(given, one, `${where}.status`)];
}

/** The amendment for which the advance is asked again is signed, as an order is; none is signed before its order. */
function judgeSignature(given: Case, one: Amendment, where: string): readonly Reason[] {
  const { order, today, amendment } = given;
  const { number, signedOn } = one;
  if (signedOn === undefined)
    return one === amendment ? [about(given, 'ASP_AMENDMENT_UNSIGNED', where, { number })] : [];
  const facts = { number, amendedOn: dayInFrench(signedOn), today: dayInFrench(today) };
  const reasons: Reason[] = [];
  if (order.signedOn !== undefined && isBefore(signedOn, order.signedOn)) {
    reasons.push(about(given, 'ASP_AMENDMENT_EARLY', where, { ...facts, signedOn: dayInFrench(order.signedOn) }));
  }
  if (isBefore(today, signedOn)) reasons.push(about(given, 'ASP_AMENDMENT_FUTURE', where, facts));
  return reasons;
}

/** An amendment changes an advance that the ASP holds: a first request does not come after it. */
function judgePlace(given: Case, { number, status }: Amendment, where: string): readonly Reason[] {
  const { kind, former, order } = given;
  if (kind !== 'avance' || status === 'a-deposer' || status === 'abandonnee') return [];
  if (former !== undefined && (former.order !== order.number || wasHandedIn(former))) return [];
  const way =
    former === undefined
      ? `Si l’avance a été déposée sans Jalon, saisissez-la : npm run jalon -- asp enter ${order.number}`
      : `Si l’avance a été déposée, notez-le : npm run jalon -- asp status ${former.id} --set deposee`;
  return [about(given, 'ASP_AMENDMENT_FIRST', where, { number, status: AMENDMENT_WORDS[status], way })];
}
