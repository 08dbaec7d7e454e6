import type { Situation } from '../situations/types.ts';
import type { AuthorizationCode, AuthorizationRequest, PscClient, PscSession } from './types.ts';

/**
 * Clients, pending logins, sessions and codes of the mock. Codes are single use: a second presentation ends the
 * session it came from, as Keycloak does, because it is the sign of a stolen code.
 */
export class PscState {
  readonly #clients: ReadonlyMap<string, PscClient>;
  readonly #open: boolean;
  readonly #requests = new Map<string, AuthorizationRequest>();
  readonly #sessions = new Map<string, PscSession>();
  readonly #codes = new Map<string, AuthorizationCode>();
  readonly #usedCodes = new Map<string, AuthorizationCode>();
  readonly #tokenSituations = new Map<string, Situation>();

  /** @param open whether clients that were not declared are accepted (and reported) */
  constructor(clients: readonly PscClient[], open: boolean) {
    this.#clients = new Map(clients.map((client) => [client.id, client]));
    this.#open = open;
  }

  client(id: string): PscClient | undefined {
    return this.#clients.get(id);
  }

  /** A client id that the bench did not declare but lets in, when its clients were not configured. */
  acceptsStranger(id: string): boolean {
    return this.#open && /^[\w.:@-]{3,128}$/u.test(id);
  }

  addRequest(request: AuthorizationRequest): void {
    this.#requests.set(request.id, request);
  }
  /** A login form is good for one answer. */
  takeRequest(id: string): AuthorizationRequest | undefined {
    const request = this.#requests.get(id);
    this.#requests.delete(id);
    return request;
  }

  addSession(session: PscSession): void {
    this.#sessions.set(session.id, session);
  }
  session(id: string): PscSession | undefined {
    return this.#sessions.get(id);
  }
  endSession(id: string): boolean {
    return this.#sessions.delete(id);
  }

  addCode(code: AuthorizationCode): void {
    this.#codes.set(code.value, code);
  }
  /** Looks without using. */
  peekCode(value: string): AuthorizationCode | undefined {
    return this.#codes.get(value) ?? this.#usedCodes.get(value);
  }
  /** @returns the code at its first presentation; `replayed` afterwards, the session being ended; undefined if never issued */
  useCode(value: string): AuthorizationCode | 'replayed' | undefined {
    const used = this.#usedCodes.get(value);
    if (used !== undefined) {
      this.endSession(used.session.id);
      return 'replayed';
    }
    const code = this.#codes.get(value);
    if (code !== undefined) {
      this.#codes.delete(value);
      this.#usedCodes.set(value, code);
    }
    return code;
  }

  /** A situation decided at login that the token answer must play. */
  holdTokenSituation(code: string, situation: Situation): void {
    this.#tokenSituations.set(code, situation);
  }
  heldTokenSituation(code: string): Situation | undefined {
    return this.#tokenSituations.get(code);
  }

  reset(): void {
    this.#requests.clear();
    this.#sessions.clear();
    this.#codes.clear();
    this.#usedCodes.clear();
    this.#tokenSituations.clear();
  }
}
