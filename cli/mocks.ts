import { join } from 'node:path';
import { InvalidArgumentError, type Command } from 'commander';
import { takeDataFolder } from './data-folder.ts';
import type { Action } from './context.ts';
import type { HostPort } from '#mocks/index.ts';
import { mockSettings, withMockOptions, type MockOptions } from './mock-settings.ts';
import { parsePort } from './options.ts';
import { untilStopped } from './signals.ts';

interface Options extends MockOptions {
  readonly portBase?: number;
  readonly hosts?: boolean;
  readonly personalities?: boolean;
  readonly hl7Target?: HostPort;
  readonly journal?: string;
}

/**
 * `jalon mocks`: every simulated service, until SIGINT or SIGTERM; one JSON line of addresses (DESIGN §4.2). The checks are
 * joined to them: `GET /journal` says what each exchange is worth, and a summary is printed at the end.
 */
export function mocksCommand(program: Command, play: (command: Command, action: Action) => Promise<void>): void {
  withMockOptions(
    program
      .command('mocks')
      .description('démarre les services simulés et écrit leurs adresses sur une ligne JSON')
      .option(
        '--port-base <n>',
        'premier port ; les services prennent les suivants (par défaut : ports libres)',
        parsePort,
      ),
  )
    .option(
      '--hl7-target <hôte:port>',
      'où le produit écoute les flux HL7 (MLLP) que demande POST /hl7/feeds, s’il n’est pas sur ce poste',
      parseAddress,
    )
    .option(
      '--personalities',
      'ouvre aussi un opérateur MSSanté par réglage TLS (certificats, versions, suites), chacun sur ses ports',
    )
    .option('--journal <dossier>', 'montre les échanges d’un journal laissé par un banc, jugés, puis s’arrête')
    .option('--hosts', 'écrit les lignes à ajouter au fichier hosts, puis s’arrête')
    .action((options: Options, command: Command) =>
      play(command, async (context) => {
        const { SERVICE_HOSTS, startMocks } = await import('#mocks/index.ts');
        if (options.hosts) {
          const names = SERVICE_HOSTS.map(({ name }) => name);
          context.out(
            context.json
              ? `${JSON.stringify({ hosts: names.map((name) => ({ address: '127.0.0.1', name })) })}\n`
              : names.map((name) => `127.0.0.1 ${name}\n`).join(''),
          );
          return 0;
        }
        const { mocks: settings, codes } = await mockSettings(options);
        const { createJudge } = await import('./mocks-judge.ts');
        const judge = createJudge({
          ...(settings.insi && { insi: settings.insi }),
          ...(codes && { codes: codes.lists }),
        });
        if (options.journal !== undefined) {
          const { printJournal } = await import('./mocks-journal.ts');
          return printJournal(context, options.journal, judge);
        }
        const folder = takeDataFolder(context.dataDir);
        // Before the line is out: whoever reads it may stop the services at once.
        const stopped = untilStopped();
        // One folder a start: the raw exchanges are on disk before they are answered, and stay with the data.
        const journal = join(folder.path, 'journal', context.now().toISOString().replaceAll(/[:.]/g, '-'));
        const bench = await startMocks({
          dataDir: folder.path,
          journalDir: journal,
          ...settings,
          judge,
          personalities: options.personalities === true,
          ...(options.hl7Target === undefined ? {} : { hl7Target: options.hl7Target }),
          ...(options.portBase === undefined ? {} : { ports: { base: options.portBase } }),
        });
        try {
          context.out(`${JSON.stringify({ ...bench.addresses, journal })}\n`);
          if (!context.json) {
            context.err(
              `Les services simulés répondent. Ctrl-C les arrête.\n` +
                `Certificats clients (PEM et PKCS#12) : ${join(folder.path, 'pki', 'clients')}\n` +
                (codes === undefined
                  ? ''
                  : `Listes de codes du DMP : ${codes.files.map(({ source, sha256 }) => `${source} (SHA-256 ${sha256})`).join(', ')}\n`) +
                `Échanges, octets compris : ${journal}\n` +
                `Annuaire : l’API FHIR et l’extraction publique répondent ; l’annuaire LDAP de MSSanté n’est pas simulé (hors périmètre).\n`,
            );
            const { personalities } = bench.addresses.mssante;
            if (personalities !== undefined) {
              const { personalityTable } = await import('./mocks-personalities.ts');
              context.err(personalityTable(personalities));
            }
          }
          await stopped;
        } finally {
          await bench.close();
          folder.release();
        }
        if (!context.json) {
          const { mocksSummary } = await import('./mocks-summary.ts');
          context.err(await mocksSummary(bench.journal.list(), (exchange) => bench.judgement(exchange), journal));
        }
        return 0;
      }),
    );
}

/** `hôte:port`, `[::1]:2575`. */
function parseAddress(value: string): HostPort {
  const [, bracketed, plain, digits] = /^(?:\[([0-9a-f:.]+)\]|([^\s:/[\]]+)):(\d{1,5})$/i.exec(value) ?? [];
  const host = bracketed ?? plain;
  const port = Number(digits);
  if (host === undefined || port < 1 || port > 65_535) {
    throw new InvalidArgumentError(`Adresse invalide : ${value}. Écrivez hôte:port, par exemple 192.168.1.20:2575.`);
  }
  return { host, port };
}
