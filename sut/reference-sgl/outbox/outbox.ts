import { newOid } from '../documents/index.ts';
import type { BuiltDocument, Report, SglConfig, Transmission } from '../model/index.ts';
import type { WrittenMail } from '../mssante/index.ts';
import type { Channels, ReportDocuments } from './channels.ts';
import {
  type HoldMail,
  type MailRecipients,
  planDocuments,
  planMails,
  planTransmissions,
  type PlannedTransmission,
} from './plan.ts';

export interface Outbox {
  /** Plans every transmission of a report and tries each once; gives up nothing. */
  post(report: Report, documents: ReportDocuments): Promise<readonly Transmission[]>;
  /** The DMP alone, with these documents, each tried once. The existence test is shared by the calls of one session. */
  feed(report: Report, documents: BuiltDocument[], session?: FeedSession): Promise<readonly Transmission[]>;
  /** The mails alone, each tried once; `deleted` tells the recipients that the report is deleted. */
  mail(
    report: Report,
    documents: ReportDocuments,
    recipients: MailRecipients,
    deleted?: { reason?: string },
  ): Promise<readonly Transmission[]>;
  /** Who received the report by mail, or would have: those who must hear of what follows. */
  recipientsOf(reportId: string): MailRecipients;
  /** What still waits for this report will not leave: `why` is shown. The DMP alone, or the mails too. */
  supersede(reportId: string, why: string, mails?: boolean): void;
  list(reportId?: string): readonly Transmission[];
  /** A new try now, asked by the user. */
  retry(transmissionId: string): Promise<Transmission | undefined>;
  /** No new try starts afterwards; those under way end first. */
  stop(): Promise<void>;
}

/** Documents of one patient sent one after the other. */
export interface FeedSession {
  existence?: ReturnType<Channels['testExistence']> | undefined;
  /** Waited for before each document, so that they do not leave too fast. */
  pace?: () => Promise<void>;
}

/** How time passes between two tries; the tests bring their own. */
export type Schedule = (run: () => void, delayMs: number) => { cancel(): void };

/** What the lines of one report share. */
interface Posted {
  report: Report;
  /** Absent when only the DMP is fed. */
  documents?: ReportDocuments;
  /** Answer of the existence test of the DMP: asked once, not once a document. */
  session: FeedSession;
}

interface Item extends PlannedTransmission {
  posted: Posted;
  tries: number;
  /** The mail of the last try: a new one hands over the same bytes. */
  written?: WrittenMail | undefined;
  running?: Promise<void> | undefined;
}

/** A channel sends, is refused or fails; the outbox alone may hold a line back. */
type Outcome = Pick<Transmission, 'state' | 'detail' | 'references'>;

const DEFAULT_DELAYS_MS = [5_000, 30_000, 120_000];

/** Background tries never keep the process alive. */
export const systemSchedule: Schedule = (run, delayMs) => {
  const timer = setTimeout(run, delayMs);
  timer.unref();
  return { cancel: () => clearTimeout(timer) };
};

/**
 * What waits to leave the laboratory. Each channel is tried on its own: the outage of one never holds the others, and a
 * report stays here with its documents and the last error until it is sent or refused for good.
 */
export function createOutbox(deps: {
  config: SglConfig;
  faults: ReadonlySet<string>;
  channels: Channels;
  now: () => Date;
  schedule?: Schedule;
  /** Told of each transmission sent, for the traces. */
  onSent?: (report: Report, transmission: Transmission, document?: BuiltDocument) => void;
  /** Why no mail about a report may go to professionals or to the patient; undefined when it may. */
  holdMail?: HoldMail;
  /** Who receives a report at its validation besides those who were named; nobody when mails are sent by hand. */
  mailedAtOnce?: (report: Report) => MailRecipients;
  /** Why the DMP of this patient must not be fed; undefined when it may. */
  holdDmp?: (report: Report) => string | undefined;
  onError?: (transmission: Transmission, error: unknown) => void;
}): Outbox {
  const { config, faults, channels, now, schedule = systemSchedule } = deps;
  const delays = config.retryDelaysMs ?? DEFAULT_DELAYS_MS;
  const items = new Map<string, Item>();
  const timers = new Set<{ cancel(): void }>();
  let stopped = false;

  const ask = async (item: Item): Promise<Outcome> => {
    const { document, posted, transmission } = item;
    const { report, documents } = posted;
    if (transmission.channel === 'dmp') {
      return await askDmp(item, report, document);
    }
    if (documents === undefined) return { state: 'bloque', detail: 'Rien à envoyer.', references: [] };
    const kind = transmission.channel === 'mssante-patient' ? 'patient' : 'professionnel';
    const recipient = { address: transmission.recipient, kind } as const;
    const order = { ...(item.deleted && { deleted: item.deleted }), ...(item.written && { written: item.written }) };
    const held = deps.holdMail?.(report, kind === 'patient' ? 'patient' : 'professionnels');
    if (held !== undefined) return { state: 'bloque', detail: held, references: [] };
    const delivery = await channels.sendReport(report, documents, recipient, config, faults, order);
    const { state, detail, messageId } = delivery;
    item.written = state === 'en-attente' ? delivery.written : undefined;
    return { state, detail, references: messageId === '' ? [] : [messageId] };
  };

  /** TD0.2, then TD2.1 when the record is there and open. */
  const askDmp = async ({ posted, tries }: Item, report: Report, document?: BuiltDocument): Promise<Outcome> => {
    const held = deps.holdDmp?.(report);
    if (held !== undefined) return { state: 'bloque', detail: held, references: [] };
    const { session } = posted;
    if (!faults.has('dmp-sans-td02')) {
      session.existence ??= channels.testExistence(report.patient, config, report.operator ?? report.biologist, faults);
      const dmp = await session.existence;
      if (dmp.transient === true) {
        session.existence = undefined;
        return { state: 'en-attente', detail: dmp.detail, references: [] };
      }
      if ((!dmp.exists || dmp.closed) && !faults.has('dmp-ferme-envoie')) {
        return { state: 'bloque', detail: `Non envoyé au DMP. ${dmp.detail}`.trim(), references: [] };
      }
    }
    const again = tries > 1;
    const sent = document && again && faults.has('dmp-reessai-nouvel-uniqueid') ? renamed(document, config) : document;
    const answer = await channels.feedDmp(report, sent ? [sent] : [], config, faults, again);
    const mute = answer.state === 'refuse' && faults.has('dmp-erreur-muette');
    return mute ? { ...answer, detail: "Le document n'a pas été envoyé." } : answer;
  };

  const attempt = async (item: Item): Promise<void> => {
    item.tries += 1;
    let answer: Outcome;
    try {
      answer = await ask(item);
    } catch (error) {
      deps.onError?.(item.transmission, error);
      item.posted.session.existence = undefined;
      answer = { state: 'en-attente', detail: 'Le service est injoignable pour le moment.', references: [] };
    }
    const dmp = item.transmission.channel === 'dmp';
    const never = dmp ? faults.has('dmp-sans-reessai') : faults.has('mss-sans-reessai');
    const delay = never ? undefined : delays[item.tries - 1];
    const again = answer.state === 'en-attente' && delay !== undefined && !stopped;
    const given = answer.state === 'en-attente' && !again;
    item.transmission = {
      ...item.transmission,
      ...answer,
      detail: given ? `${answer.detail} Plus d'essai automatique : à relancer depuis la boîte d'envoi.` : answer.detail,
      at: now(),
    };
    if (answer.state === 'transmis') deps.onSent?.(item.posted.report, item.transmission, item.document);
    if (again) {
      const timer = schedule(() => {
        timers.delete(timer);
        if (!stopped && item.transmission.state === 'en-attente') void run(item);
      }, delay);
      timers.add(timer);
    }
  };

  const keep = (line: PlannedTransmission, posted: Posted): Item => {
    const item = { ...line, posted, tries: 0 };
    items.set(line.transmission.id, item);
    return item;
  };

  /** All of them, but for the faults that leave a form of the report out. */
  const fedOf = (open: Item[]): Item[] =>
    open.filter(
      ({ document }) =>
        !(document?.kind === 'cda-n3' && faults.has('dmp-sans-n3')) &&
        !(document?.kind === 'cda-n1' && faults.has('dmp-sans-n1')),
    );

  /** Two tries of the same line never overlap. */
  const run = (item: Item): Promise<void> => {
    item.running ??= attempt(item).finally(() => (item.running = undefined));
    return item.running;
  };

  return {
    async post(report, documents) {
      const posted: Posted = { report, documents, session: {} };
      const { patient, recipients, biologist } = report;
      if (recipients.dmp && patient.status === 'recuperee' && faults.has('ins-dmp-recuperee')) {
        await channels
          .testExistence({ ...patient, status: 'qualifiee' }, config, biologist, faults)
          .catch(() => undefined);
      }
      const at = now();
      const mailed = deps.mailedAtOnce?.(report) ?? recipients;
      const hold: HoldMail = deps.holdMail ?? (() => undefined);
      const planned = [
        ...planTransmissions(report, documents, at, deps.holdDmp?.(report)),
        ...planMails(report, mailed, config, at, hold),
      ].map((line) => keep(line, posted));
      const open = planned.filter((item) => item.transmission.state === 'en-attente');
      const toDmp = fedOf(open.filter((item) => item.transmission.channel === 'dmp'));
      // The DMP gets the documents in their order; the mails do not wait for it.
      const feeding = async (): Promise<void> => {
        for (const item of toDmp) await run(item);
      };
      const mails = open.filter((item) => item.transmission.channel !== 'dmp');
      await Promise.all([feeding(), ...mails.map(run)]);
      return planned.map((item) => item.transmission);
    },
    async feed(report, documents, session = {}) {
      const posted: Posted = { report, session };
      const planned = planDocuments(report, documents, now(), deps.holdDmp?.(report)).map((line) => keep(line, posted));
      for (const item of planned.filter(({ transmission }) => transmission.state === 'en-attente')) {
        await session.pace?.();
        await run(item);
      }
      return planned.map((item) => item.transmission);
    },
    async mail(report, documents, recipients, deleted) {
      const posted: Posted = { report, documents, session: {} };
      const hold: HoldMail = deps.holdMail ?? (() => undefined);
      const planned = planMails(report, recipients, config, now(), hold).map((line) =>
        keep(deleted ? { ...line, deleted } : line, posted),
      );
      await Promise.all(planned.filter(({ transmission }) => transmission.state === 'en-attente').map(run));
      return planned.map(({ transmission }) => transmission);
    },
    recipientsOf(reportId) {
      const lines = [...items.values()].filter(
        ({ transmission: { reportId: of, channel, state } }) =>
          of === reportId && channel !== 'dmp' && (state === 'transmis' || state === 'en-attente'),
      );
      const received = lines.map(({ transmission }) => transmission);
      return {
        professionals: [
          ...new Set(received.filter(({ channel }) => channel !== 'mssante-patient').map(({ recipient }) => recipient)),
        ],
        patient: received.some(({ channel }) => channel === 'mssante-patient'),
      };
    },
    supersede(reportId, why, mails = false) {
      for (const item of items.values()) {
        const { transmission } = item;
        if (transmission.reportId !== reportId || (transmission.channel !== 'dmp' && !mails)) continue;
        if (transmission.state === 'en-attente') item.transmission = { ...transmission, state: 'bloque', detail: why };
      }
    },
    list: (reportId) =>
      [...items.values()]
        .map((item) => item.transmission)
        .filter((transmission) => reportId === undefined || transmission.reportId === reportId),
    async retry(transmissionId) {
      const item = items.get(transmissionId);
      if (item?.transmission.state === 'en-attente') await run(item);
      return item?.transmission;
    },
    async stop() {
      stopped = true;
      for (const timer of timers) timer.cancel();
      await Promise.all([...items.values()].flatMap(({ running }) => running ?? []));
    },
  };
}

/** Only with its fault: the same document under another number. */
function renamed(document: BuiltDocument, config: SglConfig): BuiltDocument {
  const id = newOid(config.oidRoot, 'document');
  const text = Buffer.from(document.bytes).toString('utf8').replaceAll(document.id, id);
  return { ...document, id, bytes: Buffer.from(text, 'utf8') };
}
