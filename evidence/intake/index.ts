export type { Evidence, FalseAlarm, GuardNotes, SeenAlarm } from './types.ts';
