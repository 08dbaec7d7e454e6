import { Buffer } from 'node:buffer';
import yazl from 'yazl';
import { describe, expect, it } from 'vitest';
import { makeN3 } from '#formats/cda/cda.fixture.ts';
import { checkExport, checkHistory, openExport, readDeclaration, type ExportedFile } from './index.ts';

const file = (path: string, content: string): ExportedFile => ({ path, bytes: Buffer.from(content) });
const FILES: readonly ExportedFile[] = [
  file('comptes-rendus/CR1/cr.xml', makeN3()),
  file('comptes-rendus/CR1/cr.pdf', '%PDF-1.4 essai'),
  file('patients.csv', 'id;nom\n1;TEST\n'),
];
const DECLARED = [
  { name: 'Comptes rendus', format: 'CDA R2 N3', location: 'comptes-rendus/*/*.xml' },
  { name: 'Comptes rendus imprimés', format: 'PDF/A-1', location: 'comptes-rendus/**/*.pdf' },
  { name: 'Patients', format: 'CSV (point-virgule)', location: 'patients.csv' },
];
const rules = (data: readonly object[], files = FILES): readonly string[] => [
  ...new Set(checkExport(readDeclaration({ data }), files).map(({ rule }) => rule)),
];

describe('an export, beside its documentation', () => {
  it('is whole', () => {
    expect(rules(DECLARED)).toEqual([]);
  });

  it.each([
    ['PORT-DECLARATION', [], []],
    ['PORT-DECLARATION', DECLARED.map((one, rank) => (rank === 2 ? { ...one, format: '' } : one)), FILES],
    ['PORT-COMPLETE', [...DECLARED, { name: 'Images', format: 'JPEG', location: 'images/*' }], FILES],
    ['PORT-FORMAT', DECLARED.map((one) => ({ ...one, format: 'PDF' })), FILES],
    ['PORT-UNDECLARED', DECLARED, [...FILES, file('autre.bin', 'x')]],
  ] as const)('%s', (rule, data, files) => {
    expect(rules(data, files)).toEqual([rule]);
  });

  it.each([
    ['FHIR', '{"resourceType":"Bundle"}', '{"a":1}'],
    ['FHIR NDJSON', '{"resourceType":"Patient"}\n{"resourceType":"Patient"}\n', '{"a":1}\n{}'],
    ['FHIR XML', '<Bundle xmlns="http://hl7.org/fhir"/>', '<Bundle/>'],
    ['HL7 v2', 'MSH|^~\\&|', 'PID|1'],
    ['XML', '<a/>', '<a>'],
    ['JSON', '[]', '[,]'],
    ['CSV', 'a;b\n', 'sans séparateur'],
    ['texte', 'bonjour', '\u0000\u0001'],
  ])('%s is told from what is not', (format, right, wrong) => {
    const data = [{ name: 'Donnée', format, location: 'un' }];
    expect(rules(data, [file('un', right)])).toEqual([]);
    expect(rules(data, [file('un', wrong)])).toEqual(['PORT-FORMAT']);
  });

  it('of a format that nobody knows here is not judged', () => {
    expect(rules([{ name: 'Donnée', format: 'propriétaire', location: 'un' }], [file('un', 'x')])).toEqual([]);
  });
});

describe('the period', () => {
  const report = (label: string, id: string) => ({ label, ids: [id], documents: [Buffer.from(`document ${id}`)] });
  const told = (files: readonly ExportedFile[]): readonly string[] =>
    checkHistory(files, [report('le récent', 'CR-2026')], [report('l’ancien', 'CR-2001')], 'd’un an').map(
      ({ rule }) => rule,
    );

  it.each([
    [[file('CR-2026.xml', '')], []],
    [[file('a.xml', '<id extension="CR-2026"/>')], []],
    [[file('a.pdf', 'document CR-2026')], []],
    [[], ['PORT-HISTORY']],
    [[file('a', 'CR-2026'), file('b', 'CR-2001')], ['PORT-PERIOD']],
  ])('%#', (files, expected) => {
    expect(told(files)).toEqual(expected);
  });
});

describe('what is given', () => {
  it('is opened when it is an archive, told when it cannot be', async () => {
    const archive = new yazl.ZipFile();
    archive.addBuffer(Buffer.from('id;nom'), 'patients.csv');
    archive.end();
    const bytes = Buffer.concat(await Array.fromAsync(archive.outputStream as AsyncIterable<Buffer>));
    const opened = await openExport([{ path: 'export.zip', bytes }, file('lisez-moi.txt', 'x'), file('faux.zip', 'x')]);
    expect(opened.files.map(({ path }) => path)).toEqual(['patients.csv', 'lisez-moi.txt']);
    expect(opened.problems).toEqual([expect.stringContaining('faux.zip')]);
  });

  it.each([[{}], [[]], [{ data: {} }], [{ data: [1] }], [{ data: [{ name: 1 }] }], [null]])(
    '%j is no declaration',
    (value) => {
      expect(() => readDeclaration(value)).toThrow(TypeError);
    },
  );
});
