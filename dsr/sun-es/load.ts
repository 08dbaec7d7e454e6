import {
  readDataFile,
  shippedFigures,
  shippedJson,
  type DataProblem,
  type DataReading,
} from '../official-data/index.ts';
import type { SunesFigures } from './types.ts';

type FiguresFile = Omit<SunesFigures, 'data' | 'process'> & {
  readonly version: string;
  readonly source: string;
  readonly process?: readonly string[];
};

const figuresSchema = shippedJson(import.meta.url, 'sun-es.schema.json');

/** The figures of SUN-ES shipped with Jalon. */
export const loadSunesFigures = shippedFigures(import.meta.url, 'sun-es.json', (text) => readSunesFigures(text));

/**
 * Reads a file of figures (`sun-es.schema.json`), which replaces those shipped as a whole.
 *
 * @param file its path, named in every report that follows from it
 * @returns the figures, or everything wrong in the file with its JSON path
 */
export function readSunesFigures(text: string, file?: string): DataReading<SunesFigures> {
  const reading = readDataFile<FiguresFile>(text, figuresSchema());
  if (!reading.ok) return reading;
  const problems = danglingNames(reading.value);
  if (problems.length > 0) return { ok: false, problems };
  const {
    version,
    source,
    windows,
    domains,
    indicators,
    categories,
    prerequisites,
    process = [],
    unknown,
  } = reading.value;
  const data = { version, source, ...(file === undefined ? {} : { file }) };
  return { ok: true, value: { data, windows, domains, indicators, categories, prerequisites, process, unknown } };
}

/** Names of windows and domains that the file itself does not define, bounds and amounts the wrong way round. */
function danglingNames(file: FiguresFile): readonly DataProblem[] {
  const windows = new Set(file.windows.map(({ id }) => id));
  const domains = new Set(file.domains.map(({ id }) => id));
  const problem = (path: string, message: string): DataProblem => ({
    code: 'DATA_NAME',
    path,
    message,
    remedy: 'Corrigez-le, ou ajoutez ce qui manque.',
  });
  return [
    ...file.indicators.flatMap(({ domain, targets }, index) => [
      ...(domains.has(domain)
        ? []
        : [problem(`/indicators/${index}/domain`, `Le domaine « ${domain} » n'est pas défini.`)]),
      ...Object.keys(targets)
        .filter((window) => !windows.has(window))
        .map((window) => problem(`/indicators/${index}/targets`, `La fenêtre « ${window} » n'est pas définie.`)),
    ]),
    ...file.categories.flatMap(({ id, activityMin, activityMax, lumpSums }, index) => [
      ...(activityMin <= activityMax
        ? []
        : [problem(`/categories/${index}`, `La catégorie ${id} finit avant de commencer.`)]),
      ...Object.entries(lumpSums).flatMap(([domain, [least, most]]) => [
        ...(domains.has(domain)
          ? []
          : [problem(`/categories/${index}/lumpSums`, `Le domaine « ${domain} » n'est pas défini.`)]),
        ...(least <= most
          ? []
          : [problem(`/categories/${index}/lumpSums/${domain}`, 'Le minimum dépasse le maximum.')]),
      ]),
    ]),
  ];
}
