import { XOAUTH2_CHALLENGE, byPassword, byToken, readXoauth2, type AuthenticationReading } from '../authenticate.ts';
import { IMAP_LOGIN_SITUATIONS } from '../situations.ts';
import { takeSituation } from '../take-situation.ts';
import type { MssanteDesk } from '../types.ts';

/** Outcome of a login attempt; `challenge` is what XOAUTH2 sends before the final NO. */
export type LoginReading = (
  | AuthenticationReading
  | { readonly ok: false; readonly why: string; readonly cut: true }
) & {
  readonly challenge?: string;
};

export async function loginByPassword(desk: MssanteDesk, user: string, password: string): Promise<LoginReading> {
  return played(desk, user) ?? byPassword(desk, user, password);
}

/** SASL PLAIN (RFC 4616): authzid NUL authcid NUL password. */
export async function loginByPlain(desk: MssanteDesk, base64: string): Promise<LoginReading> {
  const [, user = '', password = ''] = Buffer.from(base64, 'base64').toString('utf8').split('\u0000');
  return loginByPassword(desk, user, password);
}

export async function loginByToken(desk: MssanteDesk, base64: string): Promise<LoginReading> {
  const credentials = readXoauth2(base64);
  if (credentials === undefined) return { ok: false, why: 'réponse XOAUTH2 mal formée' };
  const reading = played(desk, credentials.user) ?? (await byToken(desk, credentials.user, credentials.accessToken));
  if (reading.ok || 'cut' in reading) return reading;
  return { ...reading, challenge: Buffer.from(JSON.stringify(XOAUTH2_CHALLENGE)).toString('base64') };
}

function played(desk: MssanteDesk, user: string): LoginReading | undefined {
  switch (takeSituation(desk, user, IMAP_LOGIN_SITUATIONS)?.situation) {
    case 'imap-auth-no':
      return { ok: false, why: 'authentification refusée (situation)' };
    case 'imap-coupure':
      return { ok: false, why: 'connexion coupée sans réponse (situation)', cut: true };
    default:
      return undefined;
  }
}
