import { SglError } from '../model/index.ts';
import circuit from './circuit.json' with { type: 'json' };
import entries from './entries.json' with { type: 'json' };
import { writeExport, type ExportedFile } from './export.ts';
import { importFile } from './import.ts';
import type { Analysis, Chapter, Coded, CodedKind, ImportedFile, Test } from './types.ts';

export interface CatalogueEntries {
  readonly chapters: readonly Chapter[];
  readonly tests: readonly Test[];
  readonly analyses: readonly Analysis[];
}

/** The catalogue of the laboratory: chapters, examinations that can be prescribed, analyses, with their LOINC codes. */
export interface Catalogue {
  readonly entries: CatalogueEntries;
  /** The file for the transcoder. */
  export(file: 1 | 2 | 3): ExportedFile;
  /** The file that the transcoder gave back. @throws {SglError} `LOINC_FICHIER` when it is not one */
  import(file: 4 | 5 | 6, bytes: Uint8Array): ImportedFile;
  /** @throws {SglError} `CATALOGUE_INCONNU`, `LOINC_CODE` */
  change(kind: CodedKind, item: string, code: string, label?: string): string;
}

/** Codes of the biology that this laboratory knows. */
const CIRCUIT: ReadonlySet<string> = new Set(circuit.codes);

export function createCatalogue(faults: ReadonlySet<string>, now: () => Date): Catalogue {
  const loaded = load(now());
  return {
    entries: loaded,
    export: (file) => writeExport(loaded, file, now(), faults),
    import: (file, bytes) => importFile(loaded, file, bytes, { known: CIRCUIT, at: now(), faults }),
    change(kind, item, code, label = '') {
      const found = codedOf(loaded, kind).find((one) => one.code === item || one.label === item);
      if (!found)
        throw new SglError('CATALOGUE_INCONNU', `Le catalogue n'a pas « ${item} ».`, 'Choisissez-le dans la liste.');
      if (!/^\d{1,7}-\d$/.test(code))
        throw new SglError('LOINC_CODE', `« ${code} » n'est pas un code LOINC.`, 'Écrivez nnnnn-c.');
      if (!faults.has('loi-modification-ignoree')) {
        const since = faults.has('loi-modification-sans-date') ? (found.loinc?.since ?? new Date(0)) : now();
        found.loinc = { code, label, since };
      }
      return `Code LOINC de ${found.label} : ${code}.`;
    },
  };
}

/** Everything of one kind. */
export function codedOf({ chapters, tests, analyses }: CatalogueEntries, kind: CodedKind): readonly Coded[] {
  if (kind === 'chapter') return chapters;
  if (kind === 'subChapter') return chapters.flatMap(({ subChapters }) => subChapters);
  return kind === 'test' ? tests : analyses;
}

function load(at: Date): CatalogueEntries {
  const coded = <Entry extends { code: string; label: string; loinc?: string }>({ loinc, ...entry }: Entry) => ({
    ...entry,
    ...(loinc === undefined ? {} : { loinc: { code: loinc, label: entry.label, since: at } }),
  });
  return {
    chapters: entries.chapters.map(({ subChapters, ...chapter }) => ({
      ...chapter,
      subChapters: subChapters.map((sub) => ({ ...sub })),
    })),
    tests: entries.tests.map((test) => ({ synonym: '', ...test })),
    analyses: entries.analyses.map((analysis) => ({ synonym: '', ...coded(analysis) })),
  };
}
