import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Category, Rem, Wave } from '#dsr/rem/index.ts';
import { readProgress, type CampaignProgress } from '#reports/rem-workbook/index.ts';
import { EXIT } from '#tracker/domain/index.ts';
import { openTracker, type Tracker } from '#tracker/store/index.ts';
import { CliError } from './errors.ts';
import { keptImports, lastKept } from './kept-rems.ts';
import { loadRem } from './load-rem.ts';

/** Which REM and which campaign an export is about. */
export interface SourceOptions {
  readonly rem?: string;
  readonly category?: Category;
  readonly wave?: Wave;
  /** Id of a campaign; `false` for none, absent for the one that works on the REM. */
  readonly campaign?: string | false;
}

export interface ExportSource {
  readonly rem: Rem;
  readonly campaign?: CampaignProgress & { readonly profiles: readonly string[] };
}

/** What `jalon run` takes when nothing is said. */
const USUAL = { category: 'SGL', wave: 'va1' } as const;

/**
 * The REM of the file, else that of the named campaign, else the last one imported, else the embedded catalogue; with
 * the campaign that works on it.
 *
 * @throws {CliError} `CAMPAGNE_INCONNUE`, `CAMPAGNE_AUTRE_REM`, and those of `loadRem`
 */
export async function findSource(dataDir: string, options: SourceOptions): Promise<ExportSource> {
  const tracker = await openExisting(dataDir);
  try {
    const named = typeof options.campaign === 'string' ? await campaignOf(tracker, options.campaign) : undefined;
    const rem = await remOf(dataDir, options, tracker, named);
    if (named !== undefined && named.remSha256 !== rem.sha256) {
      throw new CliError(
        'CAMPAGNE_AUTRE_REM',
        EXIT.usage,
        `La campagne ${named.id} porte sur une autre REM que « ${rem.source} » : ses états ne valent pas pour ces textes.`,
        'Retirez --rem, --category et --wave pour exporter la REM de la campagne, ou écrivez --no-campaign.',
      );
    }
    const campaign = named ?? (options.campaign === false ? undefined : await campaignOn(tracker, rem));
    if (campaign === undefined || tracker === undefined) return { rem };
    return { rem, campaign: { ...(await readProgress(tracker, campaign, rem)), profiles: campaign.profiles } };
  } finally {
    await tracker?.close();
  }
}

/** Opening a tracker makes it: an export must not leave one behind. */
async function openExisting(dataDir: string): Promise<Tracker | undefined> {
  return existsSync(join(dataDir, 'suivi.sqlite')) ? openTracker({ dataDir }) : undefined;
}

interface FoundCampaign {
  readonly id: string;
  readonly product: { readonly name: string; readonly version: string };
  readonly profiles: readonly string[];
  readonly remSha256: string;
}

/** Campaigns, the one worked on last first, each once: the others are known by their runs. */
async function* campaigns(tracker: Tracker): AsyncGenerator<FoundCampaign> {
  const current = await tracker.currentCampaign();
  const seen = new Set<string>();
  if (current !== undefined) {
    seen.add(current.id);
    const { id, product: name, version, profiles, remSha256 } = current;
    yield { id, product: { name, version }, profiles, remSha256 };
  }
  for (const { id: run, campaign } of await tracker.runs()) {
    if (seen.has(campaign)) continue;
    seen.add(campaign);
    const record = (await tracker.run(run))?.run;
    if (record === undefined) continue;
    const { product, profiles, rem } = record;
    const { name, version } = product;
    yield { id: campaign, product: { name, version }, profiles, remSha256: rem.sha256 };
  }
}

async function campaignOf(tracker: Tracker | undefined, id: string): Promise<FoundCampaign> {
  const known: string[] = [];
  if (tracker !== undefined) {
    for await (const campaign of campaigns(tracker)) {
      if (campaign.id === id) return campaign;
      known.push(`${campaign.id} (${campaign.product.name} ${campaign.product.version})`);
    }
  }
  throw new CliError(
    'CAMPAGNE_INCONNUE',
    EXIT.usage,
    `Le dossier de travail n'a pas de campagne « ${id} ».`,
    known.length === 0
      ? 'Il n’en a aucune : lancez d’abord « npm run jalon -- run », ou retirez --campaign.'
      : `Choisissez parmi : ${known.join(', ')}.`,
  );
}

async function campaignOn(tracker: Tracker | undefined, rem: Rem): Promise<FoundCampaign | undefined> {
  if (tracker === undefined) return undefined;
  for await (const campaign of campaigns(tracker)) if (campaign.remSha256 === rem.sha256) return campaign;
  return undefined;
}

async function remOf(
  dataDir: string,
  options: SourceOptions,
  tracker: Tracker | undefined,
  named: FoundCampaign | undefined,
): Promise<Rem> {
  const last = keptImports(dataDir).at(-1);
  const category = options.category ?? last?.category ?? USUAL.category;
  const wave = options.wave ?? last?.wave ?? USUAL.wave;
  if (options.rem !== undefined) {
    if (/\.json$/iu.test(options.rem) || (options.category !== undefined && options.wave !== undefined)) {
      return (await loadRem(options.rem, category, wave, dataDir)).rem;
    }
    throw new CliError(
      'USAGE',
      EXIT.usage,
      `« ${options.rem} » ne dit pas de quel couloir ni de quelle vague il est.`,
      'Ajoutez --category et --wave, par exemple --category SGL --wave va1.',
    );
  }
  if (named !== undefined && options.category === undefined && options.wave === undefined) {
    const rem = await tracker?.rem(named.remSha256);
    if (rem !== undefined) return rem;
  }
  const kept = await lastKept(dataDir, category, wave);
  if (kept !== undefined) return kept.rem;
  const logged = keptImports(dataDir).findLast((one) => one.category === category && one.wave === wave);
  if (logged !== undefined) {
    throw new CliError(
      'REM_ILLISIBLE',
      EXIT.usage,
      `La REM ${category} ${wave} importée le ${logged.at.slice(0, 10)} (« ${logged.source} ») n'est plus lisible dans le dossier de travail.`,
      'Réimportez-la par « npm run jalon -- rem import », ou donnez le classeur avec --rem.',
    );
  }
  return (await loadRem(undefined, category, wave, dataDir)).rem;
}
