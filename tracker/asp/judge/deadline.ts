import { deadlineInFrench, KIND_WORDS, type Reason } from '../reasons/index.ts';
import { about, type Case } from './case.ts';

/** A request comes before the end of the period that receives it. */
export function judgeDeadline(given: Case): readonly Reason[] {
  const { order, kind, regulation } = given;
  const found = regulation.deadline(order.couloir, order.wave, kind);
  if (found === undefined || !found.missed) return [];
  const facts = { kind: KIND_WORDS[kind], deadline: deadlineInFrench(found.deadline), calendar: found.calendar };
  return [about(given, 'ASP_DEADLINE', 'wave', facts)];
}
