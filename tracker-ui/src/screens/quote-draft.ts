/** What is typed on the page of quotes, as typed: nothing is read or judged here. */

export interface DraftLine {
  readonly label: string;
  readonly category: string;
  readonly dsr: string;
  readonly ht: string;
  readonly ttc: string;
  readonly payer: string;
}

export interface Draft {
  /** Fields of the document by name. */
  readonly fields: Readonly<Record<string, string>>;
  readonly lines: readonly DraftLine[];
}

export const EMPTY_LINE: DraftLine = { label: '', category: '', dsr: '', ht: '', ttc: '', payer: '' };

/** Fields with several values, one a row of the box. */
const LISTS = new Set(['conditions', 'mentions']);

/** The document to send, in the form of the published schema: what was left empty is left out. */
export function documentOf({ fields, lines }: Draft): object {
  const typed = Object.entries(fields).filter(([, value]) => value.trim() !== '');
  return {
    ...Object.fromEntries(typed.map(([name, value]) => [name, valueOf(name, value.trim())])),
    lines: lines
      .filter((line) => Object.values(line).some((value) => value.trim() !== ''))
      .map(({ dsr, ...line }) => ({
        ...Object.fromEntries(Object.entries(line).filter(([name, value]) => name === 'label' || value.trim() !== '')),
        ...(dsr === '' ? {} : { dsr: [dsr] }),
      })),
  };
}

function valueOf(name: string, value: string): unknown {
  if (name === 'siteCount') return Number(value);
  if (!LISTS.has(name)) return value;
  return value
    .split('\n')
    .map((row) => row.trim())
    .filter((row) => row !== '');
}

/** The draft after one value of a line changed. */
export function withValue(draft: Draft, rank: number, name: keyof DraftLine, value: string): Draft {
  return {
    ...draft,
    lines: draft.lines.map((line, index) => (index === rank ? { ...line, [name]: value } : line)),
  };
}
