import { parisDay } from '#dsr/dates/index.ts';
import type { SlotStatus } from '../../types.ts';
import type { Tracker } from '../../store/index.ts';

/** A slot grows old from one day to the next at most. */
const EVERY_MS = 6 * 3_600_000;
const BY = 'jalon serve';

/** Marks what grew old in every campaign. @returns slots that did */
export async function ageOnce(
  tracker: Pick<Tracker, 'campaigns' | 'rem' | 'refreshSlots'>,
  now: Date,
): Promise<readonly SlotStatus[]> {
  const old: SlotStatus[] = [];
  for (const { id, remSha256 } of await tracker.campaigns()) {
    const rem = await tracker.rem(remSha256);
    if (rem === undefined) continue;
    const order = { campaign: id, rem, today: parisDay(now) };
    old.push(...(await tracker.refreshSlots(order, { by: BY, at: now.toISOString() })));
  }
  return old;
}

/** Looks for what grew old while the server runs: at once, then a few times a day. */
export function startAgeing({ tracker, now }: { readonly tracker: Tracker; readonly now: () => Date }): {
  stop(): Promise<void>;
} {
  let turn: Promise<unknown> = Promise.resolve();
  const look = (): void => {
    turn = turn
      .then(() => ageOnce(tracker, now()))
      .catch((error: unknown) => {
        // The next turn looks again.
        process.stderr.write(
          `Suivi : péremption non revue : ${error instanceof Error ? error.message : String(error)}\n`,
        );
      });
  };
  look();
  const timer = setInterval(look, EVERY_MS);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await turn;
    },
  };
}
