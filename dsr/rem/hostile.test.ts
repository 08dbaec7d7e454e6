import { describe, expect, it } from 'vitest';

import type { RemMessage } from './index.ts';
import { Size } from './size.ts';
import { accepted, codes, readSheets, remOf, row, WAVE_1 } from './workbook.fixture.ts';
import type { Cells } from './workbook.fixture.ts';

// What a workbook made to exhaust its reader becomes: a bounded list, a bounded number of messages, or a refusal.

const exigences = (rows: readonly Cells[]) => readSheets([{ name: 'Exigences', rows: [WAVE_1, ...rows] }]);
const number = (index: number): string => String(index).padStart(2, '0');
const of = (messages: readonly RemMessage[], code: string) => messages.filter((message) => message.code === code);

describe('a list of ids in one cell', () => {
  it('is cut at fifty, and it is said', async () => {
    const ids = Array.from({ length: 900 }, (_, index) => `INS.${number(index)}`).join(';');
    const { rem, messages } = await remOf(WAVE_1, row(ids, 'SCN.01', 'SCN.01.01'));
    expect(rem.requirements).toHaveLength(50);
    expect(of(messages, 'J21')).toEqual([
      expect.objectContaining({ row: 2, value: '900', message: expect.stringContaining('50 premières') as string }),
    ]);
  });

  it('does not multiply a list without end', async () => {
    const ids = Array.from({ length: 50 }, (_, index) => `INS.${number(index)}`).join(';');
    const rows = Array.from({ length: 401 }, (_, index) => row(ids, `SCN.${index}`, `SCN.${index}.01`));
    expect((await exigences(rows)).messages).toEqual([
      expect.objectContaining({ code: 'REM_TROP_GRANDE', message: expect.stringContaining('scénarios') as string }),
    ]);
  });

  it('does not multiply the proofs of one scenario without end', async () => {
    const ids = Array.from({ length: 50 }, (_, index) => `INS.${number(index)}`).join(';');
    const proofs = Array.from({ length: 401 }, (_, index) => row('INS.00', 'SCN.01', `SCN.01.${index}`));
    const reading = await exigences([...proofs, row(ids, 'SCN.01', '')]);
    expect(reading).toMatchObject({ ok: false, messages: [{ code: 'REM_TROP_GRANDE' }] });
    expect(reading.messages[0]?.message).toContain('preuves');
  });
});

describe('one thing wrong everywhere', () => {
  it('is told five hundred times, then counted', async () => {
    const rows = Array.from({ length: 620 }, (_, index) => {
      const cells = row('INS/va1.02', 'INS/va1.02.01', 'INS/va1.02.01.01');
      cells[12] = `Pièce ${index}`;
      return cells;
    });
    const { rem, messages } = accepted(await exigences(rows));
    expect(rem.requirements[0]?.scenarios[0]?.proofs.map(({ id }) => id).slice(-2)).toEqual([
      'INS/va1.02.01.01-619',
      'INS/va1.02.01.01-620',
    ]);
    expect(of(messages, 'J03')).toHaveLength(501);
    expect(messages.at(-1)).toMatchObject({
      code: 'J03',
      severity: 'error',
      row: 0,
      message: '119 autres remarques J03 ne sont pas montrées.',
    });
  });

  it('is shown short when a cell holds a page', async () => {
    const { messages } = await remOf(WAVE_1, row('INS/va1.02', 'x'.repeat(30_000), 'INS/va1.02.01.01'));
    expect(Math.max(...messages.map(({ value, message }) => Math.max(value.length, message.length)))).toBeLessThan(500);
  });
});

describe('a list that no couloir has', () => {
  it('is refused beyond six thousand requirements, with what to do', async () => {
    const rows = Array.from({ length: 6001 }, (_, index): Cells => [`R.${number(index)}`, 'Texte', 'S', 'P', 'x']);
    const headers = ['N° exigence', 'Énoncé', 'N° scénario', 'N° preuve 1', 'Preuve 1'];
    const reading = await readSheets([{ name: 'Exigences', rows: [headers, ...rows] }]);
    expect(codes(reading.messages)).toEqual(['REM_TROP_GRANDE']);
    expect(reading.messages[0]).toMatchObject({ severity: 'error' });
    expect(reading.messages[0]?.message).toMatch(/6\s000 exigences/u);
    expect(reading.messages[0]?.remedy).toContain('réimportez');
  });

  it('is measured in texts too, however few they are', () => {
    const size = new Size();
    for (let index = 0; index < 1600; index += 1) size.addProof({ text: 'x'.repeat(10_000) });
    expect(size.tooLarge).toBeUndefined();
    size.addProof({ text: 'x' });
    expect(size.tooLarge).toMatchObject({ what: 'caractères' });
  });
});
