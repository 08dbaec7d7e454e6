import { createHash } from 'node:crypto';
import { currentExchange } from '../network/index.ts';
import { jsonAnswer, narrate, oauthError } from './answers.ts';
import { authenticateClient } from './client-authentication.ts';
import { REALM_PATH, issuerOf } from './origins.ts';
import { isOver } from './session-cookie.ts';
import { TOKEN_FAULTS, playTransport } from './situations.ts';
import { mintTokens, readRefreshToken } from './tokens.ts';
import type { AuthorizationCode, PscDesk } from './types.ts';

export const TOKEN_PATH = `${REALM_PATH}/protocol/openid-connect/token`;

/** Token endpoint: `authorization_code` and `refresh_token` grants. Source: protocols.md §4.2. */
export async function token(request: Request, desk: PscDesk): Promise<Response> {
  const exchange = currentExchange();
  exchange.identify('token');
  const form = new URLSearchParams(await request.text());
  const professional = desk.state.peekCode(form.get('code') ?? '')?.session.professional.nationalId;
  if (professional !== undefined) exchange.attribute({ professional });
  const played = await playTransport(desk, 'token', professional);
  if (played !== undefined) return played;
  if (request.headers.has('origin'))
    narrate('en-tête Origin présent : un navigateur ne lirait pas cette réponse (CORS refusé)');
  const client = authenticateClient(request, form, desk);
  if (!client.ok) return client.response;
  switch (form.get('grant_type')) {
    case 'authorization_code':
      return exchangeCode(request, form, client.id, desk);
    case 'refresh_token':
      return refresh(request, form, client.id, desk);
    case null:
      return oauthError(400, 'invalid_request', 'Missing form parameter: grant_type', 'grant_type absent');
    default:
      return oauthError(400, 'unsupported_grant_type', 'Unsupported grant_type', 'grant_type inconnu');
  }
}

async function exchangeCode(
  request: Request,
  form: URLSearchParams,
  clientId: string,
  desk: PscDesk,
): Promise<Response> {
  const value = form.get('code');
  if (value === null) return oauthError(400, 'invalid_request', 'Missing parameter: code', 'code absent');
  const code = desk.state.useCode(value);
  const refusal = code === 'replayed' ? 'code déjà utilisé, session close' : judgeCode(code, form, clientId, desk);
  if (typeof refusal === 'string') return oauthError(400, 'invalid_grant', 'Code not valid', refusal);
  if (refusal instanceof Response) return refusal;
  const fault = TOKEN_FAULTS.find((name) => name === desk.state.heldTokenSituation(value)?.situation);
  const answer = await mintTokens(desk, {
    issuer: issuerOf(request),
    clientId,
    session: refusal.session,
    nonce: refusal.request.nonce,
    fault,
  });
  narrate(fault === undefined ? 'jetons délivrés' : `jetons délivrés, situation ${fault}`);
  return jsonAnswer(answer);
}

/** @returns the code when it may be exchanged, a French reason for `Code not valid`, or another refusal ready to send */
function judgeCode(
  code: AuthorizationCode | undefined,
  form: URLSearchParams,
  clientId: string,
  desk: PscDesk,
): AuthorizationCode | string | Response {
  if (code === undefined) return 'code inconnu';
  const ageMs = desk.context.now().getTime() - code.issuedAt.getTime();
  if (ageMs > desk.settings.codeSeconds * 1000) return `code périmé (plus de ${desk.settings.codeSeconds} s)`;
  if (code.request.clientId !== clientId) return 'code délivré à un autre client';
  if (desk.state.session(code.session.id) === undefined) return 'session terminée';
  if (form.get('redirect_uri') !== code.request.redirectUri) {
    return oauthError(
      400,
      'invalid_grant',
      'Incorrect redirect_uri',
      "redirect_uri différente de celle de l'autorisation",
    );
  }
  const verifier = form.get('code_verifier');
  if (code.request.codeChallenge === undefined) {
    return verifier === null
      ? code
      : oauthError(
          400,
          'invalid_grant',
          'PKCE code verifier specified but challenge not present in code',
          'code_verifier sans défi',
        );
  }
  if (verifier === null) {
    return oauthError(400, 'invalid_grant', 'PKCE code verifier not specified', 'code_verifier absent');
  }
  const computed = createHash('sha256').update(verifier, 'utf8').digest('base64url');
  return computed === code.request.codeChallenge
    ? code
    : oauthError(400, 'invalid_grant', 'PKCE verification failed', 'code_verifier faux');
}

async function refresh(request: Request, form: URLSearchParams, clientId: string, desk: PscDesk): Promise<Response> {
  const presented = form.get('refresh_token');
  if (presented === null) return oauthError(400, 'invalid_request', 'No refresh token', 'refresh_token absent');
  const reading = await readRefreshToken(desk, presented);
  if (!reading.ok) {
    if (reading.reason === 'session-ended') {
      return oauthError(400, 'invalid_grant', 'Session not active', 'session terminée');
    }
    return reading.reason === 'expired'
      ? oauthError(400, 'invalid_grant', 'Token is not active', 'refresh_token expiré')
      : oauthError(400, 'invalid_grant', 'Invalid refresh token', 'refresh_token illisible');
  }
  const { claims, session } = reading;
  currentExchange().attribute({ professional: session.professional.nationalId });
  if (claims['azp'] !== clientId) {
    const description = "Invalid refresh token. Token client and authorized client don't match";
    return oauthError(400, 'invalid_grant', description, "refresh_token d'un autre client");
  }
  if (isOver(session, desk)) {
    desk.state.endSession(session.id);
    return oauthError(400, 'invalid_grant', 'Session not active', 'session expirée');
  }
  const nonce = typeof claims['nonce'] === 'string' ? claims['nonce'] : undefined;
  const answer = await mintTokens(desk, { issuer: issuerOf(request), clientId, session, nonce });
  narrate('jetons renouvelés');
  return jsonAnswer(answer);
}
