/** What the tags of a scenario say, in the words of DESIGN §4.4. */
export interface ScenarioTags {
  readonly requirements: readonly string[];
  readonly slots: readonly string[];
  readonly waves: readonly string[];
  readonly profiles: readonly string[];
  /** `@guide`: its steps are acted by a tester, the bench only tells what to do and looks. */
  readonly guided: boolean;
}

/**
 * Reads `@exigence:ID`, `@preuve:ID`, `@vague:va1`, `@profil:slug`, `@guide`; other tags are left to the tag
 * expressions.
 */
export function readTags(names: readonly string[]): ScenarioTags {
  const values = (key: string): string[] => {
    const prefix = `@${key}:`;
    return [...new Set(names.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length)))];
  };
  return {
    requirements: values('exigence'),
    slots: values('preuve'),
    waves: values('vague'),
    profiles: values('profil'),
    guided: names.includes('@guide'),
  };
}
