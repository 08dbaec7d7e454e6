import { slotsOf, type Rem } from '#dsr/rem/index.ts';
import { isOfficial, matchRems, type RequirementPair } from '#dsr/rem-diff/index.ts';
import type { SlotState, SlotStatus } from '../types.ts';
import { changesBeside, changesUnder, sentence } from './changes.ts';
import type { CarriedSlot, CarryOver, GoneSlot } from './types.ts';

interface Origin {
  readonly pair: RequirementPair;
  readonly slots: RequirementPair['slots'][number];
}

/**
 * What becomes of the states of a campaign when its REM changes (DESIGN §4.5: a piece goes `perimee` when the REM text of
 * its slot changes).
 *
 * A state is kept where the proof, its scenario and its requirement read the same, typography aside; a new number changes
 * nothing to that, nor does another nature or profile, which `note` tells beside. Otherwise it becomes `perimee`, whatever
 * the authority said of it: it spoke of another text. An empty slot stays empty.
 *
 * With the embedded catalogue on one side texts cannot be compared: the state is kept, and `why` says so.
 *
 * @param slots states known of the campaign; a slot without state is empty
 * @param profiles declared by the product, to tell a profile that it does not declare
 */
export function carryOver(
  before: Rem,
  after: Rem,
  slots: readonly SlotStatus[],
  profiles?: readonly string[],
): CarryOver {
  const wording = isOfficial(before) && isOfficial(after);
  const known = new Map(slots.map((status) => [status.slot, status]));
  const stateOf = (slot: string): SlotState => known.get(slot)?.state ?? 'vide';
  const origins = new Map<string, Origin>();
  const merged = new Map<string, string>();
  for (const match of matchRems(before, after)) {
    for (const pair of match.pairs) {
      for (const slotPair of pair.slots) origins.set(slotPair.after.slot.id, { pair, slots: slotPair });
    }
    const heirs = match.after.flatMap((place) => after.requirements[place]?.id ?? []).join(', ');
    for (const place of match.before) merged.set(before.requirements[place]?.id ?? '', heirs);
  }

  const formerIds = new Set(slotsOf(before.requirements).map(({ slot }) => slot.id));
  const carried = slotsOf(after.requirements).map(({ slot }): CarriedSlot => {
    const origin = origins.get(slot.id);
    if (origin !== undefined) return carry(slot.id, origin);
    const earlier = formerIds.has(slot.id) ? undefined : known.get(slot.id);
    if (earlier === undefined || earlier.state === 'vide') {
      return { slot: slot.id, from: null, was: 'vide', state: 'vide', why: 'new', reason: '', note: '' };
    }
    const reason = 'La preuve revient dans la REM après en avoir disparu.';
    return {
      ...touched(earlier),
      slot: slot.id,
      from: slot.id,
      was: earlier.state,
      state: 'perimee',
      why: 'back',
      reason,
      note: '',
    };
  });

  const livingIds = new Set(carried.map(({ slot }) => slot));
  const kept = new Set(Array.from(origins.values(), ({ slots: pair }) => pair.before.slot.id));
  const gone = slotsOf(before.requirements)
    .filter(({ slot }) => !kept.has(slot.id))
    .map(({ slot, requirement }): GoneSlot => {
      const heirs = merged.get(requirement.id) ?? '';
      const reason =
        heirs === ''
          ? `L’exigence ${requirement.id} n’est plus dans la REM.`
          : `La preuve n’est plus demandée par ${heirs}.`;
      const keptAs = livingIds.has(slot.id) ? `${slot.id} (REM ${before.sha256.slice(0, 8)})` : slot.id;
      return { ...touched(known.get(slot.id)), slot: slot.id, keptAs, was: stateOf(slot.id), reason };
    });
  return { slots: carried, gone };

  function carry(slot: string, { pair, slots: slotPair }: Origin): CarriedSlot {
    const from = slotPair.before.slot.id;
    const status = known.get(from);
    const was = stateOf(from);
    const note = was === 'vide' ? '' : sentence(changesBeside(pair, profiles));
    const base = { ...touched(status), slot, from, was, note };
    const changes = changesUnder(pair, slotPair, wording);
    if (changes.length > 0) {
      const state = was === 'vide' ? 'vide' : 'perimee';
      return { ...base, state, why: 'changed', reason: state === 'vide' ? '' : sentence(changes) };
    }
    // What was out of date before stays so, and keeps saying why.
    const standing = status?.reason ?? '';
    const why = from === slot ? (wording ? 'same' : 'not-compared') : 'renumbered';
    return { ...base, state: was, why, reason: standing };
  }
}

function touched(status: SlotStatus | undefined): Pick<SlotStatus, 'run' | 'updatedAt'> {
  return {
    ...(status?.run === undefined ? {} : { run: status.run }),
    ...(status?.updatedAt === undefined ? {} : { updatedAt: status.updatedAt }),
  };
}
