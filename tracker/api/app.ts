import { Hono } from 'hono';
import { IntakeError, type Desk } from '#evidence/intake/index.ts';
import { VaultError } from '#evidence/vault/index.ts';
import { TrackerStoreError, type Tracker } from '../store/index.ts';
import type { Calculators } from './calculators.ts';
import { createAnswers, mountRoutes } from './contract/index.ts';
import type { DossierDesk } from './dossier-port.ts';
import { aloneEntry } from './entry/alone.ts';
import { securityHeaders } from './entry/headers.ts';
import { oidc, type OidcSettings } from './entry/oidc.ts';
import { teamEntry, type TeamSettings } from './entry/team.ts';
import type { ChangeFeed } from './events/feed.ts';
import { givenProblem, languageOf, problem, Problem } from './problems/index.ts';
import type { Readers } from './readers.ts';
import { allRoutes, OIDC_RETURN, type Deps, type Login } from './routes/index.ts';
import { SCHEMAS } from './schemas/views.ts';
import { staticFiles } from './static-files.ts';
import type { MoneyTables } from './views/money.ts';
import { runResults } from './views/results.ts';

/** A tracker that a team shares: people log in. */
export interface Team extends TeamSettings {
  readonly oidc?: OidcSettings | undefined;
}

export interface AppOptions {
  readonly tracker: Tracker;
  readonly feed: ChangeFeed;
  readonly uiDir: string;
  readonly version: string;
  /** Known once the server listens. */
  readonly port: () => number;
  readonly now: () => Date;
  readonly money: MoneyTables;
  /** Quotes and SUN-ES; without, their pages say so. */
  readonly calculators?: Calculators | undefined;
  readonly readers?: Readers | undefined;
  /** Takes the pieces that people bring; without, none is. */
  readonly desk?: Desk | undefined;
  /** Writes and verifies dossiers; without, none is. */
  readonly dossiers?: DossierDesk | undefined;
  /** Absent: alone on this machine, without login. */
  readonly team?: Team | undefined;
}

/** The routes of the tracker: `/api/…` in JSON, pieces, and the pages for every other path. */
export function trackerApp(options: AppOptions): Hono {
  const { tracker, now, team } = options;
  const shared = team === undefined ? undefined : teamEntry(team, tracker, now);
  const entry = shared?.entry ?? aloneEntry(options.port);
  const secure = team?.publicUrl.protocol === 'https:';
  const login: Login | undefined = shared && {
    sessions: shared.sessions,
    secure,
    origin: entry.origin,
    oidc: team?.oidc && oidc(team.oidc, () => new URL(OIDC_RETURN, entry.origin()), now),
  };
  const deps: Deps = {
    tracker,
    rems: new Map(),
    boards: new Map(),
    results: runResults(tracker),
    entry,
    feed: options.feed,
    now,
    version: options.version,
    calculators: options.calculators,
    readers: options.readers,
    desk: options.desk,
    dossiers: options.dossiers,
    money: options.money,
  };
  const app = new Hono();
  app.use(securityHeaders(secure));
  app.use(async (context, next) => {
    await entry.admit(context);
    await next();
  });
  mountRoutes(app, {
    routes: allRoutes(deps, login, SCHEMAS),
    components: SCHEMAS,
    entry,
    tracker,
    answers: createAnswers(),
    now,
    version: options.version,
    changed: () => options.feed.nudge(),
  });
  app.all('/api/*', ({ req }) => {
    throw problem('ROUTE_INCONNUE', { path: req.path.slice(0, 200) });
  });
  app.get('*', staticFiles(options.uiDir));
  app.all('*', () => {
    throw problem('METHODE_REFUSEE', { methods: 'GET' }, { headers: { allow: 'GET' } });
  });

  app.onError((error, context) => {
    const told = problemOf(error);
    if (told.status >= 500) process.stderr.write(`Suivi : ${error === told ? told.message : traceOf(error)}\n`);
    const language = languageOf(context.req.header('accept-language'));
    return context.body(JSON.stringify(told.view(language)), told.status as 400, {
      ...told.headers,
      'content-type': 'application/problem+json',
      'content-language': language,
    });
  });
  return app;
}

function problemOf(error: Error): Problem {
  if (error instanceof Problem) return error;
  const told = error instanceof TrackerStoreError || error instanceof IntakeError || error instanceof VaultError;
  const given = told ? givenProblem(error, error) : undefined;
  return given ?? problem('SUIVI_EN_ECHEC', {}, { cause: error });
}

function traceOf(error: Error): string {
  const { cause } = error;
  const more = cause instanceof Error ? `\n  cause : ${cause.stack ?? cause.message}` : '';
  return `${error.stack ?? error.message}${more}`;
}
