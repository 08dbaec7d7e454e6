import { parseCategory } from '#dsr/rem/index.ts';
import type { CivilDate } from '#dsr/dates/index.ts';
import { readEuros, type Cents } from '#dsr/money/index.ts';
import { columnNamed } from './columns.ts';
import { FAULTS, shown, type Fault, type OrderMessage } from './message.ts';
import { readChoice, readDay, readItems, readRate, type ChoiceKind } from './values.ts';

/** A value with the place where the user finds it. */
export interface Cell {
  readonly text: string;
  /** Letter of the column, or JSON path. */
  readonly column: string;
  readonly header: string;
}

/** What one row or one JSON element holds, by name of column. Blank cells may be absent. */
export interface Row {
  readonly row: number;
  /** JSON path of the element; absent in a table. */
  readonly path?: string;
  /** What the names of its columns begin with and its path does not, for a part of an element. */
  readonly prefix?: string;
  readonly cells: ReadonlyMap<string, Cell>;
}

export type IdentifierKind = 'siret' | 'finess' | 'rpps';

/** Reads an identifier as typed, or says in French what is wrong. The codec of identifiers is not this room's. */
export type IdentifierReader = (
  kind: IdentifierKind,
  text: string,
) =>
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly message: string; readonly remedy: string };

const MAX_TEXT = 300;
const MAX_SITES = 2000;
const LIST = /[\s|;,]+/u;
const PATHS = /\s*[|\n]\s*/u;
const ADDRESS = /^[^\s@<>()",;:]{1,64}@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/iu;

/** Reads the cells of one row by their kinds and gathers every fault, never only the first. */
export class RowReader {
  readonly #row: Row;
  readonly #identifier: IdentifierReader;
  readonly #messages: OrderMessage[] = [];

  constructor(row: Row, identifier: IdentifierReader) {
    this.#row = row;
    this.#identifier = identifier;
  }

  get messages(): readonly OrderMessage[] {
    return this.#messages;
  }

  get failed(): boolean {
    return this.#messages.some(({ severity }) => severity === 'error');
  }

  /** Says a fault at the cell of a column, or where it would stand; of the whole row without name. */
  say(name: string, fault: Fault): undefined {
    const cell = this.#row.cells.get(name);
    const header = cell?.header ?? (name === '' ? '' : columnNamed(name).title);
    const { path, prefix = '' } = this.#row;
    const place = `${path}/${name.slice(prefix.length).replaceAll('.', '/')}`;
    const column = cell?.column ?? (path === undefined ? '' : place);
    return this.sayAt({ text: cell?.text ?? '', column, header }, fault);
  }

  sayAt({ text, column, header }: Cell, fault: Fault): undefined {
    this.#messages.push({ ...fault, row: this.#row.row, column, header, value: shown(text) });
    return undefined;
  }

  /** Trimmed text of a cell; empty when there is none. */
  text(name: string): string {
    return this.#row.cells.get(name)?.text.trim() ?? '';
  }

  filled(...names: readonly string[]): boolean {
    return names.some((name) => this.text(name) !== '');
  }

  /** Says that a value is missing. @param when a French phrase; empty for a value that is always due */
  missing(name: string, when = ''): undefined {
    const { title, format } = columnNamed(name);
    return this.say(name, FAULTS.missing(title, format, when));
  }

  word(name: string): string | undefined {
    const text = this.text(name);
    if (text === '') return undefined;
    return text.length > MAX_TEXT ? this.say(name, FAULTS.tooLong(MAX_TEXT)) : text;
  }

  identifier(name: string, kind: IdentifierKind): string | undefined {
    const text = this.text(name);
    if (text === '') return undefined;
    const reading = this.#identifier(kind, text);
    return reading.ok ? reading.value : this.say(name, FAULTS.identifier(IDENTIFIER_CODES[kind], reading));
  }

  couloir(name: string): string | undefined {
    const text = this.text(name);
    if (text === '') return undefined;
    return parseCategory(text) ?? this.say(name, FAULTS.couloir());
  }

  choice(name: string, kind: ChoiceKind): string | undefined {
    const text = this.text(name);
    if (text === '') return undefined;
    return readChoice(kind, text) ?? this.say(name, FAULTS.choice(columnNamed(name).format));
  }

  yesNo(name: string): boolean | undefined {
    const choice = this.choice(name, 'yes-no');
    return choice === undefined ? undefined : choice === 'oui';
  }

  day(name: string): CivilDate | undefined {
    const text = this.text(name);
    if (text === '') return undefined;
    return readDay(text) ?? this.say(name, FAULTS.date());
  }

  /** An amount, 0 or more; 0 is said and kept, since the ASP is who refuses it. */
  euros(name: string): Cents | undefined {
    const text = this.text(name);
    if (text === '') return undefined;
    const amount = readEuros(text);
    if (amount === undefined) return this.say(name, FAULTS.euros());
    if (amount < 0) return this.say(name, FAULTS.negative());
    if (amount === 0) this.say(name, FAULTS.zero());
    return amount;
  }

  rate(name: string): number | undefined {
    const text = this.text(name);
    if (text === '') return undefined;
    return readRate(text) ?? this.say(name, FAULTS.rate());
  }

  address(name: string): string | undefined {
    const text = this.word(name);
    return text === undefined || ADDRESS.test(text) ? text : this.say(name, FAULTS.address());
  }

  /** FINESS of sites, each once; undefined when one of them is wrong. */
  sites(name: string): readonly string[] | undefined {
    const items = readItems(this.text(name), LIST);
    if (items.length > MAX_SITES) return this.say(name, FAULTS.tooMany(MAX_SITES));
    const sites = new Set<string>();
    let wrong = false;
    for (const item of items) {
      const reading = this.#identifier('finess', item);
      if (!reading.ok) {
        const message = `Site « ${item.slice(0, 40)} » : ${reading.message}`;
        this.say(name, FAULTS.identifier('ORDER_FINESS', { message, remedy: reading.remedy }));
        wrong = true;
        continue;
      }
      if (sites.has(reading.value)) this.say(name, FAULTS.siteTwice(reading.value));
      sites.add(reading.value);
    }
    return wrong ? undefined : [...sites];
  }

  paths(name: string): readonly string[] {
    const items = readItems(this.text(name), PATHS);
    if (items.every((item) => item.length <= 1000)) return items;
    this.say(name, FAULTS.tooLong(1000));
    return [];
  }
}

const IDENTIFIER_CODES = { siret: 'ORDER_SIRET', finess: 'ORDER_FINESS', rpps: 'ORDER_RPPS' } as const;
