import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { MESSAGE } from '#checks/pdf/pages.fixture.ts';
import { makeN1 } from '#formats/cda/cda.fixture.ts';
import { drawModules, drawnPdf } from '#formats/pdf-pages/pages.fixture.ts';
import { veraPdfReport } from '#formats/verapdf/verapdf.fixture.ts';
import { judgePdf, readCdaIdentity, readLayoutFile, readMentionsFile } from './pdf.ts';
import { runVeraPdf } from './verapdf.ts';

const folder = mkdtempSync(join(tmpdir(), 'jalon-pdf-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** A command that behaves as veraPDF does: a report on its output, 1 when the file does not conform. */
function fake(name: string, body: string): string {
  const path = file(name, `#!${process.execPath}\n${body}\n`);
  chmodSync(path, 0o755);
  return path;
}

const ABSENT = join(folder, 'absente');
const writes = (report: string, code: number): string =>
  `process.stdout.write(${JSON.stringify(report)}, () => process.exit(${code}));`;

describe('runVeraPdf', () => {
  it('joins a report, whatever the exit code', async () => {
    const good = fake('bon', writes(veraPdfReport([]), 0));
    expect(await runVeraPdf('x.pdf', 'b', { command: good })).toMatchObject({ report: { compliant: true } });
    const bad = fake('mauvais', writes(veraPdfReport([['6.3.4', 'Fonts']]), 1));
    expect(await runVeraPdf('x.pdf', 'b', { command: bad })).toMatchObject({
      outcome: 'report',
      report: { compliant: false, failed: [{ clause: '6.3.4' }] },
    });
  });

  it('asks for the level, and gives the file as a file', async () => {
    const told = fake(
      'arguments',
      `require('node:fs').writeFileSync(${JSON.stringify(join(folder, 'vus'))}, process.argv.slice(2).join(' '))`,
    );
    await runVeraPdf('--help', 'a', { command: told });
    const { readFileSync } = await import('node:fs');
    expect(readFileSync(join(folder, 'vus'), 'utf8')).toBe('--format xml --flavour 1a -- --help');
  });

  it('is not there', async () => {
    expect(await runVeraPdf('x.pdf', 'b', { command: ABSENT })).toEqual({ outcome: 'absent' });
  });

  it.each([
    ['never ends', 'setInterval(() => {}, 1000)', 'il n’a pas répondu'],
    [
      'says too much',
      "const some = 'x'.repeat(1e6); const more = () => process.stdout.write(some, more); more()",
      '16 Mio',
    ],
    ['says nothing', '', 'XML'],
    ['fails', writes('java.lang.OutOfMemoryError', 3), 'XML'],
  ])('%s', async (name, body, reason) => {
    const run = await runVeraPdf('x.pdf', 'b', { command: fake(name.replaceAll(' ', '-'), body), timeoutMs: 4000 });
    expect(run).toMatchObject({ outcome: 'failed' });
    expect('reason' in run && run.reason).toMatch(new RegExp(reason, 'i'));
  });

  it('cannot be run', async () => {
    expect(await runVeraPdf('x.pdf', 'b', { command: file('sans-droit', 'x') })).toMatchObject({ outcome: 'failed' });
  });
});

describe('judgePdf', () => {
  const NAME = "20260105_CR d'examens biologiques_D'ARTAGNAN DE L'HERAULT_PIERRE-ALAIN.pdf";
  const identity = {
    qualified: true,
    ins: '101066322083675',
    birthName: "D'ARTAGNAN DE L'HERAULT",
    firstNames: ['PIERRE-ALAIN', 'MURIEL'],
  };
  const drawn = drawnPdf((document) => {
    document.text('Compte rendu de biologie du laboratoire, données personnelles');
    drawModules(document, MESSAGE, 400, 60);
  });
  const rules = async (bytes: Uint8Array, options: Parameters<typeof judgePdf>[2], command = ABSENT) => {
    const findings = await judgePdf(bytes, join(folder, NAME), options, { command });
    return findings.map(({ rule, where }) => `${rule} ${where}`).filter((one) => !/CLAIM|FONTS|METADATA/.test(one));
  };

  it('says what was not judged, and what is not proved', async () => {
    expect(await rules(await drawn, {})).toEqual([
      'FILE-SCOPE datamatrix INS',
      'FILE-SCOPE mentions',
      'FILE-SCOPE conformité à PDF/A-1',
    ]);
  });

  it('compares the pages and the name with the CDA, and joins veraPDF', async () => {
    const command = fake('joint', writes(veraPdfReport([['6.2.3', 'Colour']]), 1));
    const mentions = await readMentionsFile(file('m.json', '{"mentions":{"rgpd":{},"cofrac":{"expected":"absent"}}}'));
    const proved = 'PDF-A1-PROVED ISO 19005-1:2005, 6.2.3 (test 1)';
    expect(await rules(await drawn, { cda: identity, mentions }, command)).toEqual([proved]);
    const other = { ...identity, birthName: 'AUTRE' };
    expect(await rules(await drawn, { cda: other, mentions }, command)).toEqual([
      'PDF-FILE-NAME nom du fichier',
      'PDF-INS-DATAMATRIX-IDENTITY page 1, datamatrix INS',
      proved,
    ]);
  });

  it('does not draw what is no PDF', async () => {
    expect(await rules(Buffer.from('PK'), {})).toEqual([`PDF-READABLE ${NAME}`]);
  });
});

describe('the files of its options', () => {
  it('the identity of a CDA', async () => {
    expect(await readCdaIdentity(file('n1.xml', makeN1()))).toMatchObject({
      qualified: true,
      ins: '279035121518989',
      birthDate: '1979-03-28',
    });
  });

  it.each([
    ['a CDA that is none', () => readCdaIdentity(file('x.xml', '<a/>')), 'CHECK_CDA_UNREADABLE'],
    ['a CDA that is not there', () => readCdaIdentity(ABSENT), 'aucun fichier'],
    ['mentions that are no JSON', () => readMentionsFile(file('x.json', '{')), 'JSON'],
    ['mentions of another shape', () => readMentionsFile(file('y.json', '{}')), '« mentions » : un objet'],
    ['a structure of another shape', () => readLayoutFile(file('z.json', '{}')), '« marker »'],
  ])('%s', async (_, read, part) => {
    const error = await read().then(
      () => undefined,
      (one: unknown) => one,
    );
    expect(`${(error as { code?: string }).code} ${String(error)}`).toContain(part);
  });
});
