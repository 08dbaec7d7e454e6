import { describe, expect, it } from 'vitest';
import { cents } from '#dsr/money/index.ts';
import { checkQuotes, quoteVerdict } from './check.ts';
import {
  ADVANCE,
  BALANCE,
  CLIENT_LINE,
  CONFORMING,
  day,
  ENROLMENT,
  INVOICE,
  judge,
  ORDER,
  places,
  QUOTE,
  STATE_LINE,
  WINDOW,
  withLine,
  without,
} from './quote.fixture.ts';
import { CONTROLS, ruleOf, RULES } from './rules.ts';
import type { QuoteDocument, WindowAnswer } from './types.ts';

/** Documents that break a rule: what is said of each, exactly. */
interface Breaker {
  readonly rule: string;
  readonly document: QuoteDocument;
  readonly where: string;
  readonly received: string;
  readonly window?: WindowAnswer;
}

const late: WindowAnswer = {
  status: 'not-eligible',
  daysBeforeCompleteFile: 121,
  lastDayForCompleteFile: day('2022-06-28'),
  reasons: ['signed-more-than-120-days-before-complete-file'],
};
const pending: WindowAnswer = {
  status: 'pending',
  daysBeforeCompleteFile: null,
  lastDayForCompleteFile: day('2022-06-29'),
  reasons: [],
};
const acceptance = BALANCE.acceptance!;

const BREAKERS: readonly Breaker[] = [
  {
    rule: 'QUOTE-RESIDUAL-CHARGE',
    document: withLine(QUOTE, { label: 'Formation des utilisateurs', category: 'formation' }, 1),
    where: '/lines/1/payer',
    received: '« Formation des utilisateurs » : 1 000,00 € à la charge du client',
  },
  {
    rule: 'QUOTE-RESIDUAL-CHARGE',
    document: withLine(QUOTE, { residualHt: cents(1) }),
    where: '/lines/0/residualHt',
    received: `« ${STATE_LINE.label} » : 0,01 € à la charge du client`,
  },
  {
    rule: 'QUOTE-SERVICE-UNCLEAR',
    document: withLine(
      { ...QUOTE, lines: [STATE_LINE, without(CLIENT_LINE, 'category')] },
      { label: 'Maintenance' },
      1,
    ),
    where: '/lines/1/label',
    received: '« Maintenance » : 1 000,00 € à la charge du client',
  },
  {
    rule: 'QUOTE-CHARGE-TOLD',
    document: { ...QUOTE, conditions: ['Payable à 30 jours. Reste à charge du client : 500 € HT.'] },
    where: '/conditions/0',
    received: '« Reste à charge » dans : Payable à 30 jours. Reste à charge du client : 500 € HT.',
  },
  {
    rule: 'QUOTE-CHARGE-UNCLEAR',
    document: { ...QUOTE, mentions: ['Participation du client : 500 € HT'] },
    where: '/mentions/0',
    received: '« Participation du client » dans : Participation du client : 500 € HT',
  },
  {
    rule: 'QUOTE-DSR-CLEAR',
    document: withLine(QUOTE, { label: `${STATE_LINE.label} pour LOINC` }),
    where: '/lines/0/label',
    received: `« ${STATE_LINE.label} pour LOINC » : SGL, et peut-être LOINC`,
  },
  {
    rule: 'QUOTE-STATE-LINES-APART',
    document: withLine(QUOTE, { payer: 'shared' }),
    where: '/lines/0/payer',
    received: `« ${STATE_LINE.label} » : les deux, sur la même ligne`,
  },
  {
    rule: 'QUOTE-STATE-LINES-APART',
    document: withLine(QUOTE, { category: 'module-option' }),
    where: '/lines/0/payer',
    received: `« ${STATE_LINE.label} » à la charge de l’État : nature « Module ou option »`,
  },
  {
    rule: 'QUOTE-PAYER-KNOWN',
    document: { ...QUOTE, lines: [STATE_LINE, without(CLIENT_LINE, 'payer')] },
    where: '/lines/1/payer',
    received: `« ${CLIENT_LINE.label} » : rien`,
  },
  {
    rule: 'QUOTE-ONE-DSR',
    document: withLine(QUOTE, { dsr: ['SGL', 'LOINC-VA1'] }),
    where: '/lines/0/dsr',
    received: `« ${STATE_LINE.label} » : SGL et LOINC`,
  },
  {
    rule: 'QUOTE-CONDITIONED',
    document: { ...QUOTE, conditions: ['Offre valable sous réserve de l’achat du module Statistiques.'] },
    where: '/conditions/0',
    received: '« sous réserve de l’achat » dans : Offre valable sous réserve de l’achat du module Statistiques.',
  },
  {
    rule: 'QUOTE-SUN-ES',
    document: { ...QUOTE, mentions: ['Financement attendu : SUN-ES.'] },
    where: '/mentions/0',
    received: '« SUN-ES » dans : Financement attendu : SUN-ES.',
  },
  {
    rule: 'QUOTE-STATE-LINE',
    document: { ...QUOTE, lines: [CLIENT_LINE] },
    where: '/lines',
    received: 'aucune ligne à la charge de l’État',
  },
  {
    rule: 'QUOTE-STATE-WORDING',
    document: withLine(QUOTE, { label: 'Prestation SGL' }),
    where: '/lines/0/label',
    received: '« Prestation SGL »',
  },
  {
    rule: 'QUOTE-STATE-AMOUNT',
    document: withLine(QUOTE, { ht: cents(0), ttc: cents(0) }),
    where: '/lines/0/ht',
    received: `« ${STATE_LINE.label} » : 0,00 € HT à la charge de l’État`,
  },
  {
    rule: 'QUOTE-CEILING',
    document: withLine(QUOTE, { ht: cents(2_745_001), ttc: cents(3_294_001) }),
    where: '/lines/0/ht',
    received: 'SGL, vague 1 : 27 450,01 € HT dépasse de 0,01 € le plafond 27 450,00 € HT de la tranche B.',
  },
  {
    rule: 'QUOTE-CEILING-KNOWN',
    document: without(QUOTE, 'siteCount'),
    where: '/siteCount',
    received: 'aucun nombre de sites : la tranche du barème n’est pas connue',
  },
  {
    rule: 'QUOTE-CATCH-UP-APART',
    document: withLine(QUOTE, { label: `${STATE_LINE.label}, rattrapage compris` }),
    where: '/lines/0/category',
    received: `« ${STATE_LINE.label}, rattrapage compris » : « rattrapage » dans le libellé`,
  },
  {
    rule: 'QUOTE-CATCH-UP-OBSOLETE',
    document: withLine(QUOTE, { label: 'Rattrapage de dette technique', category: 'rattrapage' }, 1),
    where: '/lines/1/category',
    received: '« Rattrapage de dette technique » : rien n’est dit de la version',
  },
  {
    rule: 'QUOTE-NOT-FUNDABLE',
    document: withLine(QUOTE, { category: 'boites-mssante' }),
    where: '/lines/0/category',
    received: `« ${STATE_LINE.label} » à la charge de l’État : nature « Boîtes aux lettres MSSanté »`,
  },
  {
    rule: 'QUOTE-CONDITIONAL-MENTION',
    document: { ...ORDER, mentions: [] },
    where: '/mentions',
    received: 'aucune mention',
  },
  {
    rule: 'QUOTE-WINDOW-120',
    document: { ...ORDER, signedOn: day('2022-02-28') },
    window: late,
    where: '/signedOn',
    received: 'signature du 28/02/2022, 121 jours avant le dossier complet du 29/06/2022',
  },
  {
    rule: 'QUOTE-WINDOW-PENDING',
    document: without(ORDER, 'deemedCompleteOn'),
    window: pending,
    where: '/deemedCompleteOn',
    received: 'aucune date de dossier complet ; dernier jour : 29/06/2022',
  },
  {
    rule: 'QUOTE-REAL-AMOUNT',
    document: withLine(INVOICE, { ht: cents(0), ttc: cents(0) }),
    where: '/lines/0/ht',
    received: `« ${STATE_LINE.label} » : 0,00 € HT à la charge de l’État`,
  },
  {
    rule: 'QUOTE-STATE-MENTION',
    document: withLine(INVOICE, { label: 'Prestation SGL' }),
    where: '/mentions',
    received: 'aucune mention de la prise en charge par l’État',
  },
  {
    rule: 'QUOTE-SIGNED',
    document: without(ORDER, 'signature'),
    where: '/signature',
    received: 'aucune façon de signer',
  },
  {
    rule: 'QUOTE-SIGNATURE-KIND',
    document: { ...ORDER, signature: 'autre' },
    where: '/signature',
    received: 'Autre',
  },
  {
    rule: 'QUOTE-HT-REFERENCE',
    document: { ...QUOTE, lines: [STATE_LINE, without(CLIENT_LINE, 'ht')] },
    where: '/lines/1/ht',
    received: `« ${CLIENT_LINE.label} » : 1 200,00 € TTC seul`,
  },
  {
    rule: 'QUOTE-TTC',
    document: withLine(QUOTE, { ttc: cents(120_001) }, 1),
    where: '/lines/1/ttc',
    received: '1 200,01 € TTC pour 1 000,00 € HT',
  },
  {
    rule: 'QUOTE-VAT-RATE',
    document: withLine(QUOTE, { vatRate: 850, ttc: cents(2_978_325) }),
    where: '/lines/0/vatRate',
    received: '8,5 %',
  },
  {
    rule: 'QUOTE-ACCEPTANCE-SIGNED',
    document: without(BALANCE, 'acceptance', 'programme'),
    where: '/acceptance',
    received: 'ni VA ni MOM',
  },
  {
    rule: 'QUOTE-ACCEPTANCE-SIGNED',
    document: { ...BALANCE, acceptance: { ...without(acceptance, 'signedOn'), kind: 'MOM' } },
    where: '/acceptance/signedOn',
    received: 'MOM sans date de signature',
  },
  {
    rule: 'QUOTE-ACCEPTANCE-MSSANTE',
    document: { ...BALANCE, acceptance: { ...acceptance, mssanteAddress: 'labo@exemple.fr' } },
    where: '/acceptance/mssanteAddress',
    received: 'labo@exemple.fr',
  },
  {
    rule: 'QUOTE-ACCEPTANCE-MSSANTE',
    document: { ...BALANCE, acceptance: without(acceptance, 'mssanteAddress') },
    where: '/acceptance/mssanteAddress',
    received: 'aucune adresse',
  },
  {
    rule: 'QUOTE-ACCEPTANCE-RESERVES',
    document: { ...BALANCE, acceptance: { ...acceptance, reserves: 'bloquantes' } },
    where: '/acceptance/reserves',
    received: 'réserves bloquantes',
  },
  {
    rule: 'QUOTE-AMENDMENT-PAID',
    document: {
      ...BALANCE,
      amendments: [
        { number: '1', status: 'decidee-et-payee' },
        { number: '2', status: 'deposee' },
        { number: '3', status: 'abandonnee' },
      ],
    },
    where: '/amendments/1/status',
    received: 'avenant 2 : Déposé',
  },
  {
    rule: 'QUOTE-MSS-CASE',
    document: { ...BALANCE, mssDeployment: 'Cas 2' },
    where: '/mssDeployment',
    received: 'Cas 2 dans la demande, Cas 1 sur la VA',
  },
  {
    rule: 'QUOTE-MSS-CASE',
    document: { ...without(BALANCE, 'mssDeployment'), programme: 'ms2' },
    where: '/mssDeployment',
    received: 'aucun indicateur',
  },
  {
    rule: 'QUOTE-MSS-CASE',
    document: { ...BALANCE, acceptance: without(acceptance, 'mssDeployment') },
    where: '/mssDeployment',
    received: 'Cas 1 dans la demande, aucun indicateur sur la VA',
  },
  {
    rule: 'QUOTE-ENROLMENT-AFTER',
    document: { ...ENROLMENT, enrolledOn: day('2022-07-19') },
    where: '/enrolledOn',
    received: 'enrôlement du 19/07/2022, référencement du 20/07/2022',
  },
  {
    rule: 'QUOTE-ENROLMENT-AFTER',
    document: without(ENROLMENT, 'enrolledOn'),
    where: '/enrolledOn',
    received: 'aucune date d’enrôlement',
  },
  {
    rule: 'QUOTE-ENROLMENT-AFTER',
    document: without(ENROLMENT, 'referencedOn'),
    where: '/referencedOn',
    received: 'produit sans date de référencement',
  },
  {
    rule: 'QUOTE-ENROLMENT-PIECES',
    document: { ...ENROLMENT, pieces: ['certificat-ans', 'identite-representant', 'mandat'] },
    where: '/pieces',
    received: 'manque : coordonnées bancaires, attestation de non-assujettissement à la TVA',
  },
  {
    rule: 'QUOTE-ADVANCE-PERIOD',
    document: { ...ORDER, signedOn: day('2022-12-01') },
    where: '/signedOn',
    received: 'signature du 01/12/2022, fin de la période le 30/11/2022',
  },
  {
    rule: 'QUOTE-ADVANCE-PERIOD-KNOWN',
    document: without(ORDER, 'advancePeriodEndsOn'),
    where: '/advancePeriodEndsOn',
    received: 'aucune fin de période',
  },
  { rule: 'QUOTE-EMPTY', document: { ...ADVANCE, lines: [] }, where: '/lines', received: 'aucune ligne' },
];

/** Spaces of French typography, as the rules write them. */
const plain = (text: string): string => text.replaceAll(/[\u00A0\u202F]/g, ' ');

describe('conforming documents', () => {
  it.each(CONFORMING.map((document) => [document.kind, document] as const))('%s', (_, document) => {
    expect(judge(document)).toEqual([]);
  });
});

describe('each rule', () => {
  it.each(BREAKERS.map((breaker) => [breaker.rule, breaker.received, breaker] as const))(
    '%s: %s',
    (rule, _, { document, where, received, window = WINDOW }) => {
      const found = judge(document, { window });
      expect(places(found)).toEqual([`${rule} ${where}`]);
      expect(plain(found[0]?.received ?? '')).toBe(received);
      const { severity, remedy, requirements, source } = ruleOf(rule);
      expect(found[0]).toMatchObject({ severity, remedy, requirements, source, layer: 'business' });
    },
  );

  it('has a document that breaks it, or shows in a file or in documents together', () => {
    const elsewhere = ['QUOTE-ONE-REQUEST', 'QUOTE-SITE-ONCE', 'QUOTE-READABLE', 'QUOTE-VALUE', 'QUOTE-COLUMN'];
    const broken = new Set([...BREAKERS.map(({ rule }) => rule), ...elsewhere]);
    expect(RULES.map(({ id }) => id).filter((id) => !broken.has(id))).toEqual([]);
  });

  it('serves one of the twenty checks, each of which has a rule', () => {
    expect(CONTROLS.map(({ id }) => id)).toEqual(Array.from({ length: 20 }, (_, index) => `Q${index + 1}`));
    const served = new Set(RULES.flatMap(({ requirements }) => requirements));
    expect(CONTROLS.filter(({ id }) => !served.has(id))).toEqual([]);
  });

  it('has the severity of its check, and its source', () => {
    expect(ruleOf('QUOTE-CATCH-UP-APART')).toMatchObject({ severity: 'warning', source: 'Q7 : deck 001' });
    expect(ruleOf('QUOTE-CEILING')).toMatchObject({
      severity: 'error',
      requirements: ['Q6', 'Q15'],
      source: 'Q6 : deck 001 ; note ANS 1265 ; Q15 : note ANS 1265',
    });
    expect(ruleOf('QUOTE-READABLE')).toMatchObject({ layer: 'wellformed', source: 'Jalon, lecture des fichiers' });
    expect(() => ruleOf('QUOTE-NONE')).toThrow(new RangeError('No rule QUOTE-NONE'));
  });
});

describe('the choice of checks', () => {
  it('keeps the rules of the checks asked for', () => {
    const document = { ...withLine(ORDER, { payer: 'shared' }), mentions: [] };
    expect(places(judge(document, { window: WINDOW, controls: ['Q9'] }))).toEqual([
      'QUOTE-CONDITIONAL-MENTION /mentions',
    ]);
    expect(places(judge(document, { window: WINDOW, controls: ['Q2', 'Q9'] }))).toEqual([
      'QUOTE-STATE-LINES-APART /lines/0/payer',
      'QUOTE-CONDITIONAL-MENTION /mentions',
    ]);
    expect(judge({ kind: 'quote', lines: [] }, { controls: ['Q12'] })).toEqual([]);
  });
});

describe('the verdict', () => {
  const of = (document: QuoteDocument): string => quoteVerdict(judge(document));
  it('is non conforming for an error, to be verified for what was not judged, conforming else', () => {
    expect(of(QUOTE)).toBe('conforme');
    expect(of(without(QUOTE, 'siteCount'))).toBe('a-verifier');
    expect(of(withLine(QUOTE, { vatRate: 850, ttc: cents(2_978_325) }))).toBe('conforme');
    expect(of(withLine(without(QUOTE, 'siteCount'), { residualHt: cents(1) }))).toBe('non-conforme');
  });
});

describe('documents together', () => {
  const at = (index: number) => ({ locate: (path: string) => `document ${index}${path}` });
  const received = (documents: readonly QuoteDocument[]): readonly (readonly string[])[] =>
    checkQuotes(
      documents.map((document, index) => ({ document, ...at(index), window: WINDOW })),
      { controls: ['Q13', 'Q14'] },
    ).map((findings) => findings.map(({ rule, where, received }) => `${rule} ${where} : ${received}`));

  it('are one advance and one balance by instance and DSR', () => {
    expect(received([ORDER, ADVANCE, BALANCE, { ...ADVANCE, number: 'A-2' }])).toEqual([
      [],
      [],
      [],
      [
        'QUOTE-ONE-REQUEST document 3/instance : Demande d’avance A-2 : instance I-1, DSR SGL 1, déjà dans Demande d’avance A-1',
      ],
    ]);
  });

  it('may ask for two DSR, or two waves, of one instance', () => {
    const loinc: QuoteDocument = { ...ADVANCE, couloir: 'LOINC', lines: [{ ...STATE_LINE, dsr: ['LOINC'] }] };
    const second: QuoteDocument = { ...without(ADVANCE, 'lines'), wave: '2' };
    expect(
      received([ADVANCE, loinc, second, without(ADVANCE, 'instance'), { kind: 'advance', instance: 'I-1' }]),
    ).toEqual([[], [], [], [], []]);
    expect(received([loinc, { kind: 'advance', instance: 'I-1', couloir: 'DSR LOINC vague 1' }])[1]).toEqual([
      'QUOTE-ONE-REQUEST document 1/instance : Demande d’avance : instance I-1, DSR LOINC 1, déjà dans Demande d’avance A-1',
    ]);
  });

  it('count a site in one instance, for one DSR', () => {
    const other: QuoteDocument = { ...ADVANCE, number: 'A-2', instance: 'I-2', sites: ['990000009', '990000002'] };
    expect(received([ADVANCE, other, { ...other, kind: 'balance' }])).toEqual([
      [],
      [
        'QUOTE-SITE-ONCE document 1/sites/1 : site 990000002 : instance I-2, déjà compté dans l’instance I-1 (Demande d’avance A-1), DSR SGL 1',
      ],
      [
        'QUOTE-SITE-ONCE document 2/sites/1 : site 990000002 : instance I-2, déjà compté dans l’instance I-1 (Demande d’avance A-1), DSR SGL 1',
      ],
    ]);
    expect(received([ADVANCE, { ...other, couloir: 'RIS', lines: [{ ...STATE_LINE, dsr: ['RIS'] }] }])).toEqual([
      [],
      [],
    ]);
    expect(received([without(ADVANCE, 'sites'), without(other, 'sites')])).toEqual([[], []]);
  });

  it('are left alone when these checks are not asked for, and located as the JSON when nothing locates', () => {
    const two = [ADVANCE, ADVANCE].map((document) => ({ document }));
    expect(checkQuotes(two, { controls: ['Q1'] })).toEqual([[], []]);
    const [, second] = checkQuotes(two);
    expect(places(second!)).toEqual(['QUOTE-ONE-REQUEST /instance']);
  });

  it('know an instance by its name, however it is spelt', () => {
    const [first = '', ...sites] = ADVANCE.sites ?? [];
    const spelt = { ...ADVANCE, instance: ` ${(ADVANCE.instance ?? '').toLowerCase()} `, sites: [first, ...sites] };
    const [, second] = checkQuotes([ADVANCE, spelt].map((document) => ({ document })));
    expect(places(second!)).toEqual(['QUOTE-ONE-REQUEST /instance']);
  });
});
