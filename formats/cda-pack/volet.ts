import models from './models.json' with { type: 'json' };
import type { VoletChoice } from './types.ts';

const MODELS: Readonly<Record<string, string>> = models.models;
/** `CI-SIS_BIO-CR-BIO_2024.01.sch`, `CI-SIS_VSM_1.4_2022.01.sch`. */
const FILE = /^schematrons\/CI-SIS_(?<model>.+?)_(?<version>\d[\d._]*)\.sch$/i;

export interface TemplateId {
  readonly root: string;
  readonly extension?: string;
}

/**
 * Chooses the schematron of the model of a document, by its templateId: root names the model, extension its version. A
 * document whose templateId has no extension is of a model older than this habit: the oldest version of the pack.
 *
 * @param paths files of the pack
 * @param isStructured whether the document has a structuredBody; the others have no schematron of their own
 */
export function chooseVolet(
  paths: readonly string[],
  templateIds: readonly TemplateId[],
  isStructured: boolean,
): VoletChoice {
  if (!isStructured) return { kind: 'unstructured' };
  const named = templateIds.find(({ root }) => MODELS[root] !== undefined);
  const model = named === undefined ? undefined : MODELS[named.root];
  if (named === undefined || model === undefined)
    return { kind: 'unknown', templateIds: templateIds.map(({ root }) => root) };
  const versions = paths
    .flatMap((file) => {
      const groups = FILE.exec(file)?.groups;
      return groups?.['model']?.toLowerCase() === model.toLowerCase()
        ? [{ file, version: groups['version'] ?? '' }]
        : [];
    })
    .sort((one, other) => rank(one.version).localeCompare(rank(other.version), 'en', { numeric: true }));
  const wanted = named.extension;
  const found = wanted === undefined ? versions[0] : versions.find(({ version }) => rank(version) === wanted);
  if (found !== undefined) return { kind: 'found', model, ...found };
  return { kind: 'no-version', model, version: wanted ?? '', known: versions.map(({ version }) => version) };
}

/** `1.4_2022.01` is the edition of 2022.01. */
function rank(version: string): string {
  return version.split('_').at(-1) ?? version;
}
