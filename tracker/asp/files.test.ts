import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cents, withVat } from '#dsr/money/index.ts';
import { anAdvance, anOrder, day, play } from './asp.fixture.ts';
import {
  checkZip,
  isSafeName,
  mayBeRemade,
  moved,
  nextStatuses,
  requestId,
  requestStatus,
  STATUSES,
  statusOf,
} from './index.ts';
import type { Deposit, DepositStatus, PreparedRequest, Prepared } from './index.ts';
import { buildZip, safeNames } from './zip/index.ts';

const at = '2022-11-29T09:00:00.000Z';
const deposit = (...statuses: readonly DepositStatus[]): Deposit => ({
  file: 'a',
  sha256: 'a',
  history: statuses.map((status) => ({ status, at, by: 'test' })),
});
const made = (one: Prepared | undefined): PreparedRequest => {
  if (one?.ok !== true) throw new Error(JSON.stringify(one));
  return one.prepared;
};

describe('both files', () => {
  it('say that they are drafts, and are the same each time', async () => {
    const [first, second] = [
      made((await play({ orders: [anOrder()] }))[0]),
      made((await play({ orders: [anOrder()] }))[0]),
    ];
    expect(first.json.name).toBe('avance.SGL-VA1.INST-1.BROUILLON.json');
    expect(first.zip.name).toBe('avance.SGL-VA1.INST-1.BROUILLON.pieces.zip');
    expect(second).toEqual(first);
    expect(first.request).toMatchObject({
      requested: 988_200,
      requestedHt: 823_500,
      rank: 1,
      sites: ['990000028', '990000036'],
    });
    expect(first.unjudged).toEqual([]);
  });

  it('made again keep the history of what did not change', async () => {
    const [first] = await play({ orders: [anOrder()] });
    const before = made(first).request;
    const given = {
      ...before,
      json: { ...before.json, history: [...before.json.history, { status: 'a-modifier' as const, at, by: 'ASP' }] },
      aspReference: 'ASP-1',
    };
    const after = made(
      (await play({ orders: [anOrder({ client: { name: 'Autre', siret: '00000000000125' } })], requests: [given] }))[0],
    ).request;
    expect(after.json.history.map(({ status }) => status)).toEqual(['preparee', 'a-modifier', 'preparee']);
    expect(after.zip).toEqual(before.zip);
    expect(after.aspReference).toBe('ASP-1');
  });

  it('of an amendment are of the next rank, on the new amounts', async () => {
    const order = anOrder({
      amendments: [
        { number: 'A1', signedOn: day('2022-09-01'), status: 'a-deposer', amounts: withVat(cents(2_000_000), 2000) },
      ],
    });
    const one = made((await play({ orders: [order], requests: [anAdvance()] }))[0]);
    expect(one.request).toMatchObject({
      id: 'avance.SGL-VA1.INST-1.avenant-2',
      amends: 'avance.SGL-VA1.INST-1',
      rank: 2,
      requested: 720_000,
    });
    expect(JSON.parse(one.json.text)).toMatchObject({ request: { kind: 'avenant', amendsReference: 'ASP-77' } });
    const again = made((await play({ orders: [order], requests: [anAdvance(), one.request] }))[0]);
    expect(again.request).toMatchObject({ id: one.request.id, amends: one.request.amends, rank: 2 });
  });
});

describe('names', () => {
  it('of requests never meet, even where files ignore case', () => {
    const name = fc.oneof(fc.string(), fc.stringMatching(/^[A-Za-z0-9 -]{1,12}$/u));
    fc.assert(
      fc.property(name, name, (one, other) => {
        const [first, second] = [one, other].map((each) => requestId('avance', 'SGL-VA1', each, 1));
        expect(first).toMatch(/^[A-Za-z0-9.-]+$/u);
        const key = (text: string): string =>
          text.normalize('NFKC').replaceAll(/\s+/gu, ' ').trim().toLocaleUpperCase('fr');
        expect(first?.toLowerCase() === second?.toLowerCase()).toBe(key(one) === key(other));
      }),
    );
    expect(requestId('solde', 'A', 'x'.repeat(60), 3)).toMatch(/^solde\.A\.X{40}-[0-9a-f]{8}\.avenant-3$/u);
  });

  it('of pieces are safe and unique, whatever the path', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.string(),
            fc.constantFrom('a.pdf', 'A.PDF', '../../a.pdf', 'nul.pdf', 'été/é.pdf', 'x'.repeat(300)),
          ),
        ),
        (paths) => {
          const names = safeNames(paths);
          expect(names.every(isSafeName)).toBe(true);
          expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(paths.length);
        },
      ),
    );
    expect(safeNames(['pièces/Reçu signé.pdf', 'b\\Recu-signe.pdf', 'con.txt', ''])).toEqual([
      'Recu-signe.pdf',
      'Recu-signe-2.pdf',
      '_con.txt',
      'piece',
    ]);
    expect(['a', '../a', 'a/b', '.a', 'a.', 'NUL', 'nul.txt', 'x'.repeat(101), 'a b'].map(isSafeName)).toEqual([
      true,
      ...Array<boolean>(8).fill(false),
    ]);
  });
});

describe('the zip', () => {
  it('does not depend on the order of its pieces', async () => {
    const [a, b] = ['a', 'b'].map((name) => ({ name, content: new TextEncoder().encode(name) }));
    expect(await buildZip([a!, b!])).toEqual(await buildZip([b!, a!]));
  });

  it('is compared with what was announced', () => {
    const piece = { name: 'a.pdf', sha256: 'x', bytes: 10 };
    const limits = { pieceBytes: 10, totalBytes: 20 };
    const told = (held: readonly (typeof piece)[], announced = [piece]) =>
      checkZip(held, announced, limits).map(({ code }) => code);
    expect(told([piece])).toEqual([]);
    expect(told([])).toEqual(['ASP_ZIP_MISSING']);
    expect(told([{ ...piece, sha256: 'y' }])).toEqual(['ASP_ZIP_DIGEST']);
    expect(told([piece, { ...piece, name: 'b.pdf' }])).toEqual(['ASP_ZIP_UNANNOUNCED']);
    expect(told([{ ...piece, bytes: 11 }])).toEqual(['ASP_ZIP_PIECE_SIZE']);
    expect(told([{ ...piece, bytes: 0 }])).toEqual(['ASP_ZIP_EMPTY']);
    const up = { ...piece, name: '../a' };
    expect(told([up], [up])).toEqual(['ASP_ZIP_NAME']);
    const twice = { ...piece, name: 'A.pdf' };
    expect(told([piece, twice], [piece, twice])).toEqual(['ASP_ZIP_NAME_TWICE']);
    const all = ['a', 'b', 'c'].map((name) => ({ ...piece, name }));
    expect(told(all, all)).toEqual(['ASP_ZIP_SIZE']);
  });
});

describe('the status of a file', () => {
  it('only goes where the ASP leads, and keeps what was', () => {
    for (const from of STATUSES) {
      for (const to of STATUSES) {
        const move = moved(deposit(from), { status: to, at, by: 'test', note: 'dit' });
        const allowed = nextStatuses(from).includes(to);
        expect(move).toEqual(
          allowed
            ? {
                ok: true,
                deposit: {
                  ...deposit(from, to),
                  history: [...deposit(from).history, { status: to, at, by: 'test', note: 'dit' }],
                },
              }
            : { ok: false, from, allowed: nextStatuses(from) },
        );
      }
    }
    expect(STATUSES.map((one) => `${one}: ${nextStatuses(one).join(' ')}`)).toEqual([
      'preparee: deposee',
      'deposee: validee a-modifier incomplete risque-de-recouvrement',
      'validee: decidee-et-payee a-modifier incomplete risque-de-recouvrement',
      'a-modifier: preparee deposee',
      'incomplete: preparee deposee',
      'decidee-et-payee: risque-de-recouvrement',
      'risque-de-recouvrement: decidee-et-payee deposee',
    ]);
    expect(() => statusOf(deposit())).toThrow(RangeError);
  });

  it('of a request is that of the file that lags behind', () => {
    const request = (json: DepositStatus, zip: DepositStatus) => anAdvance({ json: deposit(json), zip: deposit(zip) });
    expect(requestStatus(request('validee', 'incomplete'))).toBe('incomplete');
    expect(requestStatus(request('decidee-et-payee', 'validee'))).toBe('validee');
    expect(requestStatus(request('decidee-et-payee', 'risque-de-recouvrement'))).toBe('risque-de-recouvrement');
    const { zip: _, ...alone } = request('deposee', 'preparee');
    expect(requestStatus(alone)).toBe('deposee');
    expect([
      mayBeRemade(request('preparee', 'preparee')),
      mayBeRemade(request('deposee', 'preparee')),
      mayBeRemade(request('validee', 'incomplete')),
      mayBeRemade(request('a-modifier', 'deposee')),
      mayBeRemade(request('decidee-et-payee', 'decidee-et-payee')),
    ]).toEqual([true, false, true, true, false]);
  });
});
