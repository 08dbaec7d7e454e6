import { currentExchange } from '../network/index.ts';
import { narrate, redirectTo } from './answers.ts';
import { FORM, errorPage } from './pages.ts';
import { sessionCookie } from './session-cookie.ts';
import { REFUSAL, TOKEN_FAULTS } from './situations.ts';
import type { AuthorizationRequest, PscDesk, PscSession } from './types.ts';

/** Answer of the person to the login form. */
export async function login(request: Request, desk: PscDesk): Promise<Response> {
  const exchange = currentExchange();
  exchange.identify('login');
  const form = new URLSearchParams(await request.text());
  const pending = desk.state.takeRequest(form.get(FORM.request) ?? '');
  if (pending === undefined) {
    narrate("page d'erreur : demande d'identification inconnue ou déjà traitée");
    return errorPage('Cette page a expiré. Recommencez depuis votre logiciel.');
  }
  const nationalId = form.get(FORM.professional) ?? '';
  const professional = desk.context.population.professionals.find((one) => one.nationalId === nationalId);
  if (professional === undefined) {
    narrate(`page d'erreur : professionnel « ${nationalId} » inconnu de la population`);
    return errorPage('Professionnel inconnu.');
  }
  exchange.attribute({ professional: nationalId });
  const refused =
    form.get(FORM.action) === 'refuser' || desk.context.situations.take('psc', nationalId, [REFUSAL]) !== undefined;
  if (refused) {
    narrate('le professionnel a refusé : access_denied');
    return redirectTo(pending.redirectUri, { error: 'access_denied', state: pending.state });
  }
  const session: PscSession = { id: desk.context.uuid(), professional, startedAt: desk.context.now() };
  desk.state.addSession(session);
  return issueCode(desk, pending, session);
}

/** Calls the product back with a code, the session cookie being set; fixes now how the token answer will misbehave. */
export function issueCode(desk: PscDesk, request: AuthorizationRequest, session: PscSession): Response {
  const value = `${desk.context.uuid()}.${session.id}.${desk.context.uuid()}`;
  desk.state.addCode({ value, request, session, issuedAt: desk.context.now() });
  const situation = desk.context.situations.take('psc', session.professional.nationalId, TOKEN_FAULTS);
  if (situation !== undefined) desk.state.holdTokenSituation(value, situation);
  narrate("code d'autorisation délivré");
  const answer = redirectTo(request.redirectUri, { state: request.state, session_state: session.id, code: value });
  answer.headers.append('Set-Cookie', sessionCookie(session));
  return answer;
}
