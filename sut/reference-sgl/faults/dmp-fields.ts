import table from './dmp-fields.json' with { type: 'json' };
import { spoilPlace, type Spoiling } from './spoil-place.ts';

/** What of a call to the DMP is made wrong: `vihf` before it is signed, `vihf-signed` after. */
export type DmpPart =
  | 'metadata'
  | 'manifest'
  | 'existence'
  | 'query'
  | 'question'
  | 'vihf'
  | 'vihf-signed'
  | 'envelope'
  | 'content-type';

const SPOILINGS = new Map<string, Spoiling>(Object.entries(table.faults));

/** A part of a message about to leave, with what the faults switched on make wrong; the same text without any. */
export function spoilDmp(part: DmpPart, text: string, faults: ReadonlySet<string>): string {
  return spoilPlace(SPOILINGS, [part], text, faults);
}
