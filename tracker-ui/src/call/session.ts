import type { SessionView } from '#tracker/api/index.ts';
import { sent } from './get.ts';

let csrf = '';

/** What goes with each change: another site does not know it. */
export function csrfHeaders(): Readonly<Record<string, string>> {
  return csrf === '' ? {} : { 'x-jalon-csrf': csrf };
}

/** The session of the page is known, or has changed. */
export function takeSession(session: Pick<SessionView, 'csrf'>): void {
  csrf = session.csrf ?? '';
}

/** @throws {CallError} when the name and the password open nothing */
export async function logIn(name: string, password: string): Promise<void> {
  await sent('/api/session', {
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    body: JSON.stringify({ name, password }),
  });
}

/** @throws {CallError} */
export async function logOut(): Promise<void> {
  await sent('/api/session', { method: 'DELETE', headers: csrfHeaders() });
}
