import { setTimeout as wait } from 'node:timers/promises';
import type { SMTPServerDataStream } from 'smtp-server';
import { aftermathFor, type Aftermath } from '../answers/after-acceptance.ts';
import { readOriginal } from '../answers/original.ts';
import { attributionOf } from '../attribution.ts';
import { DATA_SITUATIONS, LATENCY_SITUATIONS } from '../situations.ts';
import { takeSituation } from '../take-situation.ts';
import type { MailboxEntry, MssanteDesk } from '../types.ts';
import type { SmtpRefusal } from './recipient.ts';
import { judgeHeaderSender } from './sender.ts';
import type { SmtpSessionRecord } from './session-record.ts';
import { MailSpool } from './spool.ts';

/** What the server does once the mail is in. */
export type DataDecision =
  | { readonly kind: 'accepted'; readonly text: string }
  | { readonly kind: 'refused'; readonly refusal: SmtpRefusal }
  /** The connection is cut without a reply. */
  | { readonly kind: 'cut' };

/** Enhanced codes that smtp-server puts after its reply codes; the journal is written before the reply leaves. */
const ENHANCED: Readonly<Record<number, string>> = { 250: '2.6.0', 550: '5.1.1', 552: '5.2.2' };

interface Received {
  readonly source: Uint8Array;
  readonly complete: boolean;
  readonly oversized: boolean;
}

/**
 * Takes a mail in, judges it, journals it and delivers it.
 * smtp-server removes the dots of transparency and leaves every other byte, CRLF included, as it was sent.
 * @param gone aborted when the service closes
 */
export async function receive(
  desk: MssanteDesk,
  record: SmtpSessionRecord,
  mailbox: MailboxEntry,
  stream: SMTPServerDataStream,
  gone: AbortSignal,
): Promise<DataDecision> {
  const envelope = { from: record.envelope.from, to: [...record.envelope.to] };
  const received = await collect(stream, desk.maxBytes);
  const attribution = await attributionOf(received.source, envelope, desk.directory, desk.context.population);
  const keep = (reply: string, outcome: string): string =>
    record.submission({ source: received.source, reply, outcome, attribution });
  if (!received.complete) {
    keep('', 'connexion perdue pendant la transmission du mail');
    return { kind: 'cut' };
  }
  const delay = await playLatency(desk, mailbox, gone);
  const played = takeForMail(desk, mailbox, envelope.to);
  if (played === 'coupure') {
    keep('', `${delay}connexion coupée sans réponse (situation)`);
    return { kind: 'cut' };
  }
  const refusal = judge(desk, received, mailbox, played);
  if (refusal !== undefined) {
    // Above the limit, smtp-server replies in its own words whatever is decided here.
    const reply = received.oversized
      ? `552 5.3.4 Error: message exceeds fixed maximum message size ${desk.maxBytes}`
      : `${refusal.code} ${ENHANCED[refusal.code] ?? ''} ${refusal.text}`;
    keep(reply, `${delay}refusé (${refusal.code}) : ${refusal.why}`);
    return { kind: 'refused', refusal };
  }
  const text = `Message queued as ${desk.context.uuid()}`;
  const original = readOriginal(received.source);
  const aftermaths = envelope.to.map((to) => ({
    to,
    ...aftermathFor(desk, mailbox.address, to, original, record.dsn.get(to.toLowerCase()) ?? {}),
  }));
  const exchangeId = keep(`250 ${ENHANCED[250]} ${text}`, `${delay}${toldOf(aftermaths)}`);
  const receivedAt = desk.context.now().toISOString();
  for (const { to, delivered, answers } of aftermaths) {
    if (delivered) desk.store.deliver({ mailbox: to, ...envelope, receivedAt, source: received.source, exchangeId });
    for (const { from, source } of answers) {
      desk.store.deliver({ mailbox: mailbox.address, from, to: [mailbox.address], receivedAt, source });
    }
  }
  return { kind: 'accepted', text };
}

/** French sentence of what became of the mail for each recipient. */
function toldOf(aftermaths: readonly (Aftermath & { readonly to: string })[]): string {
  const list = (delivered: boolean): string =>
    aftermaths.flatMap((one) => (one.delivered === delivered ? [one.to] : [])).join(', ');
  const [reached, missed] = [list(true), list(false)];
  return [
    reached === '' ? 'accepté' : `accepté et remis à ${reached}`,
    ...(missed === '' ? [] : [`non remis à ${missed}`]),
    ...aftermaths.flatMap(({ to, answers }) =>
      answers.map(({ what }) => `${what} pour ${to}, déposé chez l'expéditeur`),
    ),
  ].join(' ; ');
}

function judge(
  desk: MssanteDesk,
  received: Received,
  mailbox: MailboxEntry,
  played: string | undefined,
): SmtpRefusal | undefined {
  if (received.oversized || played === 'trop-gros-552') {
    const why = received.oversized
      ? `mail de plus de ${desk.maxBytes} octets, non conservé au-delà`
      : 'mail trop gros (situation)';
    return { code: 552, text: `Message exceeds fixed maximum message size ${desk.maxBytes}`, why };
  }
  return judgeHeaderSender(received.source, mailbox);
}

/** A situation may be set about the sender or about any recipient. */
function takeForMail(desk: MssanteDesk, mailbox: MailboxEntry, recipients: readonly string[]): string | undefined {
  for (const address of [mailbox.address, ...recipients]) {
    const taken = takeSituation(desk, address, DATA_SITUATIONS);
    if (taken !== undefined) return taken.situation;
  }
  return undefined;
}

/** Waits `delayMs`, 3 s by default. @returns the beginning of the outcome sentence */
async function playLatency(desk: MssanteDesk, mailbox: MailboxEntry, gone: AbortSignal): Promise<string> {
  const slow = takeSituation(desk, mailbox.address, LATENCY_SITUATIONS);
  if (slow === undefined) return '';
  const delayMs = Number(slow.parameters?.['delayMs'] ?? 3000);
  await wait(delayMs, undefined, { signal: gone, ref: false }).catch(() => undefined);
  return `réponse retardée de ${delayMs} ms ; `;
}

function collect(stream: SMTPServerDataStream, maxBytes: number): Promise<Received> {
  return new Promise((resolve, reject) => {
    const spool = new MailSpool();
    let size = 0;
    let settled = false;
    const settle = (work: () => void): void => {
      if (settled) return;
      settled = true;
      try {
        work();
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    };
    const finish = (complete: boolean): void =>
      settle(() => resolve({ source: spool.take(), complete, oversized: size > maxBytes }));
    stream.on('data', (chunk: Buffer) => {
      size += chunk.length;
      // Above the limit the rest is counted and dropped: a hostile sender must fill neither the memory nor the disk.
      if (settled || size > maxBytes) return;
      try {
        spool.append(chunk);
      } catch (error) {
        settle(() => {
          throw error;
        });
      }
    });
    stream.once('end', () => finish(true));
    stream.once('error', () => finish(false));
    stream.once('close', () => finish(false));
  });
}
