import { restoreId } from '#dsr/rem/index.ts';
import type { ConformityScenario, ProofSlot, Rem, Requirement } from '#dsr/rem/index.ts';

/** One row of the exported table. */
export interface SheetRow {
  readonly requirement: Requirement;
  readonly obsolete: boolean;
  /** Absent for a requirement that has none. */
  readonly scenario?: ConformityScenario;
  /** What the cell of the scenario number holds. */
  readonly scenarioNumber: string;
  /** As many as the layout has pairs, at most. */
  readonly proofs: readonly ProofSlot[];
}

/**
 * Rows of a Rem, in its order, obsolete requirements last: one per requirement without scenario, one per scenario
 * without proof, otherwise one for each `pairs` proofs of a scenario. What does not fit goes on a continuation row that
 * repeats the numbers.
 *
 * @param pairs pairs of proof columns of the layout
 */
export function rowsOf(rem: Rem, pairs: number): readonly SheetRow[] {
  return [...rowsOfBook(rem.requirements, pairs, false), ...rowsOfBook(rem.obsolete, pairs, true)];
}

function rowsOfBook(requirements: readonly Requirement[], pairs: number, obsolete: boolean): readonly SheetRow[] {
  const written = new Set<string>();
  return requirements.flatMap((requirement): readonly SheetRow[] => {
    if (requirement.scenarios.length === 0) return [{ requirement, obsolete, scenarioNumber: '', proofs: [] }];
    return requirement.scenarios.flatMap((scenario) => {
      const again = written.has(scenario.id);
      written.add(scenario.id);
      const common = { requirement, obsolete, scenario, scenarioNumber: numberOf(scenario, requirement, again) };
      return chunks(scenario.proofs, pairs).map((chunk): SheetRow => ({ ...common, proofs: chunk }));
    });
  });
}

/**
 * The number as the workbook gave it. A scenario of several requirements may have a short number (`01`) under one of
 * them, or none: elsewhere only the whole one names it.
 */
function numberOf(scenario: ConformityScenario, requirement: Requirement, again: boolean): string {
  if (scenario.rawId === '') return again ? scenario.id : '';
  return restoreId(scenario.rawId, requirement.id) === scenario.id ? scenario.rawId : scenario.id;
}

function chunks<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  if (items.length === 0) return [[]];
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
