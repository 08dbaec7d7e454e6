import { currentExchange } from '../network/index.ts';
import { jsonAnswer, narrate } from './answers.ts';
import { userinfoOf } from './claims.ts';
import { REALM_PATH } from './origins.ts';
import { playTransport } from './situations.ts';
import { readAccessToken } from './tokens.ts';
import type { PscDesk } from './types.ts';

export const USERINFO_PATH = `${REALM_PATH}/protocol/openid-connect/userinfo`;

/** Userinfo, GET or POST, Bearer. Source: protocols.md §4.3. */
export async function userinfo(request: Request, desk: PscDesk): Promise<Response> {
  const exchange = currentExchange();
  exchange.identify('userinfo');
  const bearer = await bearerOf(request);
  const reading = bearer === undefined ? undefined : await readAccessToken(desk, bearer);
  const professional = reading?.ok === true ? reading.session.professional : undefined;
  if (professional !== undefined) exchange.attribute({ professional: professional.nationalId });
  const played = await playTransport(desk, 'userinfo', professional?.nationalId);
  if (played !== undefined) return played;
  if (professional !== undefined) {
    narrate('identité du professionnel rendue');
    return jsonAnswer(userinfoOf(professional));
  }
  const why = { absent: "jeton d'accès absent", expired: "jeton d'accès expiré" } as const;
  const expired = reading !== undefined && !reading.ok && reading.reason === 'expired';
  const sentence = reading === undefined ? why.absent : expired ? why.expired : "jeton d'accès refusé";
  narrate(`refusé (401 invalid_token) : ${sentence}`);
  const description = reading === undefined ? 'Token not provided' : 'Token verification failed';
  return jsonAnswer({ error: 'invalid_token', error_description: description }, 401, {
    'WWW-Authenticate': `Bearer realm="esante-wallet", error="invalid_token", error_description="${description}"`,
  });
}

async function bearerOf(request: Request): Promise<string | undefined> {
  const header = /^Bearer +(\S+) *$/iu.exec(request.headers.get('authorization') ?? '')?.[1];
  if (header !== undefined || request.method !== 'POST') return header;
  return new URLSearchParams(await request.text()).get('access_token') ?? undefined;
}
