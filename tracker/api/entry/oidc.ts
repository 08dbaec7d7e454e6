import * as client from 'openid-client';
import { newSecret, type Role } from '../../access/index.ts';
import { problem } from '../problems/index.ts';

/** The identity provider of a team, as its administrator describes it. */
export interface OidcSettings {
  readonly issuer: URL;
  readonly clientId: string;
  readonly clientSecret?: string | undefined;
  readonly scope: string;
  /** Claim that says what somebody may do, and the role that each of its values gives; the first that matches counts. */
  readonly roles?: {
    readonly claim: string;
    readonly values: readonly { readonly value: string; readonly role: Role }[];
  };
}

/** Somebody whom the provider recognised. */
export interface OidcPerson {
  /** `issuer subject`. */
  readonly identity: string;
  /** As the provider names them. */
  readonly name: string;
  /** Undefined when no value of the claim gives one. */
  readonly role: Role | undefined;
}

/** A login that began here and ends at the provider's. */
interface Pending {
  readonly verifier: string;
  readonly nonce: string;
  readonly browser: string;
  readonly until: number;
}

const PENDING_MS = 10 * 60_000;
const MOST_PENDING = 1_000;

export interface Oidc {
  /**
   * Begins a login.
   *
   * @param browser secret of the cookie of this browser: nobody else may end the login
   * @returns where the browser goes
   */
  begin(browser: string): Promise<URL>;
  /**
   * Ends a login.
   *
   * @param url with what the provider sent the browser back with
   * @throws {Problem} 502 `FOURNISSEUR_EN_ECHEC`
   */
  end(url: URL, browser: string | undefined): Promise<OidcPerson>;
  /** Whether roles come from the provider: an account then follows them at each login. */
  readonly givesRoles: boolean;
}

/** @param redirect address of the end of a login, registered at the provider's */
export function oidc(settings: OidcSettings, redirect: () => URL, now: () => Date): Oidc {
  const pending = new Map<string, Pending>();
  let discovered: Promise<client.Configuration> | undefined;
  const configuration = async (): Promise<client.Configuration> => {
    const { issuer, clientId, clientSecret } = settings;
    // A provider on this machine is a test: anything else is asked over HTTPS.
    const isHere = ['127.0.0.1', 'localhost', '[::1]'].includes(issuer.hostname);
    const options = isHere && issuer.protocol === 'http:' ? { execute: [client.allowInsecureRequests] } : undefined;
    discovered ??= client.discovery(issuer, clientId, clientSecret, undefined, options);
    try {
      return await discovered;
    } catch (cause) {
      // A provider that was down is asked again by the next login.
      discovered = undefined;
      throw failed(cause);
    }
  };
  return {
    givesRoles: settings.roles !== undefined,
    async begin(browser) {
      const config = await configuration();
      const at = now().getTime();
      for (const [key, { until }] of pending) if (until < at) pending.delete(key);
      const [oldest] = pending.keys();
      if (pending.size >= MOST_PENDING && oldest !== undefined) pending.delete(oldest);
      const state = newSecret();
      const verifier = client.randomPKCECodeVerifier();
      const nonce = client.randomNonce();
      pending.set(state, { verifier, nonce, browser, until: at + PENDING_MS });
      return client.buildAuthorizationUrl(config, {
        redirect_uri: redirect().href,
        scope: settings.scope,
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state,
        nonce,
      });
    },
    async end(url, browser) {
      const state = url.searchParams.get('state') ?? '';
      const begun = pending.get(state);
      pending.delete(state);
      if (begun === undefined || begun.until < now().getTime() || begun.browser !== browser) {
        throw failed(new Error('cette connexion n’a pas commencé ici, ou il y a trop longtemps'));
      }
      try {
        const config = await configuration();
        const tokens = await client.authorizationCodeGrant(config, url, {
          expectedState: state,
          expectedNonce: begun.nonce,
          pkceCodeVerifier: begun.verifier,
          idTokenExpected: true,
        });
        const claims = tokens.claims();
        if (claims === undefined) throw new Error('pas de jeton d’identité');
        const all = { ...claims, ...(await userInfo(config, tokens.access_token, claims.sub)) };
        return { identity: `${claims.iss} ${claims.sub}`, name: nameOf(all, claims.sub), role: roleOf(all, settings) };
      } catch (cause) {
        throw failed(cause);
      }
    },
  };
}

/** Some providers only say there who somebody is. */
async function userInfo(
  config: client.Configuration,
  accessToken: string,
  subject: string,
): Promise<Readonly<Record<string, unknown>>> {
  if (config.serverMetadata().userinfo_endpoint === undefined) return {};
  return client.fetchUserInfo(config, accessToken, subject);
}

function nameOf(claims: Readonly<Record<string, unknown>>, subject: string): string {
  for (const claim of ['preferred_username', 'email', 'name']) {
    const value = claims[claim];
    if (typeof value === 'string' && value.trim() !== '') return value;
  }
  return subject;
}

function roleOf(claims: Readonly<Record<string, unknown>>, { roles }: OidcSettings): Role | undefined {
  if (roles === undefined) return undefined;
  const given = claims[roles.claim];
  const values = Array.isArray(given) ? given : [given];
  return roles.values.find(({ value }) => values.includes(value))?.role;
}

function failed(cause: unknown): Error {
  const said =
    cause instanceof client.AuthorizationResponseError
      ? `le fournisseur répond « ${cause.error} »`
      : cause instanceof Error
        ? cause.message
        : 'sans réponse';
  return problem('FOURNISSEUR_EN_ECHEC', { cause: said.slice(0, 200) }, { cause });
}
