import type { Context } from 'hono';
import {
  hashPassword,
  judgePassword,
  newSecret,
  permissionsOf,
  readAccountName,
  verifyPassword,
  type Account,
} from '../../access/index.ts';
import { refusal } from '../../domain/index.ts';
import { identityOf, object, ref, written, type Call, type Reply, type Route } from '../contract/index.ts';
import { cookieNamed } from '../entry/cookies.ts';
import type { Oidc, OidcPerson } from '../entry/oidc.ts';
import type { Sessions } from '../entry/team.ts';
import { problem, Problem } from '../problems/index.ts';
import type { SessionView } from '../types.ts';
import { granted, type Deps } from './deps.ts';

/** What a tracker with accounts has besides. */
export interface Login {
  readonly sessions: Sessions;
  readonly oidc?: Oidc | undefined;
  readonly secure: boolean;
  readonly origin: () => string;
}

/** Path at which the identity provider sends browsers back. */
export const OIDC_RETURN = '/api/session/oidc/return';
const LOGIN_S = 600;

/** Who is there, and how one comes in. @param login absent alone on a machine */
export function sessionRoutes(deps: Deps, login: Login | undefined): readonly Route[] {
  const who: Route = {
    id: 'session',
    method: 'get',
    path: '/api/session',
    summary: 'Qui est connecté, ce qui lui est permis, et comment on se connecte',
    permission: null,
    reply: { kind: 'view', schema: ref('Session') },
    handle: async ({ context }) => ({ view: sessionView(deps, login, identityOf(context)) }),
  };
  return login === undefined ? [who] : [who, ...teamRoutes(deps, login)];
}

function sessionView(
  deps: Deps,
  login: Login | undefined,
  identity: ReturnType<typeof identityOf>,
  csrf?: string,
): SessionView {
  const { actor, session } = identity ?? {};
  return {
    team: deps.entry.team,
    provider: login?.oidc !== undefined,
    local: session?.local ?? false,
    name: actor?.name ?? null,
    role: actor?.role ?? null,
    permissions: actor?.permissions ?? [],
    csrf: csrf ?? session?.csrf ?? null,
    via: actor?.via ?? null,
  };
}

function teamRoutes(deps: Deps, login: Login): readonly Route[] {
  const { tracker } = deps;
  const { sessions } = login;
  const browser = cookieNamed('jalon_login', login.secure);
  const provider = (): Oidc => {
    if (login.oidc === undefined) throw problem('FOURNISSEUR_ABSENT');
    return login.oidc;
  };
  return [
    {
      id: 'logIn',
      method: 'post',
      path: '/api/session',
      summary: 'Ouvre une session par un nom et un mot de passe',
      permission: null,
      body: { kind: 'json', schema: object({ name: written(200), password: { type: 'string', maxLength: 1_000 } }) },
      reply: { kind: 'view', schema: ref('Session') },
      async handle({ body, context }) {
        const { name, password } = body as { readonly name: string; readonly password: string };
        const typed = name.normalize('NFC').trim();
        await sessions.limiter.take('logins', sessions.addressOf(context));
        await sessions.limiter.check('failures', typed.toLowerCase());
        const key = await tracker.accountKey(typed);
        const opens = await verifyPassword(password, key?.password ?? null);
        if (!opens || key === undefined || key.account.disabled) {
          await sessions.limiter.take('failures', typed.toLowerCase());
          throw problem('CONNEXION_REFUSEE');
        }
        return { view: opened(deps, login, key.account, await sessions.open(context, key.account.name)) };
      },
    },
    {
      id: 'logOut',
      method: 'delete',
      path: '/api/session',
      summary: 'Ferme la session',
      permission: null,
      reply: { kind: 'nothing' },
      async handle({ context }) {
        const identity = identityOf(context);
        if (identity !== undefined) await sessions.close(context, identity);
        return { nothing: true };
      },
    },
    {
      id: 'changePassword',
      method: 'put',
      path: '/api/session/password',
      summary: 'Change son mot de passe ; les autres sessions du compte se ferment',
      permission: 'lire',
      session: true,
      body: {
        kind: 'json',
        schema: object({
          present: { type: 'string', maxLength: 1_000 },
          wanted: { type: 'string', maxLength: 1_000 },
        }),
      },
      reply: { kind: 'view', schema: ref('Session') },
      async handle({ body, context, author }) {
        const { present, wanted } = body as { readonly present: string; readonly wanted: string };
        const name = identityOf(context)?.account ?? '';
        const key = await tracker.accountKey(name);
        if (key === undefined || key.password === null) {
          return granted(
            refusal(
              'PASSWORD_ELSEWHERE',
              'Ce compte s’ouvre par son fournisseur d’identité.',
              'Changez le mot de passe chez lui.',
            ),
          );
        }
        await sessions.limiter.check('failures', name.toLowerCase());
        if (!(await verifyPassword(present, key.password))) {
          await sessions.limiter.take('failures', name.toLowerCase());
          return granted(
            refusal('PASSWORD_WRONG', 'Le mot de passe actuel n’est pas le bon.', 'Vérifiez-le, puis recommencez.'),
          );
        }
        const password = await hashPassword(granted(judgePassword(wanted, name)));
        const account = granted(
          await tracker.changeAccount({ name, seen: key.account.revision }, { password }, author),
        );
        return { view: opened(deps, login, account, await sessions.open(context, name)) };
      },
    },
    {
      id: 'logInWithProvider',
      method: 'get',
      path: '/api/session/oidc',
      summary: 'Va se connecter chez le fournisseur d’identité',
      permission: null,
      reply: { kind: 'redirect' },
      handle: ({ context }) =>
        orBackToThePage(context, async () => {
          await sessions.limiter.take('logins', sessions.addressOf(context));
          const secret = newSecret();
          const url = await provider().begin(secret);
          browser.write(context, secret, LOGIN_S);
          return url.href;
        }),
    },
    {
      id: 'returnFromProvider',
      method: 'get',
      path: OIDC_RETURN,
      summary: 'Revient du fournisseur d’identité',
      permission: null,
      query: ['code', 'state', 'iss', 'session_state', 'error', 'error_description', 'error_uri', 'scope'].map(
        (name) => ({
          name,
          description: 'Donné par le fournisseur.',
          schema: { type: 'string', maxLength: 4_000 },
        }),
      ),
      reply: { kind: 'redirect' },
      handle: (call) =>
        orBackToThePage(call.context, async () => {
          const { context } = call;
          const url = new URL(context.req.url);
          const person = await provider().end(
            new URL(`${url.pathname}${url.search}`, login.origin()),
            browser.read(context),
          );
          browser.clear(context);
          const account = await accountFor(deps, provider(), person, call);
          await sessions.open(context, account.name);
          return '/';
        }),
    },
  ];
}

/**
 * Sends the browser on. What is refused is told by the page of the login to who looks at a page, and as a problem to a program.
 *
 * @param way gives the address
 */
async function orBackToThePage(context: Context, way: () => Promise<string>): Promise<Reply> {
  try {
    return { response: context.redirect(await way(), 302) };
  } catch (error) {
    const isPage = (context.req.header('accept') ?? '').includes('text/html');
    if (!isPage || !(error instanceof Problem)) throw error;
    return { response: context.redirect(`/?refus=${error.code}`, 302) };
  }
}

function opened(deps: Deps, login: Login, { name, role, local }: Account, csrf: string): SessionView {
  return {
    ...sessionView(deps, login, undefined, csrf),
    local,
    name,
    role,
    permissions: permissionsOf(role),
    via: 'session',
  };
}

/** The account of somebody whom the provider recognised: made at the first login, when it says which role. */
async function accountFor(
  { tracker }: Deps,
  { givesRoles }: Oidc,
  { identity, name, role }: OidcPerson,
  { author }: Call,
): Promise<Account> {
  const by = { ...author, by: 'fournisseur d’identité' };
  const known = await tracker.accountOfIdentity(identity);
  if (known?.disabled === true || (givesRoles && role === undefined)) throw problem('COMPTE_SANS_ROLE');
  if (known !== undefined) {
    if (role === undefined || role === known.role) return known;
    return granted(await tracker.changeAccount({ name: known.name, seen: known.revision }, { role }, by));
  }
  if (role === undefined) throw problem('COMPTE_SANS_ROLE');
  return granted(await tracker.addAccount({ name: granted(readAccountName(name)), role, identity }, by));
}
