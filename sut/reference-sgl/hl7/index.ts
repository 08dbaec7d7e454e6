export type { BusinessAck } from './business-ack.ts';
export { createHl7, type Hl7, type Hl7Deps } from './hl7.ts';
export type { ToldConsent } from './read-consent.ts';
export { patientAddressOf } from './write-document.ts';
export type { DocumentAct, DocumentRoute, DocumentToSend } from './write-document.ts';
export type { Hl7State, ReceivedMessage, SentMessage } from './types.ts';
