import { describe, expect, it } from 'vitest';
import { cents, withVat } from '#dsr/money/index.ts';
import type { Amendment } from '../orders/types.ts';
import { aDoneOrder, anAdvance, anOrder, codes, day, play, type Play } from './asp.fixture.ts';
import type { Deposit, DepositStatus, PaymentRequest, Prepared, PreparedRequest, Refused } from './index.ts';

const at = '2022-11-28T09:00:00.000Z';
const deposit = (...statuses: readonly DepositStatus[]): Deposit => ({
  file: 'a',
  sha256: 'a',
  history: statuses.map((status) => ({ status, at, by: 'test' })),
});
const both = (...statuses: readonly DepositStatus[]) => ({ json: deposit(...statuses), zip: deposit(...statuses) });
const PAID = anAdvance();
const INITIAL_BACK = anAdvance(both('preparee', 'deposee', 'a-modifier'));
/** What was made of amendment A1. */
const amended = (...statuses: readonly DepositStatus[]): PaymentRequest =>
  anAdvance({
    id: `${PAID.id}.avenant-2`,
    amends: PAID.id,
    amendment: 'A1',
    rank: 2,
    requested: cents(720_000),
    requestedHt: cents(600_000),
    ...both(...statuses),
  });
const amendment = (changes: Partial<Amendment> = {}): Amendment => ({
  number: 'A1',
  signedOn: day('2022-09-01'),
  status: 'a-deposer',
  amounts: withVat(cents(2_000_000), 2000),
  ...changes,
});
const made = (all: readonly Prepared[]): PreparedRequest => {
  if (all[0]?.ok !== true) throw new Error(JSON.stringify(all));
  return all[0].prepared;
};
const refused = (all: readonly Prepared[]): Refused => {
  if (all[0]?.ok !== false) throw new Error(JSON.stringify(all));
  return all[0].refused;
};
const ask = (amendments: readonly Amendment[], requests: readonly PaymentRequest[]): Promise<readonly Prepared[]> =>
  play({ orders: [anOrder({ amendments })], requests });

describe('the request of an amendment', () => {
  it('remembers which one it asks for', async () => {
    const { request, json } = made(await ask([amendment()], [PAID]));
    expect(request).toMatchObject({ id: `${PAID.id}.avenant-2`, amends: PAID.id, amendment: 'A1', rank: 2 });
    expect(JSON.parse(json.text)).toMatchObject({ request: { kind: 'avenant', amendsReference: 'ASP-77' } });
  });

  it('is not made again for an order that has it no more', async () => {
    for (const statuses of [['preparee'], ['preparee', 'deposee', 'a-modifier']] as const) {
      const [reason, ...others] = refused(await ask([], [PAID, amended(...statuses)])).reasons;
      expect([reason?.code, reason?.where, others]).toEqual(['ASP_AMENDMENT_GONE', 'amendments', []]);
      expect(reason?.what).toContain(`${PAID.id}.avenant-2`);
      expect(reason?.what).toContain('A1');
    }
    const abandoned = await ask([amendment({ status: 'abandonnee' })], [PAID, amended('preparee')]);
    expect(refused(abandoned).reasons.map(({ code }) => code)).toEqual(['ASP_AMENDMENT_GONE']);
    // Nothing was kept of its number before it was remembered.
    const { amendment: _, ...unnamed } = amended('preparee');
    expect(refused(await ask([], [PAID, unnamed])).reasons.map(({ code }) => code)).toEqual(['ASP_AMENDMENT_GONE']);
    expect(made(await ask([amendment()], [PAID, unnamed])).request.id).toBe(unnamed.id);
  });

  it('is not made again for another amendment', async () => {
    const other = amendment({ number: 'A2' });
    const back = amended('preparee', 'deposee', 'a-modifier');
    expect(refused(await ask([other], [PAID, back])).reasons.map(({ code }) => code)).toEqual(['ASP_AMENDMENT_GONE']);
    // Nobody was given its files: another amendment may have them.
    const taken = made(await ask([other], [PAID, amended('preparee')])).request;
    expect(taken).toMatchObject({ id: `${PAID.id}.avenant-2`, amendment: 'A2' });
    const own = made(await ask([amendment(), other], [PAID, amended('preparee')])).request;
    expect(own.amendment).toBe('A1');
    // Once the ASP holds it, the next one is.
    const next = made(await ask([amendment({ status: 'deposee' }), other], [PAID, amended('deposee')])).request;
    expect(next).toMatchObject({ id: `${PAID.id}.avenant-3`, amends: `${PAID.id}.avenant-2`, amendment: 'A2' });
  });

  it('is asked for once, whatever the list still says of it', async () => {
    const reasons = refused(await ask([amendment()], [PAID, amended('deposee')])).reasons;
    expect(reasons.map(({ code }) => code)).toEqual(['ASP_INSTANCE_REQUESTED']);
  });

  it('is made again when the ASP gave it back, on its new amounts', async () => {
    for (const status of ['a-deposer', 'deposee'] as const) {
      const given = [PAID, amended('preparee', 'deposee', 'a-modifier')];
      const { request } = made(await ask([amendment({ status })], given));
      expect(request).toMatchObject({ id: `${PAID.id}.avenant-2`, rank: 2, amends: PAID.id, requested: 720_000 });
      expect(request.json.history.at(-1)?.status).toBe('preparee');
    }
  });
});

describe('the first request', () => {
  it('is the one made again when the ASP gave it back, before any amendment', async () => {
    for (const status of ['preparee', 'deposee'] as const) {
      for (const amendments of [[], [amendment()]]) {
        const { request, json } = made(await ask(amendments, [INITIAL_BACK, amended(status)]));
        expect(request).toMatchObject({ id: PAID.id, rank: 1, requested: 988_200 });
        expect(request.json.history.map((change) => change.status)).toEqual([
          'preparee',
          'deposee',
          'a-modifier',
          'preparee',
        ]);
        expect(request).not.toHaveProperty('amendment');
        expect(JSON.parse(json.text)).toMatchObject({ request: { kind: 'initial' } });
      }
    }
  });

  it('stays the first of its batch, and the amendment follows once it is handed in', async () => {
    const order = anOrder({ amendments: [amendment()] });
    const again = made(await play({ orders: [order], requests: [INITIAL_BACK, amended('preparee')] })).request;
    expect(again.id).toBe(PAID.id);
    const handedIn = { ...again, ...both('preparee', 'deposee') };
    const next = made(await play({ orders: [order], requests: [amended('preparee'), handedIn] })).request;
    expect(next.id).toBe(`${PAID.id}.avenant-2`);
  });

  it('says that an amendment waits for it', async () => {
    const { notes } = made(await ask([amendment()], []));
    expect(notes.map(({ code }) => code)).toEqual(['ASP_AMENDMENT_LATER']);
    expect(notes[0]?.what).toContain('A1');
    expect(made(await ask([amendment({ status: 'abandonnee' })], [])).notes).toEqual([]);
    expect(made(await ask([amendment()], [PAID])).notes).toEqual([]);
  });

  it('does not come after an amendment that is said to be in the hands of the ASP', async () => {
    const unsent = anAdvance(both('preparee'));
    for (const status of ['deposee', 'decidee-et-payee'] as const) {
      for (const requests of [[], [unsent]]) {
        const [reason, ...others] = refused(await ask([amendment({ status })], requests)).reasons;
        expect([reason?.code, reason?.where, others]).toEqual(['ASP_AMENDMENT_FIRST', 'amendments[0].status', []]);
      }
    }
    const [unknown] = refused(await ask([amendment({ status: 'deposee' })], [])).reasons;
    expect(unknown?.remedy).toContain('asp enter BC-1');
    const [known] = refused(await ask([amendment({ status: 'deposee' })], [unsent])).reasons;
    expect(known?.remedy).toContain(`asp status ${PAID.id} --set deposee`);
    // The ASP had it, and gave it back.
    expect(made(await ask([amendment({ status: 'deposee' })], [INITIAL_BACK])).request.id).toBe(PAID.id);
  });
});

describe('the dates of an amendment', () => {
  it.each<readonly [string, Partial<Amendment>, readonly string[]]>([
    ['on the day of the order', { signedOn: day('2022-02-01') }, []],
    ['on the eve of the order', { signedOn: day('2022-01-31') }, ['ASP_AMENDMENT_EARLY']],
    ['today', { signedOn: day('2022-11-29') }, []],
    ['tomorrow', { signedOn: day('2022-11-30') }, ['ASP_AMENDMENT_FUTURE']],
    ['before its order, and given up', { signedOn: day('2022-01-31'), status: 'abandonnee' }, []],
  ])('%s', async (_, changes, expected) => {
    const given: Omit<Play, 'orders'> = { requests: changes.status === 'abandonnee' ? [] : [PAID] };
    expect(await codes({ ...given, orders: [anOrder({ amendments: [amendment(changes)] })] })).toEqual([expected]);
  });

  it('are judged of a balance and of a first request too', async () => {
    const early = [amendment({ signedOn: day('2022-01-31'), status: 'decidee-et-payee' })];
    const balance = await play({ kind: 'solde', orders: [aDoneOrder({ amendments: early })] });
    expect(refused(balance).reasons.map(({ code }) => code)).toContain('ASP_AMENDMENT_EARLY');
    const first = await ask([amendment({ signedOn: day('2025-10-01'), status: 'deposee' })], []);
    expect(refused(first).reasons.map(({ code }) => code)).toEqual(['ASP_AMENDMENT_FUTURE', 'ASP_AMENDMENT_FIRST']);
    const [reason] = refused(first).reasons;
    expect(reason?.where).toBe('amendments[0].signedOn');
  });
});

describe('a balance', () => {
  it('does not wait for an amendment that was given up before it was handed in', async () => {
    const abandoned = [amendment({ status: 'abandonnee' })];
    const of = (amendments: readonly Amendment[], ...requests: readonly PaymentRequest[]) =>
      codes({ kind: 'solde', orders: [aDoneOrder({ amendments })], requests });
    expect(await of(abandoned, PAID, amended('preparee'))).toEqual([[]]);
    expect(await of(abandoned, PAID, amended('preparee', 'deposee'))).toEqual([['ASP_ADVANCE_UNDECIDED']]);
    const decided = [amendment({ status: 'decidee-et-payee', amounts: withVat(cents(2_745_000), 2000) })];
    expect(await of(decided, PAID, amended('preparee'))).toEqual([['ASP_ADVANCE_UNDECIDED']]);
  });
});
