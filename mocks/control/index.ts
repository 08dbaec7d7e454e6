export { startControl, type RunningControl } from './start.ts';
export { createJudging, type Judge, type Judged, type Judgement, type Judging } from './judging.ts';
export { showExchange } from './show-exchange.ts';
export type { Controlled } from './answers.ts';
