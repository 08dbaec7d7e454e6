export { addDays, addMonths, daysBetween, isBefore, parseCivilDate, readCivilDate } from './civil-date.ts';
export { isMissed, missedFrom, parisDay } from './paris.ts';
export type { CivilDate, Deadline } from './types.ts';
