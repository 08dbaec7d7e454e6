import { readFileSync } from 'node:fs';

import type { Category, Wave } from '../rem/types.ts';
import type { ApplicableVersion, Reference, ReferenceData, WaveVersion } from './types.ts';

let data: ReferenceData | undefined;

function readData(): ReferenceData {
  data ??= JSON.parse(readFileSync(new URL('./versions.json', import.meta.url), 'utf8')) as ReferenceData;
  return data;
}

/** Every reference document, in the order of the data file. */
export function loadReferences(): readonly Reference[] {
  return readData().references;
}

/** The document of that id; undefined when no such id is known. */
export function findReference(id: string): Reference | undefined {
  return loadReferences().find((reference) => reference.id === id);
}

/**
 * The version of a reference document that a category has to follow in a wave: that of the category when the data
 * names one, that of the wave otherwise.
 *
 * @param id id of `versions.json`
 * @returns undefined when the document or its version is not known: a version is never guessed
 */
export function referenceVersion(id: string, category: Category, wave: Wave): ApplicableVersion | undefined {
  const ofWave = findReference(id)?.versions.filter((one) => one.wave === wave) ?? [];
  const found = ofWave.find((one) => one.category === category) ?? ofWave.find((one) => one.category === undefined);
  return found === undefined ? undefined : toApplicable(found);
}

/** Shown where the version is not known. */
export const UNKNOWN_VERSION = 'version non publiée ici';

/**
 * The same in words, for a list or a report: `2.10.0`, `2.4.0 ou ultérieure`, `1.0.1 (18/01/2024)`, and
 * « version non publiée ici » when it is not known.
 */
export function versionLabel(id: string, category: Category, wave: Wave): string {
  const found = referenceVersion(id, category, wave);
  if (found === undefined) return UNKNOWN_VERSION;
  const day = found.date?.match(/^(\d{4})-(\d{2})-(\d{2})$/);
  const date = day === null || day === undefined ? '' : ` (${day[3]}/${day[2]}/${day[1]})`;
  return `${found.version}${date}${found.orLater === true ? ' ou ultérieure' : ''}`;
}

/** A reference as a requirement cites it. */
export interface Citation {
  readonly id: string;
  /** Named by the requirement itself: it then holds, whatever the wave asks for elsewhere. */
  readonly version?: string;
}

/** Reads `gi-dmp`, or `gi-dmp@2.9.0` where the requirement names a version of its own. */
export function parseCitation(cited: string): Citation {
  const at = cited.indexOf('@');
  return at < 0 ? { id: cited } : { id: cited.slice(0, at), version: cited.slice(at + 1) };
}

/**
 * Reference documents as they are shown: `Guide d’intégration DMP, 2.4.0 ou ultérieure`; unknown ids are left out.
 *
 * @param citations what a requirement cites, see {@link parseCitation}
 */
export function referenceLabels(citations: readonly string[], category: Category, wave: Wave): readonly string[] {
  return citations.flatMap((cited) => {
    const { id, version } = parseCitation(cited);
    const reference = findReference(id);
    return reference === undefined ? [] : [`${reference.name}, ${version ?? versionLabel(id, category, wave)}`];
  });
}

function toApplicable(found: WaveVersion): ApplicableVersion | undefined {
  const source = found.source === undefined ? undefined : readData().sources[found.source];
  if (found.version === undefined || found.mark === 'U' || source === undefined) return undefined;
  return {
    version: found.version,
    ...(found.date === undefined ? {} : { date: found.date }),
    ...(found.orLater === undefined ? {} : { orLater: found.orLater }),
    mark: found.mark,
    source,
    ...(found.note === undefined ? {} : { note: found.note }),
  };
}
