export type { BusinessAckOrder } from './business-ack.ts';
export { HL7_DOMAINS } from './feed-types.ts';
export type {
  FeedConsent,
  FeedEvent,
  FeedIdentity,
  FeedMerge,
  FeedOrder,
  FeedTraits,
  Hl7Domain,
} from './feed-types.ts';
export type { Hl7Sent, SendOptions } from './send.ts';
export { HL7_SITUATIONS } from './situations.ts';
export { startHl7, type Hl7Options, type Hl7Service } from './start.ts';
