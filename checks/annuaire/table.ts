import rules from './data/directory.json' with { type: 'json' };

/** A person of the extraction, all lines together. */
export interface ListedPerson {
  /** 12 characters (PS_IdNat). */
  readonly id: string;
  readonly lastName: string;
  readonly firstName: string;
  readonly profession: string;
  readonly lines: readonly string[];
}

/** Content of a file of the extraction, its columns found by their titles. */
export interface Table {
  readonly people: ReadonlyMap<string, ListedPerson>;
  /** Lines without an identifier, or without the fields of the header. */
  readonly malformed: number;
  /** Addresses, lower case; of a file that has such a column. */
  readonly mailboxes: ReadonlySet<string>;
}

/** Titles of the columns that are compared, in order of preference. */
export interface Titles {
  readonly identifier: readonly string[];
  readonly lastName: readonly string[];
  readonly firstName: readonly string[];
  readonly profession: readonly string[];
  readonly mailbox: readonly string[];
}

/** Those of the bench when it was given no others. */
export const USUAL_TITLES: Titles = rules.columns;

const IDENTIFIER = /^[0-9][0-9A-Za-z/]{2,30}$/u;

/**
 * Reads a text of the extraction, fields between `|` or `;`, quoted or not.
 * @returns undefined when no column holds an identifier, or when there are too many lines to compare
 */
export function readTable(text: Uint8Array, rows: number, columns: Titles = USUAL_TITLES): Table | undefined {
  if (rows > rules.largestTable) return undefined;
  const lines = new TextDecoder().decode(text).split('\n');
  const first = (lines.shift() ?? '').replace(/\r$/u, '');
  const separator = first.includes('|') ? '|' : ';';
  const header = cellsOf(first, separator).map(simple);
  const find = (titles: readonly string[]): number =>
    titles.map((title) => header.indexOf(simple(title))).find((at) => at >= 0) ?? -1;
  const at = {
    id: find(columns.identifier),
    lastName: find(columns.lastName),
    firstName: find(columns.firstName),
    profession: find(columns.profession),
    mailbox: find(columns.mailbox),
  };
  if (at.id < 0) return undefined;
  const people = new Map<string, ListedPerson>();
  const mailboxes = new Set<string>();
  let malformed = 0;
  for (const raw of lines) {
    const line = raw.replace(/\r$/u, '');
    if (line === '') continue;
    const cells = cellsOf(line, separator);
    const cell = (position: number): string => (position < 0 ? '' : (cells[position] ?? ''));
    const mailbox = cell(at.mailbox).toLowerCase();
    if (mailbox !== '') mailboxes.add(mailbox);
    if (Math.abs(cells.length - header.length) > 1 || !IDENTIFIER.test(cell(at.id))) {
      malformed += 1;
      continue;
    }
    const id = /^\d{11}$/u.test(cell(at.id)) ? `8${cell(at.id)}` : cell(at.id);
    const known = people.get(id);
    const { lastName, firstName, profession } = known ?? {
      lastName: cell(at.lastName),
      firstName: cell(at.firstName),
      profession: cell(at.profession),
    };
    people.set(id, { id, lastName, firstName, profession, lines: [...(known?.lines ?? []), line] });
  }
  return { people, malformed, mailboxes };
}

/** Least and most that a report may count: people or lines, and only what a product may not keep of them. */
export interface Movement {
  readonly created: Bounds;
  readonly updated: Bounds;
  readonly left: Bounds;
}
export interface Bounds {
  readonly least: number;
  readonly most: number;
}

/** What moved between two files. A change of a column that a product does not keep is no update for it. */
export function movementBetween(before: Table, after: Table): Movement {
  const lines = (people: readonly ListedPerson[]): number => people.reduce((total, one) => total + one.lines.length, 0);
  const all = [...after.people.values()];
  const created = all.filter(({ id }) => !before.people.has(id));
  const left = [...before.people.values()].filter(({ id }) => !after.people.has(id));
  const kept = all.flatMap((now) => {
    const earlier = before.people.get(now.id);
    return earlier === undefined ? [] : [{ now, earlier }];
  });
  const changed = kept.filter(
    ({ now, earlier }) => now.lines.toSorted().join('\n') !== earlier.lines.toSorted().join('\n'),
  );
  const renamed = changed.filter(
    ({ now, earlier }) =>
      now.lastName !== earlier.lastName || now.firstName !== earlier.firstName || now.profession !== earlier.profession,
  );
  return {
    created: { least: created.length, most: lines(created) },
    updated: { least: renamed.length, most: lines(changed.map(({ now }) => now)) },
    left: { least: left.length, most: lines(left) },
  };
}

export function isWithin({ least, most }: Bounds, count: number): boolean {
  return count >= least && count <= most;
}

function cellsOf(line: string, separator: string): readonly string[] {
  return line.split(separator).map((cell) => cell.trim().replace(/^"(.*)"$/u, '$1'));
}

function simple(title: string): string {
  return title
    .replaceAll('’', "'")
    .replace(/^\uFEFF/u, '')
    .trim()
    .toLowerCase();
}
