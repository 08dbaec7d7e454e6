import { describe, expect, it } from 'vitest';
import { cents, withVat, type Amounts } from '#dsr/money/index.ts';
import { loadScales } from '#dsr/scales/index.ts';
import type { Order, Vendor, VendorProduct } from '../orders/types.ts';
import { aDoneOrder, anAdvance, anOrder, codes, day, DRAFT, OUTSIDE, play, VENDOR, type Play } from './asp.fixture.ts';
import { REASON_CODES, type PaymentRequest } from './index.ts';

const product = (changes: Partial<VendorProduct>): Vendor => {
  const [first, ...others] = VENDOR.products;
  return { ...VENDOR, products: [{ ...first!, ...changes }, ...others] };
};
const without = (name: keyof VendorProduct): Vendor => {
  const { [name]: _, ...first } = VENDOR.products[0]!;
  return { ...VENDOR, products: [first as VendorProduct] };
};
const order = (changes: Partial<Order>, name?: keyof Order): Order => {
  const made = anOrder(changes);
  if (name !== undefined) delete (made as Partial<Record<keyof Order, unknown>>)[name];
  return made;
};
const PROFESSIONAL = { name: 'Docteur Mirabelle', siret: '00000000000117', rpps: '10000000001' };
const ht = (amount: number, vatRate = 2000): Amounts => withVat(cents(amount), vatRate);
const acceptance = aDoneOrder().acceptance!;
const invoice = aDoneOrder().invoice!;
const status = (last: 'validee' | 'preparee' | 'risque-de-recouvrement'): PaymentRequest['json'] => ({
  ...anAdvance().json,
  history: [{ status: last, at: '2022-11-30T09:00:00.000Z', by: 'test' }],
});

/** Each way of being wrong, and every reason that it gives. */
const ADVANCE: readonly (readonly [string, readonly string[], Omit<Play, 'orders'> & { order: Order }])[] = [
  ['healthy', [], { order: anOrder() }],
  ['unsigned', ['ASP_ORDER_UNSIGNED'], { order: order({}, 'signedOn') }],
  ['signed tomorrow', ['ASP_ORDER_FUTURE'], { order: order({ signedOn: day('2022-11-30') }) }],
  ['signed today', [], { order: order({ signedOn: day('2022-11-29') }) }],
  ['signed otherwise', ['ASP_SIGNATURE_KIND'], { order: order({ signature: 'autre' }) }],
  ['no State mention', ['ASP_STATE_MENTION'], { order: order({ stateMention: false }) }],
  ['no condition', ['ASP_CONDITIONAL_MENTION'], { order: order({ conditionalMention: false }) }],
  [
    'no condition, on the day of referencing',
    [],
    { order: order({ conditionalMention: false, signedOn: day('2022-07-01') }) },
  ],
  ['121 days', ['ASP_WINDOW'], { order: order({ signedOn: day('2022-01-31') }) }],
  ['file not deemed complete', ['ASP_WINDOW_PENDING'], { order: anOrder(), vendor: without('deemedCompleteOn') }],
  ['unknown version', ['ASP_PRODUCT_UNKNOWN'], { order: order({ product: { name: 'LaboExemple', version: '8' } }) }],
  ['product in other letters', [], { order: order({ product: { name: ' laboexemple', version: '7.2' } }) }],
  ['other wave', ['ASP_PRODUCT_UNKNOWN'], { order: order({ wave: '2' }) }],
  ['not referenced', ['ASP_PRODUCT_NOT_REFERENCED'], { order: anOrder(), vendor: without('referencedOn') }],
  [
    'referenced tomorrow',
    ['ASP_PRODUCT_NOT_REFERENCED'],
    { order: anOrder(), vendor: product({ referencedOn: day('2022-11-30') }) },
  ],
  ['without reference', ['ASP_PRODUCT_REFERENCE'], { order: anOrder(), vendor: without('ansReference') }],
  ['vendor wrong', ['ASP_VENDOR_IDENTIFIER'], { order: anOrder(), vendor: { ...VENDOR, siret: 'faux' } }],
  [
    'client wrong three times',
    ['ASP_CLIENT_IDENTIFIER', 'ASP_CLIENT_IDENTIFIER', 'ASP_CLIENT_IDENTIFIER'],
    { order: order({ client: { name: 'X', siret: 'faux1', finess: 'faux2', rpps: 'faux3' } }) },
  ],
  ['site wrong', ['ASP_SITE_IDENTIFIER'], { order: order({ sites: [{ finess: 'faux' }], amounts: ht(2_250_000) }) }],
  ['no instance', ['ASP_INSTANCE_EMPTY'], { order: order({ instance: ' ' }) }],
  ['no site', ['ASP_NO_SITE', 'ASP_CEILING'], { order: order({ sites: [] }) }],
  [
    'site twice',
    ['ASP_SITE_REPEATED'],
    { order: order({ sites: [{ finess: '990000028' }, { finess: '990000028' }] }) },
  ],
  ['nothing', ['ASP_AMOUNT_ZERO'], { order: order({ amounts: ht(0) }) }],
  ['negative', ['ASP_AMOUNT_ZERO'], { order: order({ amounts: ht(-100) }) }],
  ['rate above the whole', ['ASP_VAT_RATE'], { order: order({ amounts: { ...ht(100), vatRate: 10_001 } }) }],
  ['rate of the whole', [], { order: order({ amounts: ht(1_000, 10_000) }) }],
  ['negative rate', ['ASP_VAT_RATE'], { order: order({ amounts: { ...ht(100), vatRate: -1 } }) }],
  ['no tax', [], { order: order({ amounts: ht(1_000, 0) }) }],
  ['TTC one cent off', ['ASP_AMOUNT_TTC'], { order: order({ amounts: { ...ht(1_000), ttc: cents(1_201) } }) }],
  ['one cent above the ceiling', ['ASP_CEILING'], { order: order({ amounts: ht(2_745_001) }) }],
  [
    'sites that no band takes',
    ['ASP_BAND_ABSENT'],
    { order: order({ amounts: ht(2_745_001) }), scales: { ...loadScales(), bands: loadScales().bands.slice(0, 1) } },
  ],
  [
    'a professional without site, where sites make the ceiling',
    ['ASP_NO_SITE', 'ASP_CEILING'],
    { order: order({ client: PROFESSIONAL, sites: [], amounts: ht(9_999_900) }) },
  ],
  [
    'a professional without site, at the ceiling of one',
    ['ASP_NO_SITE'],
    { order: order({ client: PROFESSIONAL, sites: [], amounts: ht(2_250_000) }) },
  ],
  [
    'a professional without site, above the ceiling of any',
    ['ASP_CEILING'],
    { order: order({ couloir: 'LOINC', client: PROFESSIONAL, sites: [], amounts: ht(291_701) }) },
  ],
  [
    'a professional without site, where they count for nothing',
    [],
    { order: order({ couloir: 'LOINC', client: PROFESSIONAL, sites: [], amounts: ht(291_700) }) },
  ],
  ['an advance of no cent', ['ASP_REQUEST_ZERO'], { order: order({ amounts: ht(1, 0) }) }],
  ['no order joined', ['ASP_PIECE_ABSENT'], { order: order({ attachments: [] }) }],
  [
    'order joined unsigned',
    ['ASP_PIECE_UNSIGNED'],
    { order: order({ attachments: [{ kind: 'order', path: 'bon.pdf', signed: false }] }) },
  ],
  [
    'signed in its second copy',
    [],
    {
      order: order({
        attachments: [
          { kind: 'order', path: 'bon.pdf', signed: false },
          { kind: 'order', path: 'bon.pdf', signed: true },
        ],
      }),
    },
  ],
  ['unreadable', ['ASP_PIECE_UNREADABLE'], { order: anOrder(), files: { 'pieces/bon.pdf': null } }],
  ['elsewhere', ['ASP_PIECE_OUTSIDE'], { order: anOrder(), files: { 'pieces/bon.pdf': OUTSIDE } }],
  ['empty', ['ASP_PIECE_EMPTY'], { order: anOrder(), files: { 'pieces/bon.pdf': '' } }],
  ['too large', ['ASP_PIECE_TOO_LARGE'], { order: anOrder(), files: { 'pieces/bon.pdf': 20_971_521 } }],
  [
    'too large together',
    ['ASP_ZIP_TOO_LARGE'],
    {
      order: order({
        attachments: [1, 2, 3].map((rank) => ({ kind: 'order', path: `${rank}.pdf`, signed: true })),
      }),
      files: { '1.pdf': 20_000_000, '2.pdf': 20_000_000, '3.pdf': 20_000_000 },
    },
  ],
  ['at the last second', [], { order: anOrder(), now: '2022-11-30T22:59:59.999Z' }],
  ['at midnight', ['ASP_DEADLINE'], { order: anOrder(), now: '2022-11-30T23:00:00.000Z' }],
  ['asked already', ['ASP_INSTANCE_REQUESTED'], { order: anOrder(), requests: [anAdvance()] }],
  [
    'asked already, under a number not known yet',
    ['ASP_INSTANCE_REQUESTED'],
    { order: anOrder(), requests: [unnumbered(anAdvance())] },
  ],
  [
    'amended, under a number not known yet',
    ['ASP_LAYOUT_VALUE'],
    {
      order: order({ amendments: [{ number: 'A1', signedOn: day('2022-09-01'), status: 'a-deposer' }] }),
      requests: [unnumbered(anAdvance())],
    },
  ],
  [
    'asked and not handed in',
    [],
    { order: anOrder(), requests: [anAdvance({ json: status('preparee'), zip: status('preparee') })] },
  ],
  [
    'asked for another order of the instance',
    ['ASP_INSTANCE_REQUESTED'],
    { order: order({ number: 'BC-2' }), requests: [anAdvance({ json: status('preparee'), zip: status('preparee') })] },
  ],
  [
    'site of another instance',
    ['ASP_SITE_USED'],
    { order: order({ number: 'BC-2', instance: 'INST-2' }), requests: [anAdvance({ sites: ['990000036'] })] },
  ],
  [
    'the other couloir of the instance',
    [],
    { order: anOrder(), requests: [anAdvance({ couloir: 'LOINC', dsrCode: 'LOINC-VA1' })] },
  ],
  [
    'site of another kind of software',
    [],
    {
      order: order({ number: 'BC-2', instance: 'INST-2' }),
      requests: [anAdvance({ couloir: 'RIS', dsrCode: 'RIS-VA1' })],
    },
  ],
  [
    'amendment not signed',
    ['ASP_AMENDMENT_UNSIGNED'],
    { order: order({ amendments: [{ number: 'A1', status: 'a-deposer' }] }), requests: [anAdvance()] },
  ],
];

const BALANCE: typeof ADVANCE = [
  ['healthy', [], { order: aDoneOrder() }],
  ['no advance', ['ASP_ADVANCE_ABSENT'], { order: aDoneOrder(), requests: [] }],
  ['advance of another order', ['ASP_ADVANCE_OTHER_ORDER'], { order: aDoneOrder({ number: 'BC-2' }) }],
  [
    'advance not decided',
    ['ASP_ADVANCE_UNDECIDED'],
    { order: aDoneOrder(), requests: [anAdvance({ json: status('validee') })] },
  ],
  [
    'zip not decided',
    ['ASP_ADVANCE_UNDECIDED'],
    { order: aDoneOrder(), requests: [anAdvance({ zip: status('validee') })] },
  ],
  [
    'advance at risk',
    ['ASP_ADVANCE_UNDECIDED'],
    { order: aDoneOrder(), requests: [anAdvance({ json: status('risque-de-recouvrement') })] },
  ],
  ...(['a-deposer', 'deposee'] as const).map(
    (open) =>
      [
        `amendment ${open}`,
        ['ASP_AMENDMENT_OPEN'],
        { order: aDoneOrder({ amendments: [{ number: 'A1', status: open }] }) },
      ] as const,
  ),
  ['amendment given up', [], { order: aDoneOrder({ amendments: [{ number: 'A1', status: 'abandonnee' }] }) }],
  [
    'invoice undated',
    ['ASP_INVOICE_UNDATED'],
    { order: aDoneOrder({ invoice: { number: 'F', amounts: invoice.amounts, stateMention: true } }) },
  ],
  ['invoice of nothing', ['ASP_INVOICE_ZERO'], { order: aDoneOrder({ invoice: { ...invoice, amounts: ht(0) } }) }],
  [
    'invoice of another amount',
    ['ASP_INVOICE_AMOUNT'],
    { order: aDoneOrder({ invoice: { ...invoice, amounts: ht(2_744_999) } }) },
  ],
  [
    'invoice without mention',
    ['ASP_INVOICE_MENTION'],
    { order: aDoneOrder({ invoice: { ...invoice, stateMention: false } }) },
  ],
  [
    'VA unsigned',
    ['ASP_ACCEPTANCE_UNSIGNED'],
    { order: aDoneOrder({ acceptance: { kind: 'VA', reserves: 'aucune', mssanteAddress: 'a@b.mssante.fr' } }) },
  ],
  [
    'VA before the order',
    ['ASP_ACCEPTANCE_EARLY'],
    { order: aDoneOrder({ acceptance: { ...acceptance, signedOn: day('2022-01-31') } }) },
  ],
  [
    'VA the day of the order',
    [],
    { order: aDoneOrder({ acceptance: { ...acceptance, signedOn: day('2022-02-01') } }) },
  ],
  [
    'VA tomorrow',
    ['ASP_ACCEPTANCE_FUTURE'],
    { order: aDoneOrder({ acceptance: { ...acceptance, signedOn: day('2023-12-14') } }) },
  ],
  [
    'blocking reserves',
    ['ASP_RESERVES'],
    { order: aDoneOrder({ acceptance: { ...acceptance, reserves: 'bloquantes' } }) },
  ],
  ['other reserves', [], { order: aDoneOrder({ acceptance: { ...acceptance, reserves: 'non-bloquantes' } }) }],
  ['no address', ['ASP_MSSANTE_ABSENT'], { order: aDoneOrder({ acceptance: { ...acceptance, mssanteAddress: ' ' } }) }],
  [
    'an address of elsewhere',
    ['ASP_MSSANTE_ADDRESS'],
    { order: aDoneOrder({ acceptance: { ...acceptance, mssanteAddress: 'labo@gmail.com' } }) },
  ],
  [
    'no such address',
    ['ASP_MSSANTE_ADDRESS'],
    { order: aDoneOrder({ acceptance: { ...acceptance, mssanteAddress: 'labo@pommeverte' } }) },
  ],
  [
    'no case for MS1',
    ['ASP_MSS_CASE_ABSENT'],
    { order: aDoneOrder(), vendor: product({ dsrCode: 'MS1' }), requests: [anAdvance({ dsrCode: 'MS1' })] },
  ],
  [
    'case of MS2',
    [],
    {
      order: aDoneOrder({ acceptance: { ...acceptance, mssDeployment: 'Cas 2' } }),
      vendor: product({ dsrCode: 'HOP-MS2' }),
      requests: [anAdvance({ dsrCode: 'HOP-MS2' })],
    },
  ],
  [
    'another case than the VA',
    ['ASP_MSS_CASE_MISMATCH'],
    { order: aDoneOrder({ mssDeployment: 'Cas 1', acceptance: { ...acceptance, mssDeployment: 'Cas 2' } }) },
  ],
  [
    'a MOM joined for a VA',
    ['ASP_PIECE_ABSENT'],
    {
      order: aDoneOrder({
        attachments: aDoneOrder().attachments.map((one) =>
          one.kind === 'va' ? { ...one, kind: 'mom' as const } : one,
        ),
      }),
    },
  ],
  ['just before 14:00', [], { order: aDoneOrder(), now: '2023-12-14T12:59:59.999Z' }],
  ['at 14:00', ['ASP_DEADLINE'], { order: aDoneOrder(), now: '2023-12-14T13:00:00.000Z' }],
  [
    'an advance of the whole',
    ['ASP_REQUEST_ZERO'],
    { order: aDoneOrder(), requests: [anAdvance({ requested: cents(3_294_000), requestedHt: cents(2_745_000) })] },
  ],
  ['ASP number unknown', ['ASP_LAYOUT_VALUE'], { order: aDoneOrder(), requests: [unnumbered(anAdvance())] }],
];

function unnumbered(request: PaymentRequest): PaymentRequest {
  const { aspReference: _, ...others } = request;
  return others;
}

describe('an advance', () => {
  it.each(ADVANCE)('%s: %j', async (_, expected, { order: own, ...given }) =>
    expect(await codes({ ...given, orders: [own] })).toEqual([expected]),
  );
});

describe('a balance', () => {
  it.each(BALANCE)('%s: %j', async (_, expected, { order: own, ...given }) =>
    expect(await codes({ ...given, kind: 'solde', orders: [own] })).toEqual([expected]),
  );

  it('that waits for its advance says how to note the decision, with its number once it is missing', async () => {
    const files = { json: status('validee'), zip: status('validee') };
    const prepared = { json: status('preparee'), zip: status('preparee') };
    const ways = async (advance: PaymentRequest): Promise<readonly string[]> => {
      const [given] = await play({ kind: 'solde', orders: [aDoneOrder()], requests: [advance] });
      return given?.ok === false ? given.refused.reasons.map(({ code, remedy }) => `${code}: ${remedy}`) : [];
    };
    const note = 'npm run jalon -- asp status avance.SGL-VA1.INST-1';
    const wait = 'ASP_ADVANCE_UNDECIDED: Attendez la décision de l’ASP, puis enregistrez-la';
    expect(await ways(anAdvance(files))).toEqual([`${wait} : ${note} --set decidee-et-payee.`]);
    expect(await ways(unnumbered(anAdvance(files)))).toEqual([
      `${wait} : ${note} --set decidee-et-payee --reference NUMÉRO.`,
    ]);
    expect(await ways(anAdvance(prepared))).toEqual([`${wait} : ${note} --set decidee-et-payee.`]);
    expect(await ways(anAdvance({ ...prepared, layout: DRAFT }))).toEqual([
      'ASP_ADVANCE_UNDECIDED: Ce que Jalon en a fait est un brouillon. Si l’avance a été déposée autrement et payée, saisissez-la : npm run jalon -- asp enter BC-1 --status decidee-et-payee --at JOUR --amount MONTANT',
    ]);
    expect(await ways(unnumbered(anAdvance()))).toEqual([
      `ASP_LAYOUT_VALUE: Enregistrez-le : ${note} --reference NUMÉRO.`,
    ]);
  });

  it('without invoice nor acceptance tells both, once', async () => {
    expect(await codes({ kind: 'solde', orders: [anOrder()] })).toEqual([
      ['ASP_PIECE_ABSENT', 'ASP_PIECE_ABSENT', 'ASP_INVOICE_ABSENT', 'ASP_ACCEPTANCE_ABSENT'],
    ]);
  });
});

describe('a batch', () => {
  it('tells every reason of an order together, with its place and the way out, and the healthy ones go on', async () => {
    const bad = anOrder({
      number: 'BC-2',
      stateMention: false,
      conditionalMention: false,
      signedOn: day('2022-01-01'),
      amounts: ht(9_000_000),
      client: { name: 'X', siret: 'faux' },
      attachments: [],
    });
    const [first, second, third] = await play({
      orders: [
        anOrder(),
        bad,
        anOrder({ number: 'BC-3', instance: 'INST-3', sites: [{ finess: '990000044' }], amounts: ht(100) }),
      ],
      now: '2022-12-01T09:00:00Z',
    });
    expect([first?.ok, third?.ok]).toEqual([false, false]);
    if (second?.ok !== false) throw new Error('refused');
    expect(second.refused.order).toBe('BC-2');
    expect(second.refused.reasons.map(({ code }) => code)).toEqual([
      'ASP_STATE_MENTION',
      'ASP_CONDITIONAL_MENTION',
      'ASP_WINDOW',
      'ASP_CLIENT_IDENTIFIER',
      'ASP_CEILING',
      'ASP_DEADLINE',
      'ASP_PIECE_ABSENT',
    ]);
    for (const { order: own, where, what, remedy, source } of second.refused.reasons) {
      expect([own, where, what, remedy, source]).not.toContain('');
      expect(`${what}${remedy}`).not.toMatch(/[{}]|undefined/u);
    }
  });

  it('gives an instance, a site and a number to the first healthy order that names them', async () => {
    const spoilt = anOrder({ number: 'BC-0', stateMention: false });
    const same = anOrder({ number: 'BC-2' });
    const site = anOrder({ number: 'BC-3', instance: 'INST-3' });
    const number = anOrder({ instance: 'INST-4', sites: [{ finess: '990000044' }], amounts: ht(100) });
    const loinc = anOrder({ number: 'BC-5', couloir: 'LOINC', amounts: ht(291_700) });
    expect(await codes({ orders: [spoilt, anOrder(), same, site, number, loinc] })).toEqual([
      ['ASP_STATE_MENTION'],
      [],
      ['ASP_INSTANCE_REQUESTED'],
      ['ASP_SITE_USED', 'ASP_SITE_USED'],
      ['ASP_ORDER_TWICE'],
      [],
    ]);
  });

  it('has a case for nearly every reason', () => {
    const told = new Set([...ADVANCE, ...BALANCE].flatMap(([, expected]) => expected));
    const elsewhere = [
      'ASP_ORDER_TWICE',
      'ASP_AMENDMENT_EARLY',
      'ASP_AMENDMENT_FUTURE',
      'ASP_AMENDMENT_FIRST',
      'ASP_AMENDMENT_GONE',
      'ASP_INVOICE_ABSENT',
      'ASP_ACCEPTANCE_ABSENT',
      'ASP_LAYOUT_UNMAPPED',
      'ASP_LAYOUT_SCHEMA',
    ];
    const others = REASON_CODES.filter((code) => !told.has(code) && !code.startsWith('ASP_ENTERED_'));
    expect(others).toEqual(elsewhere);
  });
});
