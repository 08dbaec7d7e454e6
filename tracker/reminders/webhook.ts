import { createHash, createHmac } from 'node:crypto';
import type { CivilDate } from '#dsr/dates/index.ts';
import { ReminderError } from './errors.ts';
import type { DueReminder } from './types.ts';

/** Attempts at one message, and the pause before each further one. */
const PAUSES_MS: readonly number[] = [1_000, 4_000];
const TIMEOUT_MS = 10_000;
/** Reminders of one message. */
export const BATCH = 50;

export interface WebhookOptions {
  readonly url: URL;
  /** Signs each message; without it, messages are not signed. */
  readonly secret?: string | undefined;
  readonly today: CivilDate;
  /** Seconds since 1970, for the signature. */
  readonly now: () => Date;
  readonly fetch?: typeof globalThis.fetch;
  readonly pause?: (ms: number) => Promise<void>;
  readonly timeoutMs?: number;
  /** Called after each message that the receiver took, before the next one leaves. */
  readonly taken: (reminders: readonly DueReminder[]) => void;
}

/**
 * Reads the address of a webhook.
 *
 * @throws {ReminderError} `WEBHOOK_URL` when it is none, is not http or https, or carries a password
 */
export function readWebhookUrl(text: string): URL {
  const refused = (why: string): ReminderError =>
    new ReminderError(
      'WEBHOOK_URL',
      `L'adresse du webhook ne convient pas : ${why}.`,
      'Donnez une adresse comme https://rappels.exemple.fr/jalon.',
    );
  // The address is not shown: many receivers put their key in it.
  if (!URL.canParse(text)) throw refused('ce n’est pas une adresse');
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw refused('seuls http et https sont admis');
  if (url.username !== '' || url.password !== '') throw refused('elle contient un nom ou un mot de passe');
  return url;
}

/**
 * Posts reminders as JSON, some fifty a message; tries again, twice at most, when the receiver is silent or failing.
 *
 * With a secret, `X-Jalon-Signature: t=<seconds>,v1=<hex>` carries the HMAC-SHA-256 of `<seconds>.<body>`; the receiver
 * compares it and refuses old ones. `X-Jalon-Delivery` is the same at each attempt, so that it can drop doubles.
 *
 * @throws {ReminderError} at the first message that does not pass; those before it were told to `taken`
 */
export async function postReminders(reminders: readonly DueReminder[], options: WebhookOptions): Promise<void> {
  for (let from = 0; from < reminders.length; from += BATCH) {
    const batch = reminders.slice(from, from + BATCH);
    await postBatch(batch, options);
    options.taken(batch);
  }
}

async function postBatch(batch: readonly DueReminder[], options: WebhookOptions): Promise<void> {
  const { url, pause = pauseFor } = options;
  const delivery = createHash('sha256')
    .update(JSON.stringify(batch.map(({ key }) => key)))
    .digest('hex');
  const body = JSON.stringify(messageOf(batch, delivery, options.today));
  let failure: unknown;
  for (let attempt = 0; attempt <= PAUSES_MS.length; attempt += 1) {
    if (attempt > 0) await pause(PAUSES_MS[attempt - 1] ?? 0);
    try {
      const status = await postSigned(body, delivery, options);
      if (status >= 200 && status < 300) return;
      refuseForGood(status, url);
      failure = new Error(`HTTP ${status}`);
    } catch (error) {
      if (error instanceof ReminderError) throw error;
      failure = error;
    }
  }
  throw new ReminderError(
    'WEBHOOK_UNREACHABLE',
    `Le webhook de ${url.host} n'a pas pris les rappels, en ${PAUSES_MS.length + 1} essais (${causeOf(failure)}).`,
    'Vérifiez l’adresse et que le récepteur marche, puis relancez : seuls les rappels non pris partiront.',
    { cause: failure },
  );
}

/**
 * Posts a JSON message once, signed when there is a secret (`X-Jalon-Signature`), and follows no redirection.
 *
 * @param delivery the same at each attempt, so that the receiver can drop doubles
 * @returns the HTTP status
 * @throws {Error} when the receiver does not answer in time
 */
export async function postSigned(
  body: string,
  delivery: string,
  options: Pick<WebhookOptions, 'url' | 'secret' | 'now' | 'fetch' | 'timeoutMs'>,
): Promise<number> {
  const { url, secret, now, fetch = globalThis.fetch, timeoutMs = TIMEOUT_MS } = options;
  const response = await fetch(url, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'Jalon',
      'x-jalon-delivery': delivery,
      ...(secret === undefined ? {} : { 'x-jalon-signature': signatureOf(body, secret, now()) }),
    },
    body,
    signal: AbortSignal.timeout(timeoutMs),
  });
  // Only the status counts: what the receiver says may be endless.
  await response.body?.cancel();
  return response.status;
}

/** What trying again would not change. Too many requests, or a timeout of theirs, may pass later. */
function refuseForGood(status: number, url: URL): void {
  if (status >= 300 && status < 400) {
    throw new ReminderError(
      'WEBHOOK_REDIRECTED',
      `Le webhook de ${url.host} redirige ailleurs (HTTP ${status}) : les rappels n'y sont pas envoyés.`,
      'Donnez l’adresse finale avec --webhook.',
    );
  }
  if (status >= 400 && status < 500 && status !== 408 && status !== 429) {
    throw new ReminderError(
      'WEBHOOK_REFUSED',
      `Le webhook de ${url.host} refuse les rappels (HTTP ${status}).`,
      'Vérifiez l’adresse et le secret de signature attendus par le récepteur.',
    );
  }
}

/** `t=<seconds>,v1=<hex>`: the time is signed too, so that an old message cannot be played again. */
export function signatureOf(body: string, secret: string, at: Date): string {
  const seconds = Math.floor(at.getTime() / 1000);
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
}

function messageOf(batch: readonly DueReminder[], delivery: string, today: CivilDate) {
  return {
    type: 'jalon.rappels',
    version: 1,
    delivery,
    today,
    // The one field that chat receivers show as it is.
    text: batch.map(({ text }) => text).join('\n'),
    reminders: batch.map(({ id, target, daysBefore, daysLeft, text }) => ({
      id,
      kind: target.kind,
      date: target.date,
      ...(target.time === undefined ? {} : { time: target.time, timeZone: 'Europe/Paris' }),
      daysBefore,
      daysLeft,
      title: target.title,
      text,
    })),
  };
}

/** Why a message did not pass, in a few French words. */
export function causeOf(failure: unknown): string {
  if (!(failure instanceof Error)) return 'sans réponse';
  if (failure.name === 'TimeoutError') return 'pas de réponse à temps';
  const code: unknown = failure.cause instanceof Error && 'code' in failure.cause ? failure.cause.code : undefined;
  return typeof code === 'string' ? code : failure.message;
}

function pauseFor(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
