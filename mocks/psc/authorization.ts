import { currentExchange } from '../network/index.ts';
import { narrate, redirectTo } from './answers.ts';
import { issueCode } from './login.ts';
import { isLocalUri } from './origins.ts';
import { errorPage, loginPage } from './pages.ts';
import { readSessionCookie } from './session-cookie.ts';
import { playTransport } from './situations.ts';
import type { AuthorizationRequest, PscDesk } from './types.ts';

type Judgement =
  | { readonly kind: 'accepted'; readonly request: AuthorizationRequest; readonly stranger: boolean }
  /** The product cannot be trusted with an answer: the person sees a page. */
  | { readonly kind: 'page'; readonly message: string; readonly why: string }
  /** The product is called back with an OAuth error. */
  | {
      readonly kind: 'redirect';
      readonly redirectUri: string;
      readonly error: string;
      readonly description: string;
      readonly state: string | undefined;
    };

/**
 * Authorization endpoint (browser, GET). Shows the login form, or goes straight back when the professional already has
 * a session (single sign-on).
 * Source: protocols.md §4.2.
 */
export async function authorization(request: Request, desk: PscDesk): Promise<Response> {
  const exchange = currentExchange();
  exchange.identify('authorization');
  const played = await playTransport(desk, 'authorization', undefined);
  if (played !== undefined) return played;
  const query = new URL(request.url).searchParams;
  const judgement = judgeAuthorization(query, desk);
  if (judgement.kind === 'page') {
    narrate(`page d'erreur : ${judgement.why}`);
    return errorPage(judgement.message);
  }
  if (judgement.kind === 'redirect') {
    narrate(`refusé (${judgement.error}) : ${judgement.description}`);
    return redirectTo(judgement.redirectUri, {
      error: judgement.error,
      error_description: judgement.description,
      state: judgement.state,
    });
  }
  if (judgement.stranger) narrate(`client ${judgement.request.clientId} inconnu du banc, accepté et signalé`);
  const session = readSessionCookie(request, desk);
  const prompt = query.get('prompt');
  if (session !== undefined && prompt !== 'login') {
    exchange.attribute({ professional: session.professional.nationalId });
    return issueCode(desk, judgement.request, session);
  }
  if (prompt === 'none') {
    narrate('refusé (login_required) : aucune session Pro Santé Connect');
    return redirectTo(judgement.request.redirectUri, { error: 'login_required', state: judgement.request.state });
  }
  desk.state.addRequest(judgement.request);
  narrate("page d'identification présentée");
  return loginPage(judgement.request.id, desk.context.population.professionals);
}

/** Pure judgement of the parameters, in the order of Keycloak: client, redirect URI, then the rest. */
export function judgeAuthorization(query: URLSearchParams, desk: PscDesk): Judgement {
  const clientId = query.get('client_id') ?? '';
  const client = desk.state.client(clientId);
  const stranger = client === undefined;
  if (stranger && !desk.state.acceptsStranger(clientId)) {
    return { kind: 'page', message: 'Client introuvable.', why: `client_id « ${clientId} » inconnu` };
  }
  const redirectUri = query.get('redirect_uri') ?? '';
  const known =
    client?.redirectUris === undefined ? isLocalUri(redirectUri) : client.redirectUris.includes(redirectUri);
  if (!known) {
    return {
      kind: 'page',
      message: 'Paramètre invalide : redirect_uri',
      why: `redirect_uri « ${redirectUri} » non déclarée`,
    };
  }
  const acr = query.get('acr_values');
  if (acr === null ? desk.context.profile === 'strict' : acr !== 'eidas1') {
    return {
      kind: 'page',
      message: 'Paramètre invalide : acr_values',
      why: acr === null ? 'acr_values absent, eidas1 attendu' : `acr_values « ${acr} », eidas1 attendu`,
    };
  }
  const state = query.get('state') ?? undefined;
  const refuse = (error: string, description: string): Judgement => ({
    kind: 'redirect',
    redirectUri,
    error,
    description,
    state,
  });
  const responseType = query.get('response_type');
  if (responseType === null) return refuse('invalid_request', 'Missing parameter: response_type');
  if (responseType !== 'code') return refuse('unsupported_response_type', 'Invalid parameter: response_type');
  const scope = query.get('scope') ?? '';
  const scopes = scope.split(' ');
  if (!scopes.includes('openid') || !scopes.includes('scope_all')) {
    return refuse('invalid_scope', `Invalid scopes: ${scope}`);
  }
  const codeChallenge = query.get('code_challenge') ?? undefined;
  const method = query.get('code_challenge_method');
  if (codeChallenge !== undefined && method !== 'S256') {
    return refuse('invalid_request', 'Invalid parameter: code_challenge_method');
  }
  if (codeChallenge !== undefined && !/^[\w.~-]{43,128}$/u.test(codeChallenge)) {
    return refuse('invalid_request', 'Invalid parameter: code_challenge');
  }
  if (codeChallenge === undefined && method !== null) {
    return refuse('invalid_request', 'Missing parameter: code_challenge');
  }
  const nonce = query.get('nonce') ?? undefined;
  return {
    kind: 'accepted',
    stranger,
    request: {
      id: desk.context.uuid(),
      clientId,
      redirectUri,
      scope,
      ...(state === undefined ? {} : { state }),
      ...(nonce === undefined ? {} : { nonce }),
      ...(codeChallenge === undefined ? {} : { codeChallenge }),
    },
  };
}
