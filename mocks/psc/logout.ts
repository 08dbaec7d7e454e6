import type { JWTPayload } from 'jose';
import { currentExchange } from '../network/index.ts';
import { narrate, redirectTo } from './answers.ts';
import { authenticateClient } from './client-authentication.ts';
import { REALM_PATH, isLocalUri } from './origins.ts';
import { errorPage, loggedOutPage } from './pages.ts';
import { expiredSessionCookie } from './session-cookie.ts';
import { playTransport } from './situations.ts';
import { readIdTokenHint, readRefreshToken } from './tokens.ts';
import type { PscDesk } from './types.ts';

export const LOGOUT_PATH = `${REALM_PATH}/protocol/openid-connect/logout`;

/**
 * End of session. By the browser (GET, or POST with the same fields): `id_token_hint` is needed and
 * `post_logout_redirect_uri` must be declared. By the server (POST with `refresh_token`): 204, as Keycloak does.
 * Source: protocols.md §4.2.
 */
export async function logout(request: Request, desk: PscDesk): Promise<Response> {
  currentExchange().identify('logout');
  const played = await playTransport(desk, 'logout', undefined);
  if (played !== undefined) return played;
  const form =
    request.method === 'POST' ? new URLSearchParams(await request.text()) : new URL(request.url).searchParams;
  const refreshToken = request.method === 'POST' ? form.get('refresh_token') : null;
  return refreshToken === null ? browserLogout(form, desk) : serverLogout(request, form, refreshToken, desk);
}

async function browserLogout(form: URLSearchParams, desk: PscDesk): Promise<Response> {
  const hint = form.get('id_token_hint');
  const claims = hint === null ? undefined : await readIdTokenHint(desk, hint);
  if (claims === undefined) {
    narrate(hint === null ? "page d'erreur : id_token_hint absent" : "page d'erreur : id_token_hint refusé");
    return errorPage(hint === null ? 'Paramètre manquant : id_token_hint' : 'Paramètre invalide : id_token_hint');
  }
  const clientId = textClaim(claims, 'azp');
  const target = form.get('post_logout_redirect_uri');
  const declared = desk.state.client(clientId)?.postLogoutRedirectUris;
  if (target !== null && !(declared === undefined ? isLocalUri(target) : declared.includes(target))) {
    narrate(`page d'erreur : post_logout_redirect_uri « ${target} » non déclarée`);
    return errorPage('Adresse de retour invalide');
  }
  const sessionId = textClaim(claims, 'sid');
  const professional = desk.state.session(sessionId)?.professional.nationalId;
  if (professional !== undefined) currentExchange().attribute({ professional });
  narrate(desk.state.endSession(sessionId) ? 'session terminée' : 'session déjà terminée');
  if (target === null) return loggedOutPage({ 'Set-Cookie': expiredSessionCookie });
  const answer = redirectTo(target, { state: form.get('state') ?? undefined });
  answer.headers.append('Set-Cookie', expiredSessionCookie);
  return answer;
}

async function serverLogout(
  request: Request,
  form: URLSearchParams,
  refreshToken: string,
  desk: PscDesk,
): Promise<Response> {
  const client = authenticateClient(request, form, desk);
  if (!client.ok) return client.response;
  const reading = await readRefreshToken(desk, refreshToken);
  if (reading.ok) {
    currentExchange().attribute({ professional: reading.session.professional.nationalId });
    desk.state.endSession(reading.session.id);
  }
  narrate(reading.ok ? 'session terminée' : 'session déjà terminée');
  return new Response(null, { status: 204 });
}

function textClaim(claims: JWTPayload, name: string): string {
  const value = claims[name];
  return typeof value === 'string' ? value : '';
}
