import { createHash } from 'node:crypto';
import { SignJWT, jwtVerify, type JWTPayload } from 'jose';
import { GRANTED_SCOPE, identityClaims } from './claims.ts';
import type { PscDesk, PscSession } from './types.ts';

/** How the identity token must be wrong, for a product that has to refuse it (protocols.md §4.6, P5). */
export type TokenFault = 'nonce-faux' | 'iss-faux' | 'jeton-expire' | 'signature-fausse';

export interface TokenOrder {
  readonly issuer: string;
  readonly clientId: string;
  readonly session: PscSession;
  readonly nonce?: string | undefined;
  readonly fault?: TokenFault | undefined;
}

/** Token answer, members and order of Keycloak. */
export interface TokenAnswer {
  readonly access_token: string;
  readonly expires_in: number;
  readonly refresh_expires_in: number;
  readonly refresh_token: string;
  readonly token_type: 'Bearer';
  readonly id_token: string;
  readonly 'not-before-policy': 0;
  readonly session_state: string;
  readonly scope: string;
}

const seconds = (date: Date): number => Math.floor(date.getTime() / 1000);

/** Mints the three tokens of an answer. Only the identity token carries the fault, when one is asked. */
export async function mintTokens(desk: PscDesk, order: TokenOrder): Promise<TokenAnswer> {
  const { settings } = desk;
  const accessToken = await accessTokenOf(desk, order);
  return {
    access_token: accessToken,
    expires_in: settings.accessTokenSeconds,
    refresh_expires_in: settings.refreshSeconds,
    refresh_token: await refreshTokenOf(desk, order),
    token_type: 'Bearer',
    id_token: await idTokenOf(desk, order, accessToken),
    'not-before-policy': 0,
    session_state: order.session.id,
    scope: GRANTED_SCOPE,
  };
}

function common(desk: PscDesk, order: TokenOrder, life: number): JWTPayload {
  const issuedAt = seconds(desk.context.now());
  return {
    exp: issuedAt + life,
    iat: issuedAt,
    auth_time: seconds(order.session.startedAt),
    jti: desk.context.uuid(),
    iss: order.issuer,
  };
}

async function accessTokenOf(desk: PscDesk, order: TokenOrder): Promise<string> {
  const claims = {
    ...common(desk, order, desk.settings.accessTokenSeconds),
    typ: 'Bearer',
    azp: order.clientId,
    ...(order.nonce === undefined ? {} : { nonce: order.nonce }),
    session_state: order.session.id,
    scope: GRANTED_SCOPE,
    sid: order.session.id,
    ...identityClaims(order.session.professional),
  };
  return sign(desk, claims, desk.keys.privateKey);
}

async function idTokenOf(desk: PscDesk, order: TokenOrder, accessToken: string): Promise<string> {
  const { professional } = order.session;
  const honest: JWTPayload = {
    ...common(desk, order, desk.settings.accessTokenSeconds),
    aud: order.clientId,
    typ: 'ID',
    azp: order.clientId,
    ...(order.nonce === undefined ? {} : { nonce: order.nonce }),
    session_state: order.session.id,
    at_hash: leftHalfHash(accessToken),
    sid: order.session.id,
    email_verified: false,
    ...identityClaims(professional),
    given_name: professional.firstName,
    family_name: professional.lastName,
  };
  const key = order.fault === 'signature-fausse' ? desk.keys.strangerKey : desk.keys.privateKey;
  return sign(desk, spoil(honest, order.fault), key);
}

function spoil(claims: JWTPayload, fault: TokenFault | undefined): JWTPayload {
  switch (fault) {
    case 'nonce-faux':
      return { ...claims, nonce: 'nonce-d-une-autre-demande' };
    case 'iss-faux':
      return { ...claims, iss: 'https://auth.autre-fournisseur.example/auth/realms/esante-wallet' };
    case 'jeton-expire':
      return { ...claims, iat: (claims.iat ?? 0) - 7200, exp: (claims.iat ?? 0) - 3600 };
    default:
      return claims;
  }
}

async function sign(desk: PscDesk, claims: JWTPayload, key: PscDesk['keys']['privateKey']): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: desk.keys.kid }).sign(key);
}

/** OIDC Core 3.1.3.6: left half of SHA-256, base64url. */
function leftHalfHash(token: string): string {
  return createHash('sha256').update(token, 'ascii').digest().subarray(0, 16).toString('base64url');
}

async function refreshTokenOf(desk: PscDesk, order: TokenOrder): Promise<string> {
  const claims = {
    ...common(desk, order, desk.settings.refreshSeconds),
    aud: order.issuer,
    typ: 'Refresh',
    azp: order.clientId,
    session_state: order.session.id,
    sid: order.session.id,
    scope: GRANTED_SCOPE,
    ...(order.nonce === undefined ? {} : { nonce: order.nonce }),
  };
  return new SignJWT(claims).setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).sign(desk.keys.refreshSecret);
}

export type TokenReading =
  | { readonly ok: true; readonly claims: JWTPayload; readonly session: PscSession }
  | { readonly ok: false; readonly reason: 'invalid' | 'expired' | 'session-ended'; readonly claims?: JWTPayload };

/** Reads an access token of this mock: signature, life, and session still open. */
export async function readAccessToken(desk: PscDesk, token: string): Promise<TokenReading> {
  return readToken(desk, async () => {
    const { payload } = await jwtVerify(token, desk.keys.publicKey, {
      algorithms: ['RS256'],
      currentDate: new Date(0),
    });
    return payload.typ === 'Bearer' ? payload : undefined;
  });
}

/** Reads a refresh token of this mock. */
export async function readRefreshToken(desk: PscDesk, token: string): Promise<TokenReading> {
  return readToken(desk, async () => {
    const { payload } = await jwtVerify(token, desk.keys.refreshSecret, {
      algorithms: ['HS256'],
      currentDate: new Date(0),
    });
    return payload.typ === 'Refresh' ? payload : undefined;
  });
}

/** Reads the hint of a logout; an expired identity token is a good hint. */
export async function readIdTokenHint(desk: PscDesk, token: string): Promise<JWTPayload | undefined> {
  try {
    const { payload } = await jwtVerify(token, desk.keys.publicKey, {
      algorithms: ['RS256'],
      currentDate: new Date(0),
    });
    return payload.typ === 'ID' ? payload : undefined;
  } catch {
    return undefined;
  }
}

/** Dates are judged here and not by jose, so that an expired token can be told from a forged one. */
async function readToken(desk: PscDesk, verify: () => Promise<JWTPayload | undefined>): Promise<TokenReading> {
  let claims: JWTPayload | undefined;
  try {
    claims = await verify();
  } catch {
    return { ok: false, reason: 'invalid' };
  }
  if (claims === undefined) return { ok: false, reason: 'invalid' };
  if ((claims.exp ?? 0) <= seconds(desk.context.now())) return { ok: false, reason: 'expired', claims };
  const session = typeof claims.sid === 'string' ? desk.state.session(claims.sid) : undefined;
  if (session === undefined) return { ok: false, reason: 'session-ended', claims };
  return { ok: true, claims, session };
}
