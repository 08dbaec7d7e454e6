import { readTables, readText } from '#formats/table/index.ts';
import type { QuoteReading } from '../types.ts';
import { readQuoteJson } from './json.ts';
import { readQuoteTables } from './table.ts';

/** Reads documents from a JSON, xlsx or CSV file, told apart by their bytes; never throws whatever they are. */
export async function readQuoteFile(bytes: Uint8Array): Promise<QuoteReading> {
  const start = Buffer.from(bytes.subarray(0, 4096))
    .toString('latin1')
    .replace(/^\u00EF\u00BB\u00BF/u, '')
    .trimStart();
  if (/^[[{]/u.test(start)) {
    const text = readText(bytes);
    if (text.ok) return readQuoteJson(text.text);
  }
  return readQuoteTables(await readTables(bytes));
}
