export type { ChannelAnswer, Channels, ExistenceTold, ReportDocuments } from './channels.ts';
export { createOutbox, systemSchedule, type FeedSession, type Outbox, type Schedule } from './outbox.ts';
export { type HoldMail, type MailRecipients, planMails, planTransmissions } from './plan.ts';
