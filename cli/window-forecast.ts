import { resolve } from 'node:path';
import { applicableRequirements, slotsOf } from '#dsr/catalogue/index.ts';
import type { CivilDate } from '#dsr/dates/index.ts';
import { type Campaign, type Tracker } from '#tracker/store/index.ts';
import { forecast, isComplete, slotHistory, type Forecast, type PastRun } from '#tracker/window/index.ts';
import { hasTracker, openTrackerOf } from './tracker.ts';

/** What the tracker says of the file that the orders of a couloir and wave wait for. */
export interface FileProgress {
  readonly campaign: string;
  /** Product and version of the campaign: the forecast is theirs, whatever the orders name. */
  readonly product: string;
  /** Slots that the file needs: those of the mandatory requirements. */
  readonly total: number;
  readonly remaining: number;
  readonly forecast: Forecast;
}

/**
 * The progress of the file by couloir and wave; nothing without a campaign of them in the working folder. Among several,
 * that of the product when it has one, else the one that was worked on last.
 */
export type ProgressOf = (couloir: string, wave: string, product?: string) => Promise<FileProgress | undefined>;

/**
 * Reads the campaigns of a working folder, when there are some; writes nothing.
 *
 * @returns what `use` gives
 */
export async function withProgress<T>(
  dataDir: string,
  today: CivilDate,
  use: (progressOf: ProgressOf) => Promise<T>,
): Promise<T> {
  const dir = resolve(dataDir);
  if (!hasTracker(dir)) return use(() => Promise.resolve(undefined));
  const tracker = await openTrackerOf(dir);
  try {
    const campaigns = await tracker.campaigns();
    return await use(async (couloir, wave, product) => {
      const candidates = campaigns.filter((one) => one.category === couloir && one.wave === `va${wave}`);
      const campaign = candidates.find((one) => one.product === product) ?? candidates[0];
      return campaign && progressOf(tracker, campaign, today);
    });
  } finally {
    await tracker.close();
  }
}

async function progressOf(tracker: Tracker, campaign: Campaign, today: CivilDate): Promise<FileProgress | undefined> {
  const rem = await tracker.rem(campaign.remSha256);
  if (rem === undefined) return undefined;
  const mandatory = applicableRequirements(rem, campaign.profiles).filter(({ nature }) => nature === 'DOIT');
  const classes = new Map(slotsOf(mandatory).map(({ slot }) => [slot.id, slot.evidenceClass]));
  const statuses = await tracker.slotStatuses(campaign.id);
  const complete = statuses.filter(({ slot, state }) => classes.has(slot) && isComplete(state)).length;
  const { startedOn, days } = slotHistory(await runsOf(tracker, campaign.id), classes);
  const [total, remaining] = [classes.size, classes.size - complete];
  return {
    campaign: campaign.id,
    product: `${campaign.product} ${campaign.version}`,
    total,
    remaining,
    forecast: forecast({ total, remaining, history: days, startedOn, today }),
  };
}

async function runsOf(tracker: Tracker, campaign: string): Promise<readonly PastRun[]> {
  const runs: PastRun[] = [];
  for (const line of await tracker.runs()) {
    if (line.campaign !== campaign) continue;
    const found = await tracker.run(line.id);
    // Only what the pace needs stays in memory: a run may hold thousands of findings.
    if (found !== undefined) runs.push(leanRun(found.run));
  }
  return runs;
}

function leanRun({ startedAt, endedAt, faults, scenarios }: PastRun): PastRun {
  return {
    startedAt,
    ...(endedAt === undefined ? {} : { endedAt }),
    faults,
    scenarios: scenarios.map(({ slots, verdict, cause, pieces }) => ({
      slots,
      verdict,
      ...(cause === undefined ? {} : { cause }),
      pieces,
    })),
  };
}
