import { isOfficial } from '#dsr/rem-diff/index.ts';
import type { Category, Rem, Wave } from '#dsr/rem/index.ts';
import { readCarriedProgress, readProgress, type CampaignProgress } from '#reports/rem-workbook/index.ts';
import { EXIT } from '#tracker/domain/index.ts';
import type { Campaign, Tracker } from '#tracker/store/index.ts';
import { CliError } from './errors.ts';
import { keptImports, keptPath, lastKept, type KeptImport } from './kept-rems.ts';
import { loadRem } from './load-rem.ts';
import { campaignOf, openExisting, sameList, typed } from './rem-campaign.ts';

/** Which REM and which campaign an export is about. */
export interface SourceOptions {
  readonly rem?: string;
  readonly category?: Category;
  readonly wave?: Wave;
  /** Id of a campaign; `false` for none, absent for the one that works on the REM. */
  readonly campaign?: string | false;
}

/** Where the REM of an export was taken. */
export type RemOrigin = 'file' | 'campaign' | 'import' | 'catalogue';

/** A REM that could have been exported too. */
export interface OtherRem {
  readonly origin: RemOrigin;
  readonly source: string;
  readonly sha256: string;
  /** Options that export it. */
  readonly options: string;
}

interface ChosenRem {
  readonly rem: Rem;
  readonly origin: RemOrigin;
  /** As `rem adopt` takes it. */
  readonly reference: string;
  readonly other?: OtherRem;
}

export interface ExportSource extends ChosenRem {
  readonly campaign?: CampaignProgress & { readonly profiles: readonly string[] };
}

/** What `jalon run` takes when nothing is said. */
const USUAL = { category: 'SGL', wave: 'va1' } as const;

/**
 * The REM of the file, else that of the named campaign, else that of the campaign worked on last, else the last one
 * imported, else the embedded catalogue; with the campaign that works on it, or the last one that works on another REM of
 * the same couloir and wave. A campaign on the embedded catalogue gives way to an import, which has the official texts.
 *
 * @throws {CliError} `CAMPAGNE_INCONNUE`, `CAMPAGNE_AUTRE_REM`, and those of `loadRem`
 */
export async function findSource(dataDir: string, options: SourceOptions): Promise<ExportSource> {
  const tracker = await openExisting(dataDir);
  try {
    const named = typeof options.campaign === 'string' ? await campaignOf(tracker, options.campaign) : undefined;
    const chosen = await remOf(dataDir, options, tracker, named);
    const { rem } = chosen;
    if (named !== undefined && !sameList(named, rem)) {
      throw new CliError(
        'CAMPAGNE_AUTRE_REM',
        EXIT.usage,
        `La campagne ${named.id} porte sur la REM ${named.category} ${named.wave}, « ${rem.source} » est la REM ${rem.category} ${rem.wave} : ses états ne valent pas pour ces textes.`,
        'Retirez --rem, --category et --wave pour exporter la REM de la campagne, ou écrivez --no-campaign.',
      );
    }
    if (tracker === undefined || options.campaign === false) return chosen;
    const campaign = named ?? (await campaignOn(tracker, rem));
    if (campaign === undefined) return chosen;
    const { profiles } = campaign;
    return { ...chosen, campaign: { ...(await progressOn(tracker, campaign, rem)), profiles } };
  } finally {
    await tracker?.close();
  }
}

/** The campaign that follows the REM, else the last one on the same couloir and wave. */
async function campaignOn(tracker: Tracker, rem: Rem): Promise<Campaign | undefined> {
  const known = (await tracker.campaigns()).filter((campaign) => sameList(campaign, rem));
  return known.find((campaign) => campaign.remSha256 === rem.sha256) ?? known[0];
}

async function progressOn(tracker: Tracker, campaign: Campaign, rem: Rem): Promise<CampaignProgress> {
  const { id, product: name, version, profiles, remSha256 } = campaign;
  const product = { name, version };
  if (remSha256 === rem.sha256) return readProgress(tracker, { id, product }, rem);
  const followed = await tracker.rem(remSha256);
  if (followed !== undefined) return readCarriedProgress(tracker, { id, product, profiles }, followed, rem);
  throw new CliError(
    'REM_ILLISIBLE',
    EXIT.usage,
    `La REM que suit la campagne ${id} n'est plus dans le suivi.`,
    'Le fichier suivi.sqlite est incomplet : reprenez-le d’une sauvegarde, ou écrivez --no-campaign.',
  );
}

async function remOf(
  dataDir: string,
  options: SourceOptions,
  tracker: Tracker | undefined,
  named: Campaign | undefined,
): Promise<ChosenRem> {
  if (options.rem !== undefined) return remOfFile(dataDir, options.rem, options);
  const asked = (list: { readonly category: string; readonly wave: string }): boolean =>
    list.category === (options.category ?? list.category) && list.wave === (options.wave ?? list.wave);
  const current = named ?? (await tracker?.campaigns())?.find(asked);
  const followed = current === undefined || !asked(current) ? undefined : await tracker?.rem(current.remSha256);
  const imports = keptImports(dataDir);
  const last = imports.findLast(asked);
  if (current !== undefined && followed !== undefined) {
    if (named !== undefined || isOfficial(followed) || last === undefined) {
      const other = named === undefined ? newerImport(dataDir, imports, current, last) : undefined;
      return {
        rem: followed,
        origin: 'campaign',
        reference: '',
        ...(other === undefined ? {} : { other }),
      };
    }
  }
  if (last !== undefined) {
    const { category, wave } = last;
    const kept = await lastKept(dataDir, category, wave);
    if (kept === undefined) {
      throw new CliError(
        'REM_ILLISIBLE',
        EXIT.usage,
        `La REM ${category} ${wave} importée le ${last.at.slice(0, 10)} (« ${last.source} ») n'est plus lisible dans le dossier de travail.`,
        'Réimportez-la par « npm run jalon -- rem import », ou donnez le classeur avec --rem.',
      );
    }
    const chosen = { rem: kept.rem, origin: 'import', reference: `"${typed(kept.path)}"` } as const;
    if (current === undefined || followed === undefined || followed.sha256 === kept.rem.sha256) return chosen;
    const { source, sha256 } = followed;
    return { ...chosen, other: { origin: 'campaign', source, sha256, options: `--campaign ${current.id}` } };
  }
  const category = options.category ?? USUAL.category;
  const wave = options.wave ?? USUAL.wave;
  const { rem } = await loadRem(undefined, category, wave, dataDir);
  return { rem, origin: 'catalogue', reference: `${category}-${wave}` };
}

async function remOfFile(dataDir: string, file: string, options: SourceOptions): Promise<ChosenRem> {
  const { category, wave } = options;
  if (/\.json$/iu.test(file)) {
    // A kept REM says its own couloir and wave.
    const { rem } = await loadRem(file, category ?? USUAL.category, wave ?? USUAL.wave, dataDir);
    return { rem, origin: 'file', reference: `"${file}"` };
  }
  if (category === undefined || wave === undefined) {
    throw new CliError(
      'USAGE',
      EXIT.usage,
      `« ${file} » ne dit pas de quel couloir ni de quelle vague il est.`,
      'Ajoutez --category et --wave, par exemple --category SGL --wave va1.',
    );
  }
  const { rem } = await loadRem(file, category, wave, dataDir);
  return { rem, origin: 'file', reference: `"${file}" --category ${category} --wave ${wave}` };
}

/** The last import, when it is another REM than the campaign's and came after it. */
function newerImport(
  dataDir: string,
  imports: readonly KeptImport[],
  campaign: Campaign,
  last: KeptImport | undefined,
): OtherRem | undefined {
  if (last === undefined || last.sha256 === campaign.remSha256) return undefined;
  const since = imports.findLast(({ sha256 }) => sha256 === campaign.remSha256)?.at ?? campaign.updatedAt;
  if (last.at <= since) return undefined;
  const { source, sha256 } = last;
  return { origin: 'import', source, sha256, options: `--rem "${typed(keptPath(dataDir, last))}"` };
}
