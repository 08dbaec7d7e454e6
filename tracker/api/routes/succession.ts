import type { Category, Wave } from '#dsr/rem/index.ts';
import type { Adoption, NextCampaign, PlannedCampaign } from '../../store/index.ts';
import { change, list, oneOf, ref, written, type Route } from '../contract/index.ts';
import { CATEGORIES_AND_WAVES } from '../schemas/parameters.ts';
import { campaignOf, granted, need, type Deps } from './deps.ts';

const CAMPAIGN = 'Identifiant de la campagne, ou « current »';
/** No published REM comes near this size. */
const MAX_REM_BYTES = 32 * 1024 * 1024;
const WORKBOOK = [
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/octet-stream',
] as const;

const DRY_RUN = {
  name: 'dryRun',
  description: 'true (par défaut) : montre sans rien écrire ; false : écrit.',
  schema: { type: 'boolean', default: true },
} as const;

/** From one campaign to the next, shown before it is done. */
export function successionRoutes(deps: Deps): readonly Route[] {
  const { tracker, readers } = deps;
  return [
    {
      id: 'nextCampaign',
      method: 'post',
      path: '/api/campaigns/{campaign}/next',
      summary:
        'La campagne suivante : autre version, couloir, vague ou profils ; ce qui est repris, ce qui est à refaire',
      permission: 'conduire',
      parameters: { campaign: CAMPAIGN },
      query: [DRY_RUN],
      body: {
        kind: 'json',
        schema: change({
          version: written(100, 1),
          category: oneOf(CATEGORIES_AND_WAVES.categories),
          wave: oneOf(CATEGORIES_AND_WAVES.waves),
          profiles: list(written(100, 1)),
        }),
      },
      reply: { kind: 'view', schema: ref('SuccessionPreview') },
      async handle({ params, query, body, author }) {
        const from = await campaignOf(deps, params['campaign'] ?? '');
        const asked = body as {
          readonly version?: string;
          readonly category?: Category;
          readonly wave?: Wave;
          readonly profiles?: readonly string[];
        };
        const category = asked.category ?? from.category;
        const wave = asked.wave ?? (from.wave as Wave);
        const otherList = category !== from.category || wave !== from.wave;
        const next: NextCampaign = {
          from: from.id,
          ...(asked.version === undefined ? {} : { version: asked.version }),
          ...(asked.profiles === undefined ? {} : { profiles: asked.profiles }),
          ...(otherList ? { rem: granted(await need(readers).rem(undefined, category, wave)) } : {}),
        };
        const { dryRun } = query as { readonly dryRun: boolean };
        if (dryRun) return { view: successionOf(await tracker.previewNext(next), null) };
        const { campaign, ...planned } = await tracker.openNext(next, author);
        return { view: successionOf(planned, campaign), location: `/api/campaigns/${campaign}` };
      },
    },
    {
      id: 'adoptRem',
      method: 'post',
      path: '/api/campaigns/{campaign}/adoptions',
      summary:
        'La campagne suit une autre édition de sa REM (classeur de l’ANS) ; ce qui est gardé, ce qui est à refaire',
      permission: 'conduire',
      parameters: { campaign: CAMPAIGN },
      query: [DRY_RUN],
      body: { kind: 'file', types: WORKBOOK, maxBytes: MAX_REM_BYTES },
      reply: { kind: 'view', schema: ref('AdoptionPreview') },
      async handle({ params, query, file, author }) {
        const campaign = await campaignOf(deps, params['campaign'] ?? '');
        const rem = granted(await need(readers).rem(file().bytes, campaign.category, campaign.wave as Wave));
        const { dryRun } = query as { readonly dryRun: boolean };
        const adoption = dryRun
          ? await tracker.previewAdoption(campaign.id, rem)
          : await tracker.adoptRem(campaign.id, rem, author.at, author.by);
        return { view: adoptionOf(adoption, !dryRun) };
      },
    },
  ];
}

function successionOf({ product, version, rem, succession }: PlannedCampaign, campaign: string | null) {
  const { kinds, slots, decisions, left } = succession;
  return {
    product,
    version,
    rem,
    kinds,
    slots,
    toConfirm: decisions
      .filter(({ toConfirm }) => toConfirm.length > 0)
      .map(({ requirement, toConfirm }) => ({ requirement, sentences: toConfirm })),
    left,
    campaign,
  };
}

function adoptionOf({ campaign, from, to, carry, absorbed }: Adoption, adopted: boolean) {
  return {
    campaign,
    from,
    to,
    slots: carry.slots.map(({ slot, from: former, was, state, why, reason, note }) => ({
      slot,
      from: former,
      was,
      state,
      why,
      reason,
      note,
    })),
    gone: carry.gone.map(({ slot, was, reason }) => ({ slot, was, reason })),
    absorbed,
    adopted,
  };
}
