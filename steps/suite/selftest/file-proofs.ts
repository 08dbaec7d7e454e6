import type { Rule } from '#dsr/verdict/index.ts';
import table from '../file-proofs.json' with { type: 'json' };
import type { ExpectedFault } from './types.ts';

/**
 * A rule that no run of the reference SGL can break, because it judges a file brought by a person or a situation that
 * the product is never in: a test of the checks breaks it instead.
 */
export interface FileProof {
  readonly rule: string;
  /** French: why no fault can break it. */
  readonly why: string;
  /** Test that names the rule and breaks it, from the root of the repository. */
  readonly test: string;
}

export function readFileProofs(): readonly FileProof[] {
  return table.proofs.flatMap(({ why, test, rules }) => rules.map((rule) => ({ rule, why, test })));
}

/** Entries that are no more true: no check has the rule, or a fault breaks it by now. */
export function staleProofs(
  proofs: readonly FileProof[],
  rules: readonly Rule[],
  known: readonly Pick<ExpectedFault, 'name' | 'rules'>[],
): readonly string[] {
  return proofs.flatMap(({ rule }) => {
    const fault = known.find((each) => each.rules.includes(rule));
    if (fault) return [`${rule} : prouvée par un fichier, et par la faute ${fault.name} : une preuve suffit`];
    return rules.some(({ id }) => id === rule)
      ? []
      : [`${rule} : prouvée par un fichier, aucun contrôle n'a cette règle`];
  });
}
