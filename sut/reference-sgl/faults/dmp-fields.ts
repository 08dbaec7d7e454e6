import table from './dmp-fields.json' with { type: 'json' };

/** What of a call to the DMP is made wrong: `vihf` before it is signed, `vihf-signed` after. */
export type DmpPart =
  | 'metadata'
  | 'manifest'
  | 'existence'
  | 'query'
  | 'vihf'
  | 'vihf-signed'
  | 'envelope'
  | 'content-type';

interface Spoiling {
  readonly in: string;
  readonly pattern: string;
  readonly with: string;
  /** Only in a text where this is found. */
  readonly when?: string;
  /** Every place, not the first alone. */
  readonly all?: boolean;
}

const SPOILINGS = new Map<string, Spoiling>(Object.entries(table.faults));

/** A part of a message about to leave, with what the faults switched on make wrong; the same text without any. */
export function spoilDmp(part: DmpPart, text: string, faults: ReadonlySet<string>): string {
  let spoilt = text;
  for (const [name, spoiling] of SPOILINGS) {
    if (spoiling.in !== part || (spoiling.when !== undefined && !text.includes(spoiling.when))) continue;
    if (!faults.has(name)) continue;
    spoilt = spoilt.replace(new RegExp(spoiling.pattern, spoiling.all === true ? 'gs' : 's'), spoiling.with);
  }
  return spoilt;
}
