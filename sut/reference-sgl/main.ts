import { parseArgs } from 'node:util';
import { destination, pino } from 'pino';
import { createLaboratory, startServer } from './app/index.ts';
import { readConfig } from './config/index.ts';
import { feedDmp, testExistence } from './dmp/index.ts';
import { buildReportDocuments } from './documents/index.ts';
import { FAULTS, selectFaults, WatchedFaults } from './faults/index.ts';
import { asSglError, SglError } from './model/index.ts';
import { sendReport } from './mssante/index.ts';

/**
 * `node main.ts --faults`: one JSON document, the ways in which this system can be made wrong, and ends.
 * `node main.ts --config FILE.json`: one JSON line on standard output when ready, logs on standard error. Stops on
 * SIGTERM, SIGINT, or when its standard input ends, so that it never outlives the program that started it.
 * Exit codes: 0 stopped on demand, 1 failure, 2 wrong command line or configuration.
 */
async function main(): Promise<void> {
  const { config: file, faults: listed } = commandLine();
  if (listed === true) {
    process.stdout.write(`${JSON.stringify({ faults: FAULTS })}\n`);
    return;
  }
  const config = await readConfig(file);
  const faults = new WatchedFaults(selectFaults(config.faults));
  const log = pino({ name: 'sgl', base: null }, destination({ dest: 2, sync: true }));
  const lab = createLaboratory(config, faults, {
    log,
    channels: { testExistence, feedDmp, sendReport },
    build: buildReportDocuments,
  });
  const server = await startServer(lab);

  let stopping = false;
  const stop = (why: string): void => {
    if (stopping) return;
    stopping = true;
    log.info({ why }, 'arrêt demandé');
    // A transmission that hangs must not keep the process: after this delay, it is cut.
    setTimeout(() => process.exit(0), 4_000).unref();
    void server.close().finally(() => process.exit(0));
  };
  process.once('SIGTERM', () => stop('SIGTERM'));
  process.once('SIGINT', () => stop('SIGINT'));
  process.stdin.once('end', () => stop("fin de l'entrée standard"));
  process.stdin.once('close', () => stop("fin de l'entrée standard"));
  process.stdin.resume();

  log.info({ base: server.base, faults: config.faults }, 'SGL de référence prêt');
  process.stdout.write(`${JSON.stringify({ base: server.base, pid: process.pid })}\n`);
}

function commandLine(): { readonly config: string; readonly faults?: boolean } {
  try {
    const { values } = parseArgs({ options: { config: { type: 'string' }, faults: { type: 'boolean' } } });
    if (values.config !== undefined || values.faults === true) return { config: '', ...values };
  } catch {
    // Said below: whatever is wrong on the command line, the remedy is the same.
  }
  throw new SglError(
    'USAGE',
    'Ligne de commande incomplète.',
    'Usage : node main.ts --config FICHIER.json, ou node main.ts --faults',
  );
}

main().catch((error: unknown) => {
  const { code, message, remedy } = asSglError(error);
  process.stderr.write(`${message} ${remedy}\n`);
  process.exit(['USAGE', 'CONFIG_ILLISIBLE', 'CONFIG_INVALIDE', 'DEFAUT_INCONNU'].includes(code) ? 2 : 1);
});
