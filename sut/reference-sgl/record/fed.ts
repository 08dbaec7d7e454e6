import { createHash } from 'node:crypto';
import { documentKey, type BuiltDocument, type Report } from '../model/index.ts';
import type { Fed } from './types.ts';

export interface FedDocuments {
  /** A document has just been registered by the DMP. */
  add(report: Report, document: BuiltDocument, at: Date): void;
  list(patientId?: string): readonly Fed[];
  ofReport(reportId: string): readonly Fed[];
  /** uniqueId of the documents of a report that are in the DMP, by key: what a new version replaces. */
  inForce(reportId: string): Readonly<Record<string, string>>;
  change(uniqueId: string, changes: Partial<Pick<Fed, 'status' | 'confidentiality'>>): void;
}

/** The documents that this system put in the DMP, and what became of them there. */
export function createFedDocuments(): FedDocuments {
  const documents: Fed[] = [];
  const change: FedDocuments['change'] = (uniqueId, changes) => {
    const found = documents.findLast((one) => one.uniqueId === uniqueId);
    if (found) Object.assign(found, changes);
  };
  return {
    add(report, document, at) {
      if (document.kind === 'pdf') return;
      if (document.replaces !== undefined) change(document.replaces, { status: 'remplace' });
      documents.push({
        reportId: report.id,
        patientId: report.patient.id,
        uniqueId: document.id,
        kind: document.kind,
        ...(document.audience && { audience: document.audience }),
        version: report.version,
        status: 'actif',
        confidentiality: document.confidentiality ?? {},
        hash: createHash('sha1').update(document.bytes).digest('hex'),
        at,
      });
    },
    list: (patientId) => documents.filter((one) => patientId === undefined || one.patientId === patientId),
    ofReport: (reportId) => documents.filter((one) => one.reportId === reportId),
    inForce: (reportId) =>
      Object.fromEntries(
        documents
          .filter((one) => one.reportId === reportId && one.status === 'actif')
          .map((one) => [documentKey(one), one.uniqueId]),
      ),
    change,
  };
}
