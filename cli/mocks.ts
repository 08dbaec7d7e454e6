import { join } from 'node:path';
import type { Command } from 'commander';
import { takeDataFolder } from './data-folder.ts';
import type { Action } from './context.ts';
import { mockSettings, type MockOptions } from './mock-settings.ts';
import { parseMockProfile, parsePort } from './options.ts';
import { untilStopped } from './signals.ts';

/** `jalon mocks`: every simulated service, until SIGINT or SIGTERM; one JSON line of addresses (DESIGN §4.2). */
export function mocksCommand(program: Command, play: (command: Command, action: Action) => Promise<void>): void {
  program
    .command('mocks')
    .description('démarre les services simulés et écrit leurs adresses sur une ligne JSON')
    .option(
      '--port-base <n>',
      'premier port ; les services prennent les suivants (par défaut : ports libres)',
      parsePort,
    )
    .option(
      '--mock-profile <profil>',
      'strict (par défaut), lenient (laisse passer ce que le vrai service laisse passer) ou documentation',
      parseMockProfile,
    )
    .option(
      '--insi <fichier>',
      'réglages d’INSi en JSON : noms des opérations, codes de défaut, numéros d’autorisation',
    )
    .option('--hosts', 'écrit les lignes à ajouter au fichier hosts, puis s’arrête')
    .action((options: MockOptions & { portBase?: number; hosts?: boolean }, command: Command) =>
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
        const settings = await mockSettings(options);
        const folder = takeDataFolder(context.dataDir);
        // Before the line is out: whoever reads it may stop the services at once.
        const stopped = untilStopped();
        // One folder a start: the raw exchanges are on disk before they are answered, and stay with the data.
        const journal = join(folder.path, 'journal', context.now().toISOString().replaceAll(/[:.]/g, '-'));
        const bench = await startMocks({
          dataDir: folder.path,
          journalDir: journal,
          ...settings,
          ...(options.portBase === undefined ? {} : { ports: { base: options.portBase } }),
        });
        try {
          context.out(`${JSON.stringify({ ...bench.addresses, journal })}\n`);
          if (!context.json) {
            context.err(
              `Les services simulés répondent. Ctrl-C les arrête.\n` +
                `Certificats clients (PEM et PKCS#12) : ${join(folder.path, 'pki', 'clients')}\n` +
                `Échanges, octets compris : ${journal}\n`,
            );
          }
          await stopped;
        } finally {
          await bench.close();
          folder.release();
        }
        return 0;
      }),
    );
}
