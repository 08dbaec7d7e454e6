import { referenceLabels } from '#dsr/references/index.ts';
import type { Rem } from '#dsr/rem/index.ts';
import { findSlot } from '#dsr/rem/index.ts';
import type { Evidence, FalseAlarm } from '#evidence/intake/index.ts';
import type { Campaign, ChangedEvidence, StoredEvidence, WantedSlot } from '../../store/index.ts';
import { list, object, paged, pageParameters, PAGE_LIMIT, ref, text, written } from '../contract/index.ts';
import type { Call, Column, Reply, Route } from '../contract/index.ts';
import { PIECE_POLICY } from '../entry/headers.ts';
import type { EvidenceChangedView, EvidenceListView, EvidenceView } from '../evidence-types.ts';
import { servedAs } from '../pieces/media.ts';
import { streamOf } from '../pieces/stream.ts';
import { problem } from '../problems/index.ts';
import { dossierView } from '../views/dossier.ts';
import { evidenceView } from '../views/evidence.ts';
import { boardOf, campaignOf, granted, need, remOf, slotIn, type Deps } from './deps.ts';

/** A film of a whole session; what is longer is cut, or brought by « jalon evidence add ». */
const MAX_UPLOAD = 4 * 1024 * 1024 * 1024;
const MOST_SLOTS = 50;

const CAMPAIGN = { campaign: 'Identifiant de la campagne, ou « current »' } as const;
const PIECE = { evidence: 'Identifiant de la pièce' } as const;

const COLUMNS: readonly Column<EvidenceView>[] = [
  { title: 'Pièce', width: 16, value: ({ id }) => id },
  { title: 'Fichier', width: 30, value: ({ name }) => name },
  { title: 'Ce qu’elle montre', width: 40, value: ({ caption }) => caption },
  { title: 'Type', width: 24, value: ({ mediaType }) => mediaType },
  { title: 'Octets', value: ({ size }) => size },
  { title: 'Retenue', value: ({ held }) => (held ? 'oui' : 'non') },
  { title: 'Masquée', value: ({ masked }) => (masked ? 'oui' : 'non') },
  { title: 'SHA-256', width: 66, value: ({ sha256 }) => sha256 },
  { title: 'SHA-256 de l’original', width: 66, value: ({ originalSha256 }) => originalSha256 },
  { title: 'Preuves', width: 40, value: ({ filings }) => filings.map(({ slot }) => slot).join(', ') },
  { title: 'Version', value: ({ product }) => product.version },
  { title: 'Apportée par', value: ({ operator }) => operator },
  { title: 'Apportée le', width: 26, value: ({ addedAt }) => addedAt },
];

/** Pieces that people bring, and what the dossier has and lacks. */
export function evidenceRoutes(deps: Deps): readonly Route[] {
  const { tracker } = deps;
  const changed = { kind: 'view', schema: ref('EvidenceChanged') } as const;
  return [
    {
      id: 'dossier',
      method: 'get',
      path: '/api/campaigns/{campaign}/dossier',
      summary: 'Ce que le dossier a et ce qui lui manque, preuve par preuve et chapitre par chapitre',
      permission: 'lire',
      parameters: CAMPAIGN,
      reply: { kind: 'view', schema: ref('Dossier') },
      remembered: true,
      async handle({ params }) {
        const board = await boardOf(deps, params['campaign'] ?? '');
        return { view: dossierView(board, await tracker.evidenceOfCampaign(board.campaign.id)) };
      },
    },
    {
      id: 'evidenceList',
      method: 'get',
      path: '/api/campaigns/{campaign}/evidence',
      summary: 'Pièces que des personnes ont apportées, la dernière d’abord',
      permission: 'lire',
      parameters: CAMPAIGN,
      query: [
        {
          name: 'held',
          description: 'true : celles que le garde retient ; false : les autres.',
          schema: { type: 'boolean' },
        },
        ...pageParameters(PAGE_LIMIT),
      ],
      reply: {
        kind: 'view',
        schema: ref('EvidenceList'),
        list: { items: 'evidence', file: 'pieces-apportees', columns: COLUMNS },
      },
      remembered: true,
      async handle({ params, page, query }) {
        const { id } = await campaignOf(deps, params['campaign'] ?? '');
        const { held } = query as { readonly held?: boolean };
        const all = (await tracker.evidenceOfCampaign(id)).map(evidenceView);
        const asked = all.filter((one) => held === undefined || one.held === held);
        const { total, next, items } = paged(asked, (one) => one.id, page);
        const view: EvidenceListView = { total, next, held: all.filter((one) => one.held).length, evidence: items };
        return { view };
      },
    },
    {
      id: 'bringEvidence',
      method: 'post',
      path: '/api/campaigns/{campaign}/evidence',
      summary:
        'Apporte une pièce, pour une ou plusieurs preuves ; le garde la retient s’il y voit un secret ou une personne réelle',
      permission: 'verser',
      parameters: CAMPAIGN,
      query: [
        { name: 'name', description: 'Nom du fichier.', schema: { type: 'string', minLength: 1, maxLength: 300 } },
        {
          name: 'slots',
          description: 'Numéros de preuve, séparés par des virgules ; aucune : la pièce attend d’être versée.',
          schema: { type: 'string', maxLength: 2_000 },
        },
        { name: 'caption', description: 'Ce que montre la pièce.', schema: { ...written(500) } },
        { name: 'datedOn', description: 'Date que porte le document.', schema: { type: 'string', format: 'date' } },
      ],
      body: { kind: 'stream', maxBytes: MAX_UPLOAD },
      reply: { ...changed, status: 201 },
      async handle(call) {
        const desk = need(deps.desk);
        const campaign = await campaignOf(deps, call.params['campaign'] ?? '');
        const rem = await remOf(deps, campaign);
        const { name, slots, caption, datedOn } = call.query as {
          readonly name?: string;
          readonly slots?: string;
          readonly caption?: string;
          readonly datedOn?: string;
        };
        if (name === undefined) throw problem('CORPS_REFUSE', { problems: 'le paramètre « name » manque' });
        const wanted = wantedSlots(rem, (slots ?? '').split(','));
        const { stream, type } = call.upload();
        const evidence = await desk.takeIn(stream, {
          name,
          mediaType: type,
          caption: caption ?? '',
          operator: call.author.by,
          at: call.author.at,
          facts: factsOf(campaign, rem, deps.version),
          ...(datedOn === undefined ? {} : { datedOn }),
        });
        const added = granted(
          await tracker.addEvidence({ evidence, campaign: campaign.id, slots: wanted }, call.author),
        );
        return changedReply(added, `/api/evidence/${evidence.id}`);
      },
    },
    {
      id: 'evidence',
      method: 'get',
      path: '/api/evidence/{evidence}',
      summary: 'Une pièce apportée : ses empreintes, ses alertes, les preuves où elle est',
      permission: 'lire',
      parameters: PIECE,
      reply: { kind: 'view', schema: ref('Evidence') },
      async handle({ params }) {
        const stored = await storedIn(deps, params);
        return { view: evidenceView(stored), revision: stored.revision };
      },
    },
    {
      id: 'evidenceContent',
      method: 'get',
      path: '/api/evidence/{evidence}/content',
      summary: 'Octets qui peuvent être partagés ; rien de ce qu’ils contiennent ne s’exécute',
      permission: 'lire',
      parameters: PIECE,
      query: [{ name: 'download', description: 'Présent : en téléchargement.', schema: { type: 'string' } }],
      reply: { kind: 'bytes', types: ['*/*'] },
      async handle(call) {
        const { evidence } = await storedIn(deps, call.params);
        if (evidence.shared === undefined) throw problem('PIECE_RETENUE', { file: evidence.name });
        return served(deps, call, evidence, evidence.shared);
      },
    },
    {
      id: 'evidenceOriginal',
      method: 'get',
      path: '/api/evidence/{evidence}/original',
      summary: 'Octets tels qu’ils ont été apportés, rien n’y est masqué : à ne pas transmettre',
      permission: 'verser',
      parameters: PIECE,
      query: [{ name: 'download', description: 'Présent : en téléchargement.', schema: { type: 'string' } }],
      reply: { kind: 'bytes', types: ['*/*'] },
      async handle(call) {
        const { evidence } = await storedIn(deps, call.params);
        if (evidence.originalElsewhere) throw problem('ORIGINAL_AILLEURS', { file: evidence.name });
        return served(deps, call, evidence, evidence.original);
      },
    },
    {
      id: 'settleEvidence',
      method: 'post',
      path: '/api/evidence/{evidence}/settlement',
      summary: 'Répond au garde : masque ce qu’il a vu, ou déclare de fausses alertes avec leur raison',
      permission: 'verser',
      parameters: PIECE,
      body: {
        kind: 'json',
        schema: object(
          {
            mask: { type: 'boolean' },
            falseAlarms: { ...list(object({ alarm: text, reason: written(1_000) })), maxItems: 200 },
          },
          ['mask', 'falseAlarms'],
        ),
      },
      reply: changed,
      ifMatch: true,
      async handle({ params, body, author, seen }) {
        const desk = need(deps.desk);
        const { mask = false, falseAlarms = [] } = body as {
          readonly mask?: boolean;
          readonly falseAlarms?: readonly Pick<FalseAlarm, 'alarm' | 'reason'>[];
        };
        const stored = await storedIn(deps, params);
        const declared = desk.declare(
          stored.evidence,
          falseAlarms.map((one) => ({ ...one, by: author.by, at: author.at })),
        );
        const evidence = mask ? await desk.mask(declared) : declared;
        return changedReply(granted(await tracker.settleEvidence({ evidence, seen }, author)));
      },
    },
    {
      id: 'fileEvidence',
      method: 'post',
      path: '/api/campaigns/{campaign}/evidence/{evidence}/filings',
      summary: 'Verse une pièce dans d’autres preuves, ou dit qu’elle vaut encore pour cette version',
      permission: 'verser',
      parameters: { ...CAMPAIGN, ...PIECE },
      body: {
        kind: 'json',
        schema: object({ slots: { ...list(text), minItems: 1, maxItems: MOST_SLOTS }, stillHolds: written(1_000, 1) }, [
          'stillHolds',
        ]),
      },
      reply: changed,
      async handle({ params, body, author }) {
        const { slots, stillHolds } = body as { readonly slots: readonly string[]; readonly stillHolds?: string };
        const campaign = await campaignOf(deps, params['campaign'] ?? '');
        const wanted = wantedSlots(await remOf(deps, campaign), slots);
        const { evidence } = await storedIn(deps, params);
        const filed = await tracker.fileEvidence(
          {
            id: evidence.id,
            campaign: campaign.id,
            slots: wanted.map((one) => ({ ...one, ...(stillHolds === undefined ? {} : { stillHolds }) })),
          },
          author,
        );
        return changedReply(granted(filed));
      },
    },
    {
      id: 'withdrawEvidence',
      method: 'post',
      path: '/api/campaigns/{campaign}/evidence/{evidence}/withdrawals',
      summary: 'Retire une pièce d’une preuve',
      permission: 'verser',
      parameters: { ...CAMPAIGN, ...PIECE },
      body: { kind: 'json', schema: object({ slot: text, reason: written(1_000) }) },
      reply: changed,
      async handle({ params, body, author }) {
        const { slot, reason } = body as { readonly slot: string; readonly reason: string };
        const campaign = await campaignOf(deps, params['campaign'] ?? '');
        const { id } = slotIn(await remOf(deps, campaign), slot);
        const { evidence } = await storedIn(deps, params);
        const evidenceClass = findSlot(await remOf(deps, campaign), id)?.slot.evidenceClass ?? 'human';
        const order = { id: evidence.id, campaign: campaign.id, slot: id, evidenceClass, reason };
        return changedReply(granted(await tracker.withdrawEvidence(order, author)));
      },
    },
    {
      id: 'removeEvidence',
      method: 'post',
      path: '/api/evidence/{evidence}/removal',
      summary: 'Oublie une pièce qui n’est dans aucune preuve, et efface ses octets',
      permission: 'verser',
      parameters: PIECE,
      body: { kind: 'json', schema: object({ reason: written(1_000) }) },
      reply: { kind: 'nothing' },
      async handle({ params, body, author }) {
        const desk = need(deps.desk);
        const { reason } = body as { readonly reason: string };
        const { evidence } = await storedIn(deps, params);
        await desk.forget(granted(await tracker.removeEvidence({ id: evidence.id, reason }, author)));
        return { nothing: true };
      },
    },
  ];
}

async function storedIn({ tracker }: Deps, params: Call['params']): Promise<StoredEvidence> {
  const id = params['evidence'] ?? '';
  const stored = await tracker.evidence(id);
  if (stored !== undefined) return stored;
  throw problem('PIECE_INCONNUE', { id: id.slice(0, 20) });
}

/** @throws {Problem} 404 `PREUVE_INCONNUE`, 400 when there are too many */
function wantedSlots(rem: Rem, written: readonly string[]): readonly WantedSlot[] {
  const ids = [...new Set(written.map((id) => id.trim()).filter((id) => id !== ''))];
  if (ids.length > MOST_SLOTS) throw problem('CORPS_REFUSE', { problems: `plus de ${MOST_SLOTS} preuves` });
  return ids.map((given) => {
    const { id, requirement } = slotIn(rem, given);
    return { slot: id, references: referenceLabels(requirement.references ?? [], rem.category, rem.wave) };
  });
}

function factsOf(
  campaign: Campaign,
  rem: Rem,
  benchVersion: string,
): Pick<Evidence, 'product' | 'rem' | 'benchVersion'> {
  const { category, wave, source, sha256 } = rem;
  return {
    product: { name: campaign.product, version: campaign.version },
    rem: { category, wave, source, sha256 },
    benchVersion,
  };
}

function changedReply({ stored, moved }: ChangedEvidence, location?: string): Reply {
  return {
    view: { evidence: evidenceView(stored), moved } satisfies EvidenceChangedView,
    revision: stored.revision,
    ...(location === undefined ? {} : { location }),
  };
}

function served(
  deps: Deps,
  { context }: Call,
  { name, mediaType }: Evidence,
  sealed: { readonly sha256: string; readonly size: number },
): Reply {
  const desk = need(deps.desk);
  const { contentType, inline } = servedAs(mediaType);
  const attached = !inline || context.req.query('download') !== undefined;
  const file = name.replaceAll(/[^\w.-]/g, '_').slice(0, 120);
  return {
    response: context.body(streamOf(desk.open(sealed)), 200, {
      'content-type': attached ? 'application/octet-stream' : contentType,
      'content-length': String(sealed.size),
      'content-disposition': `${attached ? 'attachment' : 'inline'}; filename="${file}"; filename*=UTF-8''${encodeURIComponent(name)}`,
      'content-security-policy': PIECE_POLICY,
    }),
  };
}
