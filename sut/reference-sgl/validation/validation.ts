import { randomUUID } from 'node:crypto';
import { identityAsSent, type Patients } from '../identity/index.ts';
import { SglError, type Professional, type Report, type SglConfig } from '../model/index.ts';
import type { Outbox, ReportDocuments } from '../outbox/index.ts';
import type { Requests } from '../requests/index.ts';

export interface ValidatedReport {
  report: Report;
  documents: ReportDocuments;
}

export interface Reports {
  /**
   * Biological validation: the report is made, its documents are built, and every transmission is tried once before
   * this returns.
   * @throws {SglError} `DOCUMENTS_NON_PRODUITS`, and those of patients and requests
   */
  validate(order: ValidationOrder): Promise<ValidatedReport>;
  /** @throws {SglError} `COMPTE_RENDU_INCONNU` */
  get(id: string): ValidatedReport;
  list(): readonly ValidatedReport[];
}

export interface ValidationOrder {
  requestId: string;
  title: string;
  biologist: Professional;
  recipients: Report['recipients'];
}

export type BuildDocuments = (
  report: Report,
  config: SglConfig,
  faults: ReadonlySet<string>,
) => Promise<ReportDocuments>;

export function createReports(deps: {
  config: SglConfig;
  faults: ReadonlySet<string>;
  patients: Patients;
  requests: Requests;
  outbox: Outbox;
  build: BuildDocuments;
  now: () => Date;
}): Reports {
  const { config, faults, patients, requests, outbox, build, now } = deps;
  const reports = new Map<string, ValidatedReport>();
  let numbered = 0;
  return {
    async validate({ requestId, title, biologist, recipients }) {
      const request = requests.validate(requestId);
      numbered += 1;
      const report: Report = {
        id: `CR${String(numbered).padStart(6, '0')}`,
        patient: identityAsSent(patients.get(request.patientId), faults),
        title,
        requestId,
        results: request.results,
        ...(request.prescriber && { prescriber: request.prescriber }),
        biologist,
        recipients,
        sampledAt: request.sampledAt,
        receivedAt: request.receivedAt,
        validatedAt: now(),
        version: 1,
        setId: randomUUID(),
      };
      const documents = await buildOrExplain(build, report, config, faults).catch((error: unknown) => {
        requests.reopen(requestId);
        throw error;
      });
      const validated = { report, documents };
      reports.set(report.id, validated);
      await outbox.post(report, documents);
      return validated;
    },
    get(id) {
      const found = reports.get(id);
      if (found) return found;
      throw new SglError('COMPTE_RENDU_INCONNU', 'Ce compte rendu n’existe pas.', 'Choisissez-le dans la liste.');
    },
    list: () => [...reports.values()],
  };
}

async function buildOrExplain(
  build: BuildDocuments,
  report: Report,
  config: SglConfig,
  faults: ReadonlySet<string>,
): Promise<ReportDocuments> {
  try {
    return await build(report, config, faults);
  } catch (cause) {
    throw new SglError(
      'DOCUMENTS_NON_PRODUITS',
      'Les documents du compte rendu n’ont pas pu être produits : la demande reste à valider.',
      'Vérifiez les codes LOINC, les unités et la racine d’OID, puis validez à nouveau.',
      { cause },
    );
  }
}
