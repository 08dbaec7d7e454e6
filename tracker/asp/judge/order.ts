import { isBefore } from '#dsr/dates/index.ts';
import { dayInFrench } from '../reasons/index.ts';
import type { Reason } from '../reasons/index.ts';
import { about, type Case } from './case.ts';

/** The order itself: signed as the ASP accepts it, with the mentions that it wants to read. */
export function judgeOrder(given: Case): readonly Reason[] {
  const { order, today, product } = given;
  const reasons: Reason[] = [];
  if (order.signedOn === undefined) {
    reasons.push(about(given, 'ASP_ORDER_UNSIGNED', 'signedOn'));
  } else if (isBefore(today, order.signedOn)) {
    const facts = { signedOn: dayInFrench(order.signedOn), today: dayInFrench(today) };
    reasons.push(about(given, 'ASP_ORDER_FUTURE', 'signedOn', facts));
  }
  if (order.signature === 'autre') reasons.push(about(given, 'ASP_SIGNATURE_KIND', 'signature'));
  if (!order.stateMention) reasons.push(about(given, 'ASP_STATE_MENTION', 'stateMention'));
  const referencedOn = product?.referencedOn;
  if (
    order.signedOn !== undefined &&
    referencedOn !== undefined &&
    isBefore(order.signedOn, referencedOn) &&
    !order.conditionalMention
  ) {
    const facts = { signedOn: dayInFrench(order.signedOn), referencedOn: dayInFrench(referencedOn) };
    reasons.push(about(given, 'ASP_CONDITIONAL_MENTION', 'conditionalMention', facts));
  }
  return reasons;
}

/** The 120-day window, as `tracker/window` sees it. */
export function judgeWindow(given: Case): readonly Reason[] {
  const { order, product, regulation } = given;
  // Without signature or product there is nothing to measure, and both are told already.
  if (product === undefined || order.signedOn === undefined) return [];
  const { status, reasons } = regulation.window(order, product);
  if (status === 'eligible') return [];
  return [
    about(given, status === 'pending' ? 'ASP_WINDOW_PENDING' : 'ASP_WINDOW', 'signedOn', {
      detail: reasons.map(({ what, code }) => `${what} (${code})`).join(' ; '),
      way: [...new Set(reasons.map(({ remedy }) => remedy))].join(' '),
    }),
  ];
}
