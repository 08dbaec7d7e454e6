import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { applicableRequirements, slotsOf } from '#dsr/catalogue/index.ts';
import { sampleInput } from '../fixture.ts';
import { renderTraceability, traceRows, traceSheet } from './index.ts';

const input = sampleInput();
const rows = traceRows(input, new Map([['INS/va1.03.01.01', 'Un papier est demandé.']]));

describe('traceability', () => {
  it('has a line for every requirement, every slot, every piece of the run', () => {
    const applicable = applicableRequirements(input.rem, input.run.profiles);
    expect(new Set(rows.map(({ requirement }) => requirement))).toEqual(new Set(applicable.map(({ id }) => id)));
    const slots = slotsOf(applicable).map(({ slot }) => slot.id);
    expect(new Set(rows.map(({ slot }) => slot).filter((slot) => slot !== ''))).toEqual(new Set(slots));
    const filed = input.run.scenarios.flatMap(({ pieces }) => pieces).filter(({ slot }) => slots.includes(slot));
    expect(new Set(rows.map(({ piece }) => piece).filter((piece) => piece !== ''))).toEqual(
      new Set(filed.map(({ path }) => path)),
    );
  });

  it('says why there is nothing, wherever there is nothing', () => {
    for (const row of rows.filter(({ piece, scenario }) => piece === '' && scenario === ''))
      expect(row.why).not.toBe('');
    expect(rows.find(({ slot }) => slot === 'INS/va1.03.01.01')?.why).toBe('Un papier est demandé.');
  });

  it('is the same in the sheet and on the page', async () => {
    const { bytes } = await traceSheet('csv', rows);
    const cells = parse(Buffer.from(bytes).toString('utf8'), {
      bom: true,
      delimiter: ';',
    }) as readonly (readonly string[])[];
    expect(cells).toHaveLength(rows.length + 1);
    const page = renderTraceability(input, rows);
    for (const { slot, requirement, sha256 } of rows) {
      expect(page).toContain(requirement);
      if (slot !== '') expect(page).toContain(slot);
      if (sha256 !== '') expect(page).toContain(sha256.slice(0, 16));
    }
    // Rows that a cell spans are all there: each line of the matrix is one row of the table.
    expect(page.match(/<tr>/gu)?.length).toBe(rows.length + new Set(rows.map(({ section }) => section)).size);
  });
});
