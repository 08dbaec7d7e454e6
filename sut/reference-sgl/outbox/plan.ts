import { randomUUID } from 'node:crypto';
import { shareableIns } from '../identity/index.ts';
import type { BuiltDocument, Report, SglConfig, Transmission } from '../model/index.ts';
import type { ReportDocuments } from './channels.ts';

/** A transmission and what it carries. One document a line for the DMP, so that a new try never repeats the other. */
export interface PlannedTransmission {
  transmission: Transmission;
  document?: BuiltDocument;
}

const NOT_QUALIFIED = "Bloqué : l'identité du patient n'est pas qualifiée.";

/**
 * Where a validated report must go. The DMP and the patient's own mailbox need a qualified identity: otherwise the line
 * is there, blocked, with its reason.
 * Source: INS implementation guide rule 28; MSSanté #2 ECO.2.2.6 (address of a patient).
 */
export function planTransmissions(
  report: Report,
  documents: ReportDocuments,
  config: SglConfig,
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
  for (const address of new Set(recipients.professionals)) {
    planned.push({ transmission: line('mssante-professionnel', address) });
  }
  if (recipients.patient) {
    const domain = config.mssante.patientDomain ?? 'patient.mssante.fr';
    const address = ins ? `${ins.matricule}@${domain}` : 'Messagerie du patient';
    planned.push({ transmission: line('mssante-patient', address, blocked) });
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
