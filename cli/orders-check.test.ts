import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cents, withVat } from '#dsr/money/index.ts';
import type { Order, VendorProduct } from '#tracker/orders/index.ts';
import { checkQuotes } from '#checks/quote/index.ts';
import { loadCalendar } from '#dsr/calendar/index.ts';
import { parseCivilDate, type CivilDate } from '#dsr/dates/index.ts';
import type { PaymentRequest } from '#tracker/asp/index.ts';
import { papersOf, requestPapers } from './order-papers.ts';
import { jalon, workFolder } from './testing.ts';

const day = (text: string): CivilDate => parseCivilDate(text)!;
const PRODUCT: VendorProduct = {
  name: 'Labo Exemple',
  version: '7.2',
  couloir: 'SGL',
  wave: '1',
  dsrCode: 'SGL-VA1',
  deemedCompleteOn: day('2022-06-29'),
  referencedOn: day('2022-07-20'),
};
const ORDER: Order = {
  number: 'BC-1',
  client: { name: 'Labo Brouillard', siret: '00000000000000' },
  couloir: 'SGL',
  wave: '1',
  instance: 'I-1',
  sites: [{ finess: '990000002' }],
  product: { name: 'Labo Exemple', version: '7.2' },
  amounts: withVat(cents(2_250_000), 2000),
  signedOn: day('2022-03-01'),
  signature: 'manuscrite',
  conditionalMention: true,
  stateMention: true,
  amendments: [],
  attachments: [],
};
const said = (order: Order): readonly string[] => {
  const papers = papersOf({ orders: [order], products: [PRODUCT] }, loadCalendar());
  return checkQuotes(
    papers.map(({ subject }) => subject),
    { controls: Array.from({ length: 12 }, (_, index) => `Q${index + 9}`) },
  )
    .flat()
    .map(({ rule, where }) => `${rule} ${where}`);
};

describe('an order of the book', () => {
  it('is conforming, with the end of the advance that the calendar gives', () => expect(said(ORDER)).toEqual([]));

  it('is not judged by the name of its product', () => {
    const product = { name: 'SGL Pro, module Option LOINC', version: '7.2' };
    const papers = papersOf({ orders: [{ ...ORDER, product }], products: [] }, loadCalendar());
    const controls = ['Q1', 'Q2', 'Q3', 'Q8'];
    expect(
      checkQuotes(
        papers.map(({ subject }) => subject),
        { controls },
      ).flat(),
    ).toEqual([]);
  });

  it.each<[string, Partial<Order>, readonly string[]]>([
    ['too early', { signedOn: day('2022-02-28') }, ['QUOTE-WINDOW-120 bon BC-1, date de signature du client']],
    ['without mention', { conditionalMention: false }, ['QUOTE-CONDITIONAL-MENTION bon BC-1, mentions']],
    ['without the State', { stateMention: false }, ['QUOTE-STATE-MENTION bon BC-1, mentions']],
    ['above the ceiling', { amounts: withVat(cents(2_250_001), 2000) }, ['QUOTE-CEILING bon BC-1, montants']],
    ['at 0 €', { amounts: withVat(cents(0), 2000) }, ['QUOTE-REAL-AMOUNT bon BC-1, montants']],
    [
      'with an invoice at 0 €',
      { invoice: { number: 'F-1', amounts: withVat(cents(0), 2000), stateMention: false } },
      ['QUOTE-REAL-AMOUNT bon BC-1, facture, montants', 'QUOTE-STATE-MENTION bon BC-1, facture, mentions'],
    ],
    [
      'with a VA that is not signed, and another indicator',
      { acceptance: { kind: 'VA', reserves: 'bloquantes', mssDeployment: 'Cas 1' }, mssDeployment: 'Cas 2' },
      [
        'QUOTE-ACCEPTANCE-SIGNED bon BC-1, solde, VA ou MOM',
        'QUOTE-ACCEPTANCE-MSSANTE bon BC-1, solde, VA ou MOM',
        'QUOTE-ACCEPTANCE-RESERVES bon BC-1, solde, VA ou MOM',
        'QUOTE-MSS-CASE bon BC-1, solde, indicateur de déploiement MSS',
      ],
    ],
  ])('%s', (_, change, expected) =>
    expect([...said({ ...ORDER, ...change })].toSorted()).toEqual([...expected].toSorted()),
  );
});

describe('requests already made', () => {
  const request = (id: string, more: Partial<PaymentRequest> = {}): PaymentRequest => ({
    id,
    kind: 'avance',
    order: 'BC-1',
    requested: cents(810_000),
    layout: { name: 'avance', version: '0.1.0', proposed: true },
    json: { file: 'a.json', sha256: '', history: [] },
    ...more,
  });
  it('are one by instance and DSR; an amendment is no second one', () => {
    const rules = (requests: readonly PaymentRequest[]): readonly string[] =>
      checkQuotes(
        requestPapers([ORDER], requests).map(({ subject }) => subject),
        { controls: ['Q13', 'Q14'] },
      )
        .flat()
        .map(({ rule }) => rule);
    expect(
      rules([
        request('1'),
        request('2', { amends: '1' }),
        request('3', { kind: 'solde' }),
        request('4', { order: 'X' }),
      ]),
    ).toEqual([]);
    expect(rules([request('1', { dsrCode: 'SGL-VA1' }), request('2')])).toEqual(['QUOTE-ONE-REQUEST']);
  });
});

describe('jalon orders check and jalon check quote, as they are typed', () => {
  it('judge the template, and say what to do without a book', async () => {
    const folder = workFolder();
    const none = await jalon('--data', folder, 'orders', 'check');
    expect(none.code).toBe(2);
    const { err } = none;
    expect(err).toContain('orders import');
    const template = join(folder, 'bons.json');
    expect((await jalon('orders', 'template', '--out', template)).code).toBe(0);
  });

  it('is never green for what it could not judge', async () => {
    const path = join(workFolder(), 'devis.csv');
    writeFileSync(
      path,
      'Libellé;DSR;Montant HT;À la charge de\nMontant pris en charge par l’État au titre du Ségur;LGC;100;État\n',
    );
    const { code, out, err } = await jalon('check', 'quote', path, '--json');
    expect(code).toBe(0);
    // The document is fixed: the editions are told beside it.
    expect(err).toMatch(/^Calendrier : jalon-[^\n]+\nBarème : jalon-/u);
    expect(JSON.parse(out)).toMatchObject([
      { kind: 'quote', verdict: 'a-verifier', findings: [{ rule: 'QUOTE-CEILING-KNOWN' }] },
    ]);
  });
});
