import { randomUUID } from 'node:crypto';
import { shareableIns } from '../identity/index.ts';
import type { BuiltDocument, Report, SglConfig, Transmission } from '../model/index.ts';
import type { ReportDocuments } from './channels.ts';

/** A transmission and what it carries. One document a line for the DMP, so that a new try never repeats the other. */
export interface PlannedTransmission {
  transmission: Transmission;
  document?: BuiltDocument;
  /** The recipient is told that the report is deleted. */
  deleted?: { reason?: string };
}

/** Who receives a report by secure mail. */
export interface MailRecipients {
  professionals: readonly string[];
  patient: boolean;
}

/** Why no mail about this report may go to these; undefined when it may. */
export type HoldMail = (report: Report, towards: 'professionnels' | 'patient') => string | undefined;

const NOT_QUALIFIED = "Bloqué : l'identité du patient n'est pas qualifiée.";

/**
 * What of a validated report must go to the DMP, which needs a qualified identity: otherwise the line is there, blocked,
 * with its reason. Source: INS implementation guide rule 28.
 */
export function planTransmissions(
  report: Report,
  documents: ReportDocuments,
  now: Date,
  held?: string,
): PlannedTransmission[] {
  const { patient, recipients } = report;
  const line = (channel: Transmission['channel'], recipient: string, blocked?: string): Transmission =>
    newLine(report, channel, recipient, blocked, now);
  const ins = shareableIns(patient);
  const blocked = ins ? undefined : NOT_QUALIFIED;
  const planned: PlannedTransmission[] = [];
  if (recipients.dmp) {
    for (const document of [documents.n3, documents.n1, ...(documents.others ?? [])]) {
      planned.push({ transmission: line('dmp', 'DMP du patient', blocked ?? held), document });
    }
  }
  return planned;
}

/**
 * The lines of the mails: one a professional, one for the patient, whose address is that of a qualified identity
 * (MSSanté #2, ECO 2.2.6). What a refusal or a mask holds back is there, blocked, with its reason.
 */
export function planMails(
  report: Report,
  { professionals, patient }: MailRecipients,
  config: SglConfig,
  now: Date,
  hold: HoldMail,
): PlannedTransmission[] {
  const planned: PlannedTransmission[] = [];
  const heldBack = hold(report, 'professionnels');
  for (const address of new Map(professionals.map((one) => [one.toLowerCase(), one])).values()) {
    planned.push({ transmission: newLine(report, 'mssante-professionnel', address, heldBack, now) });
  }
  if (patient) {
    const ins = shareableIns(report.patient);
    const domain = config.mssante.patientDomain ?? 'patient.mssante.fr';
    const address = ins ? `${ins.matricule}@${domain}` : 'Messagerie du patient';
    const blocked = ins ? hold(report, 'patient') : NOT_QUALIFIED;
    planned.push({ transmission: newLine(report, 'mssante-patient', address, blocked, now) });
  }
  return planned;
}

/** The lines of some documents for the DMP alone. */
export function planDocuments(
  report: Report,
  documents: readonly BuiltDocument[],
  now: Date,
  held?: string,
): PlannedTransmission[] {
  const blocked = shareableIns(report.patient) ? held : NOT_QUALIFIED;
  return documents.map((document) => ({
    transmission: newLine(report, 'dmp', 'DMP du patient', blocked, now),
    document,
  }));
}

function newLine(
  report: Report,
  channel: Transmission['channel'],
  recipient: string,
  blocked: string | undefined,
  at: Date,
): Transmission {
  return {
    id: randomUUID(),
    reportId: report.id,
    channel,
    recipient,
    state: blocked === undefined ? 'en-attente' : 'bloque',
    detail: blocked ?? 'En attente du premier envoi.',
    references: [],
    at,
  };
}
