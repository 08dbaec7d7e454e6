import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadCalendar } from '#dsr/calendar/index.ts';
import { cents, sum, withVat } from '#dsr/money/index.ts';
import type { DepositStatus, PaymentRequest, RequestKind } from '../asp/types.ts';
import { day, orderOf } from '../orders/orders.fixture.ts';
import type { Order } from '../orders/types.ts';
import { deadlinesOf, moneyView, type LedgerOrder, type MoneyView, type OrderDeadlines } from './index.ts';

const NONE: OrderDeadlines = { noticeDue: false };
/** Those of SGL, wave 1, as of 2023. */
const SGL: OrderDeadlines = {
  advance: { date: day('2022-11-30') },
  firmDate: { date: day('2023-04-28') },
  service: { date: day('2023-09-20') },
  balance: { date: day('2023-12-14'), time: '14:00' },
  noticeDue: true,
};
const EARLY = new Date('2022-03-01T12:00:00Z');
const LATE = new Date('2024-01-15T12:00:00Z');

/** The order of the fixture: 27 450 € HT, 32 940 € TTC; advance 9 882 €, balance 23 058 €. */
const given = (changes: Partial<LedgerOrder> = {}): LedgerOrder => ({
  order: orderOf(),
  requests: [],
  deadlines: NONE,
  ...changes,
});

type Step = readonly [DepositStatus, string];

function requestOf(kind: RequestKind, requested: number, json: readonly Step[], zip?: readonly Step[]): PaymentRequest {
  const history = (steps: readonly Step[]) =>
    steps.map(([status, at]) => ({ status, at: `${at}T10:00:00Z`, by: 'essai' }));
  return {
    id: `${kind}.1`,
    kind,
    order: 'BC-1',
    requested: cents(requested),
    layout: { name: kind, version: '0.1.0', proposed: true },
    json: { file: 'a.json', sha256: 'a', history: history(json) },
    ...(zip === undefined ? {} : { zip: { file: 'a.zip', sha256: 'b', history: history(zip) } }),
  };
}

const DEPOSITED: readonly Step[] = [
  ['preparee', '2022-09-01'],
  ['deposee', '2022-09-02'],
];
const PAID: readonly Step[] = [...DEPOSITED, ['validee', '2022-09-20'], ['decidee-et-payee', '2022-10-05']];
const ADVANCE_PAID = requestOf('avance', 988_200, PAID, PAID);

const figures = ({ expected, toRequest, requested, paid, atRisk }: MoneyView['totals']): readonly number[] => [
  expected,
  toRequest,
  requested,
  paid,
  atRisk,
];
const view = (one: LedgerOrder, now: Date = EARLY): MoneyView => moneyView([one], now);
const risksOf = (one: LedgerOrder, now: Date): readonly string[] =>
  view(one, now).orders[0]!.risks.map(({ code }) => code);

describe('where the money stands', () => {
  it('is all to be requested at first', () => {
    const { totals, byMonth } = view(given({ deadlines: SGL }));
    expect(totals).toEqual({
      orders: 1,
      expected: 3_294_000,
      toRequest: 3_294_000,
      requested: 0,
      paid: 0,
      atRisk: 0,
    });
    expect(byMonth.map(({ month, expected }) => [month, expected])).toEqual([
      ['2022-11', 988_200],
      ['2023-12', 2_305_800],
    ]);
  });

  it('is requested once both files are handed in, in the month of the later one', () => {
    const prepared = requestOf('avance', 988_200, DEPOSITED.slice(0, 1));
    expect(figures(view(given({ requests: [prepared] })).totals)).toEqual([3_294_000, 3_294_000, 0, 0, 0]);
    const half = requestOf('avance', 988_200, DEPOSITED, DEPOSITED.slice(0, 1));
    expect(figures(view(given({ requests: [half] })).totals)).toEqual([3_294_000, 3_294_000, 0, 0, 0]);
    const whole = requestOf('avance', 988_200, DEPOSITED, [['deposee', '2022-10-01']]);
    const { totals, byMonth } = view(given({ requests: [whole] }));
    expect(figures(totals)).toEqual([3_294_000, 2_305_800, 988_200, 0, 0]);
    expect(byMonth.map(({ month, requested }) => [month, requested])).toEqual([
      ['2022-10', 988_200],
      [undefined, 0],
    ]);
  });

  it('is paid when both files are decided and paid, and stays so where it may be asked back', () => {
    const one = requestOf('avance', 988_200, PAID, DEPOSITED);
    expect(figures(view(given({ requests: [one] })).totals)).toEqual([3_294_000, 2_305_800, 988_200, 0, 0]);
    expect(figures(view(given({ requests: [ADVANCE_PAID] })).totals)).toEqual([3_294_000, 2_305_800, 0, 988_200, 0]);
    const risky: readonly Step[] = [...PAID, ['risque-de-recouvrement', '2023-01-05']];
    const { totals, byMonth } = view(given({ requests: [requestOf('avance', 988_200, risky, risky)] }));
    expect(figures(totals)).toEqual([3_294_000, 2_305_800, 0, 988_200, 988_200]);
    expect(byMonth[0]).toMatchObject({ month: '2022-10', paid: 988_200, atRisk: 988_200 });
  });

  it('has the month of Paris', () => {
    const { byMonth } = view(
      given({
        requests: [
          {
            ...ADVANCE_PAID,
            json: {
              file: 'a',
              sha256: 'a',
              history: [
                { status: 'deposee', at: '2022-09-02T10:00:00Z', by: 'x' },
                { status: 'decidee-et-payee', at: '2022-10-31T23:30:00Z', by: 'x' },
              ],
            },
          },
        ],
      }),
    );
    expect(byMonth[0]?.month).toBe('2022-11');
  });

  it('follows a paid amendment, up and down', () => {
    const amounts = (ht: number) => withVat(cents(ht), 2000);
    const amended = (ht: number, status: 'decidee-et-payee' | 'deposee' | 'abandonnee'): Order =>
      orderOf({ amendments: [{ number: 'AV', status, amounts: amounts(ht) }] });
    for (const status of ['deposee', 'abandonnee'] as const) {
      expect(view(given({ order: amended(2_000_000, status) })).totals.expected).toBe(3_294_000);
    }
    expect(view(given({ order: amended(2_000_000, 'decidee-et-payee') })).totals.expected).toBe(2_400_000);
    // Asked again, higher: the difference is what is requested.
    const more = { ...requestOf('avance', 1_080_000, DEPOSITED), id: 'avance.2', amends: 'avance.1' };
    const raised = given({ order: amended(3_000_000, 'decidee-et-payee'), requests: [ADVANCE_PAID, more] });
    expect(figures(view(raised).totals)).toEqual([3_600_000, 2_520_000, 91_800, 988_200, 0]);
    // Lower: what was paid too much is to be given back.
    const less = { ...requestOf('avance', 720_000, DEPOSITED), id: 'avance.2' };
    const lowered = given({ order: amended(2_000_000, 'decidee-et-payee'), requests: [ADVANCE_PAID, less] });
    expect(figures(view(lowered).totals)).toEqual([2_400_000, 1_680_000, -268_200, 988_200, 0]);
  });

  it('has the share of the scale', () => {
    const { byMonth } = view(given({ deadlines: SGL, advanceShare: 5000 }));
    expect(byMonth[0]?.expected).toBe(1_647_000);
  });

  it('is told by client, most at risk first, then most expected', () => {
    const client = (name: string, siret: string) => ({ name, siret });
    const { byClient, totals } = moneyView(
      [
        given({ order: orderOf({ number: '1', client: client('Peu', '1'), amounts: withVat(cents(100), 2000) }) }),
        given({ order: orderOf({ number: '2', client: client('Assez', '2') }) }),
        given({
          order: orderOf({ number: '3', client: client('Risqué', '3'), amounts: withVat(cents(100), 2000) }),
          window: 'not-eligible',
        }),
        given({ order: orderOf({ number: '4', client: client('Assez', '2') }) }),
      ],
      EARLY,
    );
    expect(
      byClient.map(({ client: name, siret, orders, expected, atRisk }) => [name, siret, orders, expected, atRisk]),
    ).toEqual([
      ['Risqué', '3', 1, 120, 120],
      ['Assez', '2', 2, 6_588_000, 0],
      ['Peu', '1', 1, 120, 0],
    ]);
    expect(totals.orders).toBe(4);
  });

  it('never loses a cent, whatever the orders and the requests', () => {
    const statuses: readonly DepositStatus[] = [
      'preparee',
      'deposee',
      'validee',
      'a-modifier',
      'incomplete',
      'decidee-et-payee',
      'risque-de-recouvrement',
    ];
    const steps = fc
      .array(fc.constantFrom(...statuses), { minLength: 1, maxLength: 4 })
      .map((all) => all.map((one): Step => [one, '2022-09-02']));
    const request = fc
      .tuple(
        fc.constantFrom<RequestKind>('avance', 'solde'),
        fc.integer({ min: 1, max: 5_000_000 }),
        steps,
        fc.option(steps, { nil: undefined }),
      )
      .map((parts) => requestOf(...parts));
    const one = fc
      .record({
        ht: fc.integer({ min: 0, max: 10_000_000 }),
        rate: fc.constantFrom(0, 550, 850, 2000),
        siret: fc.constantFrom('1', '2', '3'),
        requests: fc.array(request, { maxLength: 3 }),
        share: fc.constantFrom(3000, 5000, 3333),
        deadlines: fc.constantFrom(NONE, SGL),
        window: fc.constantFrom('eligible' as const, 'not-eligible' as const),
      })
      .map(({ ht, rate, siret, requests, share, deadlines, window }) =>
        given({
          order: orderOf({
            number: `${siret}-${ht}-${rate}`,
            client: { name: siret, siret },
            amounts: withVat(cents(ht), rate),
          }),
          requests,
          deadlines,
          window,
          advanceShare: share,
        }),
      );
    fc.assert(
      fc.property(fc.array(one, { maxLength: 5 }), fc.constantFrom(EARLY, LATE), (all, now) => {
        const { totals, byMonth, byClient, orders } = moneyView(all, now);
        expect(totals.expected).toBe(sum(all.map(({ order }) => order.amounts.ttc)));
        for (const group of [totals, ...byMonth, ...byClient, ...orders]) {
          expect(sum([group.toRequest, group.requested, group.paid])).toBe(group.expected);
        }
        for (const groups of [byMonth, byClient, orders]) {
          for (const name of ['expected', 'toRequest', 'requested', 'paid', 'atRisk'] as const) {
            expect(sum(groups.map((group) => group[name]))).toBe(totals[name]);
          }
        }
        for (const { expected, atRisk, risks } of orders) {
          if (risks.length === 0) expect(atRisk).toBe(0);
          if (risks.some(({ kinds }) => kinds.length === 2)) expect(atRisk).toBe(expected);
        }
      }),
    );
  });

  it('is nothing without orders', () => {
    expect(moneyView([], EARLY)).toEqual({
      totals: { orders: 0, expected: 0, toRequest: 0, requested: 0, paid: 0, atRisk: 0 },
      byMonth: [],
      byClient: [],
      orders: [],
      deadlines: [],
    });
  });
});

describe('what is at risk', () => {
  const on = (date: string, time = '12:00'): Date => new Date(`${date}T${time}:00+01:00`);
  const acceptance = (serviceDoneOn: string): Order['acceptance'] => ({
    kind: 'VA',
    reserves: 'aucune',
    serviceDoneOn: day(serviceDoneOn),
  });
  const only = (deadlines: Partial<OrderDeadlines>): OrderDeadlines => ({ noticeDue: false, ...deadlines });
  const balanceOn = (date: string): PaymentRequest => requestOf('solde', 2_305_800, [['deposee', date]]);

  it('is an order that is not signed, or that the window does not cover', () => {
    const { signedOn: _, ...unsigned } = orderOf();
    expect(risksOf(given({ order: unsigned }), EARLY)).toEqual(['not-signed']);
    expect(risksOf(given({ window: 'not-eligible' }), EARLY)).toEqual(['window']);
    expect(risksOf(given({ window: 'pending' }), EARLY)).toEqual([]);
    expect(risksOf(given({ window: 'eligible' }), EARLY)).toEqual([]);
    expect(view(given({ window: 'not-eligible' })).totals.atRisk).toBe(3_294_000);
  });

  it('is a balance behind an amendment that is not decided', () => {
    const amended = (status: Order['amendments'][number]['status']): Order =>
      orderOf({ amendments: [{ number: 'AV-3', status }] });
    for (const status of ['a-deposer', 'deposee'] as const) {
      const one = view(given({ order: amended(status) }));
      expect(one.orders[0]?.risks).toMatchObject([{ code: 'amendment-open', kinds: ['solde'] }]);
      expect(one.orders[0]?.risks[0]?.message).toContain('AV-3');
      expect(one.totals.atRisk).toBe(2_305_800);
    }
    expect(risksOf(given({ order: amended('decidee-et-payee') }), EARLY)).toEqual([]);
    expect(risksOf(given({ order: amended('abandonnee') }), EARLY)).toEqual([]);
    expect(risksOf(given({ order: amended('deposee'), requests: [balanceOn('2022-03-01')] }), EARLY)).toEqual([]);
  });

  it('is an advance that is late, to the hour, unless it was paid', () => {
    const deadlines = only({ advance: { date: day('2022-11-30'), time: '14:00' } });
    expect(risksOf(given({ deadlines }), on('2022-11-30', '13:59'))).toEqual([]);
    expect(risksOf(given({ deadlines }), on('2022-11-30', '14:00'))).toEqual(['advance-late']);
    const at = (date: string): LedgerOrder =>
      given({ deadlines, requests: [requestOf('avance', 988_200, [['deposee', date]])] });
    expect(risksOf(at('2022-11-29'), LATE)).toEqual([]);
    expect(view(at('2022-12-01'), LATE).orders[0]?.risks[0]).toMatchObject({
      code: 'advance-late',
      kinds: ['avance', 'solde'],
      message:
        'La demande d’avance a été déposée après la date limite : elle l’était jusqu’au 30\u00A0novembre\u00A02022 à 14:00.',
    });
    const late: readonly Step[] = [
      ['deposee', '2022-12-01'],
      ['decidee-et-payee', '2023-01-01'],
    ];
    expect(risksOf(given({ deadlines, requests: [requestOf('avance', 988_200, late)] }), LATE)).toEqual([]);
    expect(view(given({ deadlines }), LATE).orders[0]?.risks[0]?.message).toContain('n’est pas déposée');
  });

  it('is a firm date that the client was not told, or told late', () => {
    const deadlines = only({ firmDate: { date: day('2023-04-28') } });
    const order = (firm?: Order['firmServiceDate'], done?: string): LedgerOrder =>
      given({
        deadlines,
        order: orderOf({
          ...(firm === undefined ? {} : { firmServiceDate: firm }),
          ...(done === undefined ? {} : { acceptance: acceptance(done)! }),
        }),
      });
    const date = day('2023-09-01');
    const told = (announcedOn: string): Order['firmServiceDate'] => ({ date, announcedOn: day(announcedOn) });
    expect(risksOf(order(), on('2023-04-28'))).toEqual([]);
    expect(risksOf(order(), on('2023-04-30'))).toEqual(['firm-date-missing']);
    expect(risksOf(order({ date }), on('2023-04-30'))).toEqual(['firm-date-missing']);
    expect(risksOf(order(told('2023-04-28')), LATE)).toEqual([]);
    expect(risksOf(order(told('2023-04-29')), LATE)).toEqual(['firm-date-late']);
    expect(view(order(told('2023-04-29')), LATE).orders[0]?.risks[0]?.message).toContain(
      '29\u00A0avril\u00A02023, après le 28\u00A0avril\u00A02023',
    );
    // Who had been served by then had nothing to wait for.
    expect(risksOf(order(undefined, '2023-04-28'), LATE)).toEqual([]);
    expect(risksOf(order(undefined, '2023-04-29'), LATE)).toEqual(['firm-date-missing']);
    expect(risksOf(order(told('2023-05-29'), '2023-04-01'), LATE)).toEqual([]);
  });

  it('is a firm date beyond the date of service, while the service is not done', () => {
    const deadlines = only({ service: { date: day('2023-09-20') } });
    const order = (date: string, done?: string): LedgerOrder =>
      given({
        deadlines,
        order: orderOf({
          firmServiceDate: { date: day(date) },
          ...(done === undefined ? {} : { acceptance: acceptance(done)! }),
        }),
      });
    expect(risksOf(order('2023-09-20'), EARLY)).toEqual([]);
    expect(risksOf(order('2023-09-21'), EARLY)).toEqual(['firm-date-beyond-service']);
    expect(risksOf(order('2023-09-21', '2023-09-10'), EARLY)).toEqual([]);
    expect(risksOf(given({ order: orderOf({ firmServiceDate: { date: day('2030-01-01') } }) }), EARLY)).toEqual([]);
  });

  it('is a service that is late', () => {
    const deadlines = only({ service: { date: day('2023-09-20') } });
    const order = (done?: string): LedgerOrder =>
      given({ deadlines, order: orderOf(done === undefined ? {} : { acceptance: acceptance(done)! }) });
    expect(risksOf(order(), on('2023-09-20'))).toEqual([]);
    expect(risksOf(order(), on('2023-09-22'))).toEqual(['service-late']);
    expect(risksOf(order('2023-09-20'), LATE)).toEqual([]);
    expect(risksOf(order('2023-09-21'), EARLY)).toEqual(['service-late']);
    const messages = [order(), order('2023-09-21')].map((one) => view(one, LATE).orders[0]?.risks[0]?.message);
    expect(messages[0]).toMatch(
      /^La prestation n’est pas connue comme réalisée .* 20\u00A0septembre\u00A02023 au plus tard\.$/u,
    );
    expect(messages[1]).toContain('a été réalisée le 21\u00A0septembre\u00A02023');
  });

  it('is a completion of which the ASP was told nothing, or late, where no balance was asked for by then', () => {
    const deadlines = only({ service: { date: day('2023-09-20') }, noticeDue: true });
    const order = (notified?: string, ...requests: readonly PaymentRequest[]): LedgerOrder =>
      given({
        deadlines,
        requests,
        order: orderOf({
          acceptance: acceptance('2023-09-10')!,
          ...(notified === undefined ? {} : { completionNotifiedOn: day(notified) }),
        }),
      });
    expect(risksOf(order(), on('2023-09-20'))).toEqual([]);
    expect(risksOf(order(), on('2023-09-21'))).toEqual(['notice-missing']);
    expect(risksOf(order('2023-09-20'), LATE)).toEqual([]);
    expect(risksOf(order('2023-09-21'), LATE)).toEqual(['notice-late']);
    expect(risksOf(order(undefined, balanceOn('2023-09-20')), LATE)).toEqual([]);
    expect(risksOf(order(undefined, balanceOn('2023-09-21')), LATE)).toEqual(['notice-missing']);
    expect(risksOf({ ...order(), deadlines: { ...deadlines, noticeDue: false } }, LATE)).toEqual([]);
    expect(view(order('2023-09-21'), LATE).orders[0]?.risks[0]?.message).toBe(
      'L’achèvement a été notifié à l’ASP le 21\u00A0septembre\u00A02023, après le 20\u00A0septembre\u00A02023.',
    );
  });

  it('is a balance that is late; what was paid may then be asked back', () => {
    const deadlines = only({ balance: { date: day('2023-12-14'), time: '14:00' } });
    expect(risksOf(given({ deadlines }), on('2023-12-14', '13:59'))).toEqual([]);
    expect(risksOf(given({ deadlines }), on('2023-12-14', '14:00'))).toEqual(['balance-late']);
    const message = (...requests: readonly PaymentRequest[]): string =>
      view(given({ deadlines, requests }), LATE).orders[0]?.risks[0]?.message ?? '';
    expect(message()).toMatch(/n’est pas déposée .* 14\u00A0décembre\u00A02023 à 14:00\.$/u);
    expect(message(ADVANCE_PAID)).toMatch(/ L’avance versée peut être recouvrée\.$/u);
    expect(message(balanceOn('2023-12-15'))).toContain('a été déposée après la date limite');
    expect(message(balanceOn('2023-12-13'))).toBe('');
    expect(view(given({ deadlines, requests: [ADVANCE_PAID] }), LATE).totals.atRisk).toBe(3_294_000);
  });

  it('is nothing of the calendar any more once the balance is paid', () => {
    const paid = requestOf('solde', 2_305_800, [
      ['deposee', '2023-12-20'],
      ['decidee-et-payee', '2024-01-05'],
    ]);
    const { signedOn: _, ...unsigned } = orderOf();
    expect(
      risksOf(given({ deadlines: SGL, order: unsigned, requests: [ADVANCE_PAID, paid], window: 'not-eligible' }), LATE),
    ).toEqual([]);
  });

  it.each([
    ['a-modifier', 'request-to-modify'],
    ['incomplete', 'request-incomplete'],
    ['risque-de-recouvrement', 'recovery'],
  ] as const)('is a request that is %s', (status, code) => {
    const one = given({ requests: [requestOf('avance', 988_200, [...DEPOSITED, [status, '2022-09-20']])] });
    expect(view(one).orders[0]?.risks).toMatchObject([{ code, kinds: ['avance'] }]);
    expect(view(one).orders[0]?.risks[0]?.message).toContain('avance.1');
    expect(view(one).totals.atRisk).toBe(988_200);
  });

  it('is told whole, with a remedy for each', () => {
    const all = view(given({ deadlines: SGL }), LATE).orders[0]!.risks;
    expect(all.map(({ code }) => code)).toEqual([
      'advance-late',
      'firm-date-missing',
      'service-late',
      'notice-missing',
      'balance-late',
    ]);
    for (const { message, remedy } of all) {
      expect(message).toMatch(/^\p{Lu}.*\.$/u);
      expect(remedy).toMatch(/^\p{Lu}.*\.$/u);
    }
  });

  it('has its sentences, whatever it is', () => {
    const { signedOn: _, ...unsigned } = orderOf();
    const date = day('2023-09-21');
    const amendments = [{ number: 'AV', status: 'deposee' }] as const;
    const firm = orderOf({ firmServiceDate: { date, announcedOn: day('2023-05-02') }, completionNotifiedOn: date });
    const requested = (status: DepositStatus): LedgerOrder =>
      given({ requests: [requestOf('avance', 988_200, [...DEPOSITED, [status, '2022-09-20']])] });
    const all = [
      given({ order: { ...unsigned, amendments }, window: 'not-eligible' }),
      given({ order: firm, deadlines: SGL }),
      given({ deadlines: SGL }),
      ...(['a-modifier', 'incomplete', 'risque-de-recouvrement'] as const).map(requested),
    ].flatMap((one) => view(one, LATE).orders[0]!.risks);
    expect(new Set(all.map(({ code }) => code)).size).toBe(14);
    for (const { message, remedy } of all) {
      expect(message).toMatch(/^\p{Lu}[^]{20,}\.$/u);
      expect(remedy).toMatch(/^\p{Lu}[^]{20,}\.$/u);
    }
    // Where nothing was paid, nothing can be asked back.
    expect(all.map(({ message }) => message).join(' ')).not.toContain('versée');
  });
});

describe('deadlines', () => {
  it('are those of the calendar in force', () => {
    const calendar = loadCalendar();
    expect(deadlinesOf({ couloir: 'SGL', wave: '1' }, calendar)).toEqual(SGL);
    expect(deadlinesOf({ couloir: 'LOINC', wave: '1' }, calendar)).toEqual({
      advance: SGL.advance,
      service: { date: '2023-10-31' },
      balance: SGL.balance,
      noticeDue: true,
    });
    expect(deadlinesOf({ couloir: 'SGL', wave: '2' }, calendar)).toEqual({ noticeDue: false });
    expect(deadlinesOf({ couloir: 'DRIMBOX', wave: '2' }, calendar)).toMatchObject({
      noticeDue: false,
      balance: { date: '2027-12-15' },
    });
  });

  it('ahead are grouped, nearest first, with the money that depends on them', () => {
    const now = new Date('2022-11-30T12:00:00Z');
    const second = given({ deadlines: SGL, order: orderOf({ number: 'BC-2' }) });
    const { deadlines } = moneyView([given({ deadlines: SGL }), second], now);
    expect(
      deadlines.map(({ kind, missed, daysLeft, orders, amount }) => [kind, missed, daysLeft, orders, amount]),
    ).toEqual([
      ['advance', false, 0, ['BC-1', 'BC-2'], 1_976_400],
      ['firmDate', false, 149, ['BC-1', 'BC-2'], 6_588_000],
      ['service', false, 294, ['BC-1', 'BC-2'], 6_588_000],
      ['balance', false, 379, ['BC-1', 'BC-2'], 4_611_600],
    ]);
    expect(deadlines[3]?.deadline).toEqual(SGL.balance);
    expect(moneyView([second], LATE).deadlines.every(({ missed }) => missed)).toBe(true);
  });

  it('apart by their hour are apart', () => {
    const at = (time?: string): OrderDeadlines => ({
      balance: { date: day('2023-12-14'), ...(time === undefined ? {} : { time }) },
      noticeDue: false,
    });
    const { deadlines } = moneyView(
      [undefined, '14:00', '12:00'].map((time, index) =>
        given({ deadlines: at(time), order: orderOf({ number: String(index) }) }),
      ),
      EARLY,
    );
    expect(deadlines.map(({ deadline, orders }) => [deadline.time, orders])).toEqual([
      ['12:00', ['2']],
      ['14:00', ['1']],
      [undefined, ['0']],
    ]);
  });

  it('are left out once done', () => {
    const kinds = (one: LedgerOrder): readonly string[] =>
      view({ ...one, deadlines: SGL }).deadlines.map(({ kind }) => kind);
    const firm = { firmServiceDate: { date: day('2023-09-01'), announcedOn: day('2023-04-01') } };
    const done: Pick<Order, 'acceptance'> = {
      acceptance: { kind: 'VA', reserves: 'aucune', serviceDoneOn: day('2023-01-01') },
    };
    expect(kinds(given({ requests: [requestOf('avance', 988_200, DEPOSITED)] }))).toEqual([
      'firmDate',
      'service',
      'balance',
    ]);
    expect(kinds(given({ order: orderOf(firm) }))).toEqual(['advance', 'service', 'balance']);
    expect(kinds(given({ order: orderOf({ firmServiceDate: { date: day('2023-09-01') } }) }))).toContain('firmDate');
    expect(kinds(given({ order: orderOf(done as Partial<Order>) }))).toEqual(['advance', 'balance']);
    expect(kinds(given({ requests: [requestOf('solde', 2_305_800, DEPOSITED)] }))).toEqual(['advance', 'firmDate']);
    expect(kinds(given({ order: orderOf({ acceptance: { kind: 'VA', reserves: 'aucune' } }) }))).toHaveLength(4);
  });
});
