import { hasCatalogue, loadCatalogue, sectionTitle } from '../catalogue/index.ts';
import type { ReadProof, ReadRequirement, ReadScenario } from './requirement.ts';
import { classOf, guessKinds, isExternal } from './kinds.ts';
import { findRequirement, findScenario, findSlot } from './query.ts';
import type { Category, ConformityScenario, ProofSlot, Rem, Requirement, Wave } from './types.ts';

/** The embedded catalogue of a category and wave, or undefined when there is none. */
export function knownRem(category: Category, wave: Wave): Rem | undefined {
  return hasCatalogue(category, wave) ? loadCatalogue(category, wave) : undefined;
}

/** Adds to what the workbook says what the catalogue knows of the same ids: titles, evidence classes, what is observable. */
export function join(read: ReadRequirement, catalogue: Rem | undefined): Requirement {
  const known = catalogue && findRequirement(catalogue, read.id);
  return {
    id: read.id,
    rawId: read.rawId,
    previousIds: [...new Set([...read.previousIds, ...(known?.previousIds ?? [])])],
    profile: read.profile,
    section: read.section,
    sectionTitle: read.sectionTitle || sectionTitle(read.section),
    block: read.block,
    function: read.function,
    nature: read.nature,
    title: known?.title ?? '',
    statement: read.statement,
    ...(known?.observable === undefined ? {} : { observable: known.observable }),
    scenarios: read.scenarios.map((scenario) => joinScenario(scenario, catalogue)),
  };
}

function joinScenario(read: ReadScenario, catalogue: Rem | undefined): ConformityScenario {
  const title = catalogue && findScenario(catalogue, read.id)?.scenario.title;
  return {
    id: read.id,
    rawId: read.rawId,
    text: read.text,
    ...(title === undefined ? {} : { title }),
    proofs: read.proofs.map((proof) => joinProof(proof, catalogue)),
  };
}

/**
 * The catalogue was written by people and wins over a guess, with one exception: a wording that names an external tool
 * or body is followed, since showing a rehearsal as a proof is the one error that must not happen.
 */
function joinProof(read: ReadProof, catalogue: Rem | undefined): ProofSlot {
  const known = catalogue && findSlot(catalogue, read.id)?.slot;
  const guessed = guessKinds(read.text);
  const trusted = known !== undefined && (known.evidenceClass === 'rehearsal' || !isExternal(guessed));
  return {
    id: read.id,
    rawId: read.rawId,
    text: read.text,
    ...(known?.title === undefined ? {} : { title: known.title }),
    kinds: trusted ? known.kinds : guessed,
    evidenceClass: trusted ? known.evidenceClass : classOf(guessed),
  };
}
