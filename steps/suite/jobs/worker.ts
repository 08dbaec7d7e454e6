/**
 * One more process of a run, started by `crew.ts`: a bench and a product of its own, and the same walk through the plan.
 * It ends with the channel to the process that started it, and its product with it.
 */
import { mkdir } from 'node:fs/promises';
import { openBench, type OpenedBench } from '../open-bench.ts';
import { playScenarios } from '../play-scenarios.ts';
import { serveParent } from '../worker-process.ts';
import { openClaims } from './claims.ts';
import { observed } from './observe.ts';
import type { FromWorker, ToWorker, WorkerSettings } from './protocol.ts';

const say = (message: FromWorker): void => void process.send?.(message);

let opened: { readonly settings: WorkerSettings; readonly bench: OpenedBench } | undefined;
let stopping = false;
const finish = Promise.withResolvers<void>();

async function obey(message: ToWorker): Promise<void> {
  switch (message.kind) {
    case 'open': {
      const { settings } = message;
      await mkdir(settings.bench.workDir, { recursive: true, mode: 0o700 });
      opened = {
        settings,
        bench: await openBench(
          settings.bench,
          () => new Date(),
          () => {},
        ),
      };
      say({ kind: 'ready', exchanges: observed(opened.bench.mocks).exchanges });
      break;
    }
    case 'play':
      if (opened !== undefined) await play(opened.settings, opened.bench);
      break;
    case 'finish':
      finish.resolve();
      break;
    case 'stop':
      stopping = true;
      break;
  }
}

async function play(settings: WorkerSettings, bench: OpenedBench): Promise<void> {
  const { plan, worker, claimsDir } = settings;
  const claims = openClaims(claimsDir, worker);
  const { mocks, sut, collector, references } = bench;
  await playScenarios({
    mocks,
    sut,
    collector,
    rem: settings.bench.rem,
    plan,
    narrowed: plan.leftOut.length > 0,
    exchangeTimeoutMs: settings.bench.exchangeTimeoutMs,
    references,
    ...(settings.bench.codes === undefined ? {} : { codes: settings.bench.codes }),
    stopping: () => stopping,
    takes: (rank) => claims.take(rank),
    record: (result, { watched }) => say({ kind: 'recorded', result, watched, ...observed(mocks) }),
    amend: (result) => say({ kind: 'amended', result }),
    allPlayed: () => {
      say({ kind: 'played' });
      return finish.promise;
    },
    files: { [settings.messages]: 'message' },
    ...(settings.shard === undefined ? {} : { shard: settings.shard }),
    onOutput: (text) => say({ kind: 'output', text }),
  });
  const { exchanges, unexpected } = observed(mocks);
  await bench.close();
  say({ kind: 'ended', exchanges, unexpected });
}

serveParent((message) => obey(message as ToWorker), 'relancez avec --jobs 1 --debug.');
