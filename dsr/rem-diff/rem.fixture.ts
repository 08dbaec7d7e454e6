import type { ConformityScenario, ProofSlot, Rem, Requirement } from '../rem/types.ts';

/** A REM read from a workbook, for tests. */
export function remOf(requirements: readonly Requirement[], more: Partial<Rem> = {}): Rem {
  return {
    category: 'SGL',
    wave: 'va1',
    layout: 'rem-wave1',
    sha256: '0'.repeat(64),
    source: 'essai.xlsx',
    requirements,
    obsolete: [],
    ...more,
  };
}

export function requirementOf(id: string, more: Partial<Requirement> = {}): Requirement {
  return {
    id,
    rawId: id,
    previousIds: [],
    profile: 'Général',
    section: id.split(/[/.]/u)[0] ?? '',
    sectionTitle: '',
    block: 'Bloc',
    function: 'Fonction',
    nature: 'DOIT',
    title: '',
    statement: `Énoncé ${id}`,
    scenarios: [scenarioOf(`${id}.01`)],
    ...more,
  };
}

export function scenarioOf(id: string, more: Partial<ConformityScenario> = {}): ConformityScenario {
  return { id, rawId: id, text: 'Étapes du scénario', proofs: [slotOf(`${id}.01`)], ...more };
}

export function slotOf(id: string, more: Partial<ProofSlot> = {}): ProofSlot {
  return { id, rawId: id, text: 'Vidéo du déroulé', kinds: ['video'], evidenceClass: 'human', ...more };
}
