import { applicableRequirements } from '#dsr/rem/index.ts';
import {
  dueRequirements,
  EXTERNAL_REFERENCE_KINDS,
  movesFrom,
  readExternalReference,
  SLOT_MOVES,
  type ChapterMove,
  type ExternalReferenceKind,
  type SlotMove,
} from '../../domain/index.ts';
import type { Permission } from '../../access/index.ts';
import { object, oneOf, ref, written, type Route } from '../contract/index.ts';
import { problem } from '../problems/index.ts';
import { slotExtras } from '../views/people.ts';
import { pieceView } from '../views/piece.ts';
import { campaignOf, granted, remOf, slotIn, type Deps } from './deps.ts';

const PARAMETERS = {
  campaign: 'Identifiant de la campagne, ou « current »',
  slot: 'Numéro de preuve, barre encodée : INS%2Fva1.28.01.01',
  section: 'Section de la REM, p. ex. INS',
} as const;

/** Who may make each move: testers bring proofs, QA reviews them, the project manager speaks for the authority. */
const NEEDED: Readonly<Record<SlotMove, Permission>> = {
  verser: 'verser',
  vider: 'verser',
  renvoyer: 'relire',
  valider: 'relire',
  deposer: 'conduire',
  'demander-complement': 'conduire',
  accepter: 'conduire',
  corriger: 'conduire',
};

/** Proof slots, and chapters that are deposited whole. */
export function slotRoutes(deps: Deps): readonly Route[] {
  const { tracker } = deps;
  return [
    {
      id: 'slot',
      method: 'get',
      path: '/api/campaigns/{campaign}/slots/{slot}',
      summary: 'Une preuve : son état, ses pièces, ses références, ce qui peut en être fait',
      permission: 'lire',
      parameters: PARAMETERS,
      reply: { kind: 'view', schema: ref('SlotStatus') },
      async handle({ params }) {
        const campaign = await campaignOf(deps, params['campaign'] ?? '');
        const { id } = slotIn(await remOf(deps, campaign), params['slot'] ?? '');
        const statuses = await tracker.slotStatuses(campaign.id);
        const status = statuses.find(({ slot }) => slot === id) ?? { slot: id, state: 'vide' as const };
        const externals = await tracker.references(campaign.id, id);
        const brought = (await tracker.evidenceOfSlots(campaign.id, [id])).get(id) ?? [];
        return {
          view: {
            slot: id,
            state: status.state,
            reason: status.reason ?? null,
            updatedAt: status.updatedAt ?? null,
            run: status.run ?? null,
            ...slotExtras(status, externals, brought),
            pieces: (await tracker.piecesOf(campaign.id, id)).map(pieceView),
          },
          revision: status.revision ?? 0,
        };
      },
    },
    {
      id: 'moveSlot',
      method: 'post',
      path: '/api/campaigns/{campaign}/slots/{slot}/moves',
      summary: 'Verse, valide, renvoie, dépose… une preuve ; chaque geste demande son droit',
      permission: 'lire',
      parameters: PARAMETERS,
      body: {
        kind: 'json',
        schema: object(
          {
            move: oneOf(SLOT_MOVES),
            reason: written(4_000),
            reference: object({ kind: oneOf(EXTERNAL_REFERENCE_KINDS), value: written(2_000) }),
          },
          ['reason', 'reference'],
        ),
      },
      reply: { kind: 'view', schema: ref('MovedSlot') },
      ifMatch: true,
      async handle({ params, body, actor, author, seen }) {
        const { move, reason, reference } = body as {
          readonly move: SlotMove;
          readonly reason?: string;
          readonly reference?: { readonly kind: ExternalReferenceKind; readonly value: string };
        };
        const permission = NEEDED[move];
        if (!actor.permissions.includes(permission)) throw problem('DROIT_ABSENT', { role: actor.role, permission });
        const campaign = await campaignOf(deps, params['campaign'] ?? '');
        const { id } = slotIn(await remOf(deps, campaign), params['slot'] ?? '');
        // Without a piece nor a reference, there is nothing to file.
        if (move === 'verser' && reference === undefined) {
          throw problem('CORPS_REFUSE', { problems: '/reference manque : dites ce que l’outil officiel a donné' });
        }
        const read = reference && granted(readExternalReference(reference.kind, reference.value));
        const moved = granted(
          await tracker.moveSlot(
            {
              campaign: campaign.id,
              slot: id,
              move,
              seen,
              ...(reason === undefined ? {} : { reason }),
              ...(read === undefined ? {} : { reference: read }),
            },
            author,
          ),
        );
        return {
          view: { ...moved, moves: movesFrom(moved.state), warning: read?.warning ?? null },
          revision: moved.revision,
        };
      },
    },
    {
      id: 'moveChapter',
      method: 'post',
      path: '/api/campaigns/{campaign}/chapters/{section}/moves',
      summary: 'Dépose un chapitre entier, ou entre sa validation par l’autorité',
      permission: 'conduire',
      parameters: PARAMETERS,
      body: { kind: 'json', schema: object({ move: oneOf(['deposer', 'valider']) }) },
      reply: { kind: 'view', schema: ref('ChapterMoved') },
      async handle({ params, body, author }) {
        const { move } = body as { readonly move: ChapterMove };
        const campaign = await campaignOf(deps, params['campaign'] ?? '');
        const rem = await remOf(deps, campaign);
        const section = params['section'] ?? '';
        const own = applicableRequirements(rem, campaign.profiles).filter((one) => one.section === section);
        if (own.length === 0) throw problem('CHAPITRE_INCONNU', { id: section.slice(0, 40) });
        const files = await tracker.requirementFiles(campaign.id);
        const leftOut = new Set(files.flatMap((file) => (file.notApplicable === undefined ? [] : [file.requirement])));
        const slots = dueRequirements(own, (id) => leftOut.has(id)).flatMap(({ scenarios }) =>
          scenarios.flatMap(({ proofs }) => proofs.map(({ id }) => id)),
        );
        const moved = granted(await tracker.moveChapter({ campaign: campaign.id, section, move, slots }, author));
        return { view: { section, slots: moved } };
      },
    },
  ];
}
