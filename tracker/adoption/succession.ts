import type { Category, Rem, Wave } from '#dsr/rem/index.ts';
import { isOfficial, matchRems, sameText, type RequirementPair } from '#dsr/rem-diff/index.ts';
import type { Assignment, Carrier, NotApplicable, Remark } from '../domain/index.ts';
import type { SlotState, SlotStatus } from '../types.ts';
import { changesUnder, sentence } from './changes.ts';

/** What people decided about a requirement. */
export interface Decisions {
  readonly requirement: string;
  readonly notApplicable?: NotApplicable;
  readonly carrier?: Carrier;
  readonly assignment?: Assignment;
  readonly remarks?: readonly Remark[];
}

/** One side of a succession: a campaign, or the one that follows it. */
export interface CampaignSide {
  readonly product: { readonly name: string; readonly version: string };
  readonly rem: Rem;
  readonly profiles: readonly string[];
}

/** What the new campaign is besides the former one; several may hold at once. */
export type SuccessionKind = 'version' | 'rem' | 'couloir' | 'vague';

export interface SucceedingSlot {
  /** In the new campaign. */
  readonly slot: string;
  /** In the former one; null when nothing there corresponds. */
  readonly from: string | null;
  readonly was: SlotState;
  readonly state: SlotState;
  /** French: why it has to be done again; empty when nothing was there, or when it stands as it was. */
  readonly reason: string;
}

export interface SucceedingDecisions extends Decisions {
  /** In the former campaign. */
  readonly from: string;
  /** French: what somebody must confirm, since the statement is not the one that was decided on. */
  readonly toConfirm: readonly string[];
}

/** What a new campaign takes from a former one: shown before anything is written. */
export interface Succession {
  readonly kinds: readonly SuccessionKind[];
  readonly slots: readonly SucceedingSlot[];
  readonly decisions: readonly SucceedingDecisions[];
  /** What has no place in the new campaign; it stays in the former one, untouched. */
  readonly left: {
    readonly slots: readonly { readonly slot: string; readonly was: SlotState }[];
    readonly requirements: readonly string[];
  };
}

/**
 * What carries over from a campaign to the one that follows it: another version of the product, of the REM, another couloir,
 * another wave. The former campaign is not changed.
 *
 * A piece speaks for the version of the product that it was made with and for the text that it answers (DESIGN §4.5): with
 * another version it is `perimee`; with the same version, in another couloir or wave, a person looks at it again (`a-revoir`)
 * where the texts are the same, and it is `perimee` where they are not. What the authority said belongs to the former file.
 *
 * @param slots states of the former campaign; absent means empty
 * @param decisions of its requirements
 */
export function planSuccession(
  before: CampaignSide,
  after: CampaignSide,
  slots: readonly SlotStatus[],
  decisions: readonly Decisions[],
): Succession {
  const kinds = kindsOf(before, after);
  const wording = isOfficial(before.rem) && isOfficial(after.rem);
  const states = new Map(slots.map(({ slot, state }) => [slot, state]));
  const decided = new Map(decisions.map((one) => [one.requirement, one]));
  const takenSlots = new Set<string>();
  const takenRequirements = new Set<string>();
  const carried: SucceedingSlot[] = [];
  const kept: SucceedingDecisions[] = [];
  for (const { pairs, after: places } of matchRems(before.rem, after.rem)) {
    const paired = new Map<string, SucceedingSlot>();
    for (const pair of pairs) {
      for (const one of pair.slots) {
        const from = one.before.slot.id;
        takenSlots.add(from);
        const was = states.get(from) ?? 'vide';
        paired.set(one.after.slot.id, {
          slot: one.after.slot.id,
          from,
          was,
          ...settled(was, kinds, sentence(changesUnder(pair, one, wording)), before, after),
        });
      }
      const own = decided.get(pair.before.id);
      if (own !== undefined) {
        takenRequirements.add(pair.before.id);
        kept.push(carriedDecisions(own, pair, wording, after));
      }
    }
    for (const place of places) {
      for (const { proofs } of after.rem.requirements[place]?.scenarios ?? []) {
        for (const { id } of proofs) {
          carried.push(paired.get(id) ?? { slot: id, from: null, was: 'vide', state: 'vide', reason: '' });
        }
      }
    }
  }
  return {
    kinds,
    slots: carried,
    decisions: kept,
    left: {
      slots: slots
        .filter(({ slot, state }) => state !== 'vide' && !takenSlots.has(slot))
        .map(({ slot, state }) => ({ slot, was: state })),
      requirements: decisions.map(({ requirement }) => requirement).filter((id) => !takenRequirements.has(id)),
    },
  };
}

function kindsOf(before: CampaignSide, after: CampaignSide): readonly SuccessionKind[] {
  const category: Category = before.rem.category;
  const wave: Wave = before.rem.wave;
  const otherList = category !== after.rem.category || wave !== after.rem.wave;
  return [
    ...(before.product.version === after.product.version ? [] : (['version'] as const)),
    ...(category === after.rem.category ? [] : (['couloir'] as const)),
    ...(wave === after.rem.wave ? [] : (['vague'] as const)),
    ...(otherList || before.rem.sha256 === after.rem.sha256 ? [] : (['rem'] as const)),
  ];
}

function settled(
  was: SlotState,
  kinds: readonly SuccessionKind[],
  changes: string,
  before: CampaignSide,
  after: CampaignSide,
): { readonly state: SlotState; readonly reason: string } {
  if (was === 'vide') return { state: 'vide', reason: '' };
  if (kinds.includes('version')) {
    const reason = `La pièce vaut pour la version ${before.product.version}, pas pour la version ${after.product.version}.`;
    return { state: 'perimee', reason: changes === '' ? reason : `${reason} ${changes}` };
  }
  if (changes !== '') return { state: 'perimee', reason: changes };
  if (kinds.includes('couloir') || kinds.includes('vague')) {
    const list = `${before.rem.category} vague ${before.rem.wave.slice(2)}`;
    return { state: 'a-revoir', reason: `La pièce a été faite pour ${list} : vérifiez qu’elle répond ici aussi.` };
  }
  return { state: was, reason: '' };
}

function carriedDecisions(
  own: Decisions,
  { before, after }: RequirementPair,
  wording: boolean,
  side: CampaignSide,
): SucceedingDecisions {
  const reworded = wording && !sameText(before.statement, after.statement);
  const toConfirm = [
    ...(own.notApplicable !== undefined && reworded
      ? ['La non-applicabilité a été décidée sur un autre énoncé : relisez la condition.']
      : []),
    ...(own.carrier?.kind === 'partenaire'
      ? [
          `${own.carrier.product} : vérifiez que sa référence vaut pour ${side.rem.category} vague ${side.rem.wave.slice(2)}.`,
        ]
      : []),
  ];
  // A date that was set for the former file means nothing for the next one.
  const { due: _, ...assignment } = own.assignment ?? {};
  return {
    ...own,
    requirement: after.id,
    from: before.id,
    ...(own.assignment === undefined ? {} : { assignment }),
    toConfirm,
  };
}
