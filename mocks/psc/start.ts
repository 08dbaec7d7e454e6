import { http } from 'msw';
import { currentExchange, listenHttps } from '../network/index.ts';
import type { PscAddresses, RunningService, ServiceContext } from '../types.ts';
import { narrate } from './answers.ts';
import { authorization } from './authorization.ts';
import { makeCardholder, type Cardholder } from './cardholder.ts';
import { CERTS_PATH, DISCOVERY_PATHS, certificates, discovery } from './discovery.ts';
import { INTROSPECTION_PATH, introspection } from './introspection.ts';
import { makeSigningKeys } from './keys.ts';
import { login } from './login.ts';
import { LOGOUT_PATH, logout } from './logout.ts';
import { REALM_PATH } from './origins.ts';
import { LOGIN_PATH } from './pages.ts';
import { PSC_SITUATIONS } from './situations.ts';
import { PscState } from './state.ts';
import { TOKEN_PATH, token } from './token.ts';
import { readAccessToken } from './tokens.ts';
import type { PscClient, PscDesk, PscOptions } from './types.ts';
import { USERINFO_PATH, userinfo } from './userinfo.ts';

export interface RunningPsc extends RunningService<PscAddresses> {
  readonly cardholder: Cardholder;
  /**
   * What an API that receives an access token asks (XOAUTH2 of MSSanté): whose it is, if it is live.
   * @returns the national id of the professional, or the French reason of the refusal
   */
  readonly verifyToken: (
    accessToken: string,
  ) => Promise<{ readonly professional: string } | { readonly refused: string }>;
}

type Endpoint = (request: Request, desk: PscDesk) => Promise<Response>;

/**
 * Starts the Pro Santé Connect mock: authorization code flow with PKCE, refresh, userinfo, introspection, logout.
 * Written over msw handlers and jose rather than mounted on oidc-provider: the real service is a customised Keycloak,
 * and its error bodies, `session_state`, claims and two-origin discovery are what a product meets.
 */
export async function startPsc(context: ServiceContext, options: PscOptions = {}): Promise<RunningPsc> {
  const clients = options.clients ?? [generatedClient(context)];
  const desk: PscDesk = {
    context,
    settings: {
      accessTokenSeconds: options.accessTokenSeconds ?? 120,
      codeSeconds: options.codeSeconds ?? 60,
      refreshSeconds: options.refreshSeconds ?? 350,
      sessionSeconds: options.sessionSeconds ?? 4 * 3600,
    },
    state: new PscState(clients, options.clients === undefined),
    keys: await makeSigningKeys(context.uuid()),
  };
  context.situations.announce('psc', PSC_SITUATIONS);
  const get = (path: string, endpoint: Endpoint) => http.get(path, ({ request }) => endpoint(request, desk));
  const post = (path: string, endpoint: Endpoint) => http.post(path, ({ request }) => endpoint(request, desk));
  const listener = await listenHttps(
    {
      service: 'psc',
      listener: 'psc',
      clientCertificate: 'none',
      handlers: [
        ...DISCOVERY_PATHS.map((path) => get(path, discovery)),
        get(CERTS_PATH, certificates),
        get('/auth', authorization),
        post(LOGIN_PATH, login),
        post(TOKEN_PATH, token),
        post(INTROSPECTION_PATH, introspection),
        get(USERINFO_PATH, userinfo),
        post(USERINFO_PATH, userinfo),
        get(LOGOUT_PATH, logout),
        post(LOGOUT_PATH, logout),
        http.options(`${REALM_PATH}/*`, refusePreflight),
      ],
    },
    context,
  );
  const issuer = `${listener.origin}${REALM_PATH}`;
  const [first] = clients;
  return {
    addresses: {
      issuer,
      discovery: `${listener.origin}${DISCOVERY_PATHS[0]}`,
      clientId: first?.id ?? '',
      clientSecret: first?.secret ?? '',
    },
    cardholder: makeCardholder(context.pki.caPem),
    async verifyToken(accessToken) {
      const reading = await readAccessToken(desk, accessToken);
      if (reading.ok) return { professional: reading.session.professional.nationalId };
      return { refused: REFUSALS[reading.reason] };
    },
    reset: () => desk.state.reset(),
    close: () => listener.close(),
  };
}

const REFUSALS = {
  invalid: "jeton d'accès illisible ou d'une autre origine",
  expired: "jeton d'accès expiré",
  'session-ended': 'session Pro Santé Connect terminée',
} as const;

/** Derived from the data folder: no secret of a client is ever in the repository. */
function generatedClient({ secret }: ServiceContext): PscClient {
  return {
    id: `produit-teste-${secret('psc:client-id').slice(0, 8)}`,
    secret: `${secret('psc:client-secret-1')}${secret('psc:client-secret-2')}`,
  };
}

/** CORS is refused (protocols.md §4.1): a browser must not call the back channel. */
function refusePreflight(): Response {
  currentExchange().identify('preflight');
  narrate('refusé : appel depuis un navigateur (CORS)');
  return new Response(null, { status: 403 });
}
