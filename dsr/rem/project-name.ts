/** A project of the ANS: shared base or couloir, then its trigram. */
const PROJECT = /(?<![\p{L}\d])(?:SC|CH)_[\p{L}\d_-]*/giu;
const RIGHT = /^(?:SC|CH)_([A-Z]{2,3})_/u;

export interface ProjectName {
  readonly name: string;
  /** Two or three capitals, when the name has the form `X_TRIGRAM_…`. */
  readonly trigram?: string;
}

/**
 * Names of projects of the ANS tool in the title rows or in the name of the file, for check C14.
 *
 * @param texts title cells, file name
 */
export function projectNames(texts: readonly string[]): readonly ProjectName[] {
  const names = new Set(texts.flatMap((text) => text.slice(0, 500).match(PROJECT) ?? []));
  return [...names].map((name) => {
    const trigram = RIGHT.exec(name)?.[1];
    return trigram === undefined ? { name } : { name, trigram };
  });
}
