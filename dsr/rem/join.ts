import { hasCatalogue, knownRequirement, loadCatalogue, sectionTitle } from '../catalogue/index.ts';
import { classifyProof, isExternal } from '../proof-kinds/index.ts';
import type { ReadProof, ReadRequirement, ReadScenario } from './requirement.ts';
import { isUnder } from './id.ts';
import { findRequirement } from './query.ts';
import type { Recognition } from './recognise.ts';
import type { Category, ConformityScenario, ProofSlot, Rem, Requirement, Wave } from './types.ts';

/** The embedded catalogue of a category and wave, or undefined when there is none. */
export function knownRem(category: Category, wave: Wave): Rem | undefined {
  return hasCatalogue(category, wave) ? loadCatalogue(category, wave) : undefined;
}

/**
 * What is known of a requirement: by the catalogue of its couloir, or by the shared base whatever the couloir. A number
 * written with the prefix of a project (`SC.DMP/UX.14`) is that of the base.
 */
export function knownRequirementOf(id: string, catalogue: Rem | undefined): Requirement | undefined {
  const ofCouloir = catalogue && findRequirement(catalogue, id);
  return ofCouloir ?? knownRequirement(id) ?? knownRequirement(id.replace(/^(?:SC|CH|[A-Z]{3})\./u, ''));
}

/**
 * Adds to what the workbook says what the catalogue knows of the same requirement: titles, evidence classes, what is
 * observable.
 *
 * @param recognition which requirement of the catalogue it is; absent when the catalogue does not have its number
 */
export function join(read: ReadRequirement, catalogue: Rem | undefined, recognition?: Recognition): Requirement {
  const isReused = recognition !== undefined && 'reused' in recognition;
  const knownId = recognition !== undefined && 'known' in recognition ? recognition.known : read.id;
  const known = isReused ? undefined : knownRequirementOf(knownId, catalogue);
  const scenarios = new Map(known?.scenarios.map((scenario) => [scenario.id, scenario]));
  const slots = new Map(known?.scenarios.flatMap((scenario) => scenario.proofs.map((slot) => [slot.id, slot])));
  // What stands under a renumbered requirement follows its number.
  const inCatalogue = (id: string): string =>
    known !== undefined && isUnder(id, read.id) ? known.id + id.slice(read.id.length) : id;
  return {
    id: read.id,
    rawId: read.rawId,
    ...(known === undefined || known.id === read.id ? {} : { knownAs: known.id }),
    ...(isReused ? { numberReused: true } : {}),
    previousIds: [...new Set([...read.previousIds, ...(known?.previousIds ?? [])])],
    profile: read.profile,
    section: read.section,
    ...(read.sectionDerived === true ? { sectionDerived: true } : {}),
    sectionTitle: read.sectionTitle || sectionTitle(read.section),
    block: read.block,
    function: read.function,
    nature: read.nature,
    title: known?.title ?? '',
    statement: read.statement,
    ...(isEmpty(read.notes) ? {} : { notes: read.notes }),
    ...(isEmpty(read.vendor) ? {} : { vendor: read.vendor }),
    ...(known?.observable === undefined ? {} : { observable: known.observable }),
    ...(known?.observation === undefined ? {} : { observation: known.observation }),
    ...(known?.references === undefined ? {} : { references: known.references }),
    scenarios: read.scenarios.map((scenario) => joinScenario(scenario, scenarios, slots, inCatalogue)),
  };
}

const isEmpty = (notes: object): boolean => Object.keys(notes).length === 0;

function joinScenario(
  read: ReadScenario,
  scenarios: ReadonlyMap<string, ConformityScenario>,
  slots: ReadonlyMap<string, ProofSlot>,
  inCatalogue: (id: string) => string,
): ConformityScenario {
  const known = scenarios.get(inCatalogue(read.id));
  return {
    id: read.id,
    rawId: read.rawId,
    text: read.text,
    ...(known === undefined || known.id === read.id ? {} : { knownAs: known.id }),
    ...(known?.title === undefined ? {} : { title: known.title }),
    ...(isEmpty(read.notes) ? {} : { notes: read.notes }),
    proofs: read.proofs.map((proof) => joinProof(proof, slots.get(inCatalogue(proof.id)))),
  };
}

/**
 * The catalogue was written by people and wins over a guess, with two exceptions. A wording that names an external tool
 * or body is followed, since showing a rehearsal as a proof is the one error that must not happen; so is a wording that
 * names nothing of what the catalogue says, since the list was then rewritten. Our own title in the place of a wording
 * (`rem export` of the embedded catalogue) is no wording.
 */
function joinProof(read: ReadProof, known: ProofSlot | undefined): ProofSlot {
  const guessed = classifyProof(read.text);
  const named = guessed.kinds.filter((kind) => kind !== 'other');
  const agrees = known !== undefined && (named.length === 0 || named.some((kind) => known.kinds.includes(kind)));
  const trusted =
    known !== undefined &&
    (read.text === known.title || (agrees && (known.evidenceClass === 'rehearsal' || !isExternal(guessed.kinds))));
  return {
    id: read.id,
    rawId: read.rawId,
    text: read.text,
    ...(known === undefined || known.id === read.id ? {} : { knownAs: known.id }),
    ...(known?.title === undefined ? {} : { title: known.title }),
    ...(trusted
      ? {
          kinds: known.kinds,
          ...(known.alternatives === undefined ? {} : { alternatives: known.alternatives }),
          ...(known.condition === undefined ? {} : { condition: known.condition }),
          evidenceClass: known.evidenceClass,
          classifiedBy: 'catalogue',
        }
      : { ...guessed, classifiedBy: 'wording' }),
  };
}
