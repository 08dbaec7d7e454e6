import { describe, expect, it } from 'vitest';
import { cents, withVat } from '#dsr/money/index.ts';
import { anAdvance, aDoneOrder, anOrder, day, DRAFT, play, regulation, VENDOR } from './asp.fixture.ts';
import { enterRequest, type EnteredInput, type PaymentRequest } from './index.ts';

const NOON = 'T11:00:00.000Z';
const base: EnteredInput = {
  kind: 'avance',
  number: 'BC-1',
  order: anOrder(),
  vendor: VENDOR,
  requests: [],
  regulation: regulation('2023-01-15T09:00:00Z'),
  ttc: cents(988_200),
  status: 'decidee-et-payee',
  at: new Date(`2022-12-05${NOON}`),
  by: 'test',
};
const entered = (changes: Partial<EnteredInput>): PaymentRequest => {
  const given = enterRequest({ ...base, ...changes });
  if (!given.ok) throw new Error(JSON.stringify(given.refused));
  return given.request;
};
const codes = (changes: Partial<EnteredInput>): readonly (readonly [string, string])[] => {
  const given = enterRequest({ ...base, ...changes });
  return given.ok ? [] : given.refused.reasons.map(({ code, where }) => [code, where] as const);
};
const without = (name: 'order'): EnteredInput => {
  const { [name]: _, ...rest } = base;
  return rest;
};
const unsigned = (() => {
  const { signedOn: _, ...order } = anOrder();
  return order;
})();

describe('a request handed in without Jalon', () => {
  it('is kept as one of ours, without files', () => {
    const given = enterRequest({ ...base, reference: 'ASP-77', ht: cents(823_500) });
    const note = 'saisie dans Jalon le 15/01/2023, déposée sans lui';
    const history = [{ status: 'decidee-et-payee', at: `2022-12-05${NOON}`, by: 'test', note }];
    expect(given).toEqual({
      ok: true,
      notes: [],
      request: {
        id: 'avance.SGL-VA1.INST-1',
        kind: 'avance',
        order: 'BC-1',
        requested: 988_200,
        requestedHt: 823_500,
        layout: { name: 'hors-jalon', version: '', proposed: false },
        json: { file: '', sha256: '', history },
        aspReference: 'ASP-77',
        rank: 1,
        instance: 'INST-1',
        dsrCode: 'SGL-VA1',
        couloir: 'SGL',
        wave: '1',
        sites: ['990000028', '990000036'],
        total: withVat(cents(2_745_000), 2000),
        entered: true,
      },
    });
  });

  it('has its deposit first when its day is given', () => {
    const steps = (changes: Partial<EnteredInput>) =>
      entered({ depositedAt: new Date(`2022-11-20${NOON}`), ...changes }).json.history.map(({ status, at }) => [
        status,
        at.slice(0, 10),
      ]);
    expect(steps({ status: 'validee', note: 'reçu' })).toEqual([
      ['deposee', '2022-11-20'],
      ['validee', '2022-12-05'],
    ]);
    expect(steps({ status: 'deposee', at: new Date(`2022-11-20${NOON}`) })).toEqual([['deposee', '2022-11-20']]);
    expect(entered({ note: 'reçu' }).json.history[0]?.note).toMatch(/, déposée sans lui : reçu$/u);
    expect(entered({ status: 'deposee' }).json.history).toHaveLength(1);
  });

  it.each<readonly [string, Partial<EnteredInput>, readonly (readonly [string, string])[]]>([
    ['a cent', { ttc: cents(1) }, []],
    ['nothing', { ttc: cents(0) }, [['ASP_ENTERED_AMOUNT_ZERO', 'amount']]],
    ['the whole order', { ttc: cents(3_294_000) }, []],
    ['more than the order', { ttc: cents(3_294_001) }, [['ASP_ENTERED_AMOUNT_TOTAL', 'amount']]],
    ['a cent apart', { ht: cents(823_501) }, []],
    ['a cent apart, below', { ht: cents(823_499) }, []],
    ['two cents apart', { ht: cents(823_502) }, [['ASP_ENTERED_AMOUNT_HT', 'ht']]],
    ['today', { at: new Date('2023-01-15T22:30:00Z') }, []],
    ['tomorrow', { at: new Date('2023-01-15T23:30:00Z') }, [['ASP_ENTERED_FUTURE', 'at']]],
    ['on the day of the signature', { at: new Date(`2022-02-01${NOON}`) }, []],
    ['before the signature', { at: new Date(`2022-01-31${NOON}`) }, [['ASP_ENTERED_EARLY', 'at']]],
    [
      'handed in before the signature',
      { depositedAt: new Date(`2022-01-31${NOON}`) },
      [['ASP_ENTERED_EARLY', 'deposited']],
    ],
    ['handed in on the day', { depositedAt: new Date(`2022-12-05T16:00:00Z`) }, []],
    ['handed in after', { depositedAt: new Date(`2022-12-06${NOON}`) }, [['ASP_ENTERED_ORDER_OF_DAYS', 'deposited']]],
    [
      'handed in on two days',
      { status: 'deposee', depositedAt: new Date(`2022-12-04${NOON}`) },
      [['ASP_ENTERED_ORDER_OF_DAYS', 'deposited']],
    ],
    ['valid, handed in nobody knows when', { status: 'validee' }, [['ASP_ENTERED_DEPOSIT', 'deposited']]],
    ['handed in nobody knows when, but paid', { status: 'decidee-et-payee' }, []],
    ['unsigned', { order: unsigned }, [['ASP_ORDER_UNSIGNED', 'signedOn']]],
    [
      'another product',
      { order: anOrder({ product: { name: 'Autre', version: '1' } }) },
      [['ASP_PRODUCT_UNKNOWN', 'product']],
    ],
    ['known already', { requests: [anAdvance()] }, [['ASP_ENTERED_KNOWN', 'number']]],
    [
      'a site of another instance',
      { requests: [anAdvance({ instance: 'INST-2', order: 'BC-2', sites: ['990000036'] })] },
      [['ASP_SITE_USED', 'sites[1].finess']],
    ],
    ['a balance before its advance', { kind: 'solde' }, [['ASP_ADVANCE_ABSENT', 'instance']]],
    ['a balance after its advance', { kind: 'solde', requests: [anAdvance()], ttc: cents(2_305_800) }, []],
    [
      'a balance after its advance, beside that of another order',
      {
        kind: 'solde',
        requests: [
          anAdvance(),
          anAdvance({
            id: 'avance.SGL-VA1.INST-2',
            instance: 'INST-2',
            order: 'BC-2',
            sites: ['990000044'],
            requested: cents(1),
          }),
        ],
        ttc: cents(2_305_801),
      },
      [['ASP_ENTERED_AMOUNT_TOTAL', 'amount']],
    ],
    [
      'a balance above what is left',
      { kind: 'solde', requests: [anAdvance()], ttc: cents(2_305_801) },
      [['ASP_ENTERED_AMOUNT_TOTAL', 'amount']],
    ],
  ])('%s', (_, changes, expected) => {
    expect(codes(changes)).toEqual(expected);
  });

  it('is refused with every reason, even without its order', () => {
    const given = enterRequest({ ...without('order'), number: 'BC-9', ttc: cents(-1), at: new Date('2024-01-01') });
    if (given.ok) throw new Error('refused');
    expect(given.refused.order).toBe('BC-9');
    expect(given.refused.reasons.map(({ code }) => code)).toEqual([
      'ASP_ENTERED_ORDER_UNKNOWN',
      'ASP_ENTERED_AMOUNT_ZERO',
      'ASP_ENTERED_FUTURE',
    ]);
    for (const { what, remedy } of given.refused.reasons) expect(`${what}${remedy}`).not.toMatch(/[{}]|undefined/u);
  });

  it('follows the amendment that was decided', () => {
    const amounts = withVat(cents(1_000_000), 2000);
    const order = anOrder({ amendments: [{ number: 'AV', status: 'decidee-et-payee', amounts }] });
    expect(codes({ order, ttc: cents(1_200_001) })).toEqual([['ASP_ENTERED_AMOUNT_TOTAL', 'amount']]);
    expect(entered({ order, ttc: cents(360_000) }).total).toEqual(amounts);
  });

  it('says nothing of what is not given', () => {
    const plain = entered({});
    expect(plain).not.toHaveProperty('aspReference');
    expect(plain).not.toHaveProperty('requestedHt');
  });

  it('has no word on the share of the advance when it is a balance', () => {
    const given = enterRequest({ ...base, kind: 'solde', requests: [anAdvance()], ttc: cents(100) });
    expect(given).toMatchObject({ ok: true, notes: [] });
  });

  it('is corrected up to the whole order, whatever was entered first', () => {
    const first = entered({ ttc: cents(900_000) });
    const again = { correcting: true, requests: [first], ttc: cents(3_294_000) };
    expect(codes(again)).toEqual([]);
    const corrected = entered({ ...again, depositedAt: new Date(`2022-11-20${NOON}`) });
    expect(corrected.json.history.map(({ status }) => status)).toEqual(['decidee-et-payee', 'decidee-et-payee']);
  });

  it('is corrected where it stands, when it was entered', () => {
    const first = entered({ ttc: cents(900_000) });
    const again = { correcting: true, requests: [first] };
    const corrected = entered({ ...again, reference: 'ASP-78' });
    expect(corrected).toMatchObject({ id: first.id, requested: 988_200, aspReference: 'ASP-78' });
    expect(corrected.json.history).toEqual([...first.json.history, ...first.json.history]);
    const known = [['ASP_ENTERED_KNOWN', 'number']];
    expect(codes({ requests: [first] })).toEqual(known);
    expect(codes({ ...again, status: 'deposee' })).toEqual(known);
    expect(codes({ ...again, number: 'BC-2' })).toEqual(known);
    expect(codes({ correcting: true, requests: [anAdvance()] })).toEqual(known);
  });

  it.each([
    ['preparee', 'npm run jalon -- asp solde'],
    ['deposee', 'Dites-le à l’ASP'],
  ] as const)('tells of a balance (%s) that it no longer goes with', (status, remedy) => {
    const first = entered({ ttc: cents(900_000) });
    const left = cents(3_294_000 - 900_000);
    const at = '2023-01-10T09:00:00.000Z';
    const balance = anAdvance({
      id: 'solde.SGL-VA1.INST-1',
      kind: 'solde',
      requested: left,
      json: { file: 's.json', sha256: 's', history: [{ status, at, by: 'test' }] },
      zip: { file: 's.zip', sha256: 'z', history: [{ status, at, by: 'test' }] },
    });
    const correct = (ttc: number): readonly string[] => {
      const given = enterRequest({ ...base, correcting: true, requests: [first, balance], ttc: cents(ttc) });
      if (!given.ok) throw new Error(JSON.stringify(given.refused));
      return given.notes
        .filter(({ code }) => code === 'ASP_BALANCE_OUT_OF_STEP')
        .map((note) => `${note.what} ${note.remedy}`.replaceAll(/\s/gu, ' '));
    };
    expect(correct(900_000)).toEqual([]);
    expect(correct(988_200)).toEqual([
      expect.stringContaining('demande 23 940,00 € TTC, et cette avance laisse 23 058,00 €.'),
    ]);
    expect(correct(988_200)[0]).toContain(remedy);
  });

  it('leaves to the balance the rest of the order, whatever its share', async () => {
    const given = enterRequest({ ...base, ttc: cents(800_000), reference: 'ASP-77' });
    if (!given.ok) throw new Error('entered');
    expect(given.notes.map(({ code, what }) => [code, what.replaceAll(/\s/gu, ' ')])).toEqual([
      [
        'ASP_ADVANCE_UNUSUAL',
        'L’avance est de 8 000,00 € TTC, et non de 9 882,00 € (30 % de 32 940,00 €) : le solde est ce qu’elle laisse, 24 940,00 €.',
      ],
    ]);
    const [balance] = await play({ kind: 'solde', orders: [aDoneOrder()], requests: [given.request] });
    if (balance?.ok !== true) throw new Error(JSON.stringify(balance));
    expect(balance.prepared.request).toMatchObject({ requested: 2_494_000, requestedHt: 2_078_333 });
    expect(balance.prepared.notes).toEqual(given.notes);
    const [usual] = await play({ kind: 'solde', orders: [aDoneOrder()], requests: [entered({ reference: 'ASP-77' })] });
    expect(usual?.ok === true && usual.prepared.notes).toEqual([]);
  });

  it('takes the place of a draft of the same order, which the ASP never had', () => {
    const [preparee, deposee] = (['preparee', 'deposee'] as const).map((status) => ({
      status,
      at: '2022-12-10T09:00:00.000Z',
      by: 'test',
    }));
    const draft = (...history: readonly (typeof preparee)[]): PaymentRequest =>
      anAdvance({ layout: DRAFT, json: { file: 'a', sha256: 'a', history: history.map((one) => one!) } });
    const told = (former: PaymentRequest, changes: Partial<EnteredInput> = {}) =>
      entered({ requests: [former], depositedAt: new Date(`2022-11-20${NOON}`), ...changes });
    const request = told(draft(preparee));
    expect(request).toMatchObject({ id: 'avance.SGL-VA1.INST-1', entered: true, layout: { proposed: false } });
    expect(request).not.toHaveProperty('zip');
    expect(request.json.history.map(({ status }) => status)).toEqual(['preparee', 'deposee', 'decidee-et-payee']);
    expect(told(draft(preparee, deposee)).json.history).toHaveLength(4);
    expect(codes({ requests: [{ ...draft(preparee), layout: anAdvance().layout }] })).toEqual([
      ['ASP_ENTERED_KNOWN', 'number'],
    ]);
    expect(codes({ requests: [{ ...draft(preparee), order: 'BC-2' }] })).toEqual([['ASP_ENTERED_KNOWN', 'number']]);
  });

  it('is made again by Jalon when the ASP gives it back', async () => {
    const given = entered({ status: 'deposee', at: new Date(`2022-11-20${NOON}`) });
    const back: PaymentRequest = {
      ...given,
      json: {
        ...given.json,
        history: [...given.json.history, { status: 'a-modifier', at: `2022-11-25${NOON}`, by: 'test' }],
      },
    };
    const [again] = await play({ orders: [anOrder({ signedOn: day('2022-02-01') })], requests: [back] });
    if (again?.ok !== true) throw new Error(JSON.stringify(again));
    const { id, entered: told, json } = again.prepared.request;
    expect([id, told, json.history.map(({ status }) => status)]).toEqual([
      given.id,
      undefined,
      ['deposee', 'a-modifier', 'preparee'],
    ]);
  });
});
