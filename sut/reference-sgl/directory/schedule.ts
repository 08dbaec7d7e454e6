import type { Schedule } from '../outbox/index.ts';
import type { Directory } from './directory.ts';

/** The automatic loading of the directory, as its administrator set it (ANN/va1.04). */
export interface DirectorySchedule {
  readonly nextImport: Date;
  /** To be called when the setting changes: the next load is counted again. */
  replan(): void;
  stop(): void;
}

const HOUR_MS = 3_600_000;
/** A timer holds no more than 2^31 ms: longer waits are made of several. */
const LONGEST_MS = 24 * HOUR_MS;

/**
 * Loads the directory every so many hours, counted from the last load, by hand or not. A load that fails is tried again
 * at the next turn; what was loaded before stays.
 */
export function scheduleDirectory(deps: {
  directory: Directory;
  everyHours: () => number;
  now: () => Date;
  schedule: Schedule;
  faults: ReadonlySet<string>;
  onError: (error: unknown) => void;
}): DirectorySchedule {
  const { directory, everyHours, now, schedule, faults, onError } = deps;
  const started = now();
  let failedAt: Date | undefined;
  let timer: { cancel(): void } | undefined;
  let stopped = false;

  const next = (): Date => {
    const last = Math.max(started.getTime(), directory.lastImport?.at.getTime() ?? 0, failedAt?.getTime() ?? 0);
    const hours = faults.has('ann-frequence-ignoree') ? 24 : everyHours();
    return new Date(last + hours * HOUR_MS);
  };
  const plan = (): void => {
    timer?.cancel();
    if (stopped) return;
    const wait = Math.max(0, next().getTime() - now().getTime());
    timer = schedule(() => void turn(), Math.min(wait, LONGEST_MS));
  };
  const turn = async (): Promise<void> => {
    try {
      if (next() <= now()) await directory.import();
    } catch (error) {
      failedAt = now();
      onError(error);
    }
    plan();
  };
  plan();
  return {
    get nextImport() {
      return next();
    },
    replan: plan,
    stop() {
      stopped = true;
      timer?.cancel();
    },
  };
}
