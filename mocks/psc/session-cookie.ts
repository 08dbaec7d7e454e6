import { narrate } from './answers.ts';
import type { PscDesk, PscSession } from './types.ts';

const NAME = 'KEYCLOAK_SESSION';

/** Cookie of the single sign-on session, for the host of the wallet only. */
export function sessionCookie(session: PscSession): string {
  return `${NAME}=${session.id}; Path=/; Secure; HttpOnly; SameSite=Lax`;
}
export const expiredSessionCookie = `${NAME}=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax`;

/** The session that the browser presents, when it is still open. */
export function readSessionCookie(request: Request, desk: PscDesk): PscSession | undefined {
  const header = request.headers.get('cookie') ?? '';
  const pair = header
    .split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${NAME}=`));
  const session = pair === undefined ? undefined : desk.state.session(pair.slice(NAME.length + 1));
  if (session === undefined) return undefined;
  if (isOver(session, desk)) {
    desk.state.endSession(session.id);
    narrate('session Pro Santé Connect expirée');
    return undefined;
  }
  return session;
}

/** Whether the single sign-on session has outlived its duration. */
export function isOver(session: PscSession, desk: PscDesk): boolean {
  return desk.context.now().getTime() - session.startedAt.getTime() > desk.settings.sessionSeconds * 1000;
}
