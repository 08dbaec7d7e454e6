import table from './cda-fields.json' with { type: 'json' };
import { spoilPlace, type Spoiling } from './spoil-place.ts';

type Level = 'cda-n3' | 'cda-n1';

const SPOILINGS = new Map<string, Spoiling>(Object.entries(table.faults));

/** The style sheet that carries a document, with what the faults switched on make wrong. */
export function spoilSheet(sheet: string, faults: ReadonlySet<string>): string {
  return spoilPlace(SPOILINGS, ['sheet'], sheet, faults);
}

/** A CDA document about to be sent, with what the faults switched on make wrong; the same text without any. */
export function spoilCda(level: Level, text: string, faults: ReadonlySet<string>): string {
  return spoilPlace(SPOILINGS, ['cda', level], text, faults);
}
