import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ORDERS } from './orders.fixture.ts';
import { start, workFolder } from './testing.ts';

/** Half of each order at once, where the shipped scale says 30 %. */
const SCALES = {
  format: 'jalon-bareme/1',
  version: 'essai-moitie',
  source: 'Barème inventé pour un essai',
  bands: [
    {
      couloir: 'SGL',
      wave: '1',
      band: 'B',
      sitesMin: 1,
      ceilingHt: '27450.00',
      ceilingTtc: '32940.00',
      advanceRate: 5000,
      source: 'Barème inventé pour un essai',
    },
  ],
};

describe('jalon orders money', () => {
  it('splits an order as its scale does, and names the scale', { timeout: 60_000 }, async () => {
    const cwd = workFolder();
    const play = (...args: readonly string[]) => start(args, { cwd }).ended;
    writeFileSync(join(cwd, 'bons.json'), JSON.stringify({ orders: ORDERS.orders.slice(0, 1) }));
    writeFileSync(join(cwd, 'bareme.json'), JSON.stringify(SCALES));
    expect((await play('orders', 'import', 'bons.json')).code).toBe(0);
    const months = async (...args: readonly string[]): Promise<unknown> => {
      const { out } = await play('orders', 'money', '--json', ...args);
      const { byMonth, scales } = JSON.parse(out) as {
        readonly byMonth: readonly { readonly month: string; readonly expected: string }[];
        readonly scales: readonly { readonly version: string }[];
      };
      return [byMonth.map(({ expected }) => expected), scales.map(({ version }) => version).includes('essai-moitie')];
    };
    expect(await months()).toEqual([['9882.00', '23058.00'], false]);
    expect(await months('--scales', 'bareme.json')).toEqual([['16470.00', '16470.00'], true]);
    expect((await play('orders', 'money', '--scales', 'bareme.json')).out).toContain('Barème : ');
  });

  it('is seen from the day that is asked for', { timeout: 60_000 }, async () => {
    const cwd = workFolder();
    const play = (...args: readonly string[]) => start(args, { cwd }).ended;
    writeFileSync(join(cwd, 'bons.json'), JSON.stringify({ orders: ORDERS.orders.slice(0, 1) }));
    expect((await play('orders', 'import', 'bons.json')).code).toBe(0);
    const on = async (day: string): Promise<unknown> =>
      JSON.parse((await play('orders', 'money', '--json', '--today', day)).out);
    expect(await on('2022-07-01')).toMatchObject({ today: '2022-07-01' });
    expect(await on('15/01/2023')).toMatchObject({ today: '2023-01-15' });
    const wrong = await play('orders', 'money', '--today', 'demain');
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('--today « demain »')]);
  });
});
