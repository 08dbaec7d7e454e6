import { causeOf, postSigned } from '../../reminders/index.ts';
import type { HistoryLine, Tracker, Webhook, WebhookProgress } from '../../store/index.ts';

/** Changes of one message. */
const BATCH = 100;
/** How long nobody else sends to a webhook while a message is on its way. */
const CLAIM_MS = 60_000;
/** How often webhooks are looked at. */
const LOOK_MS = 1_000;
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** Pause after each failure in a row; the last one goes on. */
const PAUSES_MS: readonly number[] = [10 * SECOND, MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 6 * HOUR];
/** Four days of six hours, about: nobody listens there any more. */
const MOST_FAILURES = 20;

export interface DeliveryOptions {
  readonly tracker: Tracker;
  readonly now: () => Date;
  readonly fetch?: typeof globalThis.fetch;
  readonly lookMs?: number;
}

/** Sends what changes to the webhooks, until it is stopped. */
export interface Delivery {
  /** Ends once the message that is on its way is settled. */
  stop(): Promise<void>;
}

/**
 * Each message holds the changes that follow those that the receiver took, in order; it is sent again until it is taken. A
 * receiver may get one twice: `delivery` is then the same.
 */
export function startDelivery(options: DeliveryOptions): Delivery {
  const stop = new AbortController();
  const running = (async () => {
    while (!stop.signal.aborted) {
      const sent = await deliverNext(options).catch(() => false);
      if (!sent) await pause(options.lookMs ?? LOOK_MS, stop.signal);
    }
  })();
  return {
    async stop() {
      stop.abort();
      await running;
    },
  };
}

/**
 * Sends one message to one webhook, if any has something to send.
 *
 * @returns false when nothing is to be sent now
 */
export async function deliverNext({ tracker, now, fetch }: DeliveryOptions): Promise<boolean> {
  const at = now();
  const last = await tracker.lastChange();
  // Looked at first: claiming writes.
  const due = (await tracker.webhooks()).some(
    ({ active, cursor, nextAt = '' }) => active && cursor < last && nextAt <= at.toISOString(),
  );
  if (!due) return false;
  const claimed = await tracker.claimWebhook(at.toISOString(), new Date(at.getTime() + CLAIM_MS).toISOString());
  if (claimed === undefined) return false;
  const { webhook, secret } = claimed;
  const lines = await tracker.changesAfter(webhook.cursor, BATCH);
  const cursor = lines.at(-1)?.id ?? webhook.cursor;
  const told = lines.filter(({ campaign }) => webhook.campaign === undefined || campaign === webhook.campaign);
  const progress =
    told.length === 0
      ? { cursor, failures: 0, nextAt: '', lastResult: webhook.lastResult, active: true }
      : await sent({ webhook, secret, told, cursor }, { now, ...(fetch === undefined ? {} : { fetch }) });
  await tracker.settleWebhook(webhook.id, progress);
  return true;
}

async function sent(
  message: {
    readonly webhook: Webhook;
    readonly secret: string;
    readonly told: readonly HistoryLine[];
    readonly cursor: number;
  },
  { now, fetch }: { readonly now: () => Date; readonly fetch?: typeof globalThis.fetch },
): Promise<WebhookProgress> {
  const { webhook, secret, told, cursor } = message;
  const delivery = `${webhook.id}-${webhook.cursor}-${cursor}`;
  const body = JSON.stringify({
    type: 'jalon.changements',
    version: 1,
    delivery,
    text: told.map(({ actor, action, subject }) => `${actor} : ${action}, ${subject}`).join('\n'),
    changes: told.map(({ id, at, actor, action, subject, detail, campaign }) => ({
      id,
      at,
      actor,
      action,
      subject,
      detail,
      campaign,
    })),
  });
  let said: string;
  try {
    const status = await postSigned(body, delivery, {
      url: new URL(webhook.url),
      secret,
      now,
      ...(fetch === undefined ? {} : { fetch }),
    });
    if (status >= 200 && status < 300) {
      return { cursor, failures: 0, nextAt: '', lastResult: `prise (HTTP ${status})`, active: true };
    }
    said = status >= 300 && status < 400 ? `redirige ailleurs (HTTP ${status})` : `refuse (HTTP ${status})`;
  } catch (error) {
    said = causeOf(error);
  }
  const failures = webhook.failures + 1;
  const wait = PAUSES_MS[Math.min(failures, PAUSES_MS.length) - 1] ?? HOUR;
  const active = failures < MOST_FAILURES;
  return {
    cursor: webhook.cursor,
    failures,
    nextAt: new Date(now().getTime() + wait).toISOString(),
    lastResult: active ? said : `arrêté après ${failures} échecs : ${said}`,
    active,
  };
}

function pause(ms: number, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      stop.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    stop.addEventListener('abort', done, { once: true });
  });
}
