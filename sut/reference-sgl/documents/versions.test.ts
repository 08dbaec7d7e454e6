import { beforeAll, describe, expect, it } from 'vitest';
import type { BuiltDocument, Report } from '../model/types.ts';
import { sampleConfig, sampleReport } from '../samples/report.ts';
import { xpath } from '../samples/xml.ts';
import { buildLetter, buildReportDocuments } from './index.ts';

const config = sampleConfig();
const none: ReadonlySet<string> = new Set();
const build = (changes: Partial<Report>, faults = none) => buildReportDocuments(sampleReport(changes), config, faults);
const first = (document: BuiltDocument, path: string): string | undefined =>
  xpath(document.bytes, `/h:ClinicalDocument/${path.replaceAll(/(^|\/)(?=[a-zA-Z])/g, '$1h:')}`)[0];

let before: Awaited<ReturnType<typeof build>>;
beforeAll(async () => {
  before = await build({});
});
const next = (faults = none) =>
  build({ version: 2, replaces: { 'cda-n3': before.n3.id, 'cda-n1': before.n1.id } }, faults);

describe('a new version', () => {
  it('has its own number, the same series, one more version, and names the document it replaces', async () => {
    const { n3, n1 } = await next();
    for (const [now, then] of [
      [n3, before.n3],
      [n1, before.n1],
    ] as const) {
      expect(now.id).not.toBe(then.id);
      expect(first(now, 'id/@root')).toBe(now.id);
      expect(first(now, 'setId/@root')).toBe(first(then, 'setId/@root'));
      expect(first(now, 'versionNumber/@value')).toBe('2');
      expect(first(now, 'relatedDocument[@typeCode="RPLC"]/parentDocument/id/@root')).toBe(then.id);
      expect(now.replaces).toBe(then.id);
      expect(then.replaces).toBeUndefined();
    }
  });

  it.each([
    ['dmp-remplace-meme-uniqueid', 'id/@root', (value: string | undefined) => value === before.n3.id],
    ['dmp-remplace-meme-version', 'versionNumber/@value', (value: string | undefined) => value === '1'],
    [
      'dmp-remplace-nouveau-setid',
      'setId/@root',
      (value: string | undefined) => value !== first(before.n3, 'setId/@root'),
    ],
    ['dmp-remplace-sans-lien-cda', 'relatedDocument/@typeCode', (value: string | undefined) => value === undefined],
  ] as const)('%s shows in the document', async (fault, path, shows) => {
    expect(shows(first((await next(new Set([fault]))).n3, path))).toBe(true);
    expect(shows(first((await next()).n3, path))).toBe(false);
  });
});

describe('what a document says of itself', () => {
  it('is active while results are awaited, completed afterwards', async () => {
    const path = '//lab:statusCode/@code';
    expect(xpath((await build({ status: 'partiel' })).n3.bytes, path)[0]).toBe('active');
    expect(xpath(before.n3.bytes, path)[0]).toBe('completed');
  });

  it('has the laboratory as a second author when the first one has left the RPPS', async () => {
    const { n3 } = await build({ authorGone: true });
    expect(xpath(n3.bytes, '/h:ClinicalDocument/h:author/h:assignedAuthor/h:id/@extension')).toEqual([
      sampleReport().biologist.nationalId,
      '30B0000001/SGL',
    ]);
    expect(xpath(before.n3.bytes, '/h:ClinicalDocument/h:author')).toHaveLength(1);
  });
});

describe('two copies', () => {
  it('hides each from those who have the other, in series of their own', async () => {
    const { n3, n1, others = [] } = await build({ split: true });
    expect([n3, n1, ...others].map(({ audience, kind, confidentiality }) => [audience, kind, confidentiality])).toEqual(
      [
        ['professionnel', 'cda-n3', { hiddenFromPatient: true, hiddenFromLegalRepresentatives: true }],
        ['professionnel', 'cda-n1', { hiddenFromPatient: true, hiddenFromLegalRepresentatives: true }],
        ['patient', 'cda-n3', { hiddenFromProfessionals: true }],
        ['patient', 'cda-n1', { hiddenFromProfessionals: true }],
      ],
    );
    expect(new Set([n3, n1, ...others].map((one) => first(one, 'setId/@root')))).toHaveProperty('size', 4);
  });

  it('is spoilt by its faults', async () => {
    const visible = await build({ split: true }, new Set(['dmp-deux-versions-visibles']));
    expect(visible.n3.confidentiality).toBeUndefined();
    const alone = await build({ split: true }, new Set(['dmp-sans-version-patient']));
    expect(alone.others).toEqual([]);
  });
});

describe('a letter', () => {
  it('is a CDA N1 of its own type around what was received', () => {
    const bytes = Buffer.from('%PDF-1.4 lettre');
    const letter = sampleReport({
      title: 'Lettre de sortie',
      letter: { typeCode: '11490-0', mediaType: 'application/pdf' },
      results: [],
    });
    const document = buildLetter(letter, { mediaType: 'application/pdf', bytes }, config, none);
    expect(document.kind).toBe('cda-n1');
    expect(first(document, 'code/@code')).toBe('11490-0');
    expect(xpath(document.bytes, '/h:ClinicalDocument/h:title')).toEqual(['Lettre de sortie']);
    expect(xpath(document.bytes, '//h:nonXMLBody/h:text')).toEqual([bytes.toString('base64')]);
  });
});
