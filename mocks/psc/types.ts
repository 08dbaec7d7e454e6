import type { TestProfessional } from '../population/types.ts';
import type { ServiceContext } from '../types.ts';
import type { SigningKeys } from './keys.ts';
import type { PscState } from './state.ts';

/** A relying party declared at Pro Santé Connect. */
export interface PscClient {
  readonly id: string;
  readonly secret: string;
  /** Exact redirect URIs; absent: any `http(s)` URI on 127.0.0.1 or localhost, which is what a bench needs. */
  readonly redirectUris?: readonly string[];
  /** Exact URIs allowed after a logout; absent: the same tolerance. */
  readonly postLogoutRedirectUris?: readonly string[];
}

/** Durations are seconds. Values the facts do not know are open here (protocols.md §4.2). */
export interface PscOptions {
  /**
   * Declared clients. Absent: one client made at start, and any other well-formed client id is accepted and reported
   * in the outcome, its secret being unknown to the bench.
   */
  readonly clients?: readonly PscClient[];
  /** 120 observed. */
  readonly accessTokenSeconds?: number;
  /** 60: an older code is refused. */
  readonly codeSeconds?: number;
  /** 350 seen in a public mock; the real value is not known. */
  readonly refreshSeconds?: number;
  /** Life of the single sign-on session: 4 hours, the real value is not known. */
  readonly sessionSeconds?: number;
}

export interface PscSettings {
  readonly accessTokenSeconds: number;
  readonly codeSeconds: number;
  readonly refreshSeconds: number;
  readonly sessionSeconds: number;
}

/** What the product asked at the authorization endpoint, once judged. */
export interface AuthorizationRequest {
  readonly id: string;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly scope: string;
  readonly state?: string;
  readonly nonce?: string;
  /** PKCE, always S256. */
  readonly codeChallenge?: string;
}

/** A professional logged in at Pro Santé Connect: what `session_state` and `sid` name. */
export interface PscSession {
  readonly id: string;
  readonly professional: TestProfessional;
  readonly startedAt: Date;
}

/** An authorization code waiting to be exchanged. */
export interface AuthorizationCode {
  readonly value: string;
  readonly request: AuthorizationRequest;
  readonly session: PscSession;
  readonly issuedAt: Date;
}

/** Everything an endpoint of the mock needs. */
export interface PscDesk {
  readonly context: ServiceContext;
  readonly settings: PscSettings;
  readonly state: PscState;
  readonly keys: SigningKeys;
}
