import { resolve } from 'node:path';
import { applyOverrules } from '#dsr/proof-kinds/index.ts';
import type { Rem } from '#dsr/rem/index.ts';
import { EXIT } from '#tracker/domain/index.ts';
import type { Campaign, Tracker } from '#tracker/store/index.ts';
import type { CliContext } from './context.ts';
import { CliError } from './errors.ts';
import { readOverrules } from './overrules.ts';
import { campaignOf } from './rem-campaign.ts';
import { hasTracker, openTrackerOf } from './tracker.ts';

export interface CampaignWork {
  readonly tracker: Tracker;
  readonly campaign: Campaign;
  /** Its list, with the classifications of the vendor. */
  readonly rem: Rem;
  /** Absolute. */
  readonly dataDir: string;
}

/**
 * Works on a campaign of the tracker, that of an id or the last one that was worked on.
 *
 * @throws {CliError} `TRACKER_ABSENT`, `CAMPAGNE_INCONNUE`, `REM_ILLISIBLE`
 */
export async function withCampaign<Value>(
  context: CliContext,
  id: string | undefined,
  work: (given: CampaignWork) => Promise<Value>,
): Promise<Value> {
  const dataDir = resolve(context.dataDir);
  if (!hasTracker(dataDir)) {
    throw new CliError(
      'TRACKER_ABSENT',
      EXIT.usage,
      `Le dossier ${dataDir} ne garde aucun suivi.`,
      'Jouez d’abord la suite (« npm start »), ou donnez le dossier du suivi avec --data.',
    );
  }
  const tracker = await openTrackerOf(dataDir);
  try {
    const campaign = id === undefined ? await tracker.currentCampaign() : await campaignOf(tracker, id);
    if (campaign === undefined) {
      throw new CliError(
        'CAMPAGNE_INCONNUE',
        EXIT.usage,
        'Ce suivi n’a encore aucune campagne.',
        'Jouez d’abord la suite (« npm start »), ou ouvrez une campagne dans le suivi.',
      );
    }
    const rem = await tracker.rem(campaign.remSha256);
    if (rem === undefined) {
      throw new CliError(
        'REM_ILLISIBLE',
        EXIT.configuration,
        `La REM que suit la campagne ${campaign.id} n’est plus dans le suivi.`,
        'Le suivi est incomplet : reprenez-le d’une sauvegarde.',
      );
    }
    const { rem: classified } = applyOverrules(rem, await readOverrules(dataDir));
    return await work({ tracker, campaign, rem: classified, dataDir });
  } finally {
    await tracker.close();
  }
}
