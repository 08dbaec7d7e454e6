import { availableParallelism } from 'node:os';

/** Below, a second process costs more than it gives: it loads the suite, starts services and a product. */
const WORTH_A_PROCESS = 30;
/** Bench and product take turns: two of each fill two cores, and the memory that a laptop has to spare. */
const BY_DEFAULT = 2;

/**
 * How many processes play a run.
 *
 * @param asked by the user; chosen by what is to play and by the machine when absent
 * @param ownProduct the bench starts the product itself, hence can start several
 * @param scenarios how many are to be played
 */
export function howManyJobs(
  asked: number | undefined,
  ownProduct: boolean,
  scenarios: number,
  cores = availableParallelism(),
): number {
  if (!ownProduct) return 1;
  if (asked !== undefined) return Math.max(1, Math.min(asked, scenarios));
  return Math.max(1, Math.min(BY_DEFAULT, cores, Math.floor(scenarios / WORTH_A_PROCESS)));
}
