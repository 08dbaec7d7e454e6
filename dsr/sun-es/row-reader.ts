import { readFiness } from '#formats/identifiers/index.ts';
import { columnLetters } from '#formats/xlsx/index.ts';
import { folded, type SunesColumn } from './columns.ts';
import type { Places } from './header.ts';
import { cut, type SunesErrorCode, type SunesRowError } from './row-error.ts';
import type { SunesCount, SunesFigures } from './types.ts';

const MOST = 1_000_000_000;
const WHOLE = /^\d+$/u;
const DECIMAL = /^\d+(?:[.,]\d{1,2})?$/u;
const SPACES = /[\s\u00A0\u202F]/gu;

/** What earlier rows said: each count once, and what holds for a whole establishment or window. */
export interface Memory {
  readonly rows: Map<string, number>;
  readonly facts: Map<string, { readonly value: number; readonly row: number }>;
}

/** One row, its values and its faults. */
export class RowReader {
  readonly errors: SunesRowError[] = [];
  readonly #row: number;
  readonly #cells: readonly string[];
  readonly #places: Places;
  readonly #figures: SunesFigures;

  constructor(row: number, cells: readonly string[], places: Places, figures: SunesFigures) {
    this.#row = row;
    this.#cells = cells;
    this.#places = places;
    this.#figures = figures;
  }

  /** Undefined when something is wrong: `errors` then says all of it. */
  read(width: number): SunesCount | undefined {
    const finess = this.#finess();
    const name = this.#text('name');
    const activity = this.#number('activity', DECIMAL);
    const prerequisites = this.#prerequisites();
    const window = this.#window();
    const indicator = this.#indicator();
    const produced = this.#number('produced', WHOLE);
    const sent = this.#number('sent', WHOLE);
    const received = this.#number('received', WHOLE);
    for (const [column, number] of [
      ['sent', sent],
      ['received', received],
    ] as const) {
      if (number !== undefined && produced !== undefined && number > produced) {
        this.#fault(
          'SUNES_MORE_THAN_PRODUCED',
          column,
          `${number} dépasse les ${produced} documents produits : un taux ne dépasse pas 100 %.`,
          'Vérifiez les deux comptes et leur périmètre.',
        );
      }
    }
    if (this.#cells.slice(width).some((cell) => cell.trim() !== '')) {
      this.errors.push({
        ...this.#at(
          'SUNES_EXTRA_CELLS',
          'Cette ligne a plus de cellules que l’en-tête.',
          'Mettez entre guillemets les textes qui contiennent le séparateur.',
        ),
        column: columnLetters(width + 1),
      });
    }
    if (
      this.errors.length > 0 ||
      finess === undefined ||
      window === undefined ||
      indicator === undefined ||
      produced === undefined ||
      sent === undefined
    ) {
      return undefined;
    }
    return {
      finess,
      ...(name === '' ? {} : { name }),
      ...(activity === undefined ? {} : { activity }),
      ...(prerequisites === undefined ? {} : { prerequisites }),
      window,
      indicator,
      produced,
      sent,
      ...(received === undefined ? {} : { received }),
    };
  }

  /** What contradicts an earlier row. */
  compare(count: SunesCount, memory: Memory): readonly SunesRowError[] {
    const key = `${count.finess} ${count.window} ${count.indicator}`;
    const first = memory.rows.get(key);
    if (first !== undefined) {
      return [
        this.#at(
          'SUNES_TWICE',
          `Cet indicateur est déjà donné ligne ${first} pour cet établissement et cette fenêtre.`,
          'Gardez une seule des deux lignes.',
        ),
      ];
    }
    const facts = [
      ['activity', count.finess, count.activity],
      ['prerequisites', `${count.finess} ${count.window}`, count.prerequisites],
    ] as const;
    const errors = facts.flatMap(([column, of, value]) => {
      const before = memory.facts.get(`${column} ${of}`);
      if (value === undefined || before === undefined || before.value === value) return [];
      return [
        this.#at(
          'SUNES_DIFFERS',
          `${value} contredit la ligne ${before.row}, qui donne ${before.value} pour le même établissement.`,
          'Écrivez la même valeur sur toutes ses lignes, ou sur une seule.',
          column,
        ),
      ];
    });
    if (errors.length > 0) return errors;
    memory.rows.set(key, this.#row);
    for (const [column, of, value] of facts) {
      const fact = `${column} ${of}`;
      if (value !== undefined && !memory.facts.has(fact)) memory.facts.set(fact, { value, row: this.#row });
    }
    return [];
  }

  #text(column: SunesColumn): string {
    const place = this.#places.get(column);
    return place === undefined ? '' : (this.#cells[place.index] ?? '').trim();
  }

  /** Text of a cell that has to hold something. */
  #due(column: SunesColumn): string | undefined {
    const text = this.#text(column);
    if (text !== '') return text;
    const { header = '', format = '' } = this.#places.get(column)?.data ?? {};
    this.#fault('SUNES_MISSING', column, `« ${header} » est vide.`, `Écrivez ${format}.`);
    return undefined;
  }

  #finess(): string | undefined {
    const text = this.#due('finess');
    if (text === undefined) return undefined;
    const reading = readFiness(text);
    if (reading.ok) return reading.value;
    this.#fault('SUNES_FINESS', 'finess', reading.message, reading.remedy);
    return undefined;
  }

  #number(column: SunesColumn, shape: RegExp): number | undefined {
    const data = this.#places.get(column)?.data;
    if (data === undefined) return undefined;
    const text = data.required ? this.#due(column) : this.#text(column);
    if (text === undefined || text === '') return undefined;
    const bare = text.replaceAll(SPACES, '');
    const number = shape.test(bare) ? Number(bare.replace(',', '.')) : Number.NaN;
    if (number <= MOST) return number;
    this.#fault('SUNES_NUMBER', column, 'Ce n’est pas un nombre attendu ici.', `Écrivez ${data.format}.`);
    return undefined;
  }

  #prerequisites(): number | undefined {
    const number = this.#number('prerequisites', WHOLE);
    const of = this.#figures.prerequisites.themes.reduce((total, { count }) => total + count, 0);
    if (number === undefined || number <= of) return number;
    this.#fault(
      'SUNES_PREREQUISITES',
      'prerequisites',
      `Il n’y a que ${of} prérequis.`,
      `Écrivez un nombre de 0 à ${of}.`,
    );
    return undefined;
  }

  #window(): string | undefined {
    const text = this.#due('window');
    if (text === undefined) return undefined;
    const { windows } = this.#figures;
    const asked = folded(text);
    // « 2022-S1 » as well as « S1 2022 ».
    const turned = asked.split(' ').toReversed().join(' ');
    const found = windows.find(({ id, semester, title }) =>
      [id, semester, title].some((one) => folded(one) === asked || folded(one) === turned),
    );
    if (found !== undefined) return found.id;
    this.#fault(
      'SUNES_WINDOW',
      'window',
      'Cette fenêtre n’existe pas.',
      `Écrivez ${windows.map(({ id, semester }) => `${id} (${semester})`).join(', ')}.`,
    );
    return undefined;
  }

  #indicator(): string | undefined {
    const text = this.#due('indicator');
    if (text === undefined) return undefined;
    const { indicators, domains } = this.#figures;
    const asked = folded(text);
    const found = indicators.find(({ id, title }) => folded(id) === asked || folded(title) === asked);
    if (found !== undefined) return found.id;
    const domain = domains.find(
      ({ id, title, measured }) =>
        !measured && (folded(id) === asked || (asked.length > 3 && folded(title).includes(asked))),
    );
    this.#fault(
      'SUNES_INDICATOR',
      'indicator',
      domain?.note === undefined ? 'Cet indicateur n’existe pas.' : `${domain.title} ne se calcule pas. ${domain.note}`,
      `Écrivez ${indicators.map(({ id }) => id).join(', ')}.`,
    );
    return undefined;
  }

  #fault(code: SunesErrorCode, column: SunesColumn, message: string, remedy: string): void {
    this.errors.push(this.#at(code, message, remedy, column));
  }

  #at(code: SunesErrorCode, message: string, remedy: string, column?: SunesColumn): SunesRowError {
    const place = column === undefined ? undefined : this.#places.get(column);
    return {
      code,
      row: this.#row,
      column: place === undefined ? '' : columnLetters(place.index + 1),
      header: place?.header ?? '',
      value: column === undefined ? '' : cut(this.#text(column)),
      message,
      remedy,
    };
  }
}
