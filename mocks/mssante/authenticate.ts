import { timingSafeEqual, createHash } from 'node:crypto';
import type { TlsPeer } from '#formats/exchange/index.ts';
import type { MailboxEntry, MssanteDesk } from './types.ts';

export type AuthenticationReading =
  | { readonly ok: true; readonly mailbox: MailboxEntry }
  | { readonly ok: false; readonly why: string };

/** Judges a mailbox and its password (AUTH PLAIN or LOGIN, IMAP LOGIN). */
export function byPassword(desk: MssanteDesk, user: string, password: string): AuthenticationReading {
  const mailbox = desk.directory.find(user);
  if (mailbox === undefined) return { ok: false, why: `boîte « ${user} » inconnue` };
  return same(password, mailbox.password) ? { ok: true, mailbox } : { ok: false, why: 'mot de passe faux' };
}

/**
 * Judges an XOAUTH2 login: the token must be live, and its professional must own the mailbox or work in the structure
 * that owns it. Source: protocols.md §5.2 (checks of operators).
 */
export async function byToken(desk: MssanteDesk, user: string, accessToken: string): Promise<AuthenticationReading> {
  const mailbox = desk.directory.find(user);
  if (mailbox === undefined) return { ok: false, why: `boîte « ${user} » inconnue` };
  const verdict = await desk.verifyToken(accessToken);
  if ('refused' in verdict) return { ok: false, why: verdict.refused };
  const { professional } = verdict;
  const structure = desk.context.population.professionals.find((one) => one.nationalId === professional)?.structure.id;
  const opens =
    mailbox.professional === professional || (mailbox.structure !== undefined && mailbox.structure === structure);
  return opens
    ? { ok: true, mailbox }
    : { ok: false, why: `le professionnel ${professional} n'a pas accès à cette boîte` };
}

/**
 * An application mailbox is opened by a machine: its certificate is needed, even where that of a person may be absent.
 * Source: protocols.md §5.2 (applicative mailbox).
 * @returns the French reason of the refusal; undefined when the mailbox may be opened
 */
export function withoutCertificate({ kind }: MailboxEntry, tls: TlsPeer | undefined): string | undefined {
  return kind === 'APP' && tls?.authorized !== true
    ? 'boîte applicative : un certificat client est exigé, aucun n’a été présenté'
    : undefined;
}

/** Challenge of a refused XOAUTH2, before the final error (protocols.md §5.2). */
export const XOAUTH2_CHALLENGE = { status: '401', schemes: 'bearer', scope: 'openid scope_all' } as const;

/**
 * Reads the initial response of XOAUTH2: `user=<bal>^Aauth=Bearer <jwt>^A^A`, base64.
 * @returns undefined when it does not have that shape
 */
export function readXoauth2(base64: string): { readonly user: string; readonly accessToken: string } | undefined {
  const fields = Buffer.from(base64, 'base64').toString('utf8').split(SEPARATOR);
  const [user = '', bearer = '', ...rest] = fields;
  if (!user.startsWith('user=') || !/^auth=Bearer \S+$/iu.test(bearer) || rest.join('') !== '') return undefined;
  return { user: user.slice('user='.length), accessToken: bearer.slice('auth=Bearer '.length) };
}

/** ^A, which separates the fields of XOAUTH2. */
const SEPARATOR = '\u0001';

function same(left: string, right: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}
