import { GENERAL_PROFILE, profileSlug } from '../profiles/index.ts';
import { normaliseId } from './id.ts';
import type { ConformityScenario, ProofSlot, Rem, Requirement } from './types.ts';

/** A slot with what it stands under. */
export interface SlotPlace {
  readonly slot: ProofSlot;
  readonly scenario: ConformityScenario;
  readonly requirement: Requirement;
}

export interface ScenarioPlace {
  readonly scenario: ConformityScenario;
  readonly requirement: Requirement;
}

interface Index {
  readonly requirements: ReadonlyMap<string, Requirement>;
  readonly scenarios: ReadonlyMap<string, ScenarioPlace>;
  readonly slots: ReadonlyMap<string, SlotPlace>;
}

// A Rem never changes once read, and the tracker looks slots up by the thousand.
const indexes = new WeakMap<Rem, Index>();

function indexOf(rem: Rem): Index {
  const known = indexes.get(rem);
  if (known !== undefined) return known;
  const requirements = new Map<string, Requirement>();
  const scenarios = new Map<string, ScenarioPlace>();
  const slots = new Map<string, SlotPlace>();
  for (const requirement of rem.requirements) {
    requirements.set(requirement.id, requirement);
    for (const scenario of requirement.scenarios) {
      scenarios.set(scenario.id, { scenario, requirement });
      for (const slot of scenario.proofs) slots.set(slot.id, { slot, scenario, requirement });
    }
  }
  // People also type the number as the official list prints it, even when it lost its prefix there.
  const byRawId = Array.from(slots.values(), (place) => [normaliseId(place.slot.rawId), place] as const);
  for (const [raw, place] of byRawId) {
    if (!slots.has(raw)) slots.set(raw, place);
  }
  const index = { requirements, scenarios, slots };
  indexes.set(rem, index);
  return index;
}

/**
 * Requirements that a product must answer for: those of the general profile and of its declared ones.
 * A requirement without profile (a fault of the workbook, message C1) is kept: nothing is lost in silence.
 *
 * @param profiles slugs or REM names, in any order; `general` may be left out
 */
export function applicableRequirements(rem: Rem, profiles: readonly string[]): readonly Requirement[] {
  const declared = new Set([GENERAL_PROFILE, '', ...profiles.map(profileSlug)]);
  return rem.requirements.filter((requirement) => declared.has(profileSlug(requirement.profile)));
}

/** The requirement of that id, written as anybody writes it; undefined when the Rem has none. */
export function findRequirement(rem: Rem, id: string): Requirement | undefined {
  return indexOf(rem).requirements.get(normaliseId(id));
}

/** The scenario of that id, with its requirement. */
export function findScenario(rem: Rem, id: string): ScenarioPlace | undefined {
  return indexOf(rem).scenarios.get(normaliseId(id));
}

/** The proof slot of that id, with its scenario and requirement. */
export function findSlot(rem: Rem, id: string): SlotPlace | undefined {
  return indexOf(rem).slots.get(normaliseId(id));
}

/** All slots of some requirements, in the order of the Rem. */
export function slotsOf(requirements: readonly Requirement[]): readonly SlotPlace[] {
  return requirements.flatMap((requirement) =>
    requirement.scenarios.flatMap((scenario) => scenario.proofs.map((slot) => ({ slot, scenario, requirement }))),
  );
}

/** The numbers that a Rem gives to what the embedded catalogue describes. */
export interface NumbersHere {
  /** By number of the catalogue; nothing for what the Rem does not have, or whose number it gave to something else. */
  readonly requirements: ReadonlyMap<string, string>;
  readonly slots: ReadonlyMap<string, string>;
}

const numbers = new WeakMap<Rem, NumbersHere>();

/**
 * Features and rules name requirements as the embedded catalogue does. A list in use may have renumbered them, or given
 * their number to something else: what is tagged is found through here, never by its number alone.
 */
export function numbersHere(rem: Rem): NumbersHere {
  const known = numbers.get(rem);
  if (known !== undefined) return known;
  const requirements = new Map<string, string>();
  const slots = new Map<string, string>();
  for (const requirement of rem.requirements) {
    if (requirement.numberReused === true) continue;
    requirements.set(requirement.knownAs ?? requirement.id, requirement.id);
    for (const scenario of requirement.scenarios) {
      for (const slot of scenario.proofs) slots.set(slot.knownAs ?? slot.id, slot.id);
    }
  }
  const here = { requirements, slots };
  numbers.set(rem, here);
  return here;
}
