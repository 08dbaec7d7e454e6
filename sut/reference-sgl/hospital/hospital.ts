import { REPORT_TYPE } from '../documents/index.ts';
import type { BusinessAck, DocumentAct, DocumentRoute, DocumentToSend, Hl7, SentMessage } from '../hl7/index.ts';
import { patientAddressOf } from '../hl7/index.ts';
import type { IdentitySettings } from '../identity/index.ts';
import { shareableIns } from '../identity/index.ts';
import type { BuiltDocument, Report, SglConfig, TransmissionState } from '../model/index.ts';
import type { ReportDocuments } from '../outbox/index.ts';

/** One message of a report, as its user sees it. */
export interface HospitalLine {
  readonly reportId: string;
  readonly channel: 'hl7';
  /** The record or platform that it goes to. */
  readonly recipient: string;
  readonly state: TransmissionState;
  /** French sentence: the refusal, or what became of the document. */
  readonly detail: string;
  /** MSH-10, then the uniqueId of the document. */
  readonly references: readonly string[];
  readonly at: Date;
}

/** Reports given to the hospital, which feeds the DMP and writes the mails in the place of this system (DOC/va1.20). */
export interface Hospital {
  /** Whether reports leave by it. */
  isRoute(): boolean;
  /** Whether this report left by it. */
  holds(reportId: string): boolean;
  /** Sends a version of a report: each message is tried once before this returns. */
  post(report: Report, documents: ReportDocuments): Promise<void>;
  /** Tells that a report is deleted. */
  cancel(reportId: string): Promise<string>;
  /** What the hospital tells of a document. @returns false when it is not one of ours */
  told(ack: BusinessAck): boolean;
  list(reportId?: string): readonly HospitalLine[];
}

interface Sent {
  readonly controlId: string;
  readonly document: BuiltDocument;
  readonly order: DocumentToSend;
  readonly at: Date;
  told: BusinessAck[];
}

interface Kept {
  report: Report;
  documents: ReportDocuments;
  lines: (Sent | { readonly blocked: string; readonly at: Date })[];
}

const NOT_QUALIFIED = "Bloqué : l'identité du patient n'est pas qualifiée.";

export function createHospital(deps: {
  config: SglConfig;
  faults: ReadonlySet<string>;
  now: () => Date;
  settings: () => IdentitySettings;
  hl7: () => Pick<Hl7, 'sendDocument' | 'sent' | 'partner'>;
}): Hospital {
  const { config, faults, now, settings, hl7 } = deps;
  const kept = new Map<string, Kept>();

  const send = async (of: Kept, documents: readonly Destined[], act: DocumentAct): Promise<void> => {
    const route = routeOf(settings());
    for (const { document, toDmp, professionals, toPatient } of documents) {
      const order = orderOf(of.report, document, { act, route, toDmp, professionals, toPatient }, config);
      const { controlId } = await hl7().sendDocument(order, of.report.biologist.nationalId);
      of.lines.push({ controlId, document, order, at: now(), told: [] });
    }
  };

  return {
    isRoute: () => settings().reportRoute !== 'directe',
    holds: (reportId) => kept.has(reportId),
    async post(report, documents) {
      const before = kept.get(report.id);
      const of: Kept = { report, documents, lines: before?.lines ?? [] };
      kept.set(report.id, of);
      if (!shareableIns(report.patient)) {
        of.lines.push({ blocked: NOT_QUALIFIED, at: now() });
        return;
      }
      await send(of, destined(report, documents, faults), report.version > 1 ? 'remplacement' : 'nouveau');
    },
    async cancel(reportId) {
      const of = kept.get(reportId);
      if (!of) return '';
      const last = of.lines.filter((line): line is Sent => 'controlId' in line);
      const version = new Set([of.documents.n3.id, of.documents.n1.id]);
      const inForce = last.filter(({ document, order }) => version.has(document.id) && order.act !== 'suppression');
      const once = new Map(inForce.map(({ document, order }) => [document.id, { document, order }]));
      for (const { document, order } of once.values()) {
        const { controlId } = await hl7().sendDocument(
          { ...order, act: 'suppression' },
          of.report.biologist.nationalId,
        );
        of.lines.push({ controlId, document, order: { ...order, act: 'suppression' }, at: now(), told: [] });
      }
      return `Suppression demandée à l'établissement (${once.size} document(s)).`;
    },
    told(ack) {
      const lines = [...kept.values()].flatMap((of) => of.lines);
      const line = lines.find((one): one is Sent => 'controlId' in one && one.controlId === ack.about);
      if (!line) return false;
      if (!faults.has('hl7-zam-ignore')) line.told.push(ack);
      return true;
    },
    list(reportId) {
      const { sent, partner } = hl7();
      const messages = new Map(sent().map((message) => [message.controlId, message]));
      return [...kept.values()]
        .filter(({ report }) => reportId === undefined || report.id === reportId)
        .flatMap(({ report, lines }) =>
          lines.map((line): HospitalLine => {
            const same = { reportId: report.id, channel: 'hl7', recipient: partner(), at: line.at } as const;
            if ('blocked' in line) return { ...same, state: 'bloque', detail: line.blocked, references: [] };
            return { ...same, ...shown(line, messages.get(line.controlId), faults) };
          }),
        );
    },
  };
}

function shown(
  { controlId, document, told }: Sent,
  message: SentMessage | undefined,
  faults: ReadonlySet<string>,
): Pick<HospitalLine, 'state' | 'detail' | 'references'> {
  const said = [...new Set([message?.detail ?? '', ...told.map(({ detail }) => detail)])].filter(Boolean).join(' ');
  const failed = told.some(({ succeeded }) => !succeeded);
  const state: TransmissionState =
    failed || message?.state === 'refuse' ? 'refuse' : message?.state === 'transmis' ? 'transmis' : 'en-attente';
  const line = { state, detail: said, references: [controlId, document.id] };
  return faults.has('hl7-refus-muet') ? { ...line, state: 'transmis', detail: 'Message envoyé.' } : line;
}

function routeOf({ reportRoute }: IdentitySettings): DocumentRoute {
  return reportRoute === 'directe' ? 'hl7-oru' : reportRoute;
}

/** A document and what the hospital must do with it. */
interface Destined {
  document: BuiltDocument;
  toDmp: boolean;
  professionals: readonly string[];
  toPatient: boolean;
}

/**
 * What leaves for a report: the N3 is for the mails and for the DMP, the N1 for the DMP alone. A document that only the
 * patient is written to does not go to the DMP by the same message (protocols.md §7.3).
 */
function destined(report: Report, { n3, n1, others = [] }: ReportDocuments, faults: ReadonlySet<string>): Destined[] {
  const { dmp } = report.recipients;
  const nobody = { professionals: [], toPatient: false };
  const planned = [n3, n1, ...others].flatMap((document): Destined[] => {
    const hidden = document.confidentiality ?? report.confidentiality ?? {};
    const mailed = document.kind === 'cda-n3';
    const professionals =
      mailed && hidden.hiddenFromProfessionals !== true && hidden.hiddenFromLegalRepresentatives !== true
        ? report.recipients.professionals
        : [];
    const toPatient = mailed && hidden.hiddenFromPatient !== true && report.recipients.patient;
    if (!toPatient || professionals.length > 0) return [{ document, toDmp: dmp, professionals, toPatient }];
    const apart = { document, toDmp: false, professionals, toPatient };
    return dmp ? [apart, { document, toDmp: true, ...nobody }] : [apart];
  });
  return planned.filter(({ document }) => !(document.kind === 'cda-n1' && faults.has('hl7-sans-n1')));
}

function orderOf(
  report: Report,
  document: BuiltDocument,
  to: Pick<DocumentToSend, 'act' | 'route' | 'toDmp' | 'professionals'> & { toPatient: boolean },
  config: SglConfig,
): DocumentToSend {
  const { toPatient, ...rest } = to;
  const { laboratory, mssante } = config;
  const address = patientAddressOf(report.patient, mssante.patientDomain ?? 'patient.mssante.fr');
  return {
    ...rest,
    patient: report.patient,
    document,
    type: { code: REPORT_TYPE.code, label: REPORT_TYPE.label },
    requestId: report.requestId,
    sampledAt: report.sampledAt,
    confidentiality: document.confidentiality ?? report.confidentiality ?? {},
    ...(toPatient && address !== undefined && { patientAddress: address }),
    replyTo: laboratory.mailbox,
    author: report.biologist,
    structure: { id: laboratory.id, name: laboratory.name },
  };
}
