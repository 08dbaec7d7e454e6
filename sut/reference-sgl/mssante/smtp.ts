import type { SglConfig } from '../model/index.ts';
import type { OcspUse } from '../net/index.ts';
import { LinkError, MailLink } from './link.ts';
import type { MailboxAccess } from './mailboxes.ts';
import { implicitPort, tlsOptions } from './tls.ts';

/** A message ready to leave, as the bytes of DATA. */
export interface Outgoing {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: Buffer;
  /** Message-ID, with its angle brackets. */
  readonly messageId: string;
  /** Whether the server is asked to report on the delivery (RFC 3461). */
  readonly report: boolean;
}

/** Told of each exchange with the server, for the functional journal. Never holds a secret. */
export type Tell = (
  action: 'connexion' | 'envoi' | 'consultation' | 'suppression' | 'deconnexion',
  request: string,
  response: string,
  /** The mail that it was about, and with whom data were exchanged. */
  about?: { readonly messageId?: string; readonly partner?: string },
) => void;

/** The server said no. */
export class SmtpRefusal extends Error {
  readonly code: number;
  readonly reply: string;

  constructor(code: number, reply: string) {
    super(`SMTP ${code}`);
    this.name = 'SmtpRefusal';
    this.code = code;
    this.reply = reply;
  }
}

/** The message is larger than the server takes; nothing was sent. */
export class TooLarge extends Error {
  readonly limit: number;

  constructor(limit: number) {
    super(`larger than ${limit}`);
    this.name = 'TooLarge';
    this.limit = limit;
  }
}

const MAX_REPLY_LINES = 100;

/**
 * Submits one message (RFC 5321): STARTTLS before anything else (RFC 3207), then AUTH, then the message. Stops before
 * MAIL FROM when the server announces a limit that the message passes (RFC 1870).
 *
 * @returns the last reply of the server
 * @throws {SmtpRefusal | TooLarge | LinkError}, {SglError} for a certificate that cannot be read
 */
export async function submitBySmtp(
  mail: Outgoing,
  access: MailboxAccess,
  config: SglConfig,
  faults: ReadonlySet<string>,
  tell: Tell,
): Promise<string> {
  const { host, port } = config.mssante.smtp;
  const timeoutMs = config.timeoutMs ?? 15_000;
  const tls = await tlsOptions(config, faults);
  const opening = `SMTP ${host}:${port}, STARTTLS, AUTH ${access.token === undefined ? 'PLAIN' : 'XOAUTH2'} ${access.user}`;
  const about = { messageId: mail.messageId, partner: mail.to.join(', ') };
  let link: MailLink | undefined;
  let opened = false;
  try {
    const implicit = implicitPort(config.mssante.smtp, faults);
    link = await MailLink.open(host, implicit ?? port, timeoutMs);
    if (implicit !== undefined) await link.secure(tls, revocationChecked(faults));
    const { reply, extensions } = await open(link, access, implicit === undefined, async (plain) => {
      if (faults.has('mss-sans-tls')) return;
      await command(plain, 'STARTTLS', [220]);
      await plain.secure(tls, revocationChecked(faults));
    });
    opened = true;
    const secret = access.password ?? access.token ?? '';
    tell('connexion', faults.has('mss-trace-secret') ? `${opening} ${secret}` : opening, reply);
    const limit = Number(/^SIZE (\d+)$/im.exec(extensions)?.[1] ?? 0);
    if (limit > 0 && mail.raw.length > limit) throw new TooLarge(limit);
    const answer = await send(link, mail, extensions);
    tell('envoi', requestOf(mail), answer, about);
    await command(link, 'QUIT', [221]).then(
      (said) => tell('deconnexion', 'QUIT', said),
      () => tell('deconnexion', 'QUIT', 'aucune réponse'),
    );
    return answer;
  } catch (error) {
    if (opened) tell('envoi', requestOf(mail), responseOf(error), about);
    else tell('connexion', opening, responseOf(error), about);
    throw error;
  } finally {
    link?.close();
  }
}

function requestOf({ from, to, raw }: Outgoing): string {
  return `MAIL FROM:<${from}>, ${to.map((one) => `RCPT TO:<${one}>`).join(', ')}, DATA (${raw.length} octets)`;
}

/** How the certificate of the operator is looked up; undefined: it is not. */
export function revocationChecked(faults: ReadonlySet<string>): OcspUse | undefined {
  if (faults.has('mss-tls-sans-revocation') || faults.has('mss-tls-sans-verification')) return undefined;
  if (faults.has('mss-tls-sans-ocsp')) return 'not-asked';
  return faults.has('mss-tls-ocsp-ignore') ? 'ignored' : 'asked';
}

/** What the journal keeps of a failure. */
export function responseOf(error: unknown): string {
  if (error instanceof SmtpRefusal) return error.reply;
  if (error instanceof LinkError) return `échec (${error.code})`;
  if (error instanceof TooLarge) return `rien envoyé : limite annoncée de ${error.limit} octets`;
  return 'échec';
}

async function open(
  link: MailLink,
  access: MailboxAccess,
  clear: boolean,
  secure: (link: MailLink) => Promise<void>,
): Promise<{ reply: string; extensions: string }> {
  await command(link, undefined, [220]);
  let extensions = await command(link, 'EHLO [127.0.0.1]', [250]);
  if (clear) {
    const offered = /^STARTTLS$/im.test(extensions);
    if (!offered) throw new LinkError('tls', 'STARTTLS');
    await secure(link);
    extensions = await command(link, 'EHLO [127.0.0.1]', [250]);
  }
  const reply = await authenticate(link, access);
  return { reply, extensions };
}

async function authenticate(link: MailLink, { user, password = '', token }: MailboxAccess): Promise<string> {
  const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');
  if (token === undefined) return await command(link, `AUTH PLAIN ${base64(`\0${user}\0${password}`)}`, [235]);
  const said = await command(link, `AUTH XOAUTH2 ${base64(xoauth2(user, token))}`, [235, 334]);
  if (said.startsWith('235')) return said;
  // The refusal comes as a challenge, which an empty line answers.
  return await command(link, '', [235]);
}

/** SASL XOAUTH2 with the access token of Pro Santé Connect (ECO.1.2.1). */
export function xoauth2(user: string, token: string): string {
  return `user=${user}\u0001auth=Bearer ${token}\u0001\u0001`;
}

async function send(link: MailLink, mail: Outgoing, extensions: string): Promise<string> {
  const offers = (name: string): boolean => new RegExp(`^${name}\\b`, 'im').test(extensions);
  const dsn = mail.report && offers('DSN');
  const envid = mail.messageId.slice(1, -1);
  const from = [
    `MAIL FROM:<${mail.from}>`,
    ...(offers('SIZE') ? [`SIZE=${mail.raw.length}`] : []),
    ...(dsn ? ['RET=HDRS', `ENVID=${envid}`] : []),
  ].join(' ');
  await command(link, from, [250]);
  for (const to of mail.to) {
    const asked = dsn ? ` NOTIFY=SUCCESS,FAILURE,DELAY ORCPT=rfc822;${to}` : '';
    await command(link, `RCPT TO:<${to}>${asked}`, [250, 251]);
  }
  await command(link, 'DATA', [354]);
  await link.write(stuffed(mail.raw));
  return await command(link, undefined, [250]);
}

/** A line that begins with a dot gets one more (RFC 5321 §4.5.2); then the end of DATA. */
function stuffed(raw: Buffer): Buffer {
  const text = raw.toString('latin1');
  const ended = text.endsWith('\r\n') ? text : `${text}\r\n`;
  return Buffer.from(`${ended.replace(/^\./gm, '..')}.\r\n`, 'latin1');
}

/** Sends a command, if any, and reads its reply. @throws {SmtpRefusal} for another code than those expected */
async function command(link: MailLink, text: string | undefined, expected: readonly number[]): Promise<string> {
  if (text !== undefined) await link.write(`${text}\r\n`);
  const lines: string[] = [];
  for (;;) {
    const line = await link.line();
    lines.push(lines.length === 0 ? line : line.slice(4));
    if (!/^\d{3}-/.test(line)) break;
    if (lines.length > MAX_REPLY_LINES) throw new LinkError('reseau', 'REPONSE_TROP_LONGUE');
  }
  const code = Number(lines[0]?.slice(0, 3));
  const reply = lines.join('\n').replace(/^(\d{3})-/, '$1 ');
  if (expected.includes(code)) return expected[0] === 250 && lines.length > 1 ? reply.replace(/^\d{3} /, '') : reply;
  throw new SmtpRefusal(code, reply);
}
