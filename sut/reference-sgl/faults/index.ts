export { FAULTS, type Fault } from './catalogue.ts';
export { spoilCda, spoilSheet } from './cda-fields.ts';
export { spoilDmp, type DmpPart } from './dmp-fields.ts';
export { spoilHl7 } from './hl7-fields.ts';
export { spoilMail, type MailPlace } from './mail-fields.ts';
export { spoilPdfBytes } from './pdf-fields.ts';
export { selectFaults } from './select.ts';
export { WatchedFaults, type Span } from './watched.ts';
