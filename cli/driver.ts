import type { Command } from 'commander';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { gestureContracts, type GestureName, type GestureResult, type SutDriver } from '#sut/driver/index.ts';
import { EXIT } from '#tracker/domain/index.ts';
import { takeDataFolder } from './data-folder.ts';
import { CliError } from './errors.ts';
import type { Action } from './context.ts';
import { parsePort, parseSeconds } from './options.ts';

interface TryOptions {
  readonly sut: string;
  readonly input?: string;
  readonly portBase?: number;
  readonly gestureTimeout?: number;
}

/** `jalon driver try GESTURE`: one gesture, and what came back, so that a vendor plugs its product in step by step. */
export function driverCommand(program: Command, play: (command: Command, action: Action) => Promise<void>): void {
  const driver = program.command('driver').description('pilotage du produit testé');
  driver
    .command('list')
    .description('liste les gestes du contrat')
    .action((_options: object, command: Command) =>
      play(command, (context) => {
        const gestures = [...gestureContracts().values()].map(({ name, summary }) => ({ name, summary }));
        context.out(
          context.json
            ? `${JSON.stringify({ gestures })}\n`
            : `${gestures.map(({ name, summary }) => `${name.padEnd(18)} ${summary}`).join('\n')}\n`,
        );
        return Promise.resolve(EXIT.ok);
      }),
    );
  driver
    .command('try')
    .description('demande un seul geste au produit et montre sa réponse')
    .argument('<geste>', 'nom du geste')
    .option('--sut <produit>', 'produit testé : reference, http:URL ou command:CHEMIN', 'reference')
    .option('--input <json>', 'entrée du geste : JSON, ou @fichier')
    .option('--port-base <n>', 'premier port des services simulés', parsePort)
    .option('--gesture-timeout <s>', 'délai d’un geste du produit, en secondes', parseSeconds)
    .action((gesture: string, options: TryOptions, command: Command) =>
      play(command, async (context) => {
        const contract = gestureContracts().get(gesture as GestureName);
        if (!contract) {
          throw new CliError(
            'GESTE_INCONNU',
            EXIT.usage,
            `Geste inconnu : ${gesture}.`,
            `Choisissez parmi ${[...gestureContracts().keys()].join(', ')}.`,
          );
        }
        const input = await readInput(options.input);
        const problems = contract.problemsOfInput(input);
        if (problems.length > 0) {
          throw new CliError(
            'GESTE_ENTREE',
            EXIT.usage,
            `L'entrée du geste ${gesture} ne suit pas le contrat : ${problems.join(' ; ')}.`,
            'Donnez --input \'{"…"}\' ou --input @fichier.json ; sut/http/openapi.json décrit chaque champ.',
          );
        }
        const [{ startMocks }, { openSut }] = await Promise.all([
          import('#mocks/index.ts'),
          import('#steps/suite/open-sut.ts'),
        ]);
        const folder = takeDataFolder(context.dataDir);
        const mocks = await startMocks({
          dataDir: folder.path,
          ...(options.portBase === undefined ? {} : { ports: { base: options.portBase } }),
        });
        const workDir = await mkdtemp(join(folder.path, 'essai-'));
        let sut: SutDriver | undefined;
        try {
          sut = await openSut(mocks, {
            sut: options.sut,
            faults: [],
            workDir,
            ...(options.gestureTimeout === undefined ? {} : { gestureTimeoutMs: options.gestureTimeout }),
          });
          const perform = sut[contract.name] as (given: unknown) => Promise<GestureResult<GestureName>>;
          const result = await perform(input);
          context.out(`${JSON.stringify(result, null, context.json ? 0 : 2)}\n`);
          return result.outcome === 'done' ? EXIT.ok : EXIT.configuration;
        } finally {
          await sut?.close();
          await mocks.close();
          await rm(workDir, { recursive: true, force: true });
          folder.release();
        }
      }),
    );
}

async function readInput(given: string | undefined): Promise<unknown> {
  if (given === undefined) return {};
  const text = given.startsWith('@') ? await readFile(given.slice(1), 'utf8') : given;
  try {
    return JSON.parse(text);
  } catch (cause) {
    const [, line, column] = /\(line (\d+) column (\d+)\)/.exec(cause instanceof Error ? cause.message : '') ?? [];
    const where = line === undefined ? '' : ` (ligne ${line}, colonne ${column ?? ''})`;
    throw new CliError(
      'GESTE_ENTREE',
      EXIT.usage,
      text.trim() === ''
        ? `L'entrée donnée par --input ${given} est vide.`
        : `${given.startsWith('@') ? given.slice(1) : '--input'} n'est pas du JSON${where}.`,
      'Donnez un objet JSON, ou @fichier.json ; sur la ligne de commande, vérifiez les guillemets.',
      { cause },
    );
  }
}
