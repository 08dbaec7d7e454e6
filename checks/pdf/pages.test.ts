import { describe, expect, it } from 'vitest';
import type { DrawnPages, PagesReading } from '#formats/pdf-pages/index.ts';
import { readVeraPdfReport } from '#formats/verapdf/index.ts';
import { veraPdfReport } from '#formats/verapdf/verapdf.fixture.ts';
import { verdictOf } from '#dsr/verdict/index.ts';
import {
  checkPdfPages,
  checkVeraPdf,
  exactMention,
  MENTIONS,
  readLayout,
  readMentions,
  usualMention,
} from './index.ts';
import type { PagesOptions } from './index.ts';
import layout from './ins-datamatrix.json' with { type: 'json' };
import { drawn, IDENTITY, MESSAGE, page, PAGE_RULE_IDS, saying, TEXT } from './pages.fixture.ts';

const ALL = { identity: IDENTITY, mentions: MENTIONS.map((id) => usualMention(id)) };

const told = (reading: PagesReading, options: PagesOptions = ALL) =>
  checkPdfPages(reading, options).map(({ rule, received }) => `${rule} ${received}`);
const rulesOf = (reading: PagesReading, options: PagesOptions = ALL) => [
  ...new Set(checkPdfPages(reading, options).map(({ rule }) => rule)),
];
const texts = (...pages: readonly string[]) => drawn(pages.map((text, index) => page({ number: index + 1, text })));

describe('INS datamatrix', () => {
  it('nothing to say of a page that shows what it must', () => {
    expect(told(drawn())).toEqual([]);
    // On another page than the first.
    expect(told(drawn([page({ symbols: [] }), page({ number: 2 })]))).toEqual([]);
  });

  it('absent, or only others', () => {
    expect(told(drawn([page({ symbols: [] })]))).toEqual(['PDF-INS-DATAMATRIX aucun datamatrix']);
    expect(told(saying('DC04FR'))).toEqual(['PDF-INS-DATAMATRIX d’autres datamatrix : page 1, « DC04FR… »']);
  });

  it.each([
    ['an identity that nobody told', { mentions: [] }],
    ['an identity that is not qualified', { identity: { ...IDENTITY, qualified: false, ins: '279035121518989' } }],
  ])('is not asked of %s', (_, options) => {
    expect(rulesOf(drawn([page({ symbols: [] })]), options)).toEqual([]);
  });

  it.each<[string, DrawnPages]>([
    ['a page that is partly drawn', drawn([page({ symbols: [], partial: true })])],
    ['more pages than are drawn', drawn([page({ symbols: [] })], 60)],
    ['a symbol that does not read', drawn([page({ symbols: [], unreadableSymbols: 1 })])],
  ])('is not said to be absent with %s', (_, reading) => {
    const findings = checkPdfPages(reading, { identity: IDENTITY });
    expect(findings.map(({ rule }) => rule)).toEqual(['PDF-LIMIT']);
    expect(verdictOf(findings)).toBe('non-verifiable');
  });

  it.each([
    ['another matricule', /S1\d+/, 'S1279035121518989', 'matricule INS : 279035121518989 (attendu 101066322083675)'],
    ['another OID', /4\.10S3/, '4.11S3', 'OID du matricule : 1.2.250.1.213.1.4.11 (attendu 1.2.250.1.213.1.4.10)'],
    ['another name', 'HERAULT', 'TARN', "nom de naissance : D ARTAGNAN DE L TARN (attendu D'ARTAGNAN DE L'HERAULT)"],
    [
      'another given name',
      'MURIEL',
      'AGNES',
      'prénoms de naissance : PIERRE-ALAIN AGNES (attendu PIERRE-ALAIN MURIEL)',
    ],
    ['another sex', 'S5M', 'S5F', 'sexe : F (attendu M)'],
    ['another date', '17-06-2001', '18-06-2001', 'date de naissance : 18-06-2001 (attendu 2001-06-17)'],
    ['another place', 'S763220', 'S775056', 'lieu de naissance : 75056 (attendu 63220)'],
  ])('%s', (_, found, change, received) => {
    const message = MESSAGE.replace(found, change);
    expect(told(saying(message))).toEqual([`PDF-INS-DATAMATRIX-IDENTITY ${received}`]);
  });

  it('whatever its structure, the matricule must be in it', () => {
    expect(told(saying('IS02AUTRE STRUCTURE 101066322083675')).filter((one) => one.includes('IDENTITY'))).toEqual([]);
    expect(told(saying('IS02AUTRE STRUCTURE 279035121518989')).at(-1)).toContain('PDF-INS-DATAMATRIX-IDENTITY');
  });

  it.each([
    ['a short matricule', /S1\d{3}/, 'S1', 'champ inconnu au caractère 44'],
    ['no date', /S617-06-2001/, '', 'S6 (date de naissance) : absent'],
    ['an unknown field', /S763220/, 'T1X', 'champ inconnu au caractère'],
    ['an empty name', /S4D[A-Z ]+/, 'S4', 'S4 (nom de naissance) : 0 caractère(s)'],
    ['no header', /^IS010+/, 'IS01', 'en-tête : IS01S1'],
    ['a field twice', /S5M/, 'S5MS5M', 'S5 (sexe) : écrit deux fois'],
  ])('a form with %s: a warning, until the structure is confirmed', (_, found, change, received) => {
    const [finding] = checkPdfPages(saying(MESSAGE.replace(found, change)), {});
    expect(finding).toMatchObject({ rule: 'PDF-INS-DATAMATRIX-FORM', severity: 'warning' });
    expect(finding?.received).toContain(received);
    const confirmed = checkPdfPages(saying(MESSAGE.replace(found, change)), { layout: readLayout(layout) });
    expect(confirmed[0]?.severity).toBe('error');
  });

  it('a structure of the user is taken instead', () => {
    const own = readLayout({
      marker: '^INS:',
      header: '^INS:',
      separator: '|',
      dateFormats: ['AAAAMMJJ'],
      fields: [
        { code: 'm', trait: 'ins', label: 'matricule', length: 15 },
        { code: 'd', trait: 'birthDate', label: 'date', length: 8 },
      ],
    });
    expect(told(saying('INS:m101066322083675d20010617'), { identity: IDENTITY, layout: own })).toEqual([]);
    expect(told(saying('INS:m101066322083675d20010618'), { identity: IDENTITY, layout: own })).toHaveLength(1);
  });

  it.each([
    [[], 'le fichier : un objet'],
    [{ ...layout, marker: '(' }, '« marker » : ce n’est pas une expression'],
    [{ ...layout, fields: [] }, '« fields » : une liste non vide'],
    [{ ...layout, fields: [{ code: 'S1', trait: 'nom', label: 'x' }] }, '« fields[0].trait » : l’un de ins'],
    [{ ...layout, fields: [{ code: 'S1', trait: 'ins', label: 'x', length: 1.5 }] }, '« fields[0].length »'],
  ])('a structure that is none is refused: %j', (value, message) => {
    expect(() => readLayout(value)).toThrow(message);
  });
});

describe('an identity that is not qualified', () => {
  const identity = { ...IDENTITY, qualified: false };
  it('prints neither symbol nor matricule, however it is spaced', () => {
    expect(told(drawn(), { identity })).toEqual([
      'PDF-INS-NOT-QUALIFIED un datamatrix INS',
      'PDF-INS-NOT-QUALIFIED le matricule INS',
    ]);
    expect(told(drawn([page({ symbols: [], text: 'rien de lui' })]), { identity })).toEqual([]);
  });
});

describe('mentions', () => {
  it.each([
    ['ins', 'PDF-MENTION-IDENTITY', 'Sexe Masculin', 'absent : libellé du sexe'],
    ['ins', 'PDF-MENTION-IDENTITY', ' (NIR)', 'absent : matricule INS suivi de sa nature (NIR ou NIA)'],
    ['ins', 'PDF-MENTION-IDENTITY', '836 75', 'absent : matricule INS suivi de sa nature (NIR ou NIA)'],
    ['rgpd', 'PDF-MENTION-PRIVACY', 'protection de vos données', 'absent : information du patient'],
    ['cofrac', 'PDF-MENTION-ACCREDITATION', 'n° 8-0001', "absent : numéro d'accréditation"],
    ['cofrac', 'PDF-MENTION-ACCREDITATION', 'Seuls les résultats précédés du signe', 'absent : sens du signe'],
    ['validation-automatique', 'PDF-MENTION-AUTOMATIC', 'validation automatique', 'absent : validation'],
  ] as const)('%s: %s without « %s »', (id, rule, without, received) => {
    const findings = checkPdfPages(texts(TEXT.replace(without, '')), {
      identity: IDENTITY,
      mentions: [usualMention(id)],
    });
    expect(findings).toMatchObject([{ rule, severity: 'error' }]);
    expect(findings[0]?.received).toContain(received);
  });

  it('accents, apostrophes and line ends do not count', () => {
    expect(told(texts(TEXT.normalize('NFD').toUpperCase().replaceAll('’', "'").replaceAll(' ', '\u00A0')))).toEqual([]);
  });

  it('a hyphen that ends a line', () => {
    expect(told(texts(TEXT.replace('PIERRE-ALAIN', 'PIERRE\u{FFFE}ALAIN')))).toEqual([]);
  });

  it('those of the Cofrac are on one page', () => {
    const [first = '', ...others] = TEXT.split('\r\n');
    const apart = texts(first, others.join('\r\n'));
    expect(told(apart, { mentions: [usualMention('cofrac')] })[0]).toContain('sur des pages différentes');
  });

  it.each(['cofrac', 'validation-automatique'] as const)('%s, where none is due', (id) => {
    const mentions = [usualMention(id, 'absent')];
    expect(rulesOf(drawn(), { mentions })).toHaveLength(1);
    expect(rulesOf(texts('Compte rendu de biologie du laboratoire, demande 8-2026'), { mentions })).toEqual([]);
  });

  it('a text known word for word', () => {
    const mentions = [exactMention('rgpd', 'le texte réglé', 'Vos droits : (1) accès, (2) oubli.')];
    expect(told(texts('de la page Vos droits :\r\n(1) accès, (2)  oubli. Fin'), { mentions })).toEqual([]);
    expect(told(texts('de la page Vos droits : 1 accès, (2) oubli. Fin'), { mentions })).toEqual([
      'PDF-MENTION-PRIVACY absent : le texte réglé',
    ]);
  });

  it.each<[string, DrawnPages]>([
    ['without text', texts('')],
    ['of private characters', texts('\u{E001}\u{E002}\u{E003} de')],
    ['without any French word', texts('$QDO\\VH %LRORJLH')],
    ['partly drawn', drawn([page({ text: 'de la', partial: true })])],
    ['beyond those that are drawn', drawn([page({ text: 'de la' })], 51)],
  ])('pages %s are not judged', (_, reading) => {
    const findings = checkPdfPages(reading, { mentions: [usualMention('rgpd')] });
    expect(findings.map(({ rule }) => rule)).toEqual(['PDF-LIMIT']);
    expect(verdictOf(findings)).toBe('non-verifiable');
  });

  it('those of the user', () => {
    expect(readMentions({ mentions: { rgpd: {}, cofrac: { expected: 'absent' } } })).toEqual([
      usualMention('rgpd'),
      usualMention('cofrac', 'absent'),
    ]);
    const parts = [{ label: 'notre texte', patterns: ['notre délégué'] }];
    const mentions = readMentions({ mentions: { rgpd: { parts } } });
    expect(told(drawn(), { mentions })).toEqual(['PDF-MENTION-PRIVACY absent : notre texte']);
  });

  it.each([
    [null, 'le fichier : un objet'],
    [{}, '« mentions » : un objet'],
    [{ mentions: { autre: {} } }, '« mentions.autre » : l’une de ins, rgpd'],
    [{ mentions: { rgpd: { expected: 'oui' } } }, '« mentions.rgpd.expected »'],
    [{ mentions: { rgpd: { parts: [] } } }, '« mentions.rgpd.parts » : une liste non vide'],
    [{ mentions: { rgpd: { parts: [{ label: 'x', patterns: ['('] }] } } }, '« mentions.rgpd.parts[0].patterns[0] »'],
  ])('a file that is none is refused: %j', (value, message) => {
    expect(() => readMentions(value)).toThrow(message);
  });
});

describe('limits', () => {
  it('pages that cannot be drawn are nobody’s fault', () => {
    const fault = { code: 'PAGES_TIMEOUT', message: 'Trop long.' } as const;
    const findings = checkPdfPages({ ok: false, fault }, ALL);
    expect(findings).toMatchObject([{ rule: 'PDF-LIMIT', received: 'Trop long.', benchLimit: true }]);
  });
});

describe('veraPDF', () => {
  const judged = (report: string) => {
    const reading = readVeraPdfReport(Buffer.from(report));
    if (!reading.ok) throw new Error(reading.fault.message);
    return checkVeraPdf(reading);
  };
  it('each rule that it found broken, and no other', () => {
    expect(judged(veraPdfReport([]))).toEqual([]);
    expect(judged(veraPdfReport([['6.3.4', 'Fonts']]))).toMatchObject([
      { rule: 'PDF-A1-PROVED', where: 'ISO 19005-1:2005, 6.3.4 (test 1)', received: '2 écart(s) : Fonts' },
    ]);
  });
  it('another profile proves nothing', () => {
    expect(judged(veraPdfReport([]).replace('PDF/A-1B', 'PDF/A-3U'))).toHaveLength(1);
  });
  it('a refusal without a rule is a refusal', () => {
    expect(judged(veraPdfReport([]).replace('isCompliant="true"', 'isCompliant="false"'))).toHaveLength(1);
  });
});

it('each rule of the list is broken by something', () => {
  const broken = [
    ...rulesOf(drawn([page({ symbols: [] })])),
    ...rulesOf(saying(MESSAGE.replace('S5M', 'S5F').replace('S763220', 'T1'))),
    ...rulesOf(drawn(), { identity: { ...IDENTITY, qualified: false } }),
    ...rulesOf(texts('de la page')),
    ...checkVeraPdf({ ok: true, profile: '', compliant: true, failed: [] }).map(({ rule }) => rule),
  ];
  expect([...new Set(broken)].toSorted()).toEqual(PAGE_RULE_IDS.toSorted());
});
