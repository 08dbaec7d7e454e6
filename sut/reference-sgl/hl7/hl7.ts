import { spoilHl7 } from '../faults/index.ts';
import type { FeedOutcome, IdentityChange, IdentityFeed, IdentitySettings, IdentityTraces } from '../identity/index.ts';
import { SglError, type Patient, type Report, type SglConfig } from '../model/index.ts';
import type { Schedule } from '../outbox/index.ts';
import { newControlId } from './ack.ts';
import type { BusinessAck } from './business-ack.ts';
import { decodeMessage, encodeMessage } from './bytes.ts';
import { listenMllp, type MllpListener } from './mllp.ts';
import { planMessages } from './plan.ts';
import type { ToldConsent } from './read-consent.ts';
import { createReceiver } from './receive.ts';
import { createSender, type Sender } from './sender.ts';
import type { ReceivedMessage, SentMessage } from './types.ts';
import { typeOfRoute, writeDocument, type DocumentToSend } from './write-document.ts';
import { carriesIns, writeAdt, writeOru, type Envelope, type WriteFaults } from './write.ts';

/** The HL7 v2 side of the laboratory: what it hears, what it tells. */
export interface Hl7 {
  /** Opens the listener when it is not, and says where it is. @throws {SglError} `HL7_PORT` */
  listen(): Promise<{ host: string; port: number }>;
  /**
   * Sends now a message about a patient, of the kind that suits the role: A31 for the identity repository, ORU^R01
   * otherwise. Returns after the first try, whatever came of it.
   *
   * @throws {SglError} `HL7_SANS_PARTENAIRE`, `PATIENT_INCONNU`
   */
  send(patientId: string, user: string): Promise<SentMessage>;
  /**
   * Sends a document to the partner, who must do something with it. Returns after the first try, whatever came of it.
   *
   * @throws {SglError} `HL7_SANS_PARTENAIRE`
   */
  sendDocument(document: DocumentToSend, user: string): Promise<SentMessage>;
  /** Who our messages go to, as the user names it. */
  partner(): string;
  /** Tells a change of identity to the partner, behind; never throws, never waits. */
  onIdentityChange(change: IdentityChange): void;
  sent(): readonly SentMessage[];
  received(): readonly ReceivedMessage[];
  /** A new try now of a message that waits or was refused. */
  retry(controlId: string): Promise<SentMessage | undefined>;
  /** Frees the port and cuts what is under way. */
  stop(): Promise<void>;
}

export interface Hl7Deps {
  config: SglConfig;
  faults: ReadonlySet<string>;
  now: () => Date;
  /** Identity settings as they are now. */
  settings: () => IdentitySettings;
  patients: { get(id: string): Patient };
  /** The last report validated for a patient. */
  lastReport: (patientId: string) => Report | undefined;
  receiveFeed: (feed: IdentityFeed) => Promise<FeedOutcome>;
  receiveBusinessAck: (ack: BusinessAck) => boolean;
  receiveConsent: (patientId: string, told: ToldConsent) => void;
  traces: IdentityTraces;
  schedule: Schedule;
  onError: (error: unknown) => void;
}

export function createHl7(deps: Hl7Deps): Hl7 {
  const { config, faults, now, settings, patients, traces } = deps;
  const receiver = createReceiver(deps);
  const partner: (NonNullable<SglConfig['hl7']>['partner'] & Named) | undefined = config.hl7?.partner;
  const sender = partner && openSender(partner, deps);
  // Asked each time: what the faults change must be seen at the moment it changes.
  const writeFaults: WriteFaults = {
    get sendsAnyIns() {
      return faults.has('hl7-ins-non-qualifiee');
    },
    get omitsReliability() {
      return faults.has('hl7-pid32-absent');
    },
    get wrongKey() {
      return faults.has('hl7-cle-fausse');
    },
    get wrongVersion() {
      return faults.has('hl7-version');
    },
  };
  let listener: Promise<MllpListener> | undefined;

  const envelope = (): Envelope => ({
    application: config.product.name,
    facility: config.laboratory.name,
    partnerApplication: partner?.application ?? 'DPI',
    partnerFacility: partner?.facility ?? 'ETABLISSEMENT',
    domain: settings().domain,
    controlId: faults.has('hl7-msh10-reutilise') ? 'SGL0000001' : newControlId(),
    at: now(),
  });

  /** Only with its fault: an acknowledgement that does not say of what. */
  const anonymous = (ack: Uint8Array): Uint8Array =>
    faults.has('hl7-acquittement-anonyme')
      ? encodeMessage(decodeMessage(ack).replace(/(\rMSA\|A[AER])\|[^|\r]*/, '$1'))
      : faults.has('hl7-refus-sans-erreur')
        ? encodeMessage(decodeMessage(ack).replace(/\rERR[^\r]*/g, ''))
        : ack;

  const requirePartner = (): Sender => {
    if (sender) return sender;
    throw new SglError(
      'HL7_SANS_PARTENAIRE',
      "Aucun partenaire HL7 n'est configuré.",
      'Renseignez « hl7.partner » dans le fichier de configuration.',
    );
  };

  const post = (to: Sender, patient: Patient, user: string, type: string, written: Envelope, text: string) =>
    to.post({
      controlId: written.controlId,
      patientId: patient.id,
      type,
      user,
      carriesIns: carriesIns(text),
      text: spoilHl7(text, faults),
    });

  /** Only with its faults: an INS that must not leave does, once nobody looks any more. */
  const leakLater = (to: Sender, patient: Patient, user: string, written: Envelope): SentMessage => {
    const type = 'ADT^A31';
    const text = writeAdt('A31', { ...patient, status: 'qualifiee' }, undefined, written, writeFaults);
    deps.schedule(() => void post(to, patient, user, type, written, text), LEAK_MS);
    const { controlId, at } = written;
    const rest = { partner: '', carriesIns: true, state: 'en-attente', detail: '', tries: 0 } as const;
    return { controlId, patientId: patient.id, type, user, at, ...rest };
  };

  return {
    async listen() {
      const { host, port } = config.hl7?.listen ?? { host: config.host, port: 0 };
      listener ??= listenMllp({ host, port }, async (message) => anonymous(await receiver.receive(message)));
      try {
        const { host: at, port: taken } = await listener;
        return { host: at, port: taken };
      } catch (cause) {
        listener = undefined;
        throw new SglError(
          'HL7_PORT',
          `Le port ${port} de ${host} ne peut pas être ouvert.`,
          'Changez « hl7.listen ».',
          {
            cause,
          },
        );
      }
    },

    async send(patientId, user) {
      const patient = patients.get(patientId);
      const sender = requirePartner();
      const written = envelope();
      if (settings().role === 'referentiel') {
        if (patient.status === 'recuperee' && faults.has('hl7-recuperee-en-retard')) {
          return leakLater(sender, patient, user, written);
        }
        if (patient.status === 'recuperee' && faults.has('hl7-recuperee-ensuite')) {
          leakLater(sender, patient, user, { ...written, controlId: newControlId() });
        }
        return await post(
          sender,
          patient,
          user,
          'ADT^A31',
          written,
          writeAdt('A31', patient, undefined, written, writeFaults),
        );
      }
      const report = deps.lastReport(patientId);
      const carried = {
        number: report?.requestId ?? `DEM-${patient.localId}`,
        title: report?.title ?? "CR d'examens biologiques",
        results: report?.results ?? [],
        sampledAt: report?.sampledAt ?? now(),
        biologist: report?.biologist ?? config.biologist,
      };
      return await post(sender, patient, user, 'ORU^R01', written, writeOru(patient, carried, written, writeFaults));
    },

    async sendDocument(document, user) {
      const to = requirePartner();
      const written = envelope();
      const { bytes } = document.document;
      const rewritten = faults.has('hl7-document-reecrit') ? Buffer.concat([bytes, Buffer.from('\n')]) : bytes;
      const carried = { ...document, document: { ...document.document, bytes: rewritten } };
      const text = writeDocument(carried, written, writeFaults);
      return await to.post({
        controlId: written.controlId,
        patientId: document.patient.id,
        type: typeOfRoute(document),
        user,
        carriesIns: carriesIns(text),
        text: spoilHl7(text, faults),
        lasting: true,
      });
    },

    partner: () => (partner === undefined ? 'Aucun partenaire HL7' : nameOf(partner)),

    onIdentityChange(change) {
      // A system that is given its identities does not teach them to others.
      if (!sender || settings().role !== 'referentiel') return;
      for (const { event, removed } of planMessages(change, faults)) {
        const written = envelope();
        const said = event === 'A31' && faults.has('hl7-a31-garde-ins') ? withPriorIns(change) : change.after;
        const text = writeAdt(event, said, removed, written, writeFaults);
        void post(sender, change.after, change.user, `ADT^${event}`, written, text);
      }
    },

    sent: () => sender?.list() ?? [],
    received: () => receiver.list(),
    retry: async (controlId) => await sender?.retry(controlId),

    async stop() {
      const open = await listener?.catch(() => undefined);
      await Promise.all([open?.close(), sender?.stop()]);
    },
  };

  function openSender(to: { host: string; port: number } & Named, { schedule }: Hl7Deps): Sender {
    return createSender({
      partner: { host: to.host, port: to.port },
      partnerName: nameOf(to),
      timeoutMs: config.timeoutMs ?? 15_000,
      trusting: () => faults.has('hl7-acquittement-non-lu'),
      delaysMs: () => (faults.has('hl7-sans-renvoi') ? [] : config.retryDelaysMs),
      again: (text, controlId) =>
        faults.has('hl7-renvoi-autre-numero') ? text.replace(controlId, newControlId()) : text,
      schedule,
      now,
      onResult({ at, user, patientId, type, partner: name, carriesIns: shared, state, detail, controlId }) {
        if (faults.has('hl7-sans-trace')) return;
        traces.add({
          at,
          user,
          patientId,
          kind: 'transmission',
          detail: `HL7 ${type} (${controlId}) vers ${name} : ${STATE[state]}. ${detail}`,
          // Rule 31 is about those who did receive the INS.
          ...(shared && state === 'transmis' && { partner: name }),
        });
      },
    });
  }
}

/** Only with its fault: the new traits beside the number and the status that the change took away. */
function withPriorIns({ before, after, lostIns }: IdentityChange): Patient {
  return before && lostIns ? { ...after, ins: lostIns, status: before.status } : after;
}

/** MSH-5 and MSH-6, when the configuration names them. */
interface Named {
  application?: string;
  facility?: string;
}

function nameOf({ host, port, application }: { host: string; port: number } & Named): string {
  return application ?? `${host}:${port}`;
}

/** Longer than a mail takes to leave. */
const LEAK_MS = 2_000;

const STATE = { transmis: 'transmis', refuse: 'refusé', 'en-attente': 'en attente', remplace: 'abandonné' } as const;
