import type { MailProblem } from './types.ts';

/** A hostile source could hold millions of defects; the first ones are enough to understand it. */
const MAX_PROBLEMS = 200;

export function addProblem(problems: MailProblem[], problem: MailProblem): void {
  if (problems.length < MAX_PROBLEMS) problems.push(problem);
}
