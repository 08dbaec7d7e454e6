export { openDesk, type Brought, type Desk, type Guard, type GuardedPiece } from './desk.ts';
export { guardFor } from './guard-for.ts';
export { IntakeError, type IntakeCode } from './errors.ts';
export { announcedType, mediaTypeOf } from './media-type.ts';
export type { Evidence, FalseAlarm, GuardNotes, SeenAlarm } from './types.ts';
