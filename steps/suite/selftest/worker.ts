/**
 * One worker of a selftest, started by `pool.ts`: opens once, then plays what it is told. It ends with the channel to the
 * process that started it, and its product with it.
 */
import { serveParent } from '../worker-process.ts';
import { openPlayer, type Player } from './player.ts';
import type { FromWorker, ToWorker } from './protocol.ts';

let opening: Promise<Player> | undefined;

const say = (message: FromWorker): void => void process.send?.(message);

async function obey(message: ToWorker): Promise<void> {
  switch (message.kind) {
    case 'open':
      opening = openPlayer(message.settings);
      await opening;
      say({ kind: 'ready' });
      break;
    case 'play': {
      const { id, faults, scenarios } = message.order;
      const player = await opening;
      if (!player) break;
      const pass = await player.play(faults, scenarios).catch((error: unknown) => {
        // A busy machine may start the product too late: once is chance, twice is told.
        if (!startedTooLate(error)) throw error;
        return player.play(faults, scenarios);
      });
      say({ kind: 'played', id, pass });
      break;
    }
  }
}

function startedTooLate(error: unknown): boolean {
  return (error as { readonly code?: unknown }).code === 'REFERENCE_NOT_STARTED';
}

serveParent((message) => obey(message as ToWorker), 'relancez avec --debug.');
