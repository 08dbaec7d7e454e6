import { CATEGORIES_AND_WAVES } from '../schemas/parameters.ts';
import { profilesOfRem } from '#dsr/profiles/index.ts';
import type { Category, Wave } from '#dsr/rem/index.ts';
import type { Campaign } from '../../store/index.ts';
import {
  change,
  flag,
  list,
  object,
  oneOf,
  paged,
  pageParameters,
  ref,
  written,
  type Column,
  type Route,
} from '../contract/index.ts';
import type { CampaignLineView, CampaignListView, CampaignSettingsView } from '../people-types.ts';
import type { CurrentCampaignView } from '../types.ts';
import { campaignView } from '../views/campaign.ts';
import { boardOf, campaignOf, granted, need, remOf, type Deps } from './deps.ts';

const CAMPAIGN = 'Identifiant de la campagne, ou « current » pour la dernière touchée';

const COLUMNS: readonly Column<CampaignLineView>[] = [
  { title: 'Campagne', value: ({ id }) => id },
  { title: 'Produit', value: ({ product }) => product },
  { title: 'Version', value: ({ version }) => version },
  { title: 'Couloir', value: ({ category }) => category },
  { title: 'Vague', value: ({ wave }) => wave },
  { title: 'Profils', width: 40, value: ({ profiles }) => profiles.join(', ') },
  { title: 'Ouverte le', value: ({ createdAt }) => createdAt.slice(0, 10) },
  { title: 'Touchée le', value: ({ updatedAt }) => updatedAt.slice(0, 10) },
];

const PROFILES = list(written(100, 1));

/** Campaigns: one product version against one list of requirements. */
export function campaignRoutes(deps: Deps): readonly Route[] {
  const { tracker, readers } = deps;
  return [
    {
      id: 'currentCampaign',
      method: 'get',
      path: '/api/campaigns/current',
      summary: 'Où en est la campagne courante',
      permission: 'lire',
      reply: { kind: 'view', schema: ref('CurrentCampaign') },
      remembered: true,
      async handle() {
        const campaign = await tracker.currentCampaign();
        const board = campaign && (await boardOf(deps, campaign.id));
        return {
          view: {
            benchVersion: deps.version,
            campaign: board === undefined ? null : await viewOf(deps, board),
          } satisfies CurrentCampaignView,
        };
      },
    },
    {
      id: 'campaigns',
      method: 'get',
      path: '/api/campaigns',
      summary: 'Campagnes, la dernière touchée d’abord',
      permission: 'lire',
      query: pageParameters(),
      reply: {
        kind: 'view',
        schema: ref('CampaignList'),
        list: { items: 'campaigns', file: 'campagnes', columns: COLUMNS },
      },
      remembered: true,
      async handle({ page }) {
        const { items, ...rest } = paged(await tracker.campaigns(), ({ id }) => id, page);
        return { view: { ...rest, campaigns: items.map(lineOf) } satisfies CampaignListView };
      },
    },
    {
      id: 'openCampaign',
      method: 'post',
      path: '/api/campaigns',
      summary:
        'Ouvre une campagne avant sa première exécution, avec la liste d’exigences embarquée ou celle d’une autre campagne',
      permission: 'conduire',
      body: {
        kind: 'json',
        schema: object(
          {
            product: written(200, 1),
            version: written(100, 1),
            category: oneOf(CATEGORIES_AND_WAVES.categories),
            wave: oneOf(CATEGORIES_AND_WAVES.waves),
            profiles: PROFILES,
            remOf: written(40, 1),
          },
          ['remOf'],
        ),
      },
      reply: { kind: 'view', schema: ref('CampaignLine'), status: 201 },
      async handle({ body, author }) {
        const asked = body as {
          readonly product: string;
          readonly version: string;
          readonly category: Category;
          readonly wave: Wave;
          readonly profiles: readonly string[];
          readonly remOf?: string;
        };
        const rem =
          asked.remOf === undefined
            ? granted(await need(readers).rem(undefined, asked.category, asked.wave))
            : await remOf(deps, await campaignOf(deps, asked.remOf));
        const campaign = granted(await tracker.openCampaign({ ...asked, rem }, author));
        return { view: lineOf(campaign), location: `/api/campaigns/${campaign.id}` };
      },
    },
    {
      id: 'campaign',
      method: 'get',
      path: '/api/campaigns/{campaign}',
      summary: 'Où en est une campagne',
      permission: 'lire',
      parameters: { campaign: CAMPAIGN },
      reply: { kind: 'view', schema: ref('Campaign') },
      remembered: true,
      handle: async ({ params }) => ({ view: await viewOf(deps, await boardOf(deps, params['campaign'] ?? '')) }),
    },
    {
      id: 'campaignSettings',
      method: 'get',
      path: '/api/campaigns/{campaign}/settings',
      summary: 'Réglages d’une campagne',
      permission: 'lire',
      parameters: { campaign: CAMPAIGN },
      reply: { kind: 'view', schema: ref('CampaignSettings') },
      async handle({ params }) {
        const campaign = await campaignOf(deps, params['campaign'] ?? '');
        return { view: await settingsOf(deps, campaign), revision: campaign.revision };
      },
    },
    {
      id: 'changeCampaign',
      method: 'patch',
      path: '/api/campaigns/{campaign}/settings',
      summary: 'Règle une campagne : relecture par une autre personne, profils déclarés',
      permission: 'conduire',
      parameters: { campaign: CAMPAIGN },
      body: { kind: 'json', schema: change({ fourEyes: flag, profiles: PROFILES }) },
      reply: { kind: 'view', schema: ref('CampaignSettings') },
      ifMatch: true,
      async handle({ params, body, seen, author }) {
        const { id } = await campaignOf(deps, params['campaign'] ?? '');
        const asked = body as { readonly fourEyes?: boolean; readonly profiles?: readonly string[] };
        const campaign = granted(await tracker.changeCampaign({ id, seen }, asked, author));
        return { view: await settingsOf(deps, campaign), revision: campaign.revision };
      },
    },
  ];
}

function lineOf(campaign: Campaign): CampaignLineView {
  const { id, product, version, category, wave, profiles, createdAt, updatedAt, follows } = campaign;
  return { id, product, version, category, wave, profiles, createdAt, updatedAt, follows: follows ?? null };
}

async function settingsOf(deps: Deps, campaign: Campaign): Promise<CampaignSettingsView> {
  const { id, fourEyes, profiles, revision } = campaign;
  const known = profilesOfRem(await remOf(deps, campaign)).profiles;
  return {
    id,
    fourEyes,
    profiles,
    revision,
    choices: known.map(({ slug, name, excludes }) => ({ slug, name, excludes })),
  };
}

async function viewOf({ tracker }: Deps, board: Awaited<ReturnType<typeof boardOf>>) {
  const { total, last } = await tracker.runsOf(board.campaign.id);
  const line = last === undefined ? undefined : await tracker.runLine(last);
  return campaignView(board, { total, last: line ?? null });
}
