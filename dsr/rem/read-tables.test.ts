import { describe, expect, it } from 'vitest';

import { findRequirement, findScenario, findSlot, mappingChanges, toImportReport } from './index.ts';
import { accepted, codes, NOTICE, readSheets, remOf, row, WAVE_1, workbookOf } from './workbook.fixture.ts';
import type { Cells, Sheet } from './workbook.fixture.ts';

const exigences = (...rows: Cells[]): Sheet => ({ name: 'Exigences', rows: [WAVE_1, ...rows] });
const ins = row('INS/va1.02', 'INS/va1.02.01', 'INS/va1.02.01.01');
const mss = row('MSS/va1.12', 'MSS/va1.12.01', 'MSS/va1.12.01.01');

describe('where the table is', () => {
  it('below a notice of any length, told apart from a legend that names the columns', async () => {
    const notice = Array.from({ length: 150 }, (_, index): Cells => [`Ligne ${index} de la notice`]);
    const legend: Cells = ['N° exigence', 'N° scénario', 'N° preuve'];
    const { rem } = await remOf(...notice, legend, ['son numéro'], [], WAVE_1, ins);
    expect(rem.mapping?.sheets).toMatchObject([{ name: 'Exigences', headerRow: 154 }]);
    expect(findSlot(rem, 'INS/va1.02.01.01')).toBeDefined();
  });

  it('says what was found where, and what was left aside', async () => {
    const { rem } = await remOf([...WAVE_1, 'Avis interne'], [...ins]);
    const [sheet] = rem.mapping?.sheets ?? [];
    expect(sheet?.columns).toContainEqual({ field: 'requirementId', letter: 'H', header: 'N° exigence' });
    expect(sheet?.columns).toContainEqual({ field: 'proofText3', letter: 'Q', header: 'Preuve 3' });
    expect(sheet?.ignored).toEqual([{ letter: 'R', header: 'Avis interne' }]);
    expect(rem.mapping?.otherSheets).toEqual(['Lisez-moi']);
  });

  it('says what moved since another import', async () => {
    const { rem: before } = await remOf(WAVE_1, ins);
    const renamed = WAVE_1.map((header) => (header === 'Énoncé' ? 'ÉNONCÉ' : header)).filter(
      (header) => header !== 'Bloc',
    );
    const { rem: after } = await remOf(
      ['Titre'],
      renamed,
      ins.filter((_, index) => index !== 4),
    );
    expect(before.mapping && mappingChanges(before.mapping, before.mapping)).toEqual([]);
    const changes = mappingChanges(before.mapping!, after.mapping!);
    expect(changes).toContainEqual({
      what: 'block',
      before: 'E « Bloc »',
      after: '',
      message: 'La colonne E « Bloc » a disparu.',
    });
    expect(changes).toContainEqual(
      expect.objectContaining({ what: 'statement', before: 'I « Énoncé »', after: 'H « ÉNONCÉ »' }),
    );
    expect(changes).toContainEqual(expect.objectContaining({ what: 'header-row', before: '1', after: '2' }));
    expect(changes.some((change) => change.what === 'profile')).toBe(false);
  });

  it('reads ten pairs, whatever their order', async () => {
    const pairs = Array.from({ length: 10 }, (_, index) => [`Preuve ${10 - index}`, `N° preuve ${10 - index}`]).flat();
    const cells = Array.from({ length: 10 }, (_, index) => [
      'Vidéo',
      `INS/va1.02.01.${String(10 - index).padStart(2, '0')}`,
    ]);
    const { rem } = await remOf([...WAVE_1.slice(0, 11), ...pairs], [...ins.slice(0, 11), ...cells.flat()]);
    expect(rem.requirements[0]?.scenarios[0]?.proofs.map((slot) => slot.id.slice(-2))).toEqual(
      '01 02 03 04 05 06 07 08 09 10'.split(' '),
    );
  });
});

describe('merged cells', () => {
  it('gives each row what is written once beside several, and asks for a merged proof once', async () => {
    const first = [...ins];
    const second = row('INS/va1.25', 'INS/va1.25.01', 'INS/va1.25.01.01');
    const span = (value: string | number | null) => ({ value: String(value), rowSpan: 2 });
    const { rem, messages } = await remOf(
      WAVE_1,
      first.map((cell, index) => ([1, 2, 5, 11, 12].includes(index) ? span(cell ?? '') : cell)),
      second.map((cell, index) => ([1, 2, 5, 11, 12].includes(index) ? null : cell)),
    );
    expect(findRequirement(rem, 'INS/va1.25')).toMatchObject({
      profile: 'Général',
      section: 'INS',
      function: 'Fonction',
    });
    expect(findRequirement(rem, 'INS/va1.25')?.scenarios[0]?.proofs).toEqual([]);
    expect(codes(messages)).toEqual(['J02']);
  });
});

describe('several sheets', () => {
  it('adds the requirements of another sheet and does not read a copy again', async () => {
    const { rem, messages } = accepted(
      await readSheets([
        exigences(ins, mss),
        { name: 'Ancienne liste', rows: [WAVE_1, ins, row('DMP/va1.22', 'DMP/va1.22.01', 'DMP/va1.22.01.01')] },
      ]),
    );
    expect(rem.requirements.map((one) => one.id)).toEqual(['INS/va1.02', 'MSS/va1.12', 'DMP/va1.22']);
    expect(messages.filter((one) => one.code !== 'C13')).toEqual([
      expect.objectContaining({ code: 'J16', sheet: 'Ancienne liste', value: 'Ancienne liste' }),
    ]);
  });

  it('reads the sheet of scenarios that cover several requirements', async () => {
    const headers = ['N° scénario', 'Scénario', 'Exigences couvertes', 'N° preuve 1', 'Preuve 1'];
    const scenario = [
      'SCN_DB/CO.01',
      'De bout en bout',
      'INS/va1.02\nMSS/va1.12 ; INS/va1.99',
      'SCN_DB/CO.01.01',
      'Vidéo',
    ];
    const { rem, messages } = accepted(
      await readSheets([exigences(ins, mss), { name: 'Scénarios coeur de métier', rows: [headers, scenario] }]),
    );
    expect(toImportReport(rem, [])).toMatchObject({ requirements: 3, scenarios: 3, proofs: 3 });
    for (const id of ['INS/va1.02', 'MSS/va1.12', 'INS/va1.99']) {
      expect(findRequirement(rem, id)?.scenarios.at(-1)).toStrictEqual(findScenario(rem, 'SCN_DB/CO.01')?.scenario);
    }
    expect(codes(messages)).toContain('J17');
    expect(messages.find((one) => one.code === 'J17')).toMatchObject({ value: 'INS/va1.99', row: 2 });
  });

  it('C8: a sheet with the columns and no requirement', async () => {
    const { rem, messages } = accepted(
      await readSheets([NOTICE, { name: 'Vide', rows: [[...WAVE_1, 'N° preuve 4']] }, exigences(ins)]),
    );
    expect(rem.requirements).toHaveLength(1);
    expect(messages).toEqual([expect.objectContaining({ code: 'C8', sheet: 'Vide', row: 1 })]);
  });
});

describe('the checks of the ANS on ids and names', () => {
  const change = (index: number, value: string | null): Cells => ins.map((cell, at) => (at === index ? value : cell));

  it.each([
    ['C6', row('LABO.INS.01', 'LABO.INS.01.01', 'LABO.INS.01.01.01'), 'N° exigence', 'LABO.INS.01'],
    ['C10', row('SC.INS/va1.02', 'SC.INS/va1.02.01', 'SC.INS/va1.02.01.01'), 'N° exigence', 'SC.INS/va1.02'],
    ['C11', row('INS/va1.2', 'INS/va1.2.01', 'INS/va1.2.01.01'), 'N° exigence', 'INS/va1.2'],
    ['C11', change(5, null), 'Fonction', 'INS/va1.02'],
    ['C11', change(2, 'INS identité'), 'ID Section', 'INS identité'],
  ])('%s on %#', async (code, faulty, column, value) => {
    const { rem, messages } = await remOf(WAVE_1, row('INS/va1.25', 'INS/va1.25.01', 'INS/va1.25.01.01'), faulty);
    expect(messages.find((one) => one.code === code)).toMatchObject({ severity: 'error', row: 3, column, value });
    expect(rem.requirements).toHaveLength(2);
  });

  it.each(['LGC.MDV.06', 'CH.INS.01', 'DB.CO.01', 'VI-CO.01', 'VI_SO.03', 'SSI/GEN.02 BIS', 'ORDN/CONF.01p'])(
    'finds nothing wrong with %s',
    async (id) => {
      const { messages } = await remOf(WAVE_1, row(id, `${id}.01`, `${id}.01.01`));
      expect(codes(messages).filter((code) => /^C6|^C1[01]|^J12/u.test(code))).toEqual([]);
    },
  );

  it('C3: a section without its id, where others are written ID_label', async () => {
    const headers: Cells = [
      'ID',
      'Chapitre',
      'Exigence',
      'Profil',
      'N° scénario',
      'Scénario de conformité',
      'N° preuve',
      'Preuve',
    ];
    const line = (id: string, section: string): Cells => [
      id,
      section,
      'Il DOIT',
      'Général',
      `${id}.01`,
      'S',
      `${id}.01.01`,
      'P',
    ];
    const { rem, messages } = await remOf(headers, line('INS/va1.02', 'INS_Identité'), line('INS/va1.25', 'Identité'));
    expect(rem.requirements.map((one) => [one.section, one.sectionTitle])).toEqual([
      ['INS', 'Identité'],
      ['INS', 'Identité'],
    ]);
    expect(messages).toEqual([expect.objectContaining({ code: 'C3', row: 3, column: 'Chapitre', value: 'Identité' })]);
  });

  it('C9: a requirement linked to two of the shared base; one link is kept', async () => {
    const headers = [...WAVE_1, 'Référence exigence socle', 'Référence exigence', 'Note interne'];
    const twice = [...ins, null, null, null, null, 'SC.INS/va1.02 ; SC.INS/va1.03', 'REF-1', 'à relire'];
    const once = [...mss, null, null, null, null, 'SC.MSS/va1.12'];
    const { rem, messages } = await remOf(headers, twice, once);
    expect(messages).toEqual([expect.objectContaining({ code: 'C9', row: 2, column: 'Référence exigence socle' })]);
    expect(rem.requirements[0]?.notes).toEqual({
      conditional: 'NON',
      requirementRef: 'REF-1',
      internalNote: 'à relire',
    });
    expect(rem.requirements[1]?.notes).toEqual({ conditional: 'NON', baseRef: 'SC.MSS/va1.12' });
  });

  it('C13: sections out of the published order, said once', async () => {
    const { messages } = await remOf(WAVE_1, mss, ins, row('DMP/va1.22', 'DMP/va1.22.01', 'DMP/va1.22.01.01'));
    expect(messages).toEqual([expect.objectContaining({ code: 'C13', severity: 'info', row: 0, value: 'MSS' })]);
    expect(codes((await remOf(WAVE_1, ins, mss)).messages)).toEqual([]);
  });

  it.each([
    ['CH_LABORATOIRE', 'C14'],
    ['CH_LGC_REM', 'J13'],
    ['CH_BIO_REM', undefined],
    ['Liste SC_INS_socle', undefined],
  ])('C14: project %s gives %s', async (title, code) => {
    const { messages } = await remOf([title], WAVE_1, ins);
    expect(codes(messages)).toEqual(code === undefined ? [] : [code]);
  });
});

describe('what is kept beside the requirements', () => {
  it('keeps obsolete rows apart, with everything they hold', async () => {
    const headers = [...WAVE_1, 'Statut publication'];
    const gone = [...mss, null, null, null, null, 'Obsolète'];
    const more = row('MSS/va1.12', 'MSS/va1.12.02', 'MSS/va1.12.02.01');
    const { rem, messages } = await remOf(headers, ins, gone, more);
    expect(toImportReport(rem, [])).toMatchObject({ requirements: 1, scenarios: 1, proofs: 1, obsolete: 1 });
    expect(rem.obsolete[0]).toMatchObject({
      id: 'MSS/va1.12',
      notes: { publicationStatus: 'Obsolète' },
      scenarios: [{ proofs: [{ id: 'MSS/va1.12.01.01' }] }, { id: 'MSS/va1.12.02' }],
    });
    expect(codes(messages)).toEqual(['C12']);
  });

  it('reads back the columns that an export adds', async () => {
    const headers = [...WAVE_1, 'Jalon · Criticité', 'Jalon · Applicable', 'Jalon · Portée par', 'Jalon · Pièces'];
    const { rem } = await remOf(headers, [
      ...ins,
      null,
      null,
      null,
      null,
      'Majeure',
      'non',
      'Module du partenaire',
      'a.eml',
    ]);
    expect(rem.requirements[0]).toMatchObject({
      notes: { criticality: 'Majeure' },
      vendor: { applicable: 'non', carriedBy: 'Module du partenaire' },
    });
    expect(rem.layout).toBe('rem-wave1');
    expect(rem.mapping?.sheets[0]?.ignored).toEqual([]);
  });

  it('knows the requirements of the shared base in any couloir', async () => {
    const line = row('MSS/va1.12', 'MSS/va1.12.01', 'MSS/va1.12.01.01');
    const reading = accepted(await readSheets([exigences(line)], 'CLINIQUE', 'va1'));
    expect(reading.rem.requirements[0]).toMatchObject({
      observable: ['mssante'],
      title: expect.stringContaining('Message-ID') as string,
    });
    expect(reading.rem.requirements[0]?.scenarios[0]?.proofs[0]).toMatchObject({ evidenceClass: 'bench' });
  });

  it('puts back the zero that a spreadsheet dropped from a number', async () => {
    const { rem } = await remOf(WAVE_1, row('CDA/INT.08', '8.01', '8.01.01'));
    expect(findSlot(rem, 'CDA/INT.08.01.01')?.slot.rawId).toBe('8.01.01');
  });

  it('loses no row of a workbook made of 30 sheets', async () => {
    const sheets = Array.from({ length: 30 }, (_, index) => ({
      name: `Section ${index}`,
      rows: [WAVE_1, row(`ZZZ/va1.${10 + index}`, `ZZZ/va1.${10 + index}.01`, `ZZZ/va1.${10 + index}.01.01`)],
    }));
    expect((await workbookOf(sheets)).length).toBeGreaterThan(0);
    expect(accepted(await readSheets(sheets, 'RIS')).rem.requirements).toHaveLength(30);
  });
});
