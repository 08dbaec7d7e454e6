import type { Command } from 'commander';
import { resolve } from 'node:path';
import type { Category, Rem, Wave } from '#dsr/rem/index.ts';
import { count, SLOT_STATES } from '#reports/words/index.ts';
import { EXIT } from '#tracker/domain/index.ts';
import type { SlotState } from '#tracker/types.ts';
import { TrackerStoreError, type Adoption, type Campaign, type Tracker } from '#tracker/store/index.ts';
import type { Action, CliContext } from './context.ts';
import { takeDataFolder } from './data-folder.ts';
import { CliError } from './errors.ts';
import type { LoadedRem } from './load-rem.ts';
import { parseCategory, parseWave } from './options.ts';
import { styledLines } from './rem-diff-lines.ts';
import { readingMessages, warnOfReading } from './rem-side-messages.ts';
import { loadSide } from './rem-side.ts';
import { oneLine, terminalWidth } from './table.ts';
import { hasTracker, openTrackerOf } from './tracker.ts';

interface AdoptOptions {
  readonly category?: Category;
  readonly wave?: Wave;
  readonly campaign?: string;
  readonly dryRun?: boolean;
}

/** `jalon rem adopt`: a campaign follows a new version of its REM. */
export function remAdoptCommand(rem: Command, play: (command: Command, action: Action) => Promise<void>): void {
  rem
    .command('adopt')
    .description('fait suivre une nouvelle REM à une campagne : les états restent là où le texte n’a pas changé')
    .argument('<fichier>', 'classeur .xlsx, REM gardée .json, ou catalogue embarqué (SGL-va1)')
    .option('--category <couloir>', 'couloir (par défaut : celui que dit le nom du fichier)', parseCategory)
    .option('--wave <vague>', 'vague (par défaut : celle que dit le nom du fichier)', parseWave)
    .option('--campaign <id>', 'campagne (par défaut : la dernière touchée)')
    .option('--dry-run', 'montre ce qui resterait et ce qui deviendrait périmé, sans rien écrire')
    .action((file: string, options: AdoptOptions, command: Command) =>
      play(command, (context) => adopt(context, file, options)),
    );
}

async function adopt(context: CliContext, file: string, options: AdoptOptions): Promise<number> {
  const { category, wave, dryRun = false } = options;
  const side = await loadSide(file, { category, wave, options: '--category et --wave' }, context.dataDir);
  const { rem } = side;
  const dataDir = resolve(context.dataDir);
  if (!hasTracker(dataDir)) throw noCampaign(dataDir);
  const folder = takeDataFolder(dataDir);
  try {
    const tracker = await openTrackerOf(dataDir);
    try {
      const campaign = await chosenCampaign(tracker, options.campaign, dataDir);
      warnOfReading(context, side);
      const adoption = await adopted(tracker, campaign, rem, dryRun ? undefined : context.now());
      context.out(
        context.json
          ? `${JSON.stringify(document(adoption, side, dryRun))}\n`
          : text(adoption, campaign, { dryRun, file, rem }),
      );
      return EXIT.ok;
    } finally {
      await tracker.close();
    }
  } finally {
    folder.release();
  }
}

function noCampaign(dataDir: string): CliError {
  return new CliError(
    'CAMPAGNE_ABSENTE',
    EXIT.usage,
    `Le dossier ${dataDir} ne contient aucune campagne.`,
    'Une campagne commence avec la première exécution : npm run jalon -- run.',
  );
}

async function chosenCampaign(tracker: Tracker, id: string | undefined, dataDir: string): Promise<Campaign> {
  const all = await tracker.campaigns();
  const [latest] = all;
  if (latest === undefined) throw noCampaign(dataDir);
  const chosen = id === undefined ? latest : all.find((campaign) => campaign.id === id);
  if (chosen !== undefined) return chosen;
  throw new CliError('CAMPAIGN_UNKNOWN', EXIT.usage, `Aucune campagne ne porte l'identifiant ${id}.`, listOf(all));
}

const listOf = (campaigns: readonly Campaign[]): string =>
  `Campagnes : ${campaigns.map(({ id, product, version, category, wave }) => `${id} (${product} ${version}, ${category} ${wave})`).join(' ; ')}.`;

async function adopted(tracker: Tracker, { id }: Campaign, rem: Rem, at: Date | undefined): Promise<Adoption> {
  try {
    return at === undefined
      ? await tracker.previewAdoption(id, rem)
      : await tracker.adoptRem(id, rem, at.toISOString());
  } catch (error) {
    if (!(error instanceof TrackerStoreError) || error.code !== 'ADOPTION_REFUSED') throw error;
    throw new CliError(error.code, EXIT.usage, error.message, `${error.remedy} ${listOf(await tracker.campaigns())}`, {
      cause: error,
    });
  }
}

function summaryOf({ carry }: Adoption) {
  const filled = carry.slots.filter(({ was }) => was !== 'vide');
  const kept = filled.filter(({ was, state }) => was === state);
  return {
    kept: kept.length,
    renumbered: kept.filter(({ why }) => why === 'renumbered').length,
    notCompared: kept.filter(({ why }) => why === 'not-compared').length,
    noted: filled.filter(({ note }) => note !== '').length,
    stale: filled.filter(({ was, state }) => state === 'perimee' && was !== 'perimee').length,
    gone: carry.gone.length,
    goneFilled: carry.gone.filter(({ was }) => was !== 'vide').length,
    added: carry.slots.filter(({ why }) => why === 'new').length,
  };
}

function document(adoption: Adoption, { messages }: LoadedRem, dryRun: boolean): object {
  const { campaign, from, carry, absorbed } = adoption;
  const to = { ...adoption.to, messages: readingMessages(messages) };
  return { campaign, dryRun, from, to, summary: summaryOf(adoption), slots: carry.slots, gone: carry.gone, absorbed };
}

function text(
  adoption: Adoption,
  campaign: Campaign,
  given: { readonly dryRun: boolean; readonly file: string; readonly rem: Rem },
): string {
  const { from, to, carry, absorbed } = adoption;
  const summary = summaryOf(adoption);
  const stale = carry.slots.filter(({ was, state }) => state === 'perimee' && was !== 'perimee');
  const gone = carry.gone.filter(({ was }) => was !== 'vide');
  const renumbered = carry.slots.filter(({ why, was }) => why === 'renumbered' && was !== 'vide');
  const noted = carry.slots.filter(({ note }) => note !== '');
  const state = (was: SlotState): string => `(était : ${SLOT_STATES[was].label.toLowerCase()})`;
  const lines = [
    `Campagne ${campaign.id} : ${campaign.product} ${campaign.version}, ${campaign.category} vague ${campaign.wave.slice(2)}`,
    `De « ${from.source} » à « ${to.source} »`,
    '',
    `  ${count(summary.kept, 'état gardé', 'états gardés')}${summary.notCompared > 0 ? `, dont ${summary.notCompared} sans texte officiel à comparer` : ''}`,
    ...renumbered.map(({ slot, from: former }) => `    ${former} → ${slot}`),
    `  ${count(summary.stale, 'preuve périmée', 'preuves périmées')}`,
    ...stale.map(({ slot, was, reason }) => `    ${slot} ${state(was)} ${reason}`),
    `  ${count(summary.gone, 'preuve disparue', 'preuves disparues')}, dont ${summary.goneFilled} avec un état`,
    ...gone.map(({ slot, was, reason }) => `    ${slot} ${state(was)} ${reason}`),
    `  ${count(summary.added, 'preuve nouvelle', 'preuves nouvelles')}`,
    ...(noted.length > 0
      ? [
          `  À savoir pour ${count(noted.length, 'preuve')}, sans effet sur ${noted.length < 2 ? 'son état' : 'leur état'}`,
          ...noted.map(({ slot, note }) => `    ${slot} : ${note}`),
        ]
      : []),
    ...(absorbed.length > 0
      ? [`  Exécutions et pièces reprises de ${absorbed.join(', ')}, qui suivait déjà cette REM`]
      : []),
    '',
  ].flatMap((line) => {
    const margin = line.length - line.trimStart().length;
    const text = `${' '.repeat(margin)}${oneLine(line)}`;
    return styledLines([{ text }], { width: terminalWidth(), indent: margin + 2, colour: false });
  });
  // The command stays whole, to be copied.
  const end = given.dryRun
    ? 'Rien n’est écrit : relancez sans --dry-run pour adopter cette REM.'
    : `REM adoptée. Suite : npm run jalon -- run --rem "${given.file}" --category ${given.rem.category} --wave ${given.rem.wave}`;
  return `${[...lines, end].join('\n')}\n`;
}
