export type { Hl7Delimiters, Hl7Fault, Hl7Message, Hl7Reading, Hl7Segment } from './types.ts';
export { component, escapeHl7, repetitions, segment, segments, unescapeHl7 } from './access.ts';
export { buildAck, type AckParts } from './ack.ts';
export { frameMllp, mllpReader, type MllpReader } from './mllp.ts';
export { readHl7 } from './read.ts';
