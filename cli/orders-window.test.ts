import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseCivilDate } from '#dsr/dates/index.ts';
import { cents } from '#dsr/money/index.ts';
import { openTracker } from '#tracker/store/index.ts';
import { bookOf, ORDERS } from './orders.fixture.ts';
import { jalon, start, workFolder, type Ended } from './testing.ts';

const json = ({ out }: Ended): Record<string, unknown> => JSON.parse(out) as Record<string, unknown>;
/** The options as one types them. */
const typed = (options: string): Promise<Ended> => jalon('orders', 'window', ...options.split(' '));
const VECTORS = fileURLToPath(new URL('../../shared/facts/data/window-120-days-vectors.json', import.meta.url));

describe('jalon orders window, one order', () => {
  it('answers in the fixed shape', async () => {
    const ended = await typed(
      '--signed 2022-01-31 --complete 01/06/2022 --referenced 2022-07-01 --advance-end 2022-11-30 --json',
    );
    expect(ended.code).toBe(0);
    expect(json(ended)).toMatchObject({
      status: 'not-eligible',
      daysBeforeCompleteFile: 121,
      lastDayForCompleteFile: '2022-05-31',
      reasons: ['signed-more-than-120-days-before-complete-file'],
      warnings: [],
    });
  });

  it('answers a published vector through the command line', async ({ skip }) => {
    skip(!existsSync(VECTORS), 'facts/data/window-120-days-vectors.json is not beside this checkout');
    const { cases } = JSON.parse(readFileSync(VECTORS, 'utf8')) as { cases: readonly Record<string, unknown>[] };
    const [first] = cases;
    if (first === undefined) throw new Error('no vector');
    const told = (name: string): string => String(first[name]);
    const ended = await typed(
      `--json --signed ${told('orderSignedByClientOn')} --complete ${told('completeProofFileDeemedSubmittedOn')} --referenced ${told('referencedOn')} --advance-end ${told('advancePeriodEndsOn')}`,
    );
    const { daysBeforeCompleteFile, lastDayForCompleteFile, status, reasons } = first;
    expect(json(ended)).toMatchObject({ daysBeforeCompleteFile, lastDayForCompleteFile, status, reasons });
  });

  it('speaks French, and warns while only the sending is known', async () => {
    const { out, code } = await typed('--signed 2022-03-01 --sent 2022-05-01 --today 2022-05-03');
    expect(code).toBe(0);
    expect(out).toMatch(/^En attente : dossier complet le 29 juin 2022 au plus tard \(dans 57 jours\)\.\n/);
    expect(out.replaceAll(/\s+/g, ' ')).toContain('la date qui compte est celle à laquelle l’ANS le répute complet');
    expect(out).toContain('[only-sent-known]');
  });

  it('names every option whose date is none, and the form that is expected', async () => {
    const ended = await jalon(
      'orders',
      'window',
      '--signed',
      '2022-02-30',
      '--complete',
      'demain',
      '--sent',
      '',
      '--json',
    );
    expect(ended.code).toBe(2);
    const { error } = json(ended) as { error: { code: string; message: string; remedy: string } };
    expect(error.code).toBe('USAGE');
    expect(error.message).toBe('Dates invalides : --signed « 2022-02-30 », --sent «  », --complete « demain ».');
    expect(error.remedy).toContain('AAAA-MM-JJ');
  });

  it.each([
    [['--signed', '9999-12-31'], '--signed « 9999-12-31 »'],
    [['--signed', '2022-01-01', '--slip', '3'], '--slip'],
    [['--slip', '-1'], '--slip : -1'],
    [['--slip', '1.5'], '--slip : 1.5'],
    [['--slip', '4000'], '--slip : 4000'],
    [['--signed'], '--signed'],
  ])('refuses %j as usage', async (args, told) => {
    const { code, err } = await jalon('orders', 'window', ...args);
    expect([code, err]).toEqual([2, expect.stringContaining(told)]);
  });
});

describe('jalon orders window, the book', () => {
  const folderWith = (document: unknown = ORDERS): { cwd: string; file: string } => {
    const cwd = workFolder();
    const file = join(cwd, 'bons.json');
    writeFileSync(file, JSON.stringify(document));
    return { cwd, file };
  };

  it('says what a slip costs', async () => {
    const { cwd } = folderWith();
    const args = ['orders', 'window', '--orders', 'bons.json', '--today', '2022-06-01', '--slip', '14'];
    const { out, code } = await start(args, { cwd }).ended;
    expect(code).toBe(0);
    expect(out).toContain(
      'Si le dossier complet part après le 14 juin, 3 commandes et 82 350 € HT sortent de la fenêtre. [+14 j]',
    );
    expect(out).toContain('Si le dossier complet part le 15 juin, 3 commandes et 82 350 € HT sortent de la fenêtre.');
    expect(out).toContain('Signature la plus ancienne encore couverte : 1er février 2022');
    expect(out).toContain('Fin des demandes d’avance : 30 novembre 2022 (calendrier officiel)');
    expect(out).toContain('Déjà sorties de la fenêtre : 1 commande, 27 450 € HT (BC-4)');
    expect(out).toContain('sans la mention conditionnelle');
    const document = json(await start([...args, '--json'], { cwd }).ended);
    // Each edition in use, as every command tells them: a newer one says only what it changes.
    expect(document['calendar']).toMatchObject([{ version: expect.stringMatching(/^jalon-/u) }]);
    expect(document['products']).toMatchObject([
      {
        couloir: 'SGL',
        wave: '1',
        product: null,
        earliestSignatureCovered: '2022-02-01',
        atStake: { count: 4, htCents: 10_980_000 },
        alreadyOut: { count: 1, htCents: 2_745_000, orders: ['BC-4'] },
        steps: [{ lastDay: '2022-06-14', slipDays: 14, total: { count: 3, htCents: 8_235_000 } }, { slipDays: 121 }],
        slip: { completeOn: '2022-06-15', count: 3, htCents: 8_235_000, orders: ['BC-1', 'BC-2', 'BC-3'] },
        forecast: null,
      },
    ]);
  });

  it('says why orders are out and the way out, names the calendar, and does not contradict itself on a slip', async () => {
    const { cwd } = folderWith();
    const args = ['orders', 'window', '--orders', 'bons.json', '--today', '2022-02-10', '--complete', '2022-06-15'];
    const { out, code } = await start([...args, '--slip', '7'], { cwd }).ended;
    expect(code).toBe(0);
    const text = out.replaceAll(/\s+/gu, ' ');
    expect(text).toContain('Motif : La commande est signée le 14 février 2022, 121 jours avant le dossier');
    expect(text).toContain('Faites signer une nouvelle commande');
    expect(text).toContain('[signed-more-than-120-days-before-complete-file]');
    expect(text).toContain('[signed-in-the-future]');
    expect(text).toMatch(/Calendrier : jalon-[^ ]+ \(/u);
    expect(out).toContain('Le dossier est complet : plus rien ne sort de la fenêtre.');
    expect(out).not.toContain('Si le dossier complet part');
  });

  it('takes the dates of the vendor’s file, then those that are typed', async () => {
    const { cwd } = folderWith();
    const vendor = {
      name: 'Éditeur Fictif',
      siret: '00000000000109',
      products: [
        {
          name: 'LaboExemple',
          version: '7.2',
          couloir: 'SGL',
          wave: '1',
          dsrCode: 'SGL-VA1',
          deemedCompleteOn: '2022-06-14',
        },
      ],
    };
    writeFileSync(join(cwd, 'editeur.json'), JSON.stringify(vendor));
    const seen = async (...args: readonly string[]): Promise<unknown> =>
      json(
        await start(['orders', 'window', '--orders', 'bons.json', '--today', '2022-06-20', '--json', ...args], { cwd })
          .ended,
      )['products'];
    expect(await seen('--vendor', 'editeur.json')).toMatchObject([
      {
        product: { name: 'LaboExemple' },
        reference: { on: '2022-06-14', basis: 'deemed-complete' },
        eligible: { count: 4 },
        notEligible: { count: 1 },
      },
    ]);
    expect(await seen('--vendor', 'editeur.json', '--complete', '2022-06-15')).toMatchObject([
      { eligible: { count: 1 } },
    ]);
    expect(await seen('--planned', '2022-06-15')).toMatchObject([
      { reference: { basis: 'planned' }, alreadyOut: { count: 4 } },
    ]);
  });

  it('leaves aside the rows that are not healthy, and says so', async () => {
    const { cwd } = folderWith({
      orders: [...ORDERS.orders, { ...ORDERS.orders[0], number: 'BC-9', signedOn: '31/02/2022', instance: 'autre' }],
    });
    const { out, err, code } = await start(['orders', 'window', '--orders', 'bons.json', '--today', '2022-06-01'], {
      cwd,
    }).ended;
    expect([code, err]).toEqual([0, expect.stringContaining('laissées de côté')]);
    expect(out).not.toContain('BC-9');
  });

  it('reads the book of the working folder, and says when it is empty', async () => {
    const cwd = workFolder();
    const args = ['orders', 'window', '--data', 'suivi', '--today', '2022-06-01', '--json'];
    const none = await start(args, { cwd }).ended;
    expect([none.code, json(none)['error']]).toEqual([2, expect.objectContaining({ code: 'ORDERS_NONE' })]);
    expect(existsSync(join(cwd, 'suivi'))).toBe(false);
    const folder = workFolder();
    const tracker = await openTracker({ dataDir: folder });
    await tracker.importOrders(bookOf(['BC-1', '2022-02-14']), { at: '2022-05-01T00:00:00.000Z', by: 'test' });
    await tracker.close();
    const { products } = json(await jalon('orders', 'window', '--data', folder, '--today', '2022-06-01', '--json'));
    expect(products).toMatchObject([
      { atStake: { count: 1, htCents: cents(2_745_000) }, orders: [{ number: 'BC-1', daysLeft: 13 }] },
    ]);
  });

  it('tells a year that leaves the calendar', async () => {
    const folder = workFolder();
    const tracker = await openTracker({ dataDir: folder });
    const [order] = bookOf(['BC-1', '2022-02-14']);
    const late = parseCivilDate('9999-12-31');
    if (order === undefined || late === undefined) throw new Error('no order');
    await tracker.importOrders([{ ...order, signedOn: late }], { at: '2022-05-01T00:00:00.000Z', by: 'test' });
    await tracker.close();
    const ended = await jalon('orders', 'window', '--data', folder, '--json');
    expect([ended.code, json(ended)['error']]).toEqual([2, expect.objectContaining({ code: 'DATE_RANGE' })]);
  });
});
