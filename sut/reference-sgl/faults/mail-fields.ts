import table from './mail-fields.json' with { type: 'json' };

/** What of a mail is made wrong: see the source of the table. */
export type MailPlace = 'head' | 'report-head' | 'body' | 'receipt' | 'metadata';

interface Spoiling {
  readonly in: string;
  readonly pattern: string;
  readonly with: string;
  readonly when?: string;
}

const SPOILINGS = new Map<string, Spoiling>(Object.entries(table.faults));

/** A part of a mail about to leave, with what the faults switched on make wrong; the same text without any. */
export function spoilMail(place: MailPlace, text: string, faults: ReadonlySet<string>): string {
  let spoilt = text;
  for (const [name, { in: where, pattern, with: replacement, when }] of SPOILINGS) {
    if (where !== place || (when !== undefined && !text.includes(when)) || !faults.has(name)) continue;
    spoilt = spoilt.replaceAll(new RegExp(pattern, place === 'metadata' ? 'gs' : 'gm'), replacement);
  }
  return spoilt;
}
