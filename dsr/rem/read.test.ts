import { describe, expect, it } from 'vitest';

import { findRequirement, findSlot, readRem, toImportReport } from './index.ts';
import type { Category, Wave } from './index.ts';
import { codes, NOTICE, readSheets, remOf, row, WAVE_1 } from './workbook.fixture.ts';
import type { Cells } from './workbook.fixture.ts';

async function read(data: readonly Cells[], category: Category = 'SGL', wave: Wave = 'va1') {
  return readSheets([NOTICE, { name: 'Exigences', rows: data }], category, wave);
}

describe('readRem', () => {
  it('groups rows by requirement and scenario, and gives the import report', async () => {
    const { rem, messages } = await remOf(
      WAVE_1,
      row('INS/va1.02', 'INS/va1.02.01', 'INS/va1.02.01.01'),
      row('INS/va1.02', 'INS/va1.02.02', 'INS/va1.02.02.01'),
      row('MSS/va1.12', 'MSS/va1.12.01', 'MSS/va1.12.01.01'),
    );
    expect(toImportReport(rem, messages)).toEqual({
      category: 'SGL',
      wave: 'va1',
      layout: 'rem-wave1',
      requirements: 2,
      scenarios: 2 + 1,
      proofs: 3,
      profiles: ['Général'],
      obsolete: 0,
      messages: [],
      mapping: expect.objectContaining({ otherSheets: ['Lisez-moi'] }) as object,
    });
    expect(rem).toMatchObject({ source: 'REM.xlsx', sha256: expect.stringMatching(/^[0-9a-f]{64}$/u) as string });
  });

  it('keeps the wording of the workbook and adds what the catalogue knows', async () => {
    const { rem } = await remOf(WAVE_1, row('MSS/va1.12', 'MSS/va1.12.01', 'MSS/va1.12.01.01'));
    expect(findRequirement(rem, 'MSS/va1.12')).toMatchObject({
      title: 'Donner un Message-ID unique à chaque nouveau courriel',
      statement: 'Texte de MSS/va1.12',
      previousIds: ['SGL.MSS.08'],
      observable: ['mssante'],
    });
    expect(findSlot(rem, 'MSS/va1.12.01.01')?.slot).toEqual({
      id: 'MSS/va1.12.01.01',
      rawId: 'MSS/va1.12.01.01',
      text: 'Pièce MSS/va1.12.01.01',
      title: 'Source SMTP du nouveau courriel',
      kinds: ['mail-source'],
      evidenceClass: 'bench',
      classifiedBy: 'catalogue',
    });
  });

  it('shows a rehearsal as soon as the wording names an external tool', async () => {
    const cells = row('MSS/va1.12', 'MSS/va1.12.01', 'MSS/va1.12.01.01');
    cells[12] = "Identifiant d'exécution de l'outil";
    const { rem } = await remOf(WAVE_1, cells);
    expect(findSlot(rem, 'MSS/va1.12.01.01')?.slot).toMatchObject({
      evidenceClass: 'rehearsal',
      kinds: ['mss-tool-run-id'],
    });
  });

  it('finds columns in any order, under other spellings, below a title', async () => {
    const headers: Cells = [
      'PREUVE 1',
      'n°\u00A0Preuve 1',
      'SCENARIO',
      'No scenario',
      'enonce',
      'Numéro exigence',
      'profil',
    ];
    const { rem, messages } = await remOf(['Référentiel de test', null], [], headers, [
      'Une pièce',
      'DMP/va1.22.01.01',
      'Dérouler',
      'DMP/va1.22.01',
      'Le système DOIT',
      'DMP/va1.22',
      'Général',
    ]);
    expect(messages).toEqual([]);
    expect(findSlot(rem, 'DMP/va1.22.01.01')).toMatchObject({
      slot: { text: 'Une pièce' },
      requirement: { nature: 'DOIT', profile: 'Général', section: 'DMP', sectionTitle: 'Dossier médical partagé' },
    });
  });

  it('reads the Convergence feed, one row per proof, nature from the verb', async () => {
    const { rem, messages } = await remOf(
      [
        'Périmètre',
        'ID',
        'Chapitre',
        'Fonction',
        'Exigence',
        'Profil',
        'N° scénario',
        'Scénario de conformité',
        'N° preuve',
        'Preuve',
        'Criticité',
        'Ordre',
      ],
      [
        'Vague 1',
        'INS/va1.60',
        'Identité',
        'F',
        'Il DOIT',
        'Général',
        'INS/va1.60.01',
        'S',
        'INS/va1.60.01.01',
        'P',
        'Majeure',
        1,
      ],
      [
        'Vague 1',
        'INS/va1.60',
        'Identité',
        'F',
        'Il DOIT',
        'Général',
        'INS/va1.60.01',
        'S',
        'INS/va1.60.01.02',
        'P',
        'Majeure',
        2,
      ],
      ['Vague 1', 'INS/va1.70', 'Identité', 'F', 'Il PEUT', 'Général', null, null, null, null, 'Grave', 3],
    );
    expect(toImportReport(rem, [])).toMatchObject({ layout: 'convergence', requirements: 2, scenarios: 1, proofs: 2 });
    expect(findRequirement(rem, 'INS/va1.70')).toMatchObject({
      nature: 'PEUT',
      section: 'INS',
      sectionTitle: 'Identité',
    });
    expect(messages).toEqual([expect.objectContaining({ code: 'C5', row: 4, column: 'Criticité', value: 'Grave' })]);
  });

  it('reads the wave 2 layout: leaves obsolete rows out, keeps former ids', async () => {
    const headers = [
      'Périmètre',
      'ID',
      'Chapitre',
      'Exigence',
      'Nature de l’exigence',
      'Profil',
      'N° scénario',
      'Scénario de conformité',
      'N° preuve 1',
      'Preuve 1',
      'Statut publication',
      'VA N-1',
    ];
    const reading = await read(
      [
        headers,
        [
          'Vague 2',
          'XYZ/UX.14',
          'DMP',
          'Il DOIT',
          'EXIGENCE',
          'IAM',
          'XYZ/UX.14.01',
          'S',
          'XYZ/UX.14.01.01',
          'Source SMTP',
          'Modifiée',
          'DMP/va1.01; DMP/va1.02',
        ],
        [
          'Vague 2',
          'XYZ/UX.15',
          'DMP',
          'Il DOIT',
          'EXIGENCE',
          'Général',
          'XYZ/UX.15.01',
          'S',
          'XYZ/UX.15.01.01',
          'P',
          'Obsolète',
          null,
        ],
      ],
      'LGC',
      'va2',
    );
    expect(reading.ok && toImportReport(reading.rem, [])).toMatchObject({
      layout: 'rem-wave2',
      requirements: 1,
      profiles: ['IAM'],
    });
    expect(reading.ok && reading.rem.requirements[0]).toMatchObject({
      previousIds: ['DMP/va1.01', 'DMP/va1.02'],
      title: '',
      scenarios: [{ proofs: [{ evidenceClass: 'bench' }] }],
    });
    expect(codes(reading.messages)).toEqual(['C12']);
  });

  it('continues a scenario on rows that only hold proofs', async () => {
    const { rem, messages } = await remOf(WAVE_1, row('INS/va1.60', 'INS/va1.60.01', 'INS/va1.60.01.01'), [
      ...Array<null>(11).fill(null),
      'INS/va1.60.01.02',
      'Suite',
    ]);
    expect(findSlot(rem, 'INS/va1.60.01.02')?.scenario.id).toBe('INS/va1.60.01');
    expect(messages).toEqual([]);
  });

  it('counts a scenario that serves several requirements once', async () => {
    const { rem, messages } = await remOf(
      WAVE_1,
      row('INS/va1.01', 'SCN_DB/CO.01', 'SCN_DB/CO.01.01'),
      row('INS/va1.02', 'SCN_DB/CO.01', 'SCN_DB/CO.01.01'),
    );
    expect(toImportReport(rem, [])).toMatchObject({ requirements: 2, scenarios: 1, proofs: 1 });
    expect(codes(messages)).toEqual(['J09', 'J14']);
  });

  it('puts back the prefix that a number lost, and keeps the raw number', async () => {
    const { rem, messages } = await remOf(WAVE_1, row('INS/va1.39', '\u00A0INS/VA1.39.01', '39.01.01'));
    expect(findSlot(rem, 'INS/va1.39.01.01')?.slot.rawId).toBe('39.01.01');
    expect(messages.map((message) => [message.code, message.row, message.column, message.value])).toEqual([
      ['J05', 2, 'N° scénario', '[U+00A0]INS/VA1.39.01'],
      ['J05', 2, 'N° preuve 1', '39.01.01'],
    ]);
  });
});

describe('what readRem says of a faulty workbook', () => {
  const good = (): Cells => row('INS/va1.02', 'INS/va1.02.01', 'INS/va1.02.01.01');
  const change = (index: number, value: string | null): Cells =>
    good().map((cell, at) => (at === index ? value : cell));

  it('has nothing to say of a good one', async () => {
    expect((await remOf(WAVE_1, good())).messages).toEqual([]);
  });

  it.each([
    ['C1', 'no profile', change(1, null), 'Profil'],
    ['C2', 'a conditional mark that contradicts the profile', change(0, 'OUI'), 'Exigence conditionnelle OUI/NON'],
    ['C3', 'no section', change(2, null), 'ID Section'],
    ['C4', 'an unknown nature', change(6, 'SOUHAIT'), "Nature de l'exigence"],
    ['J01', 'a DOIT without scenario', row('INS/va1.22', ''), 'N° scénario'],
    ['J02', 'a scenario without proof', row('INS/va1.02', 'INS/va1.02.01'), 'N° scénario'],
    [
      'J03',
      'a proof number twice',
      row('INS/va1.02', 'INS/va1.02.01', 'INS/va1.02.01.01', 'INS/va1.02.01.01'),
      'N° preuve 2',
    ],
    ['J04', 'a proof not under its scenario', change(11, 'INS/va1.07.01.01'), 'N° preuve 1'],
    ['J06', 'a row without requirement id', change(7, null), 'N° exigence'],
    ['J08', 'a scenario without number', change(9, null), 'N° scénario'],
    [
      'J09',
      'a scenario not under its requirement',
      row('INS/va1.02', 'INS/va1.03.01', 'INS/va1.03.01.01'),
      'N° scénario',
    ],
    ['J10', 'a proof without text', change(12, null), 'Preuve 1'],
    ['J10', 'a proof without number', change(11, null), 'N° preuve 1'],
    ['J12', 'an id that is none', row('voir plus haut', ''), 'N° exigence'],
  ])('%s: %s', async (code, _, faulty, column) => {
    const { messages } = await remOf(WAVE_1, row('MSS/va1.12', 'MSS/va1.12.01', 'MSS/va1.12.01.01'), faulty);
    const message = messages.find((one) => one.code === code);
    expect(message).toMatchObject({ row: 3, column });
    expect(message?.message).not.toMatch(/\{|\}/u);
    expect(message?.remedy.length).toBeGreaterThan(5);
  });

  it('C7: more than ten proofs in one scenario', async () => {
    const rows = Array.from({ length: 11 }, (_, index) =>
      row('INS/va1.02', 'INS/va1.02.01', `INS/va1.02.01.${10 + index}`),
    );
    const { messages } = await remOf(WAVE_1, ...rows);
    expect(messages).toEqual([expect.objectContaining({ code: 'C7', row: 2, value: 'INS/va1.02.01' })]);
  });

  it('J03: keeps both pieces of a number that is taken, under two ids', async () => {
    const { rem } = await remOf(WAVE_1, good(), row('INS/va1.25', 'INS/va1.25.01', 'INS/va1.02.01.01'));
    expect(findSlot(rem, 'INS/va1.02.01.01-2')?.scenario.id).toBe('INS/va1.25.01');
  });

  it('J07: a requirement with two profiles keeps the first', async () => {
    const second = row('INS/va1.02', 'INS/va1.02.02', 'INS/va1.02.02.01');
    second[1] = 'IAM';
    const { rem, messages } = await remOf(WAVE_1, good(), second);
    expect(rem.requirements.map((one) => one.profile)).toEqual(['Général']);
    expect(messages).toEqual([expect.objectContaining({ code: 'J07', row: 3, column: 'Profil', value: 'IAM' })]);
  });

  it('J11: a column that every layout has is missing', async () => {
    const { messages } = await remOf(
      WAVE_1.filter((header) => header !== 'Profil' && header !== 'Preuve 1'),
      good().filter((_, index) => index !== 1 && index !== 12),
    );
    expect(messages.filter((one) => one.code === 'J11').map((one) => one.value)).toEqual([
      'Profil',
      'Texte de « N° preuve 1 »',
    ]);
  });

  it('J13: the workbook of another category', async () => {
    const { messages } = await remOf(WAVE_1, row('CSE/va1.01', 'CSE/va1.01.01', 'CSE/va1.01.01.01'));
    expect(codes(messages)).toEqual(['J13']);
  });
});

describe('what is not a REM', () => {
  it('names the headers found and those expected', async () => {
    const reading = await read([
      ['Date', 'Montant', 'Client'],
      ['2026-01-01', 12, 'Labo'],
    ]);
    expect(reading).toMatchObject({ ok: false, messages: [{ code: 'REM_NOT_RECOGNISED', severity: 'error', row: 0 }] });
    expect(reading.messages[0]?.message).toContain('N° scénario');
    expect(reading.messages[0]?.message).toContain('Notice');
  });

  it('names the headers of the row that looked most like one', async () => {
    const reading = await read([['Titre'], ['N° exigence', 'Énoncé', 'Avis']]);
    expect(reading.messages[0]).toMatchObject({ code: 'REM_NOT_RECOGNISED', value: 'N° exigence | Énoncé | Avis' });
  });

  it('refuses a REM without requirement', async () => {
    expect((await read([WAVE_1])).messages[0]?.code).toBe('REM_EMPTY');
  });

  it('passes on what the workbook reader refuses', async () => {
    const reading = await readRem(Buffer.from('pas un classeur'), { category: 'SGL', wave: 'va1', fileName: 'x.xlsx' });
    expect(reading).toMatchObject({ ok: false, messages: [{ code: 'XLSX_NOT_A_ZIP' }] });
  });
});
