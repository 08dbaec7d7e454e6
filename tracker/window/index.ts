export { explainWindow, windowSummary } from './explain.ts';
export { isUnderRule, judgeWindow, WINDOW_DAYS } from './judge.ts';
export type {
  Explanation,
  ReasonCode,
  WaitingCode,
  WarningCode,
  WindowInput,
  WindowJudgement,
  WindowStatus,
} from './types.ts';
export { counted, frenchDate, frenchEuros } from './words.ts';
