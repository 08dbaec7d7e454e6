import type { Report, SglConfig, Transmission } from '../model/index.ts';
import type { Channels, ReportDocuments } from './channels.ts';
import { planTransmissions, type PlannedTransmission } from './plan.ts';

export interface Outbox {
  /** Plans every transmission of a report and tries each once; gives up nothing. */
  post(report: Report, documents: ReportDocuments): Promise<readonly Transmission[]>;
  list(reportId?: string): readonly Transmission[];
  /** A new try now, asked by the user. */
  retry(transmissionId: string): Promise<Transmission | undefined>;
  /** No new try starts afterwards; those under way end first. */
  stop(): Promise<void>;
}

/** How time passes between two tries; the tests bring their own. */
export type Schedule = (run: () => void, delayMs: number) => { cancel(): void };

/** What the lines of one report share. */
interface Posted {
  report: Report;
  documents: ReportDocuments;
  /** Answer of the existence test of the DMP: asked once, not once a document. */
  existence?: ReturnType<Channels['testExistence']> | undefined;
}

interface Item extends PlannedTransmission {
  posted: Posted;
  tries: number;
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
  onSent?: (report: Report, transmission: Transmission) => void;
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
      posted.existence ??= channels.testExistence(report.patient, config, report.biologist, faults);
      const dmp = await posted.existence;
      if (dmp.transient === true) {
        posted.existence = undefined;
        return { state: 'en-attente', detail: dmp.detail, references: [] };
      }
      if (!dmp.exists || dmp.closed) {
        return { state: 'bloque', detail: `Non envoyé au DMP. ${dmp.detail}`.trim(), references: [] };
      }
      return await channels.feedDmp(report, document ? [document] : [], config, faults);
    }
    const kind = transmission.channel === 'mssante-patient' ? 'patient' : 'professionnel';
    const recipient = { address: transmission.recipient, kind } as const;
    const { state, detail, messageId } = await channels.sendReport(report, documents, recipient, config, faults);
    return { state, detail, references: messageId === '' ? [] : [messageId] };
  };

  const attempt = async (item: Item): Promise<void> => {
    item.tries += 1;
    let answer: Outcome;
    try {
      answer = await ask(item);
    } catch (error) {
      deps.onError?.(item.transmission, error);
      item.posted.existence = undefined;
      answer = { state: 'en-attente', detail: 'Le service est injoignable pour le moment.', references: [] };
    }
    const delay = delays[item.tries - 1];
    const again = answer.state === 'en-attente' && delay !== undefined && !stopped;
    const given = answer.state === 'en-attente' && !again;
    item.transmission = {
      ...item.transmission,
      ...answer,
      detail: given ? `${answer.detail} Plus d'essai automatique : à relancer depuis la boîte d'envoi.` : answer.detail,
      at: now(),
    };
    if (answer.state === 'transmis') deps.onSent?.(item.posted.report, item.transmission);
    if (again) {
      const timer = schedule(() => {
        timers.delete(timer);
        if (!stopped) void run(item);
      }, delay);
      timers.add(timer);
    }
  };

  /** Two tries of the same line never overlap. */
  const run = (item: Item): Promise<void> => {
    item.running ??= attempt(item).finally(() => (item.running = undefined));
    return item.running;
  };

  return {
    async post(report, documents) {
      const posted: Posted = { report, documents };
      const { patient, recipients, biologist } = report;
      if (recipients.dmp && patient.status === 'recuperee' && faults.has('ins-dmp-recuperee')) {
        await channels
          .testExistence({ ...patient, status: 'qualifiee' }, config, biologist, faults)
          .catch(() => undefined);
      }
      const planned = planTransmissions(report, documents, config, now()).map((line): Item => {
        const item = { ...line, posted, tries: 0 };
        items.set(line.transmission.id, item);
        return item;
      });
      const open = planned.filter((item) => item.transmission.state === 'en-attente');
      const toDmp = open.filter((item) => item.transmission.channel === 'dmp');
      // The DMP gets the documents in their order; the mails do not wait for it.
      const feeding = async (): Promise<void> => {
        for (const item of toDmp) await run(item);
      };
      await Promise.all([feeding(), ...open.filter((item) => !toDmp.includes(item)).map(run)]);
      return planned.map((item) => item.transmission);
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
