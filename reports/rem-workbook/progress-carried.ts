import { slotsOf, type Rem, type Requirement } from '#dsr/rem/index.ts';
import { isOfficial, sameText } from '#dsr/rem-diff/index.ts';
import { carryOver, type CarriedSlot } from '#tracker/adoption/index.ts';
import { readProgress, type ProgressSource } from './progress.ts';
import type { CampaignProgress, SlotProgress } from './types.ts';

/**
 * Where a campaign stands on a Rem that it does not follow: only what an adoption would keep, and only where the texts of
 * both lists were compared and agree. Where the embedded catalogue is on one side, that is where the other one repeats
 * its titles, as a copy exported from it does. A conclusion on a requirement is kept when all of it reads the same.
 *
 * @param campaign with the profiles that its product declares
 * @param followed the Rem that the campaign follows
 * @throws what the store throws when it cannot be read
 */
export async function readCarriedProgress(
  tracker: ProgressSource,
  campaign: Pick<CampaignProgress, 'id' | 'product'> & { readonly profiles: readonly string[] },
  followed: Rem,
  rem: Rem,
): Promise<CampaignProgress> {
  const known = await readProgress(tracker, campaign, followed);
  const statuses = await tracker.slotStatuses(campaign.id);
  const carry = carryOver(followed, rem, statuses, campaign.profiles);
  const agrees = agreement(followed, rem);
  const slots = new Map<string, SlotProgress>();
  /** Number before of each slot that asks for the same. */
  const same = new Map<string, string>();
  for (const carried of carry.slots) {
    if (carried.from === null || !agrees(carried)) continue;
    same.set(carried.slot, carried.from);
    slots.set(carried.slot, known.slots.get(carried.from) ?? { state: 'vide', pieces: [] });
  }
  const conform = new Map<string, string>();
  for (const requirement of rem.requirements) {
    const former = formerOf(requirement, followed, same);
    const word = former === undefined ? undefined : known.conform.get(former.id);
    if (word !== undefined) conform.set(requirement.id, word);
  }
  return {
    id: known.id,
    product: known.product,
    slots,
    conform,
    carried: {
      source: followed.source,
      sha256: followed.sha256,
      compared: isOfficial(followed) && isOfficial(rem),
      slots: [...slots.values()].filter(({ state }) => state !== 'vide').length,
      filled: [...known.slots.values()].filter(({ state }) => state !== 'vide').length,
    },
  };
}

/** Tells of a slot whether an adoption keeps it and both of its texts were seen to be the same. */
function agreement(followed: Rem, rem: Rem): (carried: CarriedSlot) => boolean {
  const compared = isOfficial(followed) && isOfficial(rem);
  const placesOf = ({ requirements }: Rem) => new Map(slotsOf(requirements).map((place) => [place.slot.id, place]));
  const [before, after] = [placesOf(followed), placesOf(rem)];
  return ({ slot, from, why }) => {
    if (why !== 'same' && why !== 'renumbered' && why !== 'not-compared') return false;
    if (compared) return true;
    const [old, young] = [before.get(from ?? ''), after.get(slot)];
    if (old === undefined || young === undefined) return false;
    return (
      sameText(old.slot.text, young.slot.text) &&
      sameText(old.scenario.text, young.scenario.text) &&
      sameText(old.requirement.statement, young.requirement.statement)
    );
  };
}

/**
 * The former requirement whose statement, scenarios and slots this one repeats, no more and no less; under its own number
 * first, since a scenario of several requirements stands under each. One without any slot is told by its number and its
 * statement, which both lists must have.
 */
function formerOf(requirement: Requirement, followed: Rem, same: ReadonlyMap<string, string>): Requirement | undefined {
  const due = new Set(slotIds(requirement).map((id) => same.get(id)));
  const found = followed.requirements.filter(
    (former) =>
      former.scenarios.length === requirement.scenarios.length &&
      sameText(former.statement, requirement.statement) &&
      new Set(slotIds(former)).symmetricDifference(due).size === 0,
  );
  const own = found.find(({ id }) => id === requirement.id);
  if (due.size === 0) return requirement.statement === '' ? undefined : own;
  return own ?? (found.length === 1 ? found[0] : undefined);
}

const slotIds = (requirement: Requirement): readonly string[] => slotsOf([requirement]).map(({ slot }) => slot.id);
