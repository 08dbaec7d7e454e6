import { EXIT } from '#tracker/domain/index.ts';
import type { Category, Wave } from '#dsr/rem/index.ts';
import type { PlannedCampaign } from '#tracker/store/index.ts';
import type { CliContext } from './context.ts';
import { takeDataFolder } from './data-folder.ts';
import { loadRem } from './load-rem.ts';
import { openTrackerOf } from './tracker.ts';

export interface NextOptions {
  readonly productVersion?: string;
  readonly rem?: string;
  readonly category?: Category;
  readonly wave?: Wave;
  readonly profiles?: readonly string[];
  readonly dryRun?: boolean;
}

/** Lines told of what must be made again; the JSON document has them all. */
const TOLD = 12;

/** `jalon tracker next CAMPAIGN`: the campaign of the next version, list, couloir or wave, with what carries over. */
export async function nextCampaign(context: CliContext, from: string, options: NextOptions): Promise<number> {
  const { productVersion, rem: file, category, wave, profiles, dryRun = false } = options;
  const folder = takeDataFolder(context.dataDir);
  try {
    const tracker = await openTrackerOf(folder.path);
    try {
      const former = (await tracker.campaigns()).find(({ id }) => id === from);
      const other = file !== undefined || category !== undefined || wave !== undefined;
      const rem =
        other && former !== undefined
          ? (await loadRem(file, category ?? former.category, wave ?? (former.wave as Wave), folder.path)).rem
          : undefined;
      const next = {
        from,
        ...(productVersion === undefined ? {} : { version: productVersion }),
        ...(rem === undefined ? {} : { rem }),
        ...(profiles === undefined ? {} : { profiles }),
      };
      const author = { by: 'jalon tracker next', at: context.now().toISOString() };
      const planned: PlannedCampaign & { readonly campaign?: string } = dryRun
        ? await tracker.previewNext(next)
        : await tracker.openNext(next, author);
      context.out(context.json ? `${JSON.stringify({ dryRun, ...planned })}\n` : text(planned, dryRun));
      return EXIT.ok;
    } finally {
      await tracker.close();
    }
  } finally {
    folder.release();
  }
}

function text(
  { campaign, product, version, rem, succession }: PlannedCampaign & { readonly campaign?: string },
  dryRun: boolean,
): string {
  const { slots, decisions, left } = succession;
  const again = slots.filter(({ state }) => state === 'perimee');
  const review = slots.filter(({ state }) => state === 'a-revoir');
  const kept = slots.filter(({ state, was }) => state === was && state !== 'vide');
  const confirm = decisions.flatMap(({ requirement, toConfirm }) => toConfirm.map((one) => `${requirement} : ${one}`));
  const told = (title: string, lines: readonly string[]): readonly string[] =>
    lines.length === 0
      ? []
      : [
          `${title} (${lines.length})`,
          ...lines.slice(0, TOLD).map((line) => `  ${line}`),
          ...(lines.length > TOLD ? [`  et ${lines.length - TOLD} autres (--json les donne toutes)`] : []),
        ];
  return `${[
    `${dryRun ? 'Campagne qui serait ouverte' : `Campagne ouverte : ${campaign ?? ''}`} — ${product} ${version}, ${rem.source}`,
    `${kept.length} preuve(s) gardée(s) telles quelles, ${decisions.length} exigence(s) avec ce qui y avait été décidé.`,
    ...told(
      'À refaire',
      again.map(({ slot, reason }) => `${slot} : ${reason}`),
    ),
    ...told(
      'À revoir',
      review.map(({ slot, reason }) => `${slot} : ${reason}`),
    ),
    ...told('À confirmer', confirm),
    ...told(
      'Sans place dans la nouvelle campagne, gardées dans l’ancienne',
      left.slots.map(({ slot, was }) => `${slot} (${was})`),
    ),
  ].join('\n')}\n`;
}
