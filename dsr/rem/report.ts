import type { Category, Rem, RemMapping, RemMessage, Wave } from './types.ts';

/** The JSON document of `jalon rem import`. */
export interface ImportReport {
  readonly category: Category;
  readonly wave: Wave;
  readonly layout: string;
  readonly requirements: number;
  readonly scenarios: number;
  readonly proofs: number;
  /** Names of profiles as the REM writes them, in the order in which they first appear. */
  readonly profiles: readonly string[];
  /** Requirements that the workbook marks obsolete: in no count above. */
  readonly obsolete: number;
  readonly messages: readonly RemMessage[];
  /** What was found where. */
  readonly mapping?: RemMapping;
}

/** Counts a Rem after grouping; a scenario that serves several requirements counts once, like its proofs. */
export function toImportReport(rem: Rem, messages: readonly RemMessage[]): ImportReport {
  const scenarios = new Map(
    rem.requirements.flatMap((one) => one.scenarios.map((scenario) => [scenario.id, scenario])),
  );
  const proofs = new Set([...scenarios.values()].flatMap((scenario) => scenario.proofs.map((proof) => proof.id)));
  return {
    category: rem.category,
    wave: rem.wave,
    layout: rem.layout,
    requirements: rem.requirements.length,
    scenarios: scenarios.size,
    proofs: proofs.size,
    profiles: [...new Set(rem.requirements.map((one) => one.profile))].filter((profile) => profile !== ''),
    obsolete: rem.obsolete.length,
    messages,
    ...(rem.mapping === undefined ? {} : { mapping: rem.mapping }),
  };
}
