export { givenProblem, languageOf, problem, Problem, problemCodes, type Values } from './problems.ts';
export type { GivenCode, Language, OwnCode, ProblemView } from './types.ts';
