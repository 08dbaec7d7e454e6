import type { Command } from 'commander';
import { EXIT } from '#tracker/domain/index.ts';
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Action } from './context.ts';
import { calendarFrom, calendarOption, scalesFrom, scalesOption } from './official-data.ts';
import { parsePort } from './options.ts';
import { untilStopped } from './signals.ts';
import { buildTrackerUi } from './tracker-ui.ts';
import { VERSION } from './version.ts';
import { openTrackerOf } from './tracker.ts';

interface ServeOptions {
  readonly port: number;
  readonly scales?: string;
  readonly calendar?: string;
}

/** `jalon serve`: the tracker's pages and API on the loopback, until SIGINT or SIGTERM. */
export function serveCommand(program: Command, play: (command: Command, action: Action) => Promise<void>): void {
  const serve = program
    .command('serve')
    .description('ouvre le suivi dans un navigateur (sur cette machine seulement)')
    .option('--port <n>', 'port', parsePort, 4370);
  calendarOption(scalesOption(serve)).action((options: ServeOptions, command: Command) =>
    play(command, async (context) => {
      const [{ serveTracker }, { calculators }] = await Promise.all([
        import('#tracker/api/index.ts'),
        import('./calculators.ts'),
      ]);
      const [scales, calendar] = await Promise.all([scalesFrom(options.scales), calendarFrom(options.calendar)]);
      const dataDir = resolve(context.dataDir);
      await mkdir(dataDir, { recursive: true });
      const uiDir = await buildTrackerUi();
      const tracker = await openTrackerOf(dataDir);
      try {
        const server = await serveTracker({
          tracker,
          dataDir,
          uiDir,
          port: options.port,
          version: VERSION,
          calculators: calculators({ scales, calendar }),
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
      return EXIT.ok;
    }),
  );
}
