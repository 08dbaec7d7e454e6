import { relative } from 'node:path';
import type { Rem } from '#dsr/rem/index.ts';
import { EXIT } from '#tracker/domain/index.ts';
import type { Campaign, Tracker } from '#tracker/store/index.ts';
import { CliError } from './errors.ts';
import { hasTracker, openTrackerOf } from './tracker.ts';

/** Opening a tracker makes it: a command that only asks must not leave one behind. */
export async function openExisting(dataDir: string): Promise<Tracker | undefined> {
  if (!hasTracker(dataDir)) return undefined;
  return openTrackerOf(dataDir);
}

/**
 * The campaign of an id.
 *
 * @throws {CliError} `CAMPAGNE_INCONNUE`, with those that exist
 */
export async function campaignOf(tracker: Tracker | undefined, id: string): Promise<Campaign> {
  const known = (await tracker?.campaigns()) ?? [];
  const found = known.find((campaign) => campaign.id === id);
  if (found !== undefined) return found;
  throw new CliError(
    'CAMPAGNE_INCONNUE',
    EXIT.usage,
    `Le dossier de travail n'a pas de campagne « ${id} ».`,
    known.length === 0
      ? 'Il n’en a aucune : lancez d’abord « npm run jalon -- run », ou retirez --campaign.'
      : `Choisissez parmi : ${known.map(({ id: each, product, version }) => `${each} (${product} ${version})`).join(', ')}.`,
  );
}

export const sameList = (campaign: Campaign, rem: Pick<Rem, 'category' | 'wave'>): boolean =>
  campaign.category === rem.category && campaign.wave === rem.wave;

/** A path as the user would type it. */
export const typed = (path: string): string => relative(process.cwd(), path) || path;

/**
 * Says that a campaign follows another REM, and how it would follow this one.
 *
 * @param source name of the REM that the campaign follows
 * @param reference this REM, as `rem adopt` takes it: a file, quoted, with the options that it needs
 */
export function followsAnother(campaign: string, source: string, reference: string): string {
  return `la campagne ${campaign} suit « ${source} » ; npm run jalon -- rem adopt ${reference} --campaign ${campaign} la fait suivre celle-ci`;
}

/** The last campaign of a couloir and wave, beside a REM of theirs. */
export interface CampaignBeside {
  readonly id: string;
  /** The REM that it follows. */
  readonly rem: { readonly source: string; readonly sha256: string };
  /** Whether that is the one given. */
  readonly follows: boolean;
}

/**
 * The campaign worked on last for the couloir and wave of a REM.
 *
 * @param dataDir taken by the caller (`takeDataFolder`): a tracker of an earlier version is brought up to date
 * @returns undefined when there is none
 * @throws {TrackerStoreError} when the tracker cannot be read
 */
export async function campaignBeside(dataDir: string, rem: Rem): Promise<CampaignBeside | undefined> {
  const tracker = await openExisting(dataDir);
  try {
    const latest = (await tracker?.campaigns())?.find((campaign) => sameList(campaign, rem));
    if (latest === undefined) return undefined;
    const { id, remSha256: sha256 } = latest;
    const followed = sha256 === rem.sha256 ? rem : await tracker?.rem(sha256);
    return { id, rem: { source: followed?.source ?? '', sha256 }, follows: sha256 === rem.sha256 };
  } finally {
    await tracker?.close();
  }
}
