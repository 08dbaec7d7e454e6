export { HL7_SITUATIONS } from './situations.ts';
export { startHl7, type Hl7Options } from './start.ts';
