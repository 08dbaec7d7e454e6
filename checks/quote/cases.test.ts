import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cents, withVat } from '#dsr/money/index.ts';
import { loadScales } from '#dsr/scales/index.ts';
import {
  CLIENT_LINE,
  CONDITIONAL,
  day,
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
import type { QuoteDocument, QuoteLine } from './types.ts';

const rules = (document: QuoteDocument): readonly string[] => judge(document).map(({ rule }) => rule);
const client = (line: Partial<QuoteLine>): QuoteDocument => ({
  ...QUOTE,
  lines: [STATE_LINE, { ...without(CLIENT_LINE, 'category'), ...line }],
});
const loinc = (ht: number, ttc: number): QuoteDocument => ({
  ...without(QUOTE, 'siteCount', 'couloir'),
  lines: [
    {
      ...STATE_LINE,
      label: 'Montant pris en charge par l’État au titre du Ségur, LOINC',
      dsr: ['LOINC'],
      ht: cents(ht),
      ttc: cents(ttc),
    },
  ],
});

describe('the five official non-conforming quotes (deck 001)', () => {
  it.each<[string, QuoteDocument, readonly string[]]>([
    [
      'a residual charge on what is included',
      client({ label: 'Maintenance annuelle', category: 'maintenance' }),
      ['QUOTE-RESIDUAL-CHARGE'],
    ],
    [
      'a State part that is not apart',
      withLine(QUOTE, { payer: 'shared', residualHt: cents(100) }),
      ['QUOTE-RESIDUAL-CHARGE', 'QUOTE-STATE-LINES-APART'],
    ],
    [
      'several DSR on one line',
      withLine(QUOTE, { label: 'Montant pris en charge par l’État au titre du Ségur, DSR SGL et LOINC' }),
      ['QUOTE-ONE-DSR'],
    ],
    [
      'conditioned on options or modules',
      withLine(QUOTE, { condition: 'À condition de souscrire l’option Bactériologie' }),
      ['QUOTE-CONDITIONED'],
    ],
    [
      'SONS taken for SUN-ES',
      withLine(QUOTE, { label: 'Montant pris en charge par l’État au titre du Ségur (SUN-ES), logiciel SGL' }),
      ['QUOTE-SUN-ES'],
    ],
  ])('%s', (_, document, expected) => expect(rules(document)).toEqual(expected));
});

describe('a residual charge', () => {
  it.each<[string, Partial<QuoteLine>, readonly string[]]>([
    ['a service of the Ségur', { label: 'Formation Ségur' }, ['QUOTE-RESIDUAL-CHARGE']],
    ['a supplement of the Ségur', { label: 'Supplément Ségur' }, ['QUOTE-RESIDUAL-CHARGE']],
    ['a service of a couloir', { label: 'Maintenance du SGL' }, ['QUOTE-RESIDUAL-CHARGE']],
    ['a line that has a DSR', { label: 'Complément', dsr: ['SGL'] }, ['QUOTE-RESIDUAL-CHARGE']],
    ['the category alone', { label: 'Divers', category: 'qualification' }, ['QUOTE-RESIDUAL-CHARGE']],
    ['a service told to be something else', { label: 'Formation Ségur', category: 'autre' }, ['QUOTE-SERVICE-UNCLEAR']],
    ['a module', { label: 'Module de formation', dsr: ['SGL'] }, []],
    ['an interface', { label: 'Interface du SGL avec un automate' }, []],
    ['something else that names no Ségur', { label: 'Formation à la paie', category: 'autre' }, []],
    ['something else', { label: 'Automate', category: 'autre' }, []],
    ['a service out of the Ségur', { label: 'Formation, hors Ségur', category: 'autre' }, []],
    ['a label that only contains the word', { label: 'Informations et transformations' }, []],
    ['nothing', { label: 'Maintenance Ségur', ht: cents(0), ttc: cents(0) }, []],
    ['nothing, unclear', { label: 'Maintenance', ht: cents(0), ttc: cents(0) }, []],
    ['mailboxes that the client buys', { label: 'Boîtes aux lettres MSSanté' }, []],
  ])('%s', (_, line, expected) => expect(rules(client(line))).toEqual(expected));

  it('is told all-in when there is no pre-tax amount', () => {
    const document = {
      ...QUOTE,
      lines: [STATE_LINE, { label: 'Formation Ségur', ttc: cents(1), payer: 'client' as const }],
    };
    expect(judge(document)[0]?.received).toBe('« Formation Ségur » : 0,01\u00A0€ à la charge du client');
    const nothing = { ...QUOTE, lines: [STATE_LINE, { label: 'Formation Ségur', payer: 'client' as const }] };
    expect(rules(nothing)).toEqual(['QUOTE-HT-REFERENCE']);
    expect(judge(nothing)[0]?.received).toBe('« Formation Ségur » : aucun montant');
  });

  it('is not looked for on a line of which nobody says who pays it', () => {
    expect(rules({ ...QUOTE, lines: [STATE_LINE, { label: 'Formation Ségur', ht: cents(100) }] })).toEqual([
      'QUOTE-PAYER-KNOWN',
    ]);
  });
});

describe('the wording of the State line', () => {
  it.each([
    'Montant pris en charge par l’État au titre du Ségur',
    "MONTANT PRIS EN CHARGE PAR L'ETAT AU TITRE DU SEGUR",
    'Montant  pris en charge par l\u02BCÉtat au\u00A0titre du Ségur',
    'Prise en charge par l´Etat dans le cadre du Ségur du numérique',
    'Part financée par l‘État au titre du programme Ségur',
    'Somme payée par l`état (Segur)',
  ])('%s', (label) => expect(rules({ ...QUOTE, lines: [{ ...without(STATE_LINE, 'payer'), label }] })).toEqual([]));

  it.each([
    'Prestation SGL',
    'Montant au titre du Ségur',
    'Pris en charge par le client',
    'Montant pris en charge par l’État',
  ])('not: %s', (label) =>
    expect(rules({ ...QUOTE, lines: [{ ...STATE_LINE, label }] })).toEqual(['QUOTE-STATE-WORDING']),
  );

  it('stands on one line of each DSR', () => {
    const half = { ...STATE_LINE, ht: cents(1_000_000), ttc: cents(1_200_000) };
    const detail = { ...half, label: 'Installation', category: 'installation' as const };
    expect(rules({ ...QUOTE, lines: [half, detail] })).toEqual([]);
    expect(rules({ ...QUOTE, lines: [detail, detail] })).toEqual(['QUOTE-STATE-WORDING', 'QUOTE-STATE-WORDING']);
    const other = { ...detail, dsr: ['LOINC'], ht: cents(100), ttc: cents(120) };
    expect(places(judge({ ...QUOTE, lines: [half, other] }))).toEqual(['QUOTE-STATE-WORDING /lines/1/label']);
  });

  it('may be a mention on an order and an invoice', () => {
    const mention = 'Montant pris en charge par l’État au titre du Ségur : 27 450 € HT';
    const bare = withLine(INVOICE, { label: 'Prestation SGL' });
    expect(rules({ ...bare, mentions: [mention] })).toEqual([]);
    expect(rules({ ...bare, mentions: ['Payable à 30 jours'] })).toEqual(['QUOTE-STATE-MENTION']);
    expect(rules(withLine(ORDER, { label: 'Prestation SGL' }))).toEqual(['QUOTE-STATE-MENTION']);
  });
});

describe('one DSR by State line', () => {
  it.each<[string, Partial<QuoteLine>, Partial<QuoteDocument>, readonly string[]]>([
    ['the column names one twice', { dsr: ['SGL', 'SGL-VA1'] }, {}, []],
    ['the document names it', { dsr: [] }, {}, []],
    ['nothing but the label names it', { dsr: [] }, { couloir: '' }, []],
    ['an interface is named in passing', { label: `${STATE_LINE.label}, interface avec le DPI` }, {}, []],
    ['the label joins two', { label: `${STATE_LINE.label} / LOINC` }, {}, ['QUOTE-ONE-DSR']],
    ['the label joins two, the second by its DSR', { label: `${STATE_LINE.label} + DSR LOINC` }, {}, ['QUOTE-ONE-DSR']],
  ])('%s', (_, line, document, expected) => {
    const { couloir } = document;
    const base = couloir === '' ? without(QUOTE, 'couloir') : QUOTE;
    expect(rules(withLine(base, line))).toEqual(expected);
  });

  it('must be named', () => {
    const found = judge(
      withLine(without(QUOTE, 'couloir'), { label: 'Montant pris en charge par l’État au titre du Ségur', dsr: [] }),
    );
    expect(found.map(({ rule, received }) => [rule, received])).toEqual([
      ['QUOTE-ONE-DSR', '« Montant pris en charge par l’État au titre du Ségur » : aucun DSR'],
    ]);
  });

  it('does not bind a line that the client pays', () => {
    expect(rules(withLine(QUOTE, { label: 'Interfaces SGL et LOINC' }, 1))).toEqual([]);
  });
});

describe('conditions', () => {
  it.each([
    'Tarif conditionné au renouvellement du contrat de maintenance',
    'Offre subordonnée à l’achat du module Hémato',
    'Moyennant un engagement de trois ans',
    'Valable en cas de souscription d’une option',
    'L’achat du module de statistiques est obligatoire',
    'Sans frais, sous réserve de reconduire le contrat',
  ])('%s', (text) => {
    expect(rules({ ...QUOTE, conditions: [text] })).toEqual(['QUOTE-CONDITIONED']);
    expect(places(judge(withLine(QUOTE, { condition: text })))).toEqual(['QUOTE-CONDITIONED /lines/0/condition']);
    // What the client buys apart may have its own conditions.
    expect(rules(withLine(QUOTE, { condition: text }, 1))).toEqual([]);
  });

  it.each([
    'Payable à 30 jours',
    'Cette prestation n’est pas conditionnée à l’achat d’un module',
    'Sans condition d’achat de module ni de renouvellement',
    CONDITIONAL,
    'Sous réserve de disponibilité',
  ])('not: %s', (text) => expect(rules({ ...QUOTE, conditions: [text], mentions: [text] })).toEqual([]));
});

describe('SUN-ES', () => {
  it.each([
    'SUN-ES',
    'Financé par SUN ES',
    'sunes volet 1',
    'Ségur Usage Numérique en établissement de santé',
    'SUN‑ES',
  ])('%s', (text) => expect(rules({ ...QUOTE, mentions: [text] })).toEqual(['QUOTE-SUN-ES']));
  it.each(['SONS', 'Sans lien avec SUN-ES', 'Hors SUN-ES', 'sunest'])('not: %s', (text) =>
    expect(rules({ ...QUOTE, mentions: [text] })).toEqual([]),
  );
  it('is only a warning on a line that the client pays', () => {
    const [found] = judge(withLine(QUOTE, { label: 'Accompagnement à la candidature SUN-ES', category: 'autre' }, 1));
    expect(found).toMatchObject({ rule: 'QUOTE-SUN-ES', severity: 'warning', where: '/lines/1/label' });
    expect(judge({ ...QUOTE, mentions: ['SUN-ES'] })[0]?.severity).toBe('error');
  });
});

describe('what is never funded', () => {
  it.each([
    'boîtes aux lettres MSSanté',
    'BAL MSS',
    'fourniture d’un serveur',
    'hébergement',
    'changement complet de logiciel',
    'un produit non référencé',
    'remplacement du SGL',
  ])('%s on a State line', (words) =>
    expect(rules(withLine(QUOTE, { label: `${STATE_LINE.label}, ${words}` }))).toEqual(['QUOTE-NOT-FUNDABLE']),
  );
  it.each([
    'hors boîtes aux lettres MSSanté',
    'boîtes aux lettres non comprises',
    'sans serveur physique',
    'installation sur le serveur du client',
    'global',
  ])('not: %s', (words) => expect(rules(withLine(QUOTE, { label: `${STATE_LINE.label}, ${words}` }))).toEqual([]));
  it('may be bought by the client', () => {
    expect(rules(client({ label: 'Boîtes aux lettres', category: 'boites-mssante' }))).toEqual([]);
    expect(rules({ ...QUOTE, lines: [{ ...STATE_LINE, payer: 'shared', category: 'infrastructure' }] })).toEqual([
      'QUOTE-STATE-LINES-APART',
      'QUOTE-NOT-FUNDABLE',
    ]);
  });
  it('does not let the State pay for a module either', () => {
    expect(rules(withLine(QUOTE, { label: `${STATE_LINE.label} et module Statistiques` }))).toEqual([
      'QUOTE-STATE-LINES-APART',
    ]);
    expect(rules(withLine(QUOTE, { category: 'renouvellement' }))).toEqual(['QUOTE-STATE-LINES-APART']);
  });
});

describe('technical debt', () => {
  const catchUp = { label: 'Rattrapage de dette technique', category: 'rattrapage' } as const;
  it('is apart when the client pays it on its own line, for a version declared obsolete', () => {
    expect(rules({ ...client(catchUp), obsoleteVersionDeclared: true })).toEqual([]);
    const [found] = judge({ ...client(catchUp), obsoleteVersionDeclared: false });
    expect(found?.received).toBe('« Rattrapage de dette technique » : version non déclarée obsolète');
  });
  it('is not apart on a State line, nor with a DSR, nor with a service of the Ségur', () => {
    const declared = { obsoleteVersionDeclared: true };
    expect(rules({ ...withLine(QUOTE, catchUp), ...declared })).toEqual([
      'QUOTE-STATE-WORDING',
      'QUOTE-CATCH-UP-APART',
    ]);
    expect(rules({ ...client({ ...catchUp, dsr: ['SGL'] }), ...declared })).toEqual(['QUOTE-CATCH-UP-APART']);
    // Naming the programme does not bind a line of its own.
    expect(rules({ ...client({ label: 'Rattrapage de dette technique avant Ségur' }), ...declared })).toEqual([]);
    expect(rules({ ...client({ label: 'Formation Ségur et rattrapage' }), ...declared })).toEqual([
      'QUOTE-CATCH-UP-APART',
    ]);
  });
});

describe('the ceiling', () => {
  const { bands } = loadScales();
  const sgl = bands.filter(({ couloir, wave }) => couloir === 'SGL' && wave === '1');
  const of = (sites: number, ht: number): QuoteDocument =>
    withLine({ ...QUOTE, siteCount: sites }, withVat(cents(ht), 2000));

  it('holds to the cent, at both ends of each band', () => {
    expect(sgl).toHaveLength(5);
    for (const { sitesMin, sitesMax = 500, ceilingHt } of sgl) {
      for (const sites of [sitesMin, sitesMax]) {
        expect([sites, rules(of(sites, ceilingHt))]).toEqual([sites, []]);
        expect([sites, rules(of(sites, ceilingHt + 1))]).toEqual([sites, ['QUOTE-CEILING']]);
      }
    }
  });

  it('names the band, its ceiling and its source', () => {
    const [found] = judge(of(22, 3_074_401));
    expect(found?.expected.replaceAll('\u00A0', ' ')).toBe(
      '30 744,00 € HT au plus (tranche C, Présentation publique 001, l. 506)',
    );
  });

  it('is pre-tax: LOINC at its ceiling is above the printed all-in one', () => {
    expect(rules(loinc(291_700, 350_040))).toEqual([]);
    expect(rules(loinc(291_701, 350_041))).toEqual(['QUOTE-CEILING']);
    const [found] = judge(loinc(291_700, 350_000));
    expect(found).toMatchObject({ rule: 'QUOTE-TTC', where: '/lines/0/ttc' });
    expect(found?.received.replaceAll('\u00A0', ' ')).toBe(
      '3 500,00 € TTC pour 2 917,00 € HT : c’est le plafond TTC imprimé, arrondi à l’euro',
    );
    expect(found?.expected.replaceAll('\u00A0', ' ')).toBe('3 500,40 € TTC (2 917,00 € HT plus 583,40 € de TVA)');
    const elsewhere = judge(withLine(QUOTE, { ht: cents(291_700), ttc: cents(350_000) }));
    expect(elsewhere[0]?.received).not.toContain('imprimé');
  });

  it('adds the lines of one DSR, and keeps the DSR apart', () => {
    const half = { ...STATE_LINE, ...withVat(cents(1_372_500), 2000) };
    expect(rules({ ...QUOTE, lines: [half, half] })).toEqual([]);
    const over = { ...STATE_LINE, ...withVat(cents(1_372_501), 2000) };
    const [found] = judge({ ...QUOTE, lines: [half, over] });
    expect(found).toMatchObject({ rule: 'QUOTE-CEILING', where: '/lines' });
    expect(found?.received).toContain('SGL, vague 1 (2 lignes additionnées) : ');
    expect(rules({ ...QUOTE, lines: [STATE_LINE, ...loinc(291_700, 350_040).lines!] })).toEqual([]);
  });

  it('counts what the State bears of a line, and nothing of the client', () => {
    const shared = judge(withLine(QUOTE, { ...withVat(cents(2_745_001), 2000), residualHt: cents(1) }));
    expect(shared.map(({ rule }) => rule)).toEqual(['QUOTE-RESIDUAL-CHARGE']);
    expect(rules(withLine(QUOTE, withVat(cents(99_000_000), 2000), 1))).toEqual([]);
  });

  it('takes the sites listed when they are not counted', () => {
    const listed = { ...without(QUOTE, 'siteCount'), sites: ['990000001'] };
    expect(rules(listed)).toEqual(['QUOTE-CEILING']);
    expect(rules({ ...listed, siteCount: 2 })).toEqual([]);
  });

  it('says which scale is not known', () => {
    for (const document of [{ ...QUOTE, siteCount: 1 }, without(QUOTE, 'siteCount')]) {
      const [found] = judge(
        withLine({ ...document, couloir: 'LGC' }, { dsr: ['LGC'], label: STATE_LINE.label.replace('SGL', 'LGC') }),
      );
      expect(found).toMatchObject({ rule: 'QUOTE-CEILING-KNOWN', where: '/lines/0/ht' });
      expect(found?.received).toBe('LGC, vague 1 : Les montants de ce couloir n’ont pas été trouvés.');
    }
    expect(judge({ ...QUOTE, wave: '2' })[0]?.received).toContain('SGL, vague 2 : ');
    expect(judge(withLine(QUOTE, { dsr: ['SGL-VA2'] }))[0]?.received).toContain('SGL, vague 2 : ');
  });

  it('takes the scale that is given', () => {
    const scales = loadScales();
    const lower = { ...scales, bands: scales.bands.map((band) => ({ ...band, ceilingHt: cents(100) })) };
    expect(judge(QUOTE, { scales: lower }).map(({ rule }) => rule)).toEqual(['QUOTE-CEILING']);
  });

  it('never lets one cent more through, whatever the sites', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 5_000_000 }), (sites, ht) => {
        const band = sgl.find(({ sitesMin, sitesMax = Infinity }) => sitesMin <= sites && sites <= sitesMax)!;
        expect(rules(of(sites, ht))).toEqual(ht > band.ceilingHt ? ['QUOTE-CEILING'] : []);
      }),
    );
  });
});

describe('amounts', () => {
  it('are more than nothing', () => {
    const one = withLine(QUOTE, { ht: cents(1), ttc: cents(1) });
    expect(rules(one)).toEqual([]);
    expect(rules(withLine(QUOTE, { ht: cents(-1), ttc: cents(-1) }))).toEqual(['QUOTE-STATE-AMOUNT']);
    expect(rules(withLine(ORDER, { ht: cents(0), ttc: cents(0) }))).toEqual(['QUOTE-REAL-AMOUNT']);
    // The client pays nothing: that is right, as long as the real amount is shown.
    expect(rules({ ...ORDER, lines: [STATE_LINE, { ...CLIENT_LINE, ht: cents(0), ttc: cents(0) }] })).toEqual([]);
  });

  it('are pre-tax and all-in to the cent, whatever the amount', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2_745_000 }), fc.integer({ min: -2, max: 2 }), (ht, off) => {
        const exact = withVat(cents(ht), 2000).ttc;
        const found = rules(withLine(QUOTE, { ht: cents(ht), ttc: cents(exact + off) }));
        expect(found).toEqual(off === 0 ? [] : ['QUOTE-TTC']);
      }),
    );
  });

  it('need no all-in amount, and take the rate of the line', () => {
    expect(rules({ ...QUOTE, lines: [without(STATE_LINE, 'ttc')] })).toEqual([]);
    expect(rules({ ...QUOTE, lines: [{ ...STATE_LINE, vatRate: 2000 }] })).toEqual([]);
    expect(rules(withLine(QUOTE, { vatRate: 550, ttc: cents(105_500) }, 1))).toEqual([]);
    expect(rules({ ...QUOTE, lines: [without(STATE_LINE, 'ht')] })).toEqual(['QUOTE-HT-REFERENCE']);
  });
});

describe('the dates of an order', () => {
  it('asks for the mention only before the referencing', () => {
    const bare = without(ORDER, 'mentions');
    const of = (signedOn: string, referencedOn?: string): boolean =>
      judge({
        ...without(bare, 'referencedOn'),
        signedOn: day(signedOn),
        ...(referencedOn === undefined ? {} : { referencedOn: day(referencedOn) }),
      }).some(({ rule }) => rule === 'QUOTE-CONDITIONAL-MENTION');
    expect(of('2022-07-19', '2022-07-20')).toBe(true);
    expect(of('2022-07-20', '2022-07-20')).toBe(false);
    expect(of('2022-07-21', '2022-07-20')).toBe(false);
    expect(of('2022-07-21')).toBe(true);
    expect(rules(without(bare, 'signedOn'))).toEqual(['QUOTE-SIGNED']);
    expect(rules(without(bare, 'signedOn', 'referencedOn'))).toEqual(['QUOTE-CONDITIONAL-MENTION', 'QUOTE-SIGNED']);
  });

  it.each([
    [
      'Commande ferme si le référencement suit.',
      'une mention où manque le délai de 120 jours et le dépôt d’un dossier complet avec toutes ses preuves',
    ],
    ['Dossier complet déposé sous cent vingt (120) jours.', 'une mention où manque le référencement'],
    ['Payable à 30 jours.', 'aucune mention'],
  ])('says what the mention lacks: %s', (mention, received) => {
    expect(judge({ ...ORDER, mentions: [mention] })[0]).toMatchObject({ rule: 'QUOTE-CONDITIONAL-MENTION', received });
  });

  it('takes the mention from the conditions too, in several sentences', () => {
    const mentions = ['Ferme après le référencement du produit.'];
    const conditions = ['Le dépôt du dossier avec toutes les preuves a lieu dans les 120 jours.'];
    expect(rules({ ...ORDER, mentions, conditions })).toEqual([]);
  });

  it('counts from the window, which is computed elsewhere', () => {
    expect(judge(ORDER, { window: undefined }).map(({ rule, where, received }) => [rule, where, received])).toEqual([
      ['QUOTE-WINDOW-PENDING', '/signedOn', 'fenêtre non calculée'],
    ]);
    const unsigned = judge(without(ORDER, 'signedOn', 'signature'), {
      window: { ...WINDOW, status: 'pending', lastDayForCompleteFile: null },
    });
    expect(places(unsigned)).toEqual(['QUOTE-SIGNED /signedOn', 'QUOTE-SIGNED /signature']);
    expect(unsigned[0]?.received).toBe('aucune date de signature');
    const [noLast] = judge(ORDER, { window: { ...WINDOW, status: 'pending', lastDayForCompleteFile: null } });
    expect(noLast?.received).toBe('aucune date de dossier complet');
    const over = {
      ...WINDOW,
      status: 'not-eligible' as const,
      daysBeforeCompleteFile: 121,
      reasons: ['signed-more-than-120-days-before-complete-file'],
    };
    expect(judge(ORDER, { window: over })[0]?.expected).toBe(
      'un dossier réputé complet au plus tard le 29/06/2022, 120 jours après la signature',
    );
    const [unknown] = judge(without(ORDER, 'deemedCompleteOn'), { window: over });
    expect(unknown?.received).toBe('signature du 01/03/2022, 121 jours avant le dossier complet');
  });

  it('lets the last day of the period in', () => {
    expect(rules({ ...ORDER, signedOn: day('2022-11-30') })).toEqual([]);
    const after = { ...WINDOW, status: 'not-eligible' as const, reasons: ['signed-after-advance-period'] };
    const found = judge(without(ORDER, 'advancePeriodEndsOn'), { window: after });
    expect(found.map(({ rule, received }) => [rule, received])).toEqual([
      ['QUOTE-ADVANCE-PERIOD', 'signature du 01/03/2022'],
      ['QUOTE-ADVANCE-PERIOD-KNOWN', 'aucune fin de période'],
    ]);
    expect(rules(without(ORDER, 'signedOn'))).toEqual(['QUOTE-SIGNED']);
  });
});
