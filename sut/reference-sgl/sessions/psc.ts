import * as oidc from 'openid-client';
import type { AccessToken } from './sessions.ts';
import { SglError, type Professional, type SglConfig } from '../model/index.ts';
import { httpsExchange } from '../net/index.ts';
import type { Accounts } from '../accounts/index.ts';

/** What must be remembered between the departure of the browser and its return. */
interface PendingLogin {
  nonce: string;
  verifier: string;
  /** Ties the return to the browser that left: value of its cookie. */
  browser: string;
  at: number;
}

export interface Psc {
  /** Address of Pro Santé Connect where the browser must go. @throws {SglError} `PSC_INDISPONIBLE` */
  start(browser: string): Promise<URL>;
  /** Ends the login: checks the return, the tokens and the account. @throws {SglError} `PSC_…` */
  finish(
    callback: URL,
    browser: string | undefined,
  ): Promise<{
    account: Professional;
    idToken: string;
    accessToken: AccessToken;
  }>;
  /** Where the browser goes to close the session at Pro Santé Connect too. @throws {SglError} `PSC_INDISPONIBLE` */
  endSession(idToken: string, returnTo: string): Promise<URL>;
}

const PENDING_MS = 10 * 60_000;
const MAX_PENDING = 500;
const RETRY = 'Recommencez la connexion ; si le problème demeure, prévenez votre administrateur.';

/**
 * Pro Santé Connect, authorization code flow with PKCE; the secret and the tokens stay on this server.
 * Source: protocols.md §4.1 to §4.3 (scope, acr_values, discovery at a path of its own).
 *
 * @param redirectUri known once the server listens
 */
export function createPsc(
  config: SglConfig,
  faults: ReadonlySet<string>,
  deps: { accounts: Accounts; redirectUri: () => string; now: () => Date },
): Psc {
  const { accounts, redirectUri, now } = deps;
  const pending = new Map<string, PendingLogin>();
  let discovered: Promise<oidc.Configuration> | undefined;

  /** Read once, at the first login; a failure is not remembered. */
  const provider = async (): Promise<oidc.Configuration> => {
    discovered ??= discover(config);
    try {
      return await discovered;
    } catch (error) {
      discovered = undefined;
      if (error instanceof SglError) throw error;
      throw new SglError('PSC_INDISPONIBLE', 'Pro Santé Connect est indisponible.', RETRY, { cause: error });
    }
  };

  return {
    async start(browser) {
      const configuration = await provider();
      purge(pending, now().getTime());
      const [state, nonce, verifier] = [oidc.randomState(), oidc.randomNonce(), oidc.randomPKCECodeVerifier()];
      pending.set(state, { nonce, verifier, browser, at: now().getTime() });
      return oidc.buildAuthorizationUrl(configuration, {
        redirect_uri: redirectUri(),
        scope: 'openid scope_all',
        ...(faults.has('psc-sans-acr') ? {} : { acr_values: 'eidas1' }),
        state,
        nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      });
    },

    async finish(callback, browser) {
      const configuration = await provider();
      const state = callback.searchParams.get('state') ?? '';
      const login = pending.get(state);
      pending.delete(state);
      purge(pending, now().getTime());
      if (!login || login.browser !== browser || now().getTime() - login.at > PENDING_MS) {
        throw new SglError('PSC_RETOUR_INCONNU', 'Ce retour ne correspond à aucune connexion en cours ici.', RETRY);
      }
      if (callback.searchParams.has('error')) {
        throw new SglError('PSC_REFUS', "La connexion n'a pas été accordée par Pro Santé Connect.", RETRY);
      }
      // The address that was registered, with the parameters received: behind a proxy ours may look different.
      const received = new URL(redirectUri());
      received.search = callback.search;
      try {
        const tokens = await oidc.authorizationCodeGrant(configuration, received, {
          pkceCodeVerifier: login.verifier,
          expectedState: state,
          expectedNonce: login.nonce,
          idTokenExpected: true,
        });
        const claims = tokens.claims();
        const info = await oidc.fetchUserInfo(configuration, tokens.access_token, claims?.sub ?? '');
        const seconds = tokens.expiresIn() ?? 0;
        const accessToken = { value: tokens.access_token, until: new Date(now().getTime() + seconds * 1000) };
        return { account: matchAccount(info, accounts, config), idToken: tokens.id_token ?? '', accessToken };
      } catch (error) {
        if (error instanceof SglError) throw error;
        throw new SglError('PSC_ECHEC', "L'identité renvoyée par Pro Santé Connect n'a pas pu être vérifiée.", RETRY, {
          cause: error,
        });
      }
    },

    async endSession(idToken, returnTo) {
      return oidc.buildEndSessionUrl(await provider(), {
        id_token_hint: idToken,
        post_logout_redirect_uri: returnTo,
        state: oidc.randomState(),
      });
    },
  };
}

async function discover(config: SglConfig): Promise<oidc.Configuration> {
  const { discovery, issuer, clientId, clientSecret } = config.psc;
  const timeoutMs = config.timeoutMs ?? 15_000;
  const exchange: oidc.CustomFetch = async (url, { method, headers, body }) => {
    const bytes =
      body === undefined || body === null
        ? undefined
        : new Uint8Array(await new Response(body as BodyInit).arrayBuffer());
    const answer = await httpsExchange({
      url,
      method,
      headers,
      ca: config.ca,
      timeoutMs,
      ...(bytes && { body: bytes }),
    });
    const received = new Headers();
    for (const [name, value] of Object.entries(answer.headers)) {
      if (typeof value === 'string') received.set(name, value);
    }
    const empty = [204, 205, 304].includes(answer.status);
    return new Response(empty ? null : new Uint8Array(answer.body), { status: answer.status, headers: received });
  };
  const configuration = await oidc.discovery(new URL(discovery), clientId, {}, oidc.ClientSecretBasic(clientSecret), {
    [oidc.customFetch]: exchange,
    timeout: timeoutMs / 1000,
  });
  // Without this the library trusts the TLS channel alone and never looks at the signature of the ID token.
  oidc.enableNonRepudiationChecks(configuration);
  if (configuration.serverMetadata().issuer !== issuer) {
    throw new SglError('PSC_EMETTEUR', "L'émetteur annoncé n'est pas celui de Pro Santé Connect.", RETRY);
  }
  return configuration;
}

/** The account is the one whose national identifier is SubjectNameID; names never match anybody. */
function matchAccount(info: oidc.UserInfoResponse, accounts: Accounts, config: SglConfig): Professional {
  const nationalId = typeof info['SubjectNameID'] === 'string' ? info['SubjectNameID'] : '';
  const account = accounts.find(nationalId);
  if (account) return account;
  if (nationalId !== '' && config.psc.autoProvision === true) {
    const professional = provisioned(nationalId, info);
    accounts.save(professional);
    return professional;
  }
  throw new SglError(
    'PSC_COMPTE_INCONNU',
    "Votre identité est vérifiée, mais aucun compte de ce logiciel n'y correspond.",
    "Demandez à l'administrateur du laboratoire d'ouvrir votre compte avec votre numéro RPPS.",
  );
}

/** The first practice is taken; the administrator completes the account afterwards. */
function provisioned(nationalId: string, info: oidc.UserInfoResponse): Professional {
  const reference = info['SubjectRefPro'] as { exercices?: Record<string, unknown>[] } | undefined;
  const practice = Array.isArray(reference?.exercices) ? reference.exercices[0] : undefined;
  const code = (name: string): string => (typeof practice?.[name] === 'string' ? practice[name] : '');
  const [title, profession, speciality] = ['codeCiviliteDexercice', 'codeProfession', 'codeSavoirFaire'].map(code);
  return {
    nationalId,
    lastName: info.family_name ?? '',
    firstName: info.given_name ?? '',
    ...(title && { title }),
    ...(profession && { profession }),
    ...(speciality && { speciality }),
  };
}

function purge(pending: Map<string, PendingLogin>, now: number): void {
  for (const [state, login] of pending) {
    if (now - login.at > PENDING_MS || pending.size >= MAX_PENDING) pending.delete(state);
  }
}
