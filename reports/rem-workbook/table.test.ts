import { describe, expect, it } from 'vitest';
import { loadCatalogue } from '#dsr/catalogue/index.ts';
import type { ConformityScenario, LayoutName, ProofSlot, Rem, Requirement } from '#dsr/rem/index.ts';
import { toTable } from './index.ts';
import type { VendorProgress } from './index.ts';

const proof = (id: string, rawId = id): ProofSlot => ({
  id,
  rawId,
  text: `Pièce ${id}`,
  kinds: [],
  evidenceClass: 'human',
});

const scenario = (
  id: string,
  proofs: readonly ProofSlot[],
  more: Partial<ConformityScenario> = {},
): ConformityScenario => ({
  id,
  rawId: id,
  text: `Dérouler ${id}`,
  proofs,
  ...more,
});

const requirement = (id: string, more: Partial<Requirement> = {}): Requirement => ({
  id,
  rawId: id,
  previousIds: [],
  profile: 'Général',
  section: id.split('/')[0] ?? '',
  sectionTitle: 'Une section',
  block: '',
  function: 'Fonction',
  nature: 'DOIT',
  title: '',
  statement: `Le système DOIT répondre à ${id}`,
  scenarios: [],
  ...more,
});

const remOf = (requirements: readonly Requirement[], obsolete: readonly Requirement[] = []): Rem => ({
  category: 'SGL',
  wave: 'va1',
  layout: 'rem-wave1',
  sha256: 'a'.repeat(64),
  source: 'REM.xlsx',
  requirements,
  obsolete,
});

/** Rows of the table as objects, by header; empty cells left out. */
function cells(rem: Rem, layout: LayoutName, progress?: VendorProgress): readonly Readonly<Record<string, string>>[] {
  const [table] = toTable(rem, layout, progress);
  return (table?.rows ?? []).map((row) =>
    Object.fromEntries(
      row.map((cell, index) => [table?.columns[index]?.header ?? '', cell] as const).filter(([, cell]) => cell !== ''),
    ),
  );
}

const headers = (rem: Rem, layout: LayoutName): readonly string[] =>
  toTable(rem, layout)[0]?.columns.map((column) => column.header) ?? [];

const PAIRS = Array.from({ length: 10 }, (_, index) => [`N° preuve ${index + 1}`, `Preuve ${index + 1}`]).flat();

const VENDOR = [
  'Jalon · Applicable',
  'Jalon · Pourquoi non applicable',
  'Jalon · Portée par',
  'Jalon · Conforme',
  'Jalon · État des preuves',
  'Jalon · Pièces',
  'Jalon · Commentaire éditeur',
  'Jalon · Dernière exécution',
];

describe('the columns', () => {
  it.each<[LayoutName, readonly string[]]>([
    [
      'rem-wave1',
      [
        'Exigence conditionnelle OUI/NON',
        'Profil',
        'ID Section',
        'Section',
        'Bloc',
        'Fonction',
        "Nature de l'exigence",
        'N° exigence',
        'Énoncé',
        'N° scénario',
        'Scénario de conformité',
        ...PAIRS,
      ],
    ],
    [
      'rem-wave2',
      [
        'Périmètre',
        'ID',
        'Chapitre',
        'Fonction',
        'Exigence',
        'Commentaire',
        "Nature de l'exigence",
        'Profil',
        'N° scénario',
        'Scénario de conformité',
        ...PAIRS,
        'Statut publication',
        'VA N-1',
        'Criticité',
        'Ordre',
      ],
    ],
    [
      'convergence',
      [
        'Périmètre',
        'ID',
        'Chapitre',
        'Fonction',
        'Exigence',
        'Commentaire',
        'Profil',
        'N° scénario',
        'Scénario de conformité',
        'N° preuve',
        'Preuve',
        'Profil historique',
        'Criticité',
        'Ordre',
      ],
    ],
  ])('%s: those of the layout, then the vendor’s', (layout, official) => {
    // A layout without section ids is that of a list that gives none.
    const own = requirement('INS/va1.01', layout === 'rem-wave1' ? {} : { sectionDerived: true });
    const rem = remOf([own]);
    expect(headers(rem, layout)).toEqual([...official, ...VENDOR]);
    const groups = toTable(rem, layout)[0]?.columns.map((column) => column.group);
    expect(groups).toEqual([...official.map(() => 'official'), ...VENDOR.map(() => 'added')]);
  });

  it('says which sections the list gave and which were deduced', () => {
    const mixed = remOf([requirement('INS/va1.01'), requirement('INS/va1.02', { sectionDerived: true })]);
    const added = (layout: 'rem-wave1' | 'convergence') =>
      headers(mixed, layout).filter((header) => /^Jalon · .*[Ss]ection/u.test(header));
    expect(added('rem-wave1')).toEqual(['Jalon · Section déduite du numéro']);
    expect(added('convergence')).toEqual(['Jalon · ID Section', 'Jalon · Section déduite du numéro']);
  });

  it('adds what the layout would lose, and nothing else', () => {
    const full = requirement('INS/va1.01', {
      section: 'TBB',
      block: 'Bloc A',
      nature: 'PEUT',
      previousIds: ['SGL.INS.01', 'SGL.INS.02'],
      notes: { perimeter: 'Vague 1', criticality: 'Majeure', baseRef: 'SC.INS.01' },
      scenarios: [scenario('INS/va1.01.01', [], { notes: { verificationPoints: 'Regarder' } })],
    });
    const added = (layout: LayoutName): readonly string[] =>
      headers(remOf([requirement('INS/va1.02'), full]), layout).filter(
        (header) => header.startsWith('Jalon') && !VENDOR.includes(header),
      );
    const always = ['Jalon · Référence exigence socle', 'Jalon · Points de vérification'];
    expect(added('rem-wave1')).toEqual(['Jalon · Périmètre', 'Jalon · VA N-1', 'Jalon · Criticité', ...always]);
    expect(added('rem-wave2')).toEqual(['Jalon · ID Section', 'Jalon · Bloc', ...always]);
    expect(added('convergence')).toEqual([
      'Jalon · ID Section',
      'Jalon · Bloc',
      "Jalon · Nature de l'exigence",
      'Jalon · VA N-1',
      ...always,
    ]);
    expect(cells(remOf([full]), 'convergence')[0]).toMatchObject({
      'Jalon · ID Section': 'TBB',
      "Jalon · Nature de l'exigence": 'PRECONISATION',
      'Jalon · VA N-1': 'SGL.INS.01; SGL.INS.02',
    });
  });
});

describe('the rows', () => {
  const eleven = Array.from({ length: 11 }, (_, index) => proof(`INS/va1.01.01.${String(index + 1).padStart(2, '0')}`));
  const rem = remOf([
    requirement('INS/va1.01', { scenarios: [scenario('INS/va1.01.01', eleven), scenario('INS/va1.01.02', [])] }),
    requirement('INS/va1.02', { nature: 'PEUT' }),
  ]);

  it.each(['rem-wave1', 'rem-wave2'] as const)('%s: one per scenario, an eleventh proof on the next', (layout) => {
    const rows = cells(rem, layout);
    const id = layout === 'rem-wave1' ? 'N° exigence' : 'ID';
    expect(rows.map((row) => [row[id], row['N° scénario'], row['N° preuve 1'], row['N° preuve 10']])).toEqual([
      ['INS/va1.01', 'INS/va1.01.01', 'INS/va1.01.01.01', 'INS/va1.01.01.10'],
      ['INS/va1.01', 'INS/va1.01.01', 'INS/va1.01.01.11', undefined],
      ['INS/va1.01', 'INS/va1.01.02', undefined, undefined],
      ['INS/va1.02', undefined, undefined, undefined],
    ]);
  });

  it('Convergence: one per proof, one for what has none', () => {
    const rows = cells(rem, 'convergence');
    expect(rows.map((row) => row['N° preuve'] ?? '')).toEqual([...eleven.map(({ id }) => id), '', '']);
    expect(rows.map((row) => row['ID'])).toEqual([...Array<string>(12).fill('INS/va1.01'), 'INS/va1.02']);
  });

  it('hold the numbers of the workbook, not ours', () => {
    const [row] = cells(
      remOf([
        requirement('INS/va1.39', {
          rawId: 'ins/VA1.39',
          scenarios: [
            scenario('INS/va1.39.01', [proof('INS/va1.39.01.01', '39.01.01'), proof('INS/va1.39.01.02', '')], {
              rawId: '',
            }),
          ],
        }),
      ]),
      'rem-wave1',
    );
    expect(row).toMatchObject({
      'N° exigence': 'ins/VA1.39',
      'N° preuve 1': '39.01.01',
      'Preuve 2': 'Pièce INS/va1.39.01.02',
    });
    expect(row).not.toHaveProperty('N° scénario');
    expect(row).not.toHaveProperty('N° preuve 2');
  });

  it('name a scenario of two requirements whole where its short number would mean another', () => {
    const shared = scenario('INS/va1.01.01', [proof('INS/va1.01.01.01')], { rawId: '01' });
    const rows = cells(
      remOf([requirement('INS/va1.01', { scenarios: [shared] }), requirement('INS/va1.02', { scenarios: [shared] })]),
      'rem-wave1',
    );
    expect(rows.map((row) => row['N° scénario'])).toEqual(['01', 'INS/va1.01.01']);
  });

  it.each<[LayoutName, string]>([
    ['rem-wave1', 'Jalon · Statut publication'],
    ['rem-wave2', 'Statut publication'],
    ['convergence', 'Jalon · Statut publication'],
  ])('%s: obsolete requirements come last and say so in « %s »', (layout, header) => {
    const rows = cells(
      remOf(
        [requirement('INS/va1.01', { notes: { publicationStatus: 'Modifiée' } })],
        [requirement('INS/va1.90'), requirement('INS/va1.91', { notes: { publicationStatus: 'OBSOLETE' } })],
      ),
      layout,
    );
    expect(rows.map((row) => row[header])).toEqual(['Modifiée', 'Obsolète', 'OBSOLETE']);
  });

  it('follow the order of the REM', () => {
    const catalogue = loadCatalogue('SGL', 'va1');
    const ids = cells(catalogue, 'rem-wave2').map((row) => row['ID']);
    expect([...new Set(ids)]).toEqual(catalogue.requirements.map(({ rawId }) => rawId));
  });
});

describe("the vendor's columns", () => {
  const conditional = requirement('DMP/UX.01', { profile: 'Accès web', vendor: { carriedBy: 'Module DMP' } });
  const two = scenario('INS/va1.01.01', [proof('INS/va1.01.01.01'), proof('INS/va1.01.01.02', '')]);
  const one = scenario('INS/va1.01.02', [proof('INS/va1.01.02.01')]);
  const general = requirement('INS/va1.01', { scenarios: [two, one], vendor: { conform: 'oui', vendorComment: 'Vu' } });
  const rem = remOf([general, conditional]);
  const campaign = {
    id: 'c1',
    product: { name: 'Labo', version: '7.2' },
    slots: new Map([
      [
        'INS/va1.01.01.01',
        { state: 'recueillie', pieces: ['01-requete.xml', '02-fiche.html'], lastRun: '10/01/2026 (r1)' },
      ],
    ] as const),
    conform: new Map([['INS/va1.01', 'à vérifier']]),
  };

  it('only give back what the workbook answered when nothing else is known', () => {
    const rows = cells(rem, 'rem-wave1');
    const said = rows.map((row) => Object.entries(row).filter(([header]) => VENDOR.includes(header)));
    expect(said).toEqual([
      [
        ['Jalon · Conforme', 'oui'],
        ['Jalon · Commentaire éditeur', 'Vu'],
      ],
      [
        ['Jalon · Conforme', 'oui'],
        ['Jalon · Commentaire éditeur', 'Vu'],
      ],
      [['Jalon · Portée par', 'Module DMP']],
    ]);
  });

  it('say one value per proof, by number, when the row has several', () => {
    const [first, second] = cells(rem, 'rem-wave1', { campaign });
    expect(first).toMatchObject({
      'Jalon · État des preuves': 'INS/va1.01.01.01 : recueillie\nINS/va1.01.01.02 : vide',
      'Jalon · Pièces': 'INS/va1.01.01.01 : 01-requete.xml, 02-fiche.html',
      'Jalon · Dernière exécution': 'INS/va1.01.01.01 : 10/01/2026 (r1)',
    });
    expect(second).toMatchObject({ 'Jalon · État des preuves': 'vide' });
    expect(cells(rem, 'convergence', { campaign })[0]).toMatchObject({
      'Jalon · État des preuves': 'recueillie',
      'Jalon · Pièces': '01-requete.xml, 02-fiche.html',
    });
  });

  it('tell what the user classified, proof by proof, and nothing where nobody did', () => {
    const said = { classifiedBy: 'user', classifiedReason: 'vu avec l’ANS' } as const;
    const proofs = [
      { ...proof('INS/va1.01.01.01', '01'), ...said, kinds: ['log', 'pdf'], evidenceClass: 'bench' },
      { ...proof('INS/va1.01.01.02', ''), ...said, kinds: ['video', 'log'], alternatives: [['video'], ['log']] },
      { ...proof('INS/va1.01.01.03'), classifiedBy: 'catalogue' },
    ] as const;
    const overruled = remOf([
      requirement('INS/va1.01', { scenarios: [scenario('INS/va1.01.01', proofs)] }),
      conditional,
    ]);
    const [first, second] = cells(overruled, 'rem-wave1');
    expect(first?.['Jalon · Classement']).toBe(
      '01 : journal, PDF · banc (vu avec l’ANS)\nINS/va1.01.01.02 : vidéo ou journal · humaine (vu avec l’ANS)',
    );
    expect(second).not.toHaveProperty('Jalon · Classement');
    expect(cells(overruled, 'convergence').map((row) => row['Jalon · Classement'])).toEqual([
      '01 : journal, PDF · banc (vu avec l’ANS)',
      'INS/va1.01.01.02 : vidéo ou journal · humaine (vu avec l’ANS)',
      undefined,
      undefined,
    ]);
    const notices = [overruled, rem].map((one) => toTable(one, 'rem-wave1')[1]?.rows.map(([topic]) => topic));
    expect(notices[0]).toContain('Jalon · Classement');
    expect(notices[1]).not.toContain('Jalon · Classement');
  });

  it('show the verdict of the bench, and the vendor’s word as such where there is none', () => {
    const unjudged = { ...campaign, conform: new Map<string, string>() };
    const conform = (progress: VendorProgress, of = rem): string | undefined =>
      cells(of, 'rem-wave1', progress)[0]?.['Jalon · Conforme'];
    expect(conform({ campaign })).toBe('à vérifier');
    expect(conform({ campaign: unjudged })).toBe('déclaré : oui');
    const declared = remOf([{ ...general, vendor: { conform: 'déclaré : oui' } }]);
    expect(conform({ campaign: unjudged }, declared)).toBe('déclaré : oui');
    expect(conform({ campaign: unjudged }, remOf([requirement('INS/va1.01')]))).toBeUndefined();
  });

  it.each<[string, Requirement['vendor'], readonly string[], string | undefined, string | undefined]>([
    ['undeclared profile', {}, [], 'non', 'profil « Accès web » non déclaré'],
    ['undeclared profile, a reason of the vendor’s', { whyNot: 'Sans DMP' }, [], 'non', 'Sans DMP'],
    ['declared profile', {}, ['acces-web'], 'oui', undefined],
    [
      'declared profile, the vendor says no',
      { applicable: 'NON', whyNot: 'Cas absent' },
      ['Accès web'],
      'NON',
      'Cas absent',
    ],
    [
      'profile declared since the last export',
      { applicable: 'non', whyNot: 'profil « Accès web » non déclaré' },
      ['acces-web'],
      'oui',
      undefined,
    ],
  ])('say what applies: %s', (_, vendor, profiles, applicable, whyNot) => {
    const given = remOf([{ ...conditional, ...(vendor === undefined ? {} : { vendor }) }]);
    const [row] = cells(given, 'rem-wave2', { profiles });
    expect(row?.['Jalon · Applicable']).toBe(applicable);
    expect(row?.['Jalon · Pourquoi non applicable']).toBe(whyNot);
  });
});

describe('the notice', () => {
  const notice = (rem: Rem, progress?: VendorProgress): string =>
    (toTable(rem, 'rem-wave1', progress, { benchVersion: '9.9', at: '2026-01-10T09:00:00Z' })[1]?.rows ?? [])
      .map((row) => row.join(' = '))
      .join('\n');

  it('says what the copy is, where it comes from and what each added column means', () => {
    const text = notice(remOf([requirement('INS/va1.01', { notes: { order: '3' } })]), { profiles: ['acces-web'] });
    for (const words of [
      'ne remplace pas le classeur publié',
      'REM SGL va1',
      'Lue dans = REM.xlsx',
      'a'.repeat(64),
      'Profils déclarés = general, acces-web',
      '10/01/2026',
      'Jalon 9.9',
      'Jalon · Ordre = ',
      ...VENDOR.map((header) => `${header} = `),
    ]) {
      expect(text).toContain(words);
    }
    expect(text).not.toMatch(/ = $/mu);
    expect(text).not.toContain('Textes officiels');
  });

  it('says that the embedded catalogue holds no official text', () => {
    expect(notice(loadCatalogue('SGL', 'va1'))).toContain('Textes officiels = absents');
  });
});
