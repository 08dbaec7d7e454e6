import { Buffer } from 'node:buffer';
import { header, readMail } from '#formats/mail/index.ts';
import { BenchError } from '../errors.ts';
import { problem, readJson, unknownPatient, type ControlAnswer, type Controlled } from './answers.ts';
import { readMailRequest } from './mail-schema.ts';

/** Largest mail that can be put in a mailbox: 25 MB, the limit of Mon espace santé, and its encoding in base64. */
export const MAX_MAIL = 36 * 1024 * 1024;
export const RAW_MAIL = 'message/rfc822';
const PATH = /^\/mailboxes\/([^/]{1,320})\/mails$/u;

/** Mailbox that a path names, undefined when it is no path of mails or cannot be decoded. */
export function mailboxOfPath(pathname: string): string | undefined {
  const address = PATH.exec(pathname)?.[1];
  if (address === undefined) return undefined;
  try {
    return decodeURIComponent(address);
  } catch {
    return undefined;
  }
}

/**
 * Drops a mail in a mailbox, as a correspondent would: the very bytes of a `message/rfc822`, or the mail that a JSON order
 * describes (kind, patient, variant…). Nothing of it is journaled: the product did not speak.
 */
export async function dropMail(
  mailbox: string,
  { type, body }: { readonly type: string; readonly body: Uint8Array },
  bench: Controlled,
): Promise<ControlAnswer> {
  const { mssante, population } = bench;
  if (mssante === undefined) return problem(404, 'NO_MSSANTE', 'Ce banc n’a pas d’opérateur MSSanté.', []);
  try {
    if (type === RAW_MAIL) {
      const source = withCrlf(body);
      const reading = source.length === 0 ? undefined : readMail(source);
      if (reading === undefined) return problem(400, 'BAD_MAIL', 'Le mail est vide.', []);
      mssante.deposit(mailbox, source);
      // A mail that cannot be read is a test of the product too: it goes in as it is.
      const messageId = reading.ok ? (header(reading.mail, 'Message-ID') ?? null) : null;
      return { status: 200, document: { mail: { mailbox, messageId, size: source.length } } };
    }
    const json = readJson(body);
    if (!json.ok) return problem(400, 'NOT_JSON', 'Le corps n’est pas un document JSON.', [json.reason]);
    const order = readMailRequest(json.value);
    if (!order.ok) return problem(400, 'BAD_MAIL', 'La demande de mail est mal formée.', order.problems);
    const { patient, otherPatient } = order.request;
    for (const key of [patient, otherPatient]) {
      if (key !== undefined && !population.byKey(key) && !population.byIns(key)) return unknownPatient(key, population);
    }
    const messageId = await mssante.receive({ ...order.request, to: mailbox });
    return { status: 200, document: { mail: { mailbox, messageId } } };
  } catch (error) {
    if (!(error instanceof BenchError)) throw error;
    const status = { UNKNOWN_MAILBOX: 404, MAILS_FULL: 507 }[error.code] ?? 400;
    return problem(status, error.code, error.message, [error.remedy]);
  }
}

/** A file saved without any CR has lost those of the wire: they are put back. Any other mail stays byte for byte. */
function withCrlf(body: Uint8Array): Uint8Array {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  if (bytes.includes(0x0d) || !bytes.includes(0x0a)) return bytes;
  return Buffer.from(bytes.toString('latin1').replaceAll('\n', '\r\n'), 'latin1');
}
