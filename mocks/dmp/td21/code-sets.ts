import shipped from './code-sets.json' with { type: 'json' };

/** Codes that one metadata may take. A list that is not complete refuses nothing. */
export interface CodeSet {
  /** `typeCode`, `classCode`, `contentTypeCode`… */
  readonly metadata: string;
  /** As a refusal cites it: `JDV_J66 (2026-06)`. */
  readonly name: string;
  readonly complete: boolean;
  /** OIDs that are admitted; those of the codes when absent or empty, any system when there is no code either. */
  readonly systems?: readonly string[];
  readonly codes: readonly { readonly code: string; readonly system: string }[];
}

/** Value sets of the metadata, in the form that the checks take (`--codes`). */
export interface CodeSets {
  readonly lists: readonly CodeSet[];
  /** classCode that a typeCode commands. */
  readonly classOfType: readonly { readonly typeCode: string; readonly classCode: string }[];
  /** Confidentiality codes that one document does not bear together. */
  readonly forbiddenTogether: readonly (readonly string[])[];
}

/** What a feeding is asked of its codes. */
export interface CodeRules {
  /** French reason when the set of that metadata is known whole and does not hold the code. */
  fault(metadata: string, code: string, system: string): string | undefined;
  /** Whether the set of that metadata is known whole: it then says alone which codes are right. */
  isWhole(metadata: string): boolean;
  /** Systems that the set of that metadata admits, none meaning any; undefined when no set is given. */
  systems(metadata: string): readonly string[] | undefined;
  /** The class that a type commands; undefined when nothing says. */
  classOf(typeCode: string): string | undefined;
  readonly forbiddenTogether: readonly (readonly string[])[];
}

export const SHIPPED_CODES: CodeSets = shipped;

/** Makes the value sets ready for the calls. Source: protocols.md §2.5, annex B.2 step 5. */
export function codeRules({ lists, classOfType, forbiddenTogether }: CodeSets): CodeRules {
  const key = (code: string, system: string): string => `${system}|${code}`;
  const whole = new Map(
    lists
      .filter(({ complete }) => complete)
      .map(({ metadata, name, codes }) => [
        metadata,
        { name, known: new Set(codes.map((one) => key(one.code, one.system))) },
      ]),
  );
  const systems = new Map(
    lists.map(({ metadata, systems: given = [], codes }) => [
      metadata,
      given.length > 0 ? given : [...new Set(codes.map(({ system }) => system))],
    ]),
  );
  const classes = new Map(classOfType.map(({ typeCode, classCode }) => [typeCode, classCode]));
  return {
    fault(metadata, code, system) {
      const set = whole.get(metadata);
      return set && !set.known.has(key(code, system))
        ? `${metadata} : code « ${code} » (${system}) hors du jeu de valeurs ${set.name}`
        : undefined;
    },
    isWhole: (metadata) => whole.has(metadata),
    systems: (metadata) => systems.get(metadata),
    forbiddenTogether,
    classOf: (typeCode) => classes.get(typeCode),
  };
}
