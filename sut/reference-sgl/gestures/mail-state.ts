import type { Laboratory } from '../app/laboratory.ts';
import type { FileCorrespondent } from '../directory/index.ts';
import type { Mail, MailReceipt, MailTrace } from '../mailbox/index.ts';
import { offsetTime } from '../documents/index.ts';

/** A mail as the screen lists it. */
export function mailState(mail: Mail): object {
  const { messageId, direction, kind, from, to, subject, text, at, about, sender, patientId, documents, receipts } =
    mail;
  return {
    messageId,
    direction,
    kind,
    from,
    to,
    subject,
    ...(text !== undefined && { text }),
    at: at.toISOString(),
    ...(about !== undefined && { about }),
    ...(sender && { sender }),
    ...(patientId !== undefined && { patientId }),
    ...(documents && { documents }),
    ...(direction === 'emis' && { receipts: receipts.map(receiptState) }),
  };
}

export function receiptState({ at, ...receipt }: MailReceipt): object {
  return { ...receipt, at: at.toISOString() };
}

/** With the time of the workstation, offset included (SC.MSS/CONF.18). */
export function mailTraceState({ at, ...trace }: MailTrace): object {
  return { at: offsetTime(at), ...trace };
}

export function correspondentState(followed: FileCorrespondent): object {
  const { checkedAt, followsAt: _, ...correspondent } = followed;
  return { ...correspondent, checkedAt: checkedAt.toISOString() };
}

/** How the copy of the directory is kept up to date (ANN/va1.04). */
export function directoryState({ directory, directorySchedule, settings }: Laboratory): object {
  const { lastImport, correspondents } = directory;
  return {
    everyHours: settings.current().directoryEveryHours,
    ...(lastImport && { lastImport: lastImport.at.toISOString() }),
    nextImport: directorySchedule.nextImport.toISOString(),
    professionals: correspondents.size,
  };
}
