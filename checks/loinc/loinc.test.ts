import { describe, expect, it } from 'vitest';
import type { LoincRank } from '#formats/loinc/index.ts';
import type { Finding } from '#dsr/verdict/index.ts';
import {
  checkLoincExport,
  checkLoincFile,
  checkLoincSet,
  checkManualChange,
  checkOutsideImport,
  checkRightImport,
  checkSeveralImport,
  openLoincFile,
  type Catalogue,
  type FileOptions,
  type Given,
  type LoincSubject,
} from './index.ts';

const NAMES: Readonly<Record<LoincRank, string>> = {
  1: 'LOINC_1_export_chapitres_20260203.csv',
  2: 'LOINC_2_export_demandes_20260203.csv',
  3: 'LOINC_3_export_resultats_20260203.csv',
  4: 'LOINC_4_20260203.csv',
  5: 'LOINC_5_transcodage_demandes_20260203.csv',
  6: 'LOINC_6_transcodage_demandes_20260203.csv',
};

const RIGHT: Readonly<Record<LoincRank, string>> = {
  1: 'BIO;Biochimie;ENZ;Enzymes\nHEM;Hématologie;;\n',
  2: 'IONO;Ionogramme;;BIO;;Sang;HN;NA;Sodium\nIONO;Ionogramme;;BIO;;Sang;HN;K;Potassium\n',
  3: 'NA;Sodium;;;mmol/L;mmol/L;PT;S;Sang;QN;;HN\nK;Potassium;;;mmol/L;mmol/L;PT;S;Sang;QN;;HN\n',
  4: 'BIO;Biochimie;ENZ;Enzymes;18719-5;Biochimie;18719-5;Biochimie\nHEM;Hématologie;;;18723-7;Hématologie;;\n',
  5: 'IONO;Ionogramme;;BIO;;Sang;HN;NA;Sodium;2951-2;Sodium\nIONO;Ionogramme;;BIO;;Sang;HN;K;Potassium;2951-2;Sodium\n',
  6: 'NA;Sodium;;;mmol/L;mmol/L;PT;S;Sang;QN;;HN;2951-2;Sodium\nK;Potassium;;;mmol/L;mmol/L;PT;S;Sang;QN;;HN;2823-3;Potassium\n',
};

function subject(rank: LoincRank, text = RIGHT[rank], name = NAMES[rank]): LoincSubject {
  const opening = openLoincFile(name, Buffer.from(text), rank);
  if (!opening.ok) throw new Error(opening.findings[0]?.received);
  return opening.subject;
}

const rules = (findings: readonly Finding[]): readonly string[] => [...new Set(findings.map(({ rule }) => rule))];
const judge = (rank: LoincRank, text?: string, options?: FileOptions, name?: string): readonly string[] =>
  rules(checkLoincFile(subject(rank, text, name), options));

describe('a file by itself', () => {
  it.each([1, 2, 3, 4, 5, 6] as const)('LOINC_%i, right', (rank) => {
    expect(judge(rank)).toEqual([]);
  });

  it('may name its columns', () => {
    expect(
      judge(1, `Code chapitre SGL;Libellé chapitre SGL;Code Sous-chapitre SGL;Libellé Sous-chapitre SGL\n${RIGHT[1]}`),
    ).toEqual([]);
  });

  it.each([
    ['LOI-NAME', 1, RIGHT[1], {}, 'LOINC_1_chapitres_20260203.csv'],
    ['LOI-NAME', 1, RIGHT[1], {}, NAMES[2]],
    ['LOI-NAME', 1, RIGHT[1], {}, 'export.csv'],
    ['LOI-DATE', 1, RIGHT[1], { exportedOn: '2026-02-04' }, undefined],
    ['LOI-SEPARATOR', 1, RIGHT[1].replaceAll(';', ','), {}, undefined],
    ['LOI-SEPARATOR', 1, RIGHT[1].replaceAll(';', '\t'), {}, undefined],
    ['LOI-COLUMNS', 1, 'BIO;Biochimie;ENZ\n', {}, undefined],
    ['LOI-COLUMNS', 1, 'BIO;Biochimie;ENZ;Enzymes;de trop\n', {}, undefined],
    ['LOI-COLUMNS', 6, 'NA;Sodium;;;mmol/L;mmol/L;PT;S;Sang;QN;;HN;2951-2\n', {}, undefined],
    ['LOI-MANDATORY', 1, 'BIO;;ENZ;Enzymes\n', {}, undefined],
    ['LOI-MANDATORY', 3, ';Sodium;;;;;;;;;;\n', {}, undefined],
    ['LOI-TEN', 1, RIGHT[1], { trial: true }, undefined],
    ['LOI-DUPLICATE', 1, `${RIGHT[1]}HEM;Hématologie;;\n`, {}, undefined],
    ['LOI-DUPLICATE', 1, `${RIGHT[1]}BIO;Autre nom;X;X\n`, {}, undefined],
    ['LOI-DUPLICATE', 3, `${RIGHT[3]}NA;Natrémie;;;;;;;;;;\n`, {}, undefined],
    ['LOI-ANALYSIS-A-LINE', 2, 'IONO;Ionogramme;;BIO;;Sang;HN;NA, K;Sodium, Potassium\n', {}, undefined],
    ['LOI-READABLE', 1, `${RIGHT[1]}"BIO;Biochimie`, {}, undefined],
    ['LOI-READABLE', 1, 'Code chapitre;Libellé chapitre;Code sous-chapitre;Libellé sous-chapitre\n', {}, undefined],
    ['LOI-CODE', 6, RIGHT[6].replace('2951-2', '2951-3'), {}, undefined],
    ['LOI-CODE', 4, RIGHT[4].replace('18723-7', 'HEMATO'), {}, undefined],
    ['LOI-CODE-ONE', 6, RIGHT[6].replace('2951-2', '2951-2 2823-3'), {}, undefined],
    ['LOI-CODE-ONE', 6, `${RIGHT[6]}NA;Sodium;;;mmol/L;mmol/L;PT;S;Sang;QN;;HN;2823-3;Potassium\n`, {}, undefined],
    ['LOI-CODE-ONE', 6, RIGHT[6].replace('2951-2;Sodium', '2951-2;Sodium;2823-3;Potassium'), {}, undefined],
    ['LOI-CODE-VALUE-SET', 6, RIGHT[6], { valueSet: new Set(['2951-2']) }, undefined],
    ['LOI-CODE-ABSENT', 5, RIGHT[5].replace('2951-2', ''), {}, undefined],
  ] as const)('%s in LOINC_%i', (rule, rank, text, options, name) => {
    expect(judge(rank, text, options, name)).toEqual([rule]);
  });

  it('says the line and the field', () => {
    const [finding] = checkLoincFile(subject(6, RIGHT[6].replace('2823-3', '2823-4')));
    expect(finding).toMatchObject({ where: `${NAMES[6]}, ligne 2, champ 13`, received: '2823-4', severity: 'error' });
  });

  it('in an old encoding is only warned of', () => {
    const opening = openLoincFile(NAMES[1], Buffer.from(RIGHT[1], 'latin1'));
    expect(opening.ok && checkLoincFile(opening.subject)).toMatchObject([
      { rule: 'LOI-ENCODING', severity: 'warning' },
    ]);
  });

  it('whose name says nothing, or whose bytes are none, is told and not guessed', () => {
    expect(openLoincFile('export.csv', Buffer.from(RIGHT[1]))).toMatchObject({ findings: [{ rule: 'LOI-NAME' }] });
    expect(openLoincFile(NAMES[1], Uint8Array.from([0, 1, 2]))).toMatchObject({ findings: [{ rule: 'LOI-READABLE' }] });
  });
});

describe('files together', () => {
  const told = (...subjects: readonly LoincSubject[]): readonly string[] =>
    rules([...checkLoincSet(subjects).values()].flat());

  it('agree', () => {
    expect(told(...([1, 2, 3, 4, 5, 6] as const).map((rank) => subject(rank)))).toEqual([]);
  });

  it.each([
    ['LOI-CROSS', 2, RIGHT[2].replaceAll('BIO', 'CHI')],
    ['LOI-CROSS', 2, RIGHT[2].replace(';NA;', ';NAX;')],
    ['LOI-TRANSCODED', 5, RIGHT[5].replace('Ionogramme', 'Iono')],
    ['LOI-TRANSCODED', 6, RIGHT[6].split('\n').slice(1).join('\n')],
    ['LOI-TRANSCODED', 4, RIGHT[4].split('\n').toReversed().join('\n')],
  ] as const)('%s', (rule, rank, text) => {
    const others = ([1, 2, 3] as const).filter((one) => one !== rank).map((one) => subject(one));
    expect(told(...others, subject(rank, text))).toEqual([rule]);
  });
});

const CATALOGUE: Catalogue = {
  chapters: [
    {
      code: 'BIO',
      label: 'Biochimie',
      loinc: [{ code: '18719-5', since: '2026-02-03' }],
      subChapters: [{ code: 'ENZ', label: 'Enzymes' }],
    },
    { code: 'HEM', label: 'Hématologie', subChapters: [] },
  ],
  tests: [{ code: 'IONO', label: 'Ionogramme', chapterCode: 'BIO', analyses: ['NA', 'K'] }],
  analyses: [
    { code: 'NA', label: 'Sodium', unitLabel: 'mmol/L', loinc: [{ code: '2951-2', since: '2026-02-03T10:00:05Z' }] },
    { code: 'K', label: 'Potassium', unitLabel: 'mmol/L' },
  ],
};

describe('an export, beside the catalogue', () => {
  it.each([1, 2, 3] as const)('LOINC_%i', (rank) => {
    expect(checkLoincExport(subject(rank), CATALOGUE)).toEqual([]);
  });

  it('may give a chapter a line of its own', () => {
    expect(checkLoincExport(subject(1, `BIO;Biochimie;;\n${RIGHT[1]}`), CATALOGUE)).toEqual([]);
  });

  it.each([
    ['fields one for the other', 3, RIGHT[3].replace('NA;Sodium', 'Sodium;NA')],
    ['an element that is not there', 1, 'HEM;Hématologie;;\n'],
    ['an element too many', 1, `${RIGHT[1]}IMM;Immunologie;;\n`],
    ['an analysis of another examination', 2, RIGHT[2].replace(';K;Potassium', ';CL;Chlore')],
    ['another unit', 3, RIGHT[3].replace('mmol/L;mmol/L', 'mmol/L;g/L')],
  ] as const)('%s', (_, rank, text) => {
    expect(rules(checkLoincExport(subject(rank, text), CATALOGUE))).toEqual(['LOI-EXPORT-CONTENT']);
  });

  it('counts what it does not tell', () => {
    const analyses = Array.from({ length: 30 }, (_, rank) => ({ code: `A${rank}`, label: `Analyse ${rank}` }));
    const findings = checkLoincExport(subject(3), { ...CATALOGUE, analyses });
    expect(findings.some(({ received }) => received.startsWith('30 éléments'))).toBe(true);
    expect(findings.length).toBeLessThan(25);
  });
});

describe('an import', () => {
  const given: readonly Given[] = [
    { rank: 4, kind: 'chapter', item: 'BIO', codes: ['18719-5'] },
    { rank: 6, kind: 'analysis', item: 'NA', codes: ['2951-2'] },
  ];
  const quiet = { anomalies: [] };

  it('of a right file', () => {
    expect(checkRightImport(given, quiet, CATALOGUE)).toEqual([]);
    const lost: Given = { rank: 6, kind: 'analysis', item: 'K', codes: ['2823-3'] };
    expect(rules(checkRightImport([lost], quiet, CATALOGUE))).toEqual(['LOI-IMPORT']);
    expect(rules(checkRightImport([{ ...lost, item: 'CL' }], quiet, CATALOGUE))).toEqual(['LOI-IMPORT']);
    const talkative = { anomalies: [{ blocking: true, message: 'ligne 1' }] };
    expect(checkRightImport(given, talkative, CATALOGUE)).toMatchObject([
      { rule: 'LOI-IMPORT-QUIET', severity: 'error' },
    ]);
    const newer = { anomalies: [{ blocking: false, loinc: '2951-2', message: 'hors jeu' }] };
    expect(checkRightImport(given, newer, CATALOGUE)).toMatchObject([{ severity: 'warning' }]);
  });

  it('of codes outside the value set', () => {
    const outside = new Set(['2951-2']);
    const tell = (anomaly: object): readonly string[] =>
      rules(
        checkOutsideImport(given, outside, { anomalies: [{ message: 'x', blocking: false, ...anomaly }] }, CATALOGUE),
      );
    expect(tell({ loinc: '2951-2' })).toEqual([]);
    expect(tell({ message: 'code 2951-2 inconnu' })).toEqual([]);
    expect(tell({ loinc: '2951-2', blocking: true })).toEqual(['LOI-IMPORT-OUTSIDE']);
    expect(tell({ loinc: '718-7' })).toEqual(['LOI-IMPORT-OUTSIDE']);
    const refused = { ...CATALOGUE, analyses: CATALOGUE.analyses.map(({ code, label }) => ({ code, label })) };
    const told = { anomalies: [{ blocking: false, loinc: '2951-2', message: 'x' }] };
    expect(rules(checkOutsideImport(given, outside, told, refused))).toEqual(['LOI-IMPORT-OUTSIDE']);
  });

  it('of several codes for one analysis', () => {
    const several: readonly Given[] = [{ rank: 6, kind: 'analysis', item: 'K', codes: ['2823-3', '718-7'] }];
    const blocked = { anomalies: [{ blocking: true, item: 'K', message: 'deux codes' }] };
    expect(checkSeveralImport(several, blocked, CATALOGUE, CATALOGUE)).toEqual([]);
    expect(rules(checkSeveralImport(several, { anomalies: [] }, CATALOGUE, CATALOGUE))).toEqual(['LOI-IMPORT-SEVERAL']);
    const soft = { anomalies: [{ ...blocked.anomalies[0]!, blocking: false }] };
    expect(rules(checkSeveralImport(several, soft, CATALOGUE, CATALOGUE))).toEqual(['LOI-IMPORT-SEVERAL']);
    const taken = {
      ...CATALOGUE,
      analyses: [{ code: 'K', label: 'Potassium', loinc: [{ code: '718-7' }] }],
    };
    expect(rules(checkSeveralImport(several, blocked, taken, CATALOGUE))).toEqual(['LOI-IMPORT-SEVERAL']);
    expect(checkSeveralImport(several, blocked, taken, taken)).toEqual([]);
  });
});

describe('a code changed by hand', () => {
  const at = { before: '2026-02-03T10:00:00Z', after: '2026-02-03T10:00:10Z' };
  const change = (item: string, code: string, kind: Given['kind'] = 'analysis') =>
    rules(checkManualChange({ rank: 6, kind, item, codes: [code] }, [{ code: '718-7' }], CATALOGUE, at));

  it('is shown with its date, or its day', () => {
    expect(change('NA', '2951-2')).toEqual([]);
    expect(change('BIO', '18719-5', 'chapter')).toEqual([]);
  });

  it('is lost, or has no date', () => {
    expect(change('K', '2823-3')).toEqual(['LOI-MODIFY']);
    const old = {
      ...CATALOGUE,
      analyses: [{ code: 'NA', label: 'Sodium', loinc: [{ code: '2951-2', since: '2020-01-01' }] }],
    };
    const given: Given = { rank: 6, kind: 'analysis', item: 'NA', codes: ['2951-2'] };
    expect(rules(checkManualChange(given, [], old, at))).toEqual(['LOI-MODIFY-DATE']);
    const both = {
      ...old,
      analyses: [{ code: 'NA', label: 'Sodium', loinc: [{ code: '2951-2' }, { code: '718-7' }] }],
    };
    expect(rules(checkManualChange(given, [{ code: '718-7' }], both, at))).toEqual(['LOI-MODIFY']);
  });
});
