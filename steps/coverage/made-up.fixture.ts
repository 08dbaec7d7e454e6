import type { ProofSlot, Rem, Requirement } from '#dsr/rem/index.ts';
import type { SuiteScenario } from './types.ts';

/** A slot of class human that asks for a video, changed as a test needs. */
export function slot(id: string, change: Partial<ProofSlot> = {}): ProofSlot {
  return { id, rawId: id, text: `Preuve ${id}`, kinds: ['video'], evidenceClass: 'human', ...change };
}

/** A requirement of one scenario. */
export function requirement(id: string, proofs: readonly ProofSlot[], change: Partial<Requirement> = {}): Requirement {
  const section = id.split('/')[0] ?? id;
  return {
    id,
    rawId: id,
    previousIds: [],
    profile: 'Général',
    section,
    sectionTitle: section,
    block: '',
    function: '',
    nature: 'DOIT',
    title: `Exigence ${id}`,
    statement: '',
    observable: ['mssante'],
    scenarios: [{ id: `${id}.01`, rawId: `${id}.01`, text: '', proofs }],
    ...change,
  };
}

export function rem(requirements: readonly Requirement[], change: Partial<Rem> = {}): Rem {
  return {
    category: 'RIS',
    wave: 'va1',
    layout: 'rem-wave1',
    sha256: '0'.repeat(64),
    source: 'essai.xlsx',
    requirements,
    obsolete: [],
    ...change,
  };
}

/** A scenario that plays alone in wave 1 for every product. */
export function scenario(id: string, tags: Partial<SuiteScenario['tags']>): SuiteScenario {
  return {
    id,
    feature: 'Essai',
    name: id,
    tags: { requirements: [], slots: [], waves: ['va1'], profiles: ['general'], guided: false, ...tags },
  };
}
