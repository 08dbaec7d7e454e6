import { SglError } from '../model/index.ts';
import type { CatalogueEntries } from './catalogue.ts';
import { csvRows } from './csv.ts';
import type { Anomaly, Coded, ImportedFile } from './types.ts';

interface Settings {
  /** Codes of the biology. */
  readonly known: ReadonlySet<string>;
  readonly at: Date;
  readonly faults: ReadonlySet<string>;
}

/** Number of fields of the export that each file repeats. */
const WIDTHS = { 4: 4, 5: 9, 6: 12 } as const;
const MAX_BYTES = 16 * 1024 * 1024;

/**
 * Takes the LOINC codes of a transcoded file. A code outside the biology is told and enters; an element that is given several
 * codes is told and keeps what it has.
 */
export function importFile(
  entries: CatalogueEntries,
  file: 4 | 5 | 6,
  bytes: Uint8Array,
  { known, at, faults }: Settings,
): ImportedFile {
  const rows = readRows(bytes, WIDTHS[file]);
  const anomalies: Anomaly[] = [];
  const wanted = new Map<Coded, Map<string, string>>();
  for (const cells of rows) {
    for (const { element, codes, label } of codesOfRow(entries, file, cells)) {
      const codesOf = wanted.get(element) ?? new Map<string, string>();
      for (const code of codes) codesOf.set(code, label);
      wanted.set(element, codesOf);
    }
  }
  let taken = 0;
  for (const [element, codes] of wanted) {
    const item = element.code || element.label;
    if (codes.size > 1 && !faults.has('loi-plusieurs-codes-pris')) {
      const told = [...codes.keys()].join(', ');
      anomalies.push({ blocking: true, item, loinc: told, message: `${item} : plusieurs codes LOINC (${told}).` });
      continue;
    }
    const [[code, label] = []] = codes;
    if (code === undefined) continue;
    if (faults.has('loi-rapport-bavard')) anomalies.push({ blocking: true, item, message: `${item} : ligne lue.` });
    if (!known.has(code) && !faults.has('loi-hors-jeu-tu')) {
      const blocking = faults.has('loi-hors-jeu-bloquant');
      anomalies.push({
        blocking,
        item,
        loinc: code,
        message: `${item} : ${code} n'est pas du circuit de la biologie.`,
      });
    }
    if (faults.has('loi-import-sans-effet')) continue;
    element.loinc = { code, label: label ?? '', since: at };
    taken += 1;
  }
  return {
    anomalies,
    report: [`${rows.length} lignes lues, ${taken} codes pris.`, ...anomalies.map(({ message }) => message)].join('\n'),
  };
}

function readRows(bytes: Uint8Array, width: number): string[][] {
  if (bytes.length > MAX_BYTES) throw refused('il est trop gros');
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    text = new TextDecoder('windows-1252').decode(bytes);
  }
  const rows = csvRows(text);
  if (rows.length === 0) throw refused('il est vide');
  const wrong = rows.findIndex((cells) => cells.length <= width);
  if (wrong !== -1) throw refused(`sa ligne ${wrong + 1} n'a pas ses champs`);
  return rows;
}

function codesOfRow(
  { chapters, tests, analyses }: CatalogueEntries,
  file: 4 | 5 | 6,
  cells: readonly string[],
): { element: Coded; codes: string[]; label: string }[] {
  const at = (place: number): string => (cells[place] ?? '').trim();
  const found = (among: readonly Coded[], code: number, label: number): Coded | undefined =>
    among.find((one) => (at(code) === '' ? one.label === at(label) : one.code === at(code)));
  const given = (element: Coded | undefined, place: number) => {
    const codes = at(place)
      .split(/[\s,|]+/)
      .filter((code) => code !== '');
    return element === undefined || codes.length === 0 ? [] : [{ element, codes, label: at(place + 1) }];
  };
  if (file === 5) return given(found(tests, 0, 1), 9);
  if (file === 6) return given(found(analyses, 0, 1), 12);
  const subs = chapters.flatMap(({ subChapters }) => subChapters);
  return [...given(found(chapters, 0, 1), 4), ...given(found(subs, 2, 3), 6)];
}

function refused(why: string): SglError {
  return new SglError(
    'LOINC_FICHIER',
    `Ce fichier n'est pas intégré : ${why}.`,
    'Demandez-le de nouveau au transcodeur.',
  );
}
