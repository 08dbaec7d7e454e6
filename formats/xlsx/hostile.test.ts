import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';

import { MAIN, OFFICE, partsWith, text, zipOf } from './xlsx.fixture.ts';
import type { Part } from './xlsx.fixture.ts';

const CHILD = fileURLToPath(new URL('hostile.fixture.ts', import.meta.url));
const MAX_MEGABYTES = 300;
const work = mkdtempSync(join(tmpdir(), 'jalon-xlsx-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

interface Outcome {
  readonly code: string;
  readonly message: string;
  readonly cells: number;
  readonly megabytes: number;
}

/** Reads in a process whose heap is small: what passes it kills the process, and the test with it. */
async function outcomeOf(parts: Readonly<Record<string, Part>>): Promise<Outcome> {
  const file = join(work, 'classeur.xlsx');
  writeFileSync(file, await zipOf(parts));
  const { stdout } = await promisify(execFile)(process.execPath, ['--max-old-space-size=96', CHILD, file]);
  return JSON.parse(stdout) as Outcome;
}

/** Parts of a workbook whose one sheet is made piece by piece. */
function streamed(pieces: () => Iterable<string>, after = ''): Record<string, Part> {
  const part = function* (): Generator<string> {
    yield `<worksheet xmlns="${MAIN}"><sheetData>`;
    yield* pieces();
    yield `</sheetData>${after}</worksheet>`;
  };
  return { ...partsWith(''), 'xl/worksheets/sheet1.xml': part };
}

/** A thousand pieces at a time, so that the stream is not one call per row. */
function* repeated(count: number, piece: (at: number) => string): Generator<string> {
  for (let from = 0; from < count; from += 1000) {
    yield Array.from({ length: Math.min(1000, count - from) }, (_, at) => piece(from + at)).join('');
  }
}

const filler = (letters: number): string => randomBytes(letters / 2).toString('hex');
/** Looks random to the compressor, costs little to make. */
const noise = filler(100_000);
const slice = (at: number, length: number): string => noise.slice((at * 37) % 90_000, ((at * 37) % 90_000) + length);

const bookOf = (sheets: number): string =>
  `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${Array.from({ length: sheets }, (_, at) => `<sheet name="F${at}" sheetId="${at + 1}" r:id="rId1"/>`).join('')}</sheets></workbook>`;

const strings = (pieces: () => Iterable<string>): Record<string, Part> => ({
  'xl/sharedStrings.xml': function* () {
    yield `<sst xmlns="${MAIN}">`;
    yield* pieces();
    yield '</sst>';
  },
});

const hostile: readonly (readonly [what: string, code: string, parts: () => Record<string, Part>])[] = [
  ['a bomb of 100 MB', 'XLSX_TOO_LARGE', () => streamed(() => repeated(100_000, () => ' '.repeat(1000)))],
  ['a bomb of 30 MB', 'XLSX_RATIO', () => streamed(() => repeated(30_000, () => ' '.repeat(1000)))],
  [
    'a million rows',
    'XLSX_TOO_LARGE',
    () => streamed(() => repeated(1_000_000, (at) => `<row r="${at + 1}"><c><v>${at}</v></c></row>`)),
  ],
  [
    'hundreds of thousands of rows',
    'XLSX_TOO_MANY_CELLS',
    () => streamed(() => repeated(350_000, (at) => `<row><c><v>${at}</v></c></row>`)),
  ],
  [
    'a million empty rows',
    'no fault',
    () => streamed(() => repeated(1_000_000, (at) => `<row ht="${slice(at, 6)}"/>`)),
  ],
  [
    'more rows than a table has',
    'XLSX_TOO_MANY_CELLS',
    () => streamed(() => repeated(50_000, (at) => `<row><c><v>${slice(at, 8)}</v></c></row>`)),
  ],
  ['a pit', 'XLSX_UNREADABLE', () => streamed(() => repeated(700_000, () => '<a>'))],
  [
    'one huge text',
    'no fault',
    () => ({
      ...partsWith('<row><c t="s"><v>0</v></c></row>'),
      ...strings(function* () {
        yield '<si><t>';
        yield* repeated(800, (at) => slice(at, 9_999));
        yield '</t></si>';
      }),
    }),
  ],
  [
    'a long text named a thousand times',
    'XLSX_TOO_LARGE',
    () => ({
      ...streamed(() => repeated(15_000, () => '<row><c t="s"><v>0</v></c></row>')),
      ...strings(() => [`<si><t>${slice(1, 30_000)}</t></si>`]),
    }),
  ],
  [
    'a million shared texts',
    'no fault',
    () => ({ ...partsWith(''), ...strings(() => repeated(1_000_000, (at) => `<si><t>${slice(at, 4)}</t></si>`)) }),
  ],
  [
    'a thousand sheets',
    'XLSX_TOO_MANY_ENTRIES',
    () => ({
      ...partsWith(''),
      ...Object.fromEntries(Array.from({ length: 1000 }, (_, at) => [`xl/worksheets/f${at}.xml`, '<worksheet/>'])),
    }),
  ],
  [
    'ten thousand tabs over one sheet',
    'XLSX_TOO_MANY_SHEETS',
    () => ({ ...partsWith(''), 'xl/workbook.xml': bookOf(10_000) }),
  ],
  [
    'a hundred tabs over one large sheet',
    'XLSX_TOO_MANY_CELLS',
    () => ({
      ...streamed(() => [`<row r="1">${text('IV1', 'a')}</row><row r="7000">${text('A3000', 'a')}</row>`]),
      'xl/workbook.xml': bookOf(100),
    }),
  ],
  [
    'thousands of merges',
    'XLSX_TOO_MANY_MERGES',
    () => {
      const merges = [...repeated(60_000, (at) => `<mergeCell ref="A${at + 1}:B${at + 1}"/>`)].join('');
      return partsWith(`<row>${text('A1', 'a')}</row>`, `<mergeCells>${merges}</mergeCells>`);
    },
  ],
  [
    'merges over the whole sheet',
    'XLSX_OVERLAPPING_MERGES',
    () => {
      const merges = '<mergeCell ref="A1:XFD1048576"/>'.repeat(10_000);
      const corners = `<row r="1">${text('IV1', 'a')}</row><row r="7000">${text('A3000', 'a')}</row>`;
      return partsWith(corners, `<mergeCells>${merges}</mergeCells>`);
    },
  ],
  [
    'a hundred thousand formulas',
    'XLSX_TOO_MANY_FORMULAS',
    () => streamed(() => repeated(100_000, (at) => `<row><c><f>A${at + 1}</f></c></row>`)),
  ],
  [
    'twenty megabytes of something else',
    'no fault',
    () => ({ ...partsWith(`<row>${text('A1', 'a')}</row>`), 'xl/media/image1.png': randomBytes(20 * 1024 * 1024) }),
  ],
  [
    'every limit at once',
    'no fault',
    () => ({
      ...streamed(() =>
        repeated(20_000, (row) => {
          const cells = Array.from({ length: 40 }, (_, at) => `<c t="s"><v>${row * 20 + (at % 20)}</v></c>`);
          return `<row>${cells.join('')}</row>`;
        }),
      ),
      ...strings(() => repeated(400_000, (at) => `<si><t>’${slice(at, 18)}</t></si>`)),
      'xl/media/image1.png': randomBytes(15 * 1024 * 1024),
    }),
  ],
  [
    'as many empty elements as a part holds, sheet after sheet',
    'XLSX_TOO_LARGE',
    () => ({
      ...streamed(() => repeated(3_000_000, (at) => (at % 50 === 0 ? `<a b="${slice(at, 40)}"/>` : '<c/>'))),
      'xl/workbook.xml': bookOf(100),
    }),
  ],
  [
    'one more cell than there may be, near the last row and column',
    'XLSX_TOO_MANY_CELLS',
    () => streamed(() => [`<row r="1">${text('AO1', 'a')}</row><row r="20000">${text('A20000', 'a')}</row>`]),
  ],
];

describe('what a hostile workbook costs', () => {
  it.each(hostile)('%s: %s', async (_, code, parts) => {
    const outcome = await outcomeOf(parts());
    expect(outcome.code, outcome.message).toBe(code);
    expect(outcome.megabytes).toBeLessThan(MAX_MEGABYTES);
  });

  it('a REM of 500 requirements with long texts is no such workbook', async () => {
    const cells = (row: number): string =>
      Array.from({ length: 38 }, (_, at) => `<c t="s" s="1"><v>${row * 38 + at}</v></c>`).join('');
    const outcome = await outcomeOf({
      ...streamed(() => repeated(500, (row) => `<row r="${row + 1}">${cells(row)}</row>`)),
      ...strings(() =>
        repeated(19_000, (at) => `<si><r><t>${slice(at, 60)}</t></r><r><t>${slice(at, 45)}</t></r></si>`),
      ),
    });
    expect(outcome).toMatchObject({ code: 'no fault', cells: 19_000 });
    expect(outcome.megabytes).toBeLessThan(MAX_MEGABYTES);
  });
});
