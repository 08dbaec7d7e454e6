export { createHl7, type Hl7, type Hl7Deps } from './hl7.ts';
export type { Hl7State, ReceivedMessage, SentMessage } from './types.ts';
