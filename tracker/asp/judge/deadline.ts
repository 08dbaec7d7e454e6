import { isMissed } from '#dsr/dates/index.ts';
import { deadlineInFrench, KIND_WORDS, type Reason } from '../reasons/index.ts';
import { about, type Case } from './case.ts';

/** A request handed in at the very hour of the deadline is late. */
export function judgeDeadline(given: Case): readonly Reason[] {
  const { order, kind, regulation } = given;
  const found = regulation.deadline(order.couloir, order.wave, kind);
  if (found === undefined || !isMissed(found.deadline, regulation.now)) return [];
  const facts = { kind: KIND_WORDS[kind], deadline: deadlineInFrench(found.deadline), calendar: found.calendar };
  return [about(given, 'ASP_DEADLINE', 'wave', facts)];
}
