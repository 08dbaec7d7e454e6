import type { XmlVisitor } from '../xml/index.ts';
import { externalRefusal } from './book.ts';
import { MAX_CELL_TEXT, cutText, unescapeCell } from './cell-text.ts';
import { pointsOutside } from './formula.ts';
import type { Budget } from './budget.ts';
import { mergeOf } from './merges.ts';
import { numberText } from './number.ts';
import { placeOf, referenceOf, rowOf } from './reference.ts';
import { XlsxRefusal } from './refusal.ts';
import { RichText } from './strings.ts';
import type { NumberStyle } from './styles.ts';
import type { XlsxFormula, XlsxMerge } from './types.ts';

/** What the cells of a sheet refer to. */
export interface SheetContext {
  readonly name: string;
  readonly strings: readonly string[];
  readonly styles: readonly (NumberStyle | undefined)[];
  readonly from1904: boolean;
  readonly budget: Budget;
}

interface Cell {
  readonly row: number;
  readonly column: number;
  readonly type: string;
  readonly style: number;
  value: string;
  formula: string | undefined;
}

const FORMULA_SHOWN = 100;

/** Visitor of one worksheet part: keeps the cells that hold something, and the merges. */
export class SheetReader implements XmlVisitor {
  /** Texts by row then column; a row is as long as its last text. */
  readonly #rows: string[][] = [];
  readonly merges: XlsxMerge[] = [];
  readonly formulas: XlsxFormula[] = [];
  /** Of the rectangle that holds every text. */
  height = 0;
  width = 0;
  cut = 0;
  readonly #context: SheetContext;
  readonly #rich = new RichText();
  #section = '';
  #row = -1;
  #column = -1;
  #cell: Cell | undefined;
  #reading: 'value' | 'formula' | 'inline' | undefined;

  constructor(context: SheetContext) {
    this.#context = context;
  }

  open(local: string, attribute: (name: string) => string | undefined, depth: number): boolean {
    if (depth === 1) return true;
    if (depth === 2) {
      this.#section = local;
      return local === 'sheetData' || local === 'mergeCells';
    }
    if (this.#section === 'mergeCells') {
      if (local === 'mergeCell') this.#merge(attribute('ref') ?? '');
      return false;
    }
    if (depth === 3) return local === 'row' && this.#startRow(attribute('r'));
    if (depth === 4) return local === 'c' && this.#startCell(attribute);
    if (depth === 5) return this.#startContent(local);
    return this.#reading === 'inline' && this.#rich.open(local);
  }

  text(characters: string): void {
    if (this.#cell === undefined) return;
    if (this.#reading === 'value') this.#cell.value += characters;
    else if (this.#reading === 'formula') this.#cell.formula += characters;
    else if (this.#reading === 'inline') this.#rich.add(characters);
  }

  close(local: string, depth: number): void {
    if (depth > 5) this.#rich.close(local);
    if (depth === 5) this.#reading = undefined;
    if (depth === 4 && this.#cell !== undefined) {
      this.#endCell(this.#cell);
      this.#cell = undefined;
    }
  }

  #startRow(reference: string | undefined): true {
    const row = reference === undefined ? this.#row + 1 : rowOf(reference);
    if (row === undefined) throw this.#unreadable(`un numéro de ligne illisible (« ${shown(reference)} »)`);
    this.#row = row;
    this.#column = -1;
    return true;
  }

  #startCell(attribute: (name: string) => string | undefined): true {
    const reference = attribute('r');
    const place = reference === undefined ? { row: this.#row, column: this.#column + 1 } : placeOf(reference);
    if (place === undefined) throw this.#unreadable(`une référence de cellule illisible (« ${shown(reference)} »)`);
    this.#row = place.row;
    this.#column = place.column;
    const style = Number(attribute('s') ?? 0);
    this.#cell = { ...place, type: attribute('t') ?? 'n', style, value: '', formula: undefined };
    return true;
  }

  #startContent(local: string): boolean {
    if (this.#cell === undefined) return false;
    if (local === 'v') this.#reading = 'value';
    else if (local === 'f') {
      this.#reading = 'formula';
      this.#cell.formula ??= '';
    } else if (local === 'is') this.#reading = 'inline';
    return this.#reading !== undefined;
  }

  #endCell(cell: Cell): void {
    const whole = this.#textOf(cell);
    // An empty text is a value as well: what has none was never calculated.
    if (cell.formula !== undefined) this.#keepFormula(cell, cell.formula, whole !== '' || cell.type === 'str');
    if (whole === '') return;
    if (whole.length > MAX_CELL_TEXT) this.cut += 1;
    const text = cutText(whole, MAX_CELL_TEXT);
    const { row, column } = cell;
    this.#context.budget.place(this.#context.name, row, column, text);
    if (row >= this.height || column >= this.width) {
      this.height = Math.max(this.height, row + 1);
      this.width = Math.max(this.width, column + 1);
      this.#context.budget.area(this.#context.name, this.height, this.width);
    }
    while (this.#rows.length <= row) this.#rows.push([]);
    const cells = this.#rows[row] ?? [];
    if ((cells[column] ?? '') !== '') throw this.#unreadable(`deux fois la cellule ${referenceOf(row, column)}`);
    while (cells.length < column) cells.push('');
    cells[column] = text;
  }

  #textOf({ type, style, value }: Cell): string {
    const inline = this.#rich.take();
    if (type === 'inlineStr') return inline;
    if (value === '') return '';
    if (type === 's') {
      const text = this.#context.strings[Number(value)];
      if (text === undefined) throw this.#unreadable(`un texte partagé absent (n° ${shown(value)})`);
      return text;
    }
    if (type === 'str') return unescapeCell(value).toWellFormed();
    if (type === 'b') return /^\s*(1|true)\s*$/.test(value) ? 'TRUE' : 'FALSE';
    if (type === 'd') return value.trim().replace(/T00:00:00(?:\.0+)?Z?$/, '');
    if (type === 'e') return value.trim();
    return numberText(value, this.#context.styles[style], this.#context.from1904);
  }

  #keepFormula({ row, column }: Cell, formula: string, value: boolean): void {
    // LibreOffice writes every boolean so.
    if (/^(TRUE|FALSE)\(\)$/.test(formula)) return;
    const place = referenceOf(row, column);
    if (pointsOutside(formula)) throw externalRefusal(`feuille « ${this.#context.name} », cellule ${place}`);
    this.#context.budget.formula(this.#context.name);
    this.formulas.push({ row, column, formula: cutText(formula.toWellFormed(), FORMULA_SHOWN), value });
  }

  #merge(reference: string): void {
    const merge = mergeOf(reference);
    if (merge === undefined) throw this.#unreadable(`une fusion de cellules illisible (« ${shown(reference)} »)`);
    this.#context.budget.merge(this.#context.name);
    this.merges.push(merge);
  }

  /** Every cell at its place, once the whole sheet was read. */
  grid(): readonly (readonly string[])[] {
    this.#context.budget.close();
    for (const cells of this.#rows) while (cells.length < this.width) cells.push('');
    return this.#rows;
  }

  #unreadable(what: string): XlsxRefusal {
    return new XlsxRefusal(
      'XLSX_UNREADABLE',
      `La feuille « ${this.#context.name} » porte ${what}. Ouvrez le classeur dans un tableur et réenregistrez-le.`,
    );
  }
}

function shown(value: string | undefined): string {
  return (value ?? '').slice(0, 40);
}
