export { startControl, type RunningControl } from './start.ts';
export type { Controlled } from './answers.ts';
