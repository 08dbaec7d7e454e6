import { Buffer } from 'node:buffer';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

import { readWorkbook } from './index.ts';
import type { XlsxLimits, XlsxSheet } from './index.ts';

export const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
export const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
export const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships';

/** Text of a part, its bytes, or what makes them piece by piece. */
export type Part = string | Buffer | (() => Iterable<string>);

/** A zip of these parts, in their order. */
export async function zipOf(parts: Readonly<Record<string, Part>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(parts)) {
    if (typeof content === 'function') zip.addReadStream(Readable.from(utf8(content())), name);
    else zip.addBuffer(Buffer.from(content), name);
  }
  zip.end();
  return buffer(zip.outputStream);
}

function* utf8(pieces: Iterable<string>): Generator<Buffer> {
  for (const piece of pieces) yield Buffer.from(piece);
}

/** Relations part; `kind` is the last word of the type. */
export function rels(list: readonly (readonly [id: string, kind: string, target: string])[]): string {
  const each = list.map(
    ([id, kind, target]) => `<Relationship Id="${id}" Type="${OFFICE}/${kind}" Target="${target}"/>`,
  );
  return `<Relationships xmlns="${PACKAGE}">${each.join('')}</Relationships>`;
}

/** Parts of a workbook with one sheet, written the way spreadsheet programs do. `after` stands behind the cells. */
export function partsWith(sheetData: string, after = ''): Record<string, string> {
  return {
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="Exigences" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': rels([['rId1', 'worksheet', 'worksheets/sheet1.xml']]),
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${MAIN}"><sheetData>${sheetData}</sheetData>${after}</worksheet>`,
  };
}

/** An inline text cell. */
export const text = (reference: string, value: string): string =>
  `<c r="${reference}" t="inlineStr"><is><t>${value}</t></is></c>`;

export async function faultOf(bytes: Uint8Array, limits?: XlsxLimits): Promise<string> {
  const reading = await readWorkbook(bytes, limits);
  return reading.ok ? 'no fault' : reading.fault.code;
}

/** Sheets of a workbook that must be readable. */
export async function sheetsOf(parts: Readonly<Record<string, Part>>): Promise<readonly XlsxSheet[]> {
  const reading = await readWorkbook(await zipOf(parts));
  if (!reading.ok) throw new Error(`${reading.fault.code} ${reading.fault.message}`);
  return reading.sheets;
}

/** Rows of the one sheet with this content. */
export async function rowsOf(sheetData: string, more: Readonly<Record<string, Part>> = {}): Promise<XlsxSheet['rows']> {
  const [sheet] = await sheetsOf({ ...partsWith(sheetData), ...more });
  return sheet?.rows ?? [];
}
