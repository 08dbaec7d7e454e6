import { compareSections, slotsOf } from '#dsr/catalogue/index.ts';
import type { EvidenceClass, ProofSlot, Rem, Requirement } from '#dsr/rem/index.ts';
import { tagsHere } from '../suite/tags-here.ts';
import { modeOf } from './modes.ts';
import { profilesFor } from './profiles.ts';
import { reasonOf } from './reasons.ts';
import type { Coverage, CoverageMode, ModeCounts, SectionCoverage, SlotCoverage, SuiteScenario } from './types.ts';

/** In the order in which they are shown. */
export const MODES: readonly CoverageMode[] = ['automatic', 'recorded', 'guided', 'attestation', 'document', 'none'];

const CLASSES: readonly EvidenceClass[] = ['bench', 'rehearsal', 'human'];

/** A part of a Rem. */
export interface CoveredPart {
  readonly only?: (requirement: Requirement) => boolean;
  readonly classes?: readonly EvidenceClass[];
}

interface Place {
  readonly slot: ProofSlot;
  /** In the order of the Rem; the first one counts the slot. */
  readonly owners: readonly [Requirement, ...Requirement[]];
}

/**
 * What the suite covers of a REM, slot by slot. A scenario counts when a run of that REM can play it: its wave, and the
 * general profile or one that its products may declare.
 *
 * @param rem any Rem, embedded or imported; its obsolete requirements are left out
 * @param suite scenarios of the features, see `readSuite`
 * @param part what to speak of, when not the whole Rem
 */
export function coverageOf(rem: Rem, suite: readonly SuiteScenario[], part: CoveredPart = {}): Coverage {
  const { only = () => true, classes = CLASSES } = part;
  const requirements = rem.requirements.filter(only);
  const profiles = new Set(profilesFor(rem));
  const plays = ({ tags }: SuiteScenario): boolean =>
    tags.waves.includes(rem.wave) && tags.profiles.some((profile) => profiles.has(profile));
  const playable = suite.filter(plays);
  const fills = indexBy(playable, ({ tags }) => tagsHere(tags, rem).slots);
  const judges = indexBy(playable, ({ tags }) => tagsHere(tags, rem).requirements);
  const fillsElsewhere = indexBy(
    suite.filter((scenario) => !plays(scenario)),
    ({ tags }) => tagsHere(tags, rem).slots,
  );

  const slots = placesOf(requirements)
    .filter(({ slot }) => classes.includes(slot.evidenceClass))
    .map(({ slot, owners }): SlotCoverage => {
      const [requirement] = owners;
      const filling = (fills.get(slot.id) ?? []).toSorted(better);
      const mode = modeOf(slot, requirement, filling);
      const { summary, reason } = reasonOf(mode, {
        slot,
        requirement,
        wave: rem.wave,
        filling,
        judging: [...new Set(owners.flatMap(({ id }) => judges.get(id) ?? []))],
        elsewhere: fillsElsewhere.get(slot.id) ?? [],
      });
      return {
        id: slot.id,
        requirement: requirement.id,
        requirements: owners.map(({ id }) => id),
        section: requirement.section,
        title: slot.title ?? slot.text,
        class: slot.evidenceClass,
        kinds: slot.kinds,
        ...(slot.condition === undefined ? {} : { condition: slot.condition }),
        ...(slot.classifiedBy === undefined ? {} : { classifiedBy: slot.classifiedBy }),
        ...(slot.classifiedReason === undefined ? {} : { classifiedReason: slot.classifiedReason }),
        mode,
        scenario: filling[0]?.id ?? null,
        scenarios: filling.map(({ id }) => id),
        summary,
        reason,
      };
    })
    .toSorted((left, right) => compareSections(left.section, right.section));
  return {
    category: rem.category,
    wave: rem.wave,
    source: rem.source,
    sections: sectionsOf(requirements, slots),
    totals: countsOf(slots),
    classes: Object.fromEntries(
      CLASSES.map((one) => [one, countsOf(slots.filter((slot) => slot.class === one))]),
    ) as Coverage['classes'],
    slots,
  };
}

/** Slots, each once: a workbook may publish one under several requirements. */
function placesOf(requirements: readonly Requirement[]): readonly Place[] {
  const places = new Map<string, { slot: ProofSlot; owners: [Requirement, ...Requirement[]] }>();
  for (const { slot, requirement } of slotsOf(requirements)) {
    const known = places.get(slot.id);
    if (known === undefined) places.set(slot.id, { slot, owners: [requirement] });
    else if (!known.owners.includes(requirement)) known.owners.push(requirement);
  }
  return [...places.values()];
}

function sectionsOf(requirements: readonly Requirement[], slots: readonly SlotCoverage[]): readonly SectionCoverage[] {
  const titles = new Map<string, string>();
  for (const { section, sectionTitle } of requirements) {
    if (!titles.has(section)) titles.set(section, sectionTitle);
  }
  const bySection = Map.groupBy(slots, ({ section }) => section);
  return Array.from(titles, ([section, title]): SectionCoverage => {
    const own = bySection.get(section) ?? [];
    const classes = Object.fromEntries(
      CLASSES.map((one) => [one, own.filter((slot) => slot.class === one).length]),
    ) as SectionCoverage['classes'];
    return { section, title, ...countsOf(own), classes };
  }).toSorted((left, right) => compareSections(left.section, right.section));
}

function countsOf(slots: readonly SlotCoverage[]): ModeCounts & { readonly slots: number } {
  const counts = Object.fromEntries(MODES.map((mode) => [mode, 0])) as Record<CoverageMode, number>;
  for (const { mode } of slots) counts[mode] += 1;
  return { slots: slots.length, ...counts };
}

/** What plays alone first, then what fills the fewest slots: it was written for this one. */
function better(left: SuiteScenario, right: SuiteScenario): number {
  return Number(left.tags.guided) - Number(right.tags.guided) || left.tags.slots.length - right.tags.slots.length;
}

function indexBy(
  suite: readonly SuiteScenario[],
  keys: (scenario: SuiteScenario) => readonly string[],
): ReadonlyMap<string, readonly SuiteScenario[]> {
  const index = new Map<string, SuiteScenario[]>();
  for (const scenario of suite) {
    for (const key of keys(scenario)) {
      const known = index.get(key);
      if (known) known.push(scenario);
      else index.set(key, [scenario]);
    }
  }
  return index;
}
