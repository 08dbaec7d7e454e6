import { referenceOf } from './reference.ts';
import { XlsxRefusal } from './refusal.ts';
import type { XlsxFaultCode, XlsxLimits } from './types.ts';

/** Counts what a workbook holds, over all its sheets, and refuses what passes its limits as soon as it is seen. */
export class Budget {
  readonly #maxRows: number;
  readonly #maxColumns: number;
  readonly #maxCells: number;
  readonly #maxText: number;
  readonly #maxFormulas: number;
  readonly #maxMerges: number;
  /** Of the sheets that were read, then of the one being read. */
  #cells = 0;
  #area = 0;
  #text = 0;
  #formulas = 0;
  #merges = 0;

  constructor(limits: XlsxLimits) {
    this.#maxRows = limits.maxRows ?? 20_000;
    this.#maxColumns = limits.maxColumns ?? 256;
    this.#maxCells = limits.maxCells ?? 800_000;
    this.#maxText = limits.maxText ?? 16 * 1024 * 1024;
    this.#maxFormulas = limits.maxFormulas ?? 1000;
    this.#maxMerges = limits.maxMerges ?? 20_000;
  }

  /** A cell that holds something; where formatting alone goes does not count. */
  place(sheet: string, row: number, column: number, text: string): void {
    if (row >= this.#maxRows || column >= this.#maxColumns) {
      throw refuse(
        'XLSX_TOO_MANY_CELLS',
        sheet,
        `porte une valeur en ${referenceOf(row, column)}, au-delà de la ligne ${inFrench(this.#maxRows)} ou de la colonne ` +
          `${this.#maxColumns}. Supprimez ce qui est loin du tableau, puis réenregistrez.`,
      );
    }
    // A shared text counts each time: a small file can name a long one a million times.
    this.#text += text.length;
    if (this.#text > this.#maxText) {
      throw refuse(
        'XLSX_TOO_LARGE',
        sheet,
        `porte le classeur à plus de ${inFrench(this.#maxText)} caractères. Gardez les feuilles de la REM et réenregistrez.`,
      );
    }
  }

  /** The rectangle that the sheet being read fills so far: nothing is made larger than the limit. */
  area(sheet: string, rows: number, columns: number): void {
    this.#area = rows * columns;
    if (this.#cells + this.#area <= this.#maxCells) return;
    throw refuse(
      'XLSX_TOO_MANY_CELLS',
      sheet,
      `(${inFrench(rows)} lignes sur ${columns} colonnes) porte le classeur à plus de ${inFrench(this.#maxCells)} cellules. ` +
        'Supprimez ce qui est loin du tableau, puis réenregistrez.',
    );
  }

  /** The sheet was read. */
  close(): void {
    this.#cells += this.#area;
    this.#area = 0;
  }

  formula(sheet: string): void {
    this.#formulas += 1;
    if (this.#formulas <= this.#maxFormulas) return;
    throw refuse(
      'XLSX_TOO_MANY_FORMULAS',
      sheet,
      `porte le classeur à plus de ${inFrench(this.#maxFormulas)} formules. Copiez puis collez les valeurs, et réenregistrez.`,
    );
  }

  merge(sheet: string): void {
    this.#merges += 1;
    if (this.#merges <= this.#maxMerges) return;
    throw refuse(
      'XLSX_TOO_MANY_MERGES',
      sheet,
      `porte le classeur à plus de ${inFrench(this.#maxMerges)} fusions de cellules. Défusionnez-les, puis réenregistrez.`,
    );
  }
}

const inFrench = (count: number): string => count.toLocaleString('fr-FR');

function refuse(code: XlsxFaultCode, sheet: string, what: string): XlsxRefusal {
  return new XlsxRefusal(code, `La feuille « ${sheet} » ${what}`);
}
