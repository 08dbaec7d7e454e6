import { SglError, type Professional } from '../model/index.ts';
import { locateColumns, type ColumnPositions } from './columns.ts';
import type { Correspondents } from './correspondents.ts';

export interface ImportReport {
  read: number;
  created: number;
  updated: number;
  rejected: number;
  /** Professionals who were in the file before and are not in this one. */
  left: number;
  /** In French, for the administrator. */
  report: string;
}

const SHOWN_REJECTIONS = 20;

/**
 * Reads the lines of the public extraction as they come and saves each professional.
 * A line that says nothing new counts as read only; a wrong line is rejected and told, it never stops the import.
 *
 * @throws {SglError} `ANNUAIRE_ENTETE` when the first line does not name the columns needed
 */
export async function importLines(
  lines: AsyncIterable<string>,
  correspondents: Correspondents,
  overrides?: Readonly<Record<string, string>>,
  faults: ReadonlySet<string> = new Set(),
): Promise<ImportReport> {
  let columns: ColumnPositions | undefined;
  let width = 0;
  let lineNumber = 0;
  const counts = { read: 0, created: 0, updated: 0, rejected: 0 };
  const rejections: string[] = [];
  for await (const raw of lines) {
    lineNumber += 1;
    const line = lineNumber === 1 ? raw.replace(/^\uFEFF/, '') : raw;
    if (line.trim() === '') continue;
    const fields = line.split('|').map((field) => field.trim().replace(/^"(.*)"$/, '$1'));
    if (!columns) {
      columns = locateColumns(fields, overrides, faults.has('ann-colonnes-devinees'));
      width = fields.length;
      if ((columns.nationalId < 0 && columns.rpps < 0) || columns.lastName < 0) throw wrongHeader();
      continue;
    }
    counts.read += 1;
    const found = readProfessional(fields, width, columns);
    if (typeof found === 'string') {
      counts.rejected += 1;
      if (rejections.length < SHOWN_REJECTIONS) rejections.push(`ligne ${lineNumber} : ${found}`);
      continue;
    }
    const saved = correspondents.save(found);
    if (saved !== 'inchange') counts[saved === 'cree' ? 'created' : 'updated'] += 1;
  }
  if (!columns) throw wrongHeader();
  const { read, created, updated, rejected } = counts;
  const summary = `${read} lignes lues, ${created} professionnels créés, ${updated} mis à jour, ${rejected} lignes rejetées.`;
  return { ...counts, left: 0, report: [summary, ...rejections].join('\n') };
}

function wrongHeader(): SglError {
  return new SglError(
    'ANNUAIRE_ENTETE',
    "La première ligne de l'extraction ne nomme pas les colonnes attendues.",
    "Déclarez les nouveaux titres de colonnes dans « annuaire.columns » de la configuration, puis relancez l'import.",
  );
}

/** A professional, or the French reason why the line is rejected. */
function readProfessional(fields: readonly string[], width: number, columns: ColumnPositions): Professional | string {
  // The real file ends its lines with a separator, its header does not always.
  if (Math.abs(fields.length - width) > 1) return `${fields.length} champs au lieu de ${width}`;
  const field = (position: number): string => (position < 0 ? '' : (fields[position] ?? ''));
  const rpps = field(columns.rpps);
  const nationalId = field(columns.nationalId) || (/^\d{11}$/.test(rpps) ? `8${rpps}` : '');
  if (!/^[0-9][0-9A-Za-z/]{2,30}$/.test(nationalId)) return 'identifiant national absent ou mal formé';
  if (nationalId.startsWith('8') && !/^8\d{11}$/.test(nationalId)) return 'numéro RPPS mal formé';
  const lastName = field(columns.lastName);
  if (lastName === '') return "nom d'exercice absent";
  const optional = {
    title: field(columns.title),
    profession: field(columns.profession),
    speciality: field(columns.speciality),
    mailbox: field(columns.mailbox).toLowerCase(),
  };
  const filled = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== ''));
  return { nationalId, lastName, firstName: field(columns.firstName), ...filled };
}
