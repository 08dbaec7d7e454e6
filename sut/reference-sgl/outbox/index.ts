export type { ChannelAnswer, Channels, ReportDocuments } from './channels.ts';
export { createOutbox, systemSchedule, type Outbox, type Schedule } from './outbox.ts';
export { planTransmissions } from './plan.ts';
