import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCsv, type CsvFault, type CsvRecord } from './csv.ts';

async function read(text: string, size = 7): Promise<(CsvRecord | CsvFault)[]> {
  const bytes = Buffer.from(text);
  const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );
  async function* source(): AsyncGenerator<Uint8Array> {
    yield* chunks;
  }
  return Array.fromAsync(readCsv(source()));
}
const cells = async (text: string, size?: number): Promise<unknown[]> =>
  (await read(text, size)).map((one) => ('cells' in one ? one.cells : one.message));

describe('readCsv', () => {
  it('takes the separator of the first line, and quotes', async () => {
    expect(await cells('a;b\n"1;2";"x ""y"""\n')).toEqual([
      ['a', 'b'],
      ['1;2', 'x "y"'],
    ]);
    expect(await cells('a\tb\r\n1\t2')).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
  });

  it('counts lines as an editor does, blank ones and those in quotes included', async () => {
    expect((await read('\uFEFFa,b\r\n\r\n"1\n2",x\r\n3,4\r')).map(({ line }) => line)).toEqual([1, 3, 5]);
  });

  it('gives back what was written, however the bytes are cut', async () => {
    const value = fc.string({ maxLength: 12 }).filter((text) => text.trim() !== '');
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 9 }),
        async (rows, size) => {
          const text = [['col1', 'col2'], ...rows]
            .map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','))
            .join('\n');
          expect(await cells(text, size)).toEqual([['col1', 'col2'], ...rows]);
        },
      ),
    );
  });

  it('stops at quotes that never close and at a record without end', async () => {
    expect(await cells('a,b\n"1,2\n3,4')).toEqual([['a', 'b'], expect.stringContaining('guillemets')]);
    expect(await cells('x'.repeat(200_000), 1000)).toEqual([expect.stringContaining('dépasse')]);
    expect(await cells('')).toEqual([]);
  });
});
