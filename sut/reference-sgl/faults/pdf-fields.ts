import table from './pdf-fields.json' with { type: 'json' };
import { spoilPlace, type Spoiling } from './spoil-place.ts';

const SPOILINGS = new Map<string, Spoiling>(Object.entries(table.faults));

/** The PDF of a report with what the faults switched on make wrong; the same bytes without any. */
export function spoilPdfBytes(bytes: Uint8Array, faults: ReadonlySet<string>): Uint8Array {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const spoilt = spoilPlace(SPOILINGS, ['file'], text, faults);
  return spoilt === text ? bytes : Buffer.from(spoilt, 'latin1');
}
