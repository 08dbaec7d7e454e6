import type { ProofKind, ProofSlot, Requirement } from '#dsr/rem/index.ts';
import type { CoverageMode, SuiteScenario } from './types.ts';

/** Pieces that somebody writes, signs or takes out of a drawer: no play of the product makes them. */
const PAPERS: ReadonlySet<ProofKind> = new Set([
  'attestation',
  'documentation',
  'config-extract',
  'code-extract',
  'cnda-certificate',
  'pentest-form',
  'print-scan',
]);

/** Pieces that show the screen of the product. */
const FILMS: ReadonlySet<ProofKind> = new Set(['video', 'screenshot']);

export function isFilm(kind: ProofKind): boolean {
  return FILMS.has(kind);
}

/**
 * How a slot gets its piece.
 *
 * @param scenarios those that fill the slot in the wave of the REM, in any order
 */
export function modeOf(
  slot: ProofSlot,
  requirement: Requirement,
  scenarios: readonly Pick<SuiteScenario, 'tags'>[],
): CoverageMode {
  if (scenarios.some(({ tags }) => !tags.guided)) return slot.evidenceClass === 'human' ? 'recorded' : 'automatic';
  if (scenarios.length > 0) return 'guided';
  if (slot.kinds.length > 0 && slot.kinds.every((kind) => kind === 'attestation')) return 'attestation';
  return slot.kinds.every((kind) => isPaper(kind, slot, requirement)) && canBePaper(slot, requirement)
    ? 'document'
    : 'none';
}

function isPaper(kind: ProofKind, slot: ProofSlot, requirement: Requirement): boolean {
  // A PDF of class bench is what the product hands over; one of class human is written by the vendor.
  if (kind === 'pdf') return slot.evidenceClass === 'human';
  if (kind === 'other') return declaredOnly(requirement);
  return PAPERS.has(kind);
}

/** A slot whose wording names no kind is a paper only where nothing but a statement of the vendor shows it. */
function canBePaper(slot: ProofSlot, requirement: Requirement): boolean {
  return slot.kinds.length > 0 || declaredOnly(requirement);
}

function declaredOnly({ observable = [] }: Requirement): boolean {
  return observable.length > 0 && observable.every((place) => place === 'declaration');
}
