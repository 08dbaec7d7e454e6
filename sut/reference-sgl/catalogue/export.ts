import type { CatalogueEntries } from './catalogue.ts';
import { csvLine } from './csv.ts';

export interface ExportedFile {
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

const NAMES = { 1: 'LOINC_1_export_chapitres', 2: 'LOINC_2_export_demandes', 3: 'LOINC_3_export_resultats' } as const;

/** One of the three files for the transcoder, named after the day. */
export function writeExport(
  entries: CatalogueEntries,
  file: 1 | 2 | 3,
  at: Date,
  faults: ReadonlySet<string>,
): ExportedFile {
  const rows = spoiled(rowsOf(entries, file, faults), file, faults);
  const separator = faults.has('loi-separateur-virgule') ? ',' : ';';
  const text = rows.map((cells) => csvLine(cells, separator)).join('');
  const day = faults.has('loi-date-fixe') ? '20200102' : dayOf(at);
  const dated = faults.has('loi-nom-sans-date') ? NAMES[file] : `${NAMES[file]}_${day}`;
  const encoding = faults.has('loi-ancien-encodage') ? 'latin1' : 'utf8';
  const bytes = Buffer.from(faults.has('loi-fichier-binaire') ? `\0\u0001${text}` : text, encoding);
  return { fileName: `${dated}.csv`, bytes };
}

function rowsOf(
  { chapters, tests, analyses }: CatalogueEntries,
  file: 1 | 2 | 3,
  faults: ReadonlySet<string>,
): string[][] {
  if (file === 1) {
    return chapters.flatMap(({ code, label, subChapters }) =>
      subChapters.length === 0 ? [[code, label, '', '']] : subChapters.map((sub) => [code, label, sub.code, sub.label]),
    );
  }
  if (file === 3) {
    return analyses.map((one) => [
      one.code,
      one.label,
      one.synonym,
      one.property,
      one.unitCode,
      one.unitLabel,
      one.time,
      one.specimenCode,
      one.specimenLabel,
      one.scale,
      one.method,
      one.nabm,
    ]);
  }
  const labels = new Map(analyses.map(({ code, label }) => [code, label]));
  return tests.flatMap((test) => {
    const chapter = faults.has('loi-chapitre-inconnu') ? `${test.chapterCode}9` : test.chapterCode;
    const own = [test.code, test.label, test.synonym, chapter, test.subChapterCode, test.specimen, test.nabm];
    const pairs = test.analyses.map((code) => [code, labels.get(code) ?? '']);
    if (!faults.has('loi-analyses-groupees')) return pairs.map((pair) => [...own, ...pair]);
    return [[...own, pairs.map(([code]) => code).join(', '), pairs.map(([, label]) => label).join(', ')]];
  });
}

/** Faults that change what is written, whatever the file. */
function spoiled(rows: string[][], file: 1 | 2 | 3, faults: ReadonlySet<string>): string[][] {
  const [first = []] = rows;
  if (faults.has('loi-champ-manquant')) return rows.map((cells) => cells.slice(0, -1));
  if (faults.has('loi-champs-inverses')) return rows.map(([code = '', label = '', ...rest]) => [label, code, ...rest]);
  if (faults.has('loi-libelle-vide')) return rows.map((cells, at) => (at === 0 ? cells.with(1, '') : cells));
  if (faults.has('loi-export-partiel')) return rows.slice(0, 5);
  if (faults.has('loi-doublon') && file !== 2) return [first, ...rows];
  return rows;
}

/** `AAAAMMJJ` in France. */
function dayOf(at: Date): string {
  return new Intl.DateTimeFormat('fr-CA', { timeZone: 'Europe/Paris' }).format(at).replaceAll('-', '');
}
