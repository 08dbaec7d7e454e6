import writeXlsxFile from 'write-excel-file/node';

import { readRem } from './index.ts';
import type { Category, Rem, RemMessage, RemReading, Wave } from './index.ts';

// Every text of these workbooks is ours: no official wording is needed to know how one is read.

/** A cell that a merge spreads is written with its height and width. */
export type Cell =
  | string
  | number
  | null
  | { readonly value: string; readonly rowSpan?: number; readonly columnSpan?: number };
export type Cells = readonly Cell[];

export interface Sheet {
  readonly name: string;
  readonly rows: readonly Cells[];
}

export const WAVE_1: Cells = (
  'Exigence conditionnelle OUI/NON|Profil|ID Section|Section|Bloc|Fonction|' +
  "Nature de l'exigence|N° exigence|Énoncé|N° scénario|Scénario de conformité|N° preuve 1|" +
  'Preuve 1|N° preuve 2|Preuve 2|N° preuve 3|Preuve 3'
).split('|');

/** One row of the wave 1 layout. */
export function row(id: string, scenario: string, ...proofs: string[]): (string | number | null)[] {
  const [section = ''] = id.split(/[/.]/u);
  const cells = ['NON', 'Général', section, 'Une section', 'Bloc', 'Fonction', 'EXIGENCE', id, `Texte de ${id}`];
  return [
    ...cells,
    scenario,
    scenario && `Dérouler ${scenario}`,
    ...proofs.flatMap((proof) => [proof, `Pièce ${proof}`]),
  ];
}

export async function workbookOf(sheets: readonly Sheet[]): Promise<Buffer> {
  return writeXlsxFile(
    sheets.map(({ name, rows }) => {
      const width = Math.max(1, ...rows.map((cells) => cells.length));
      return {
        sheet: name,
        data: rows.map((cells) => Array.from({ length: width }, (_, index) => toXlsxCell(cells[index]))),
      };
    }),
  ).toBuffer();
}

function toXlsxCell(cell: Cell | undefined) {
  if (cell === null || cell === undefined || cell === '') return null;
  return cell;
}

export async function readSheets(
  sheets: readonly Sheet[],
  category: Category = 'SGL',
  wave: Wave = 'va1',
  fileName = '/tmp/dépôt/REM.xlsx',
): Promise<RemReading> {
  return readRem(await workbookOf(sheets), { category, wave, fileName });
}

/** Reads a workbook with a notice and one sheet of requirements; throws when it is refused. */
export async function remOf(...rows: Cells[]): Promise<{ rem: Rem; messages: readonly RemMessage[] }> {
  return accepted(await readSheets([NOTICE, { name: 'Exigences', rows }]));
}

export function accepted(reading: RemReading): { rem: Rem; messages: readonly RemMessage[] } {
  if (!reading.ok) throw new Error(reading.messages.map((message) => message.message).join(' '));
  return reading;
}

export const NOTICE: Sheet = { name: 'Lisez-moi', rows: [['Notice']] };

export const codes = (messages: readonly RemMessage[]): string[] => messages.map((message) => message.code);
