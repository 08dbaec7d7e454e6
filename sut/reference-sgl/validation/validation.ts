import { randomUUID } from 'node:crypto';
import { identityAsSent, type Patients } from '../identity/index.ts';
import {
  documentKey,
  Refusal,
  SglError,
  type Confidentiality,
  type Professional,
  type Report,
  type ReportTexts,
  type SglConfig,
} from '../model/index.ts';
import { buildLetter } from '../documents/index.ts';
import type { Hospital } from '../hospital/index.ts';
import type { Outbox, ReportDocuments } from '../outbox/index.ts';
import type { Requests } from '../requests/index.ts';

/** Only for a fault: more characters than a title of the registry may have (128). */
const TOO_LONG = 150;

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
  /** The next version of a report: new documents, for the DMP. @throws {SglError} `DOCUMENTS_NON_PRODUITS` */
  revise(id: string, revision: Revision): Promise<ValidatedReport>;
  /** A document that came from elsewhere, kept and fed as a CDA N1. */
  receive(letter: ReceivedLetter): Promise<ValidatedReport>;
  /**
   * A person chooses to send a report by mail, or to send it again (MSS/va1.33, MSS/va1.34).
   * @throws {Refusal} `ENVOI_REFUSE` when nothing of it may leave; what may is sent
   */
  sendByHand(
    order: { reportId: string; professionals: readonly string[]; toPatient: boolean },
    operator?: Professional,
  ): Promise<string>;
  /** Tells who received a report that it is deleted (MSS/va1.37). Gives the addresses. */
  tellDeleted(id: string, reason: string | undefined, operator?: Professional): Promise<readonly string[]>;
  get(id: string): ValidatedReport;
  list(): readonly ValidatedReport[];
}

type ReportStatus = NonNullable<Report['status']>;

export interface ValidationOrder {
  requestId: string;
  title: string;
  biologist: Professional;
  recipients: Report['recipients'];
  status?: ReportStatus;
  confidentiality?: Confidentiality;
  /** One document for professionals and one for the patient. */
  split?: boolean;
  texts?: ReportTexts;
  operator?: Professional;
  /** Date of the act, for a report of the past. */
  at?: Date;
}

/** What a new version changes. */
export interface Revision {
  results: Report['results'];
  title?: string;
  status?: ReportStatus;
  operator?: Professional;
  /** Documents that are in the DMP and that the new ones replace. */
  replaces: Readonly<Record<string, string>>;
}

export interface ReceivedLetter {
  patientId: string;
  title: string;
  typeCode: string;
  mediaType: string;
  bytes: Uint8Array;
  biologist: Professional;
  operator?: Professional;
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
  /** Where reports go instead, when it is the way they leave. */
  hospital: Pick<Hospital, 'holds' | 'isRoute' | 'post'>;
  build: BuildDocuments;
  now: () => Date;
}): Reports {
  const { config, faults, patients, requests, outbox, hospital, build, now } = deps;
  const reports = new Map<string, ValidatedReport>();
  let numbered = 0;
  const get = (id: string): ValidatedReport => {
    const found = reports.get(id);
    if (found) return found;
    throw new SglError('COMPTE_RENDU_INCONNU', 'Ce compte rendu n’existe pas.', 'Choisissez-le dans la liste.');
  };
  return {
    async validate({ requestId, title, biologist, recipients, at = now(), ...more }) {
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
        validatedAt: at,
        ...faultyStatus(more, faults),
        version: 1,
        setId: randomUUID(),
      };
      const documents = await buildOrExplain(build, report, config, faults).catch((error: unknown) => {
        requests.reopen(requestId);
        throw error;
      });
      const validated = { report, documents };
      reports.set(report.id, validated);
      if (hospital.isRoute()) await hospital.post(report, documents);
      if (!hospital.isRoute() || faults.has('hl7-envoi-double')) await outbox.post(report, documents);
      return validated;
    },
    async revise(id, { results, replaces, ...changes }) {
      const { report: before, documents: former } = get(id);
      const inHospital = hospital.holds(id);
      const inDmp = !inHospital && (before.recipients.dmp || Object.keys(replaces).length > 0);
      const report: Report = {
        ...before,
        ...faultyStatus(changes, faults),
        patient: identityAsSent(patients.get(before.patient.id), faults),
        results,
        // A report that was mailed only takes the place of the one that was mailed.
        replaces: inDmp ? replaces : faults.has('mss-version-sans-lien') ? {} : identifiersOf(former),
        validatedAt: now(),
        version: before.version + 1,
      };
      const documents = await buildOrExplain(build, report, config, faults);
      const validated = { report, documents };
      reports.set(id, validated);
      if (inHospital) {
        await hospital.post(report, documents);
        return validated;
      }
      const mailed = outbox.recipientsOf(id);
      outbox.supersede(id, 'Non envoyé : une version suivante le remplace.', true);
      if (inDmp) {
        await outbox.feed(report, [documents.n3, documents.n1, ...(documents.others ?? [])]);
      }
      // Who received the former version receives the new one, with the notice that it takes its place (MSS/va1.35).
      if (!faults.has('mss-remplace-non-renvoye')) await outbox.mail(report, documents, mailed);
      return validated;
    },
    async receive({ patientId, title, typeCode, mediaType, bytes, biologist, operator }) {
      numbered += 1;
      const id = `DOC${String(numbered).padStart(6, '0')}`;
      const at = now();
      const report: Report = {
        id,
        patient: identityAsSent(patients.get(patientId), faults),
        title: faults.has('xds-titre-trop-long') ? `${title}, ${title}`.padEnd(TOO_LONG, ' et suite') : title,
        requestId: id,
        results: [],
        biologist,
        ...(operator && { operator }),
        letter: { typeCode, mediaType },
        recipients: { professionals: [], patient: false, dmp: true },
        sampledAt: at,
        receivedAt: at,
        validatedAt: at,
        version: 1,
        setId: randomUUID(),
      };
      const n1 = buildLetter(report, { mediaType, bytes }, config, faults);
      const pdf = { ...n1, kind: 'pdf' as const, id: title, fileName: title, mediaType, bytes };
      const validated = { report, documents: { n3: n1, n1, pdf } };
      reports.set(id, validated);
      if (!faults.has('dmp-lettre-non-versee')) await outbox.feed(report, [n1]);
      return validated;
    },
    async sendByHand({ reportId, professionals, toPatient }, operator) {
      const { report, documents } = get(reportId);
      const sent = { ...report, ...(operator && { operator }) };
      const lines = await outbox.mail(sent, documents, { professionals, patient: toPatient });
      const told = lines.map(({ recipient, detail }) => `${recipient} : ${detail}`).join('\n');
      if (lines.length === 0) throw new Refusal('DESTINATAIRE', 'Choisissez au moins un destinataire.');
      if (lines.every(({ state }) => state === 'bloque' || state === 'refuse')) throw new Refusal('ENVOI_REFUSE', told);
      return told;
    },
    async tellDeleted(id, reason, operator) {
      const { report, documents } = get(id);
      const recipients = outbox.recipientsOf(id);
      outbox.supersede(id, 'Non envoyé : le compte rendu est supprimé.', true);
      if (faults.has('mss-suppression-muette')) return [];
      const told = faults.has('mss-suppression-incomplete')
        ? { professionals: recipients.professionals.slice(0, 1), patient: false }
        : recipients;
      const deleted = reason === undefined ? {} : { reason };
      const lines = await outbox.mail({ ...report, ...(operator && { operator }) }, documents, told, deleted);
      return lines.map(({ recipient }) => recipient);
    },
    get,
    list: () => [...reports.values()],
  };
}

/** uniqueId of the documents of a version, by what they are. */
function identifiersOf({ n3, n1, others = [] }: ReportDocuments): Readonly<Record<string, string>> {
  return Object.fromEntries([n3, n1, ...others].map((document) => [documentKey(document), document.id]));
}

/** A partial report that a fault writes as a complete one. */
function faultyStatus<Order extends { status?: ReportStatus }>(order: Order, faults: ReadonlySet<string>): Order {
  return order.status === 'partiel' && faults.has('dmp-partiel-ecrit-complet')
    ? { ...order, status: 'complet' }
    : order;
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
