import { InvalidArgumentError, type Command } from 'commander';
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { EXIT } from '#tracker/domain/index.ts';
import type { Action, CliContext } from './context.ts';
import { loadVendor } from './load-vendor.ts';
import { calendarFrom, calendarOption, scalesFrom, scalesOption } from './official-data.ts';
import { parsePath, parsePort } from './options.ts';
import { sharedTracker, type ShareOptions } from './serve-team.ts';
import { takeTracker } from './server-lock.ts';
import { untilStopped } from './signals.ts';
import { buildTrackerUi } from './tracker-ui.ts';
import { VERSION } from './version.ts';
import { isShared, openTrackerOf } from './tracker.ts';

interface ServeOptions extends ShareOptions {
  readonly port: number;
  readonly scales?: string;
  readonly calendar?: string;
  readonly vendor?: string;
}

/** `jalon serve`: the tracker's pages and API, on the loopback or for a team, until SIGINT or SIGTERM. */
export function serveCommand(program: Command, play: (command: Command, action: Action) => Promise<void>): void {
  const serve = program
    .command('serve')
    .description('ouvre le suivi dans un navigateur : sur cette machine, ou pour une équipe (--public-url)')
    .option('--port <n>', 'port', parsePort, 4370)
    .option('--vendor <fichier>', 'fichier de l’éditeur (par défaut : editeur.json du dossier de travail)', parsePath)
    .option('--public-url <adresse>', 'adresse à laquelle l’équipe l’ouvre ; chacun se connecte alors', parseUrl)
    .option('--listen <adresse>', 'adresse écoutée (avec --public-url ; par défaut : 127.0.0.1, derrière un proxy)')
    .option('--cert <fichier>', 'certificat et sa chaîne (PEM), pour parler HTTPS sans proxy', parsePath)
    .option('--key <fichier>', 'clé privée du certificat (PEM)', parsePath)
    .option('--oidc <fichier>', 'fournisseur d’identité, en JSON : issuer, clientId, rôles', parsePath)
    .option('--trust-proxy', 'croit X-Forwarded-For, que le proxy écrit');
  calendarOption(scalesOption(serve)).action((options: ServeOptions, command: Command) =>
    play(command, (context) => open(context, options)),
  );
}

async function open(context: CliContext, options: ServeOptions): Promise<number> {
  const [{ serveTracker }, { calculators }, { trackerReaders }, { deskOf }, { dossierDesk }] = await Promise.all([
    import('#tracker/api/index.ts'),
    import('./calculators.ts'),
    import('./tracker-readers.ts'),
    import('./open-desk.ts'),
    import('./dossier-desk.ts'),
  ]);
  const team = await sharedTracker(options);
  const dataDir = resolve(context.dataDir);
  const [scales, calendar, vendor] = await Promise.all([
    scalesFrom(options.scales),
    calendarFrom(options.calendar),
    loadVendor(options.vendor, dataDir),
  ]);
  await mkdir(dataDir, { recursive: true });
  // A database of a team has turns of its own: several servers may share it.
  const release = isShared() ? undefined : takeTracker(dataDir);
  try {
    const uiDir = await buildTrackerUi();
    const tracker = await openTrackerOf(dataDir);
    try {
      if (team !== undefined) await tellWithoutAccount(context, tracker, team.oidc !== undefined);
      const server = await serveTracker({
        tracker,
        dataDir,
        uiDir,
        port: options.port,
        version: VERSION,
        calculators: calculators({ scales, calendar }),
        readers: trackerReaders(dataDir),
        desk: (await deskOf(dataDir)).desk,
        dossiers: dossierDesk(tracker, dataDir),
        money: { calendar, scales, vendor },
        ...(team === undefined ? {} : { team }),
      });
      context.out(
        context.json
          ? `${JSON.stringify({ url: server.url })}\n`
          : `Le suivi est ouvert : ${server.url}\nCtrl-C l’arrête.\n`,
      );
      await untilStopped();
      await server.close();
    } finally {
      await tracker.close();
    }
  } finally {
    release?.();
  }
  return EXIT.ok;
}

/** A tracker that nobody can enter says so before somebody tries. */
async function tellWithoutAccount(
  context: CliContext,
  tracker: Awaited<ReturnType<typeof openTrackerOf>>,
  provider: boolean,
): Promise<void> {
  if (provider || (await tracker.accounts()).some(({ disabled }) => !disabled)) return;
  context.err(
    'Ce suivi n’a pas de compte : créez le premier par « npm run jalon -- accounts add NOM --role administrateur ».\n',
  );
}

function parseUrl(value: string): URL {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol) && url.pathname === '/' && url.search === '') return url;
  throw new InvalidArgumentError('Adresse invalide. Écrivez https://suivi.exemple.fr, sans chemin.');
}
