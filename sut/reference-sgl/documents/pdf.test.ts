import { expect, test } from 'vitest';
import { sampleConfig, sampleReport } from '../samples/report.ts';
import { xpath } from '../samples/xml.ts';
import { identityLines, buildPdf } from './pdf.ts';

const config = sampleConfig();

test('claims PDF/A-1b in its XMP, in PDF 1.4, with embedded fonts only and no transparency', async () => {
  const { bytes } = await buildPdf(sampleReport(), config);
  const raw = Buffer.from(bytes).toString('latin1');
  expect(raw.slice(0, 8)).toBe('%PDF-1.4');
  expect(raw).toMatch(/<pdfaid:part>1<\/pdfaid:part>\s*<pdfaid:conformance>B<\/pdfaid:conformance>/);
  expect(raw).toContain('/GTS_PDFA1');
  expect(raw).not.toContain('Helvetica');
  expect(raw.match(/\/Subtype \/Type0/g)?.length).toBe(raw.match(/\/FontFile2 /g)?.length);
  expect(raw).not.toMatch(/\/SMask|\/ca |\/CA /);
});

test('the XMP is well formed whatever the name of the laboratory', async () => {
  const laboratory = { ...config.laboratory, name: 'Labo <Été> & Fils "SELARL"' };
  const { bytes } = await buildPdf(sampleReport(), { ...config, laboratory });
  const raw = Buffer.from(bytes).toString('utf8');
  const xmp = raw.slice(raw.indexOf('<x:xmpmeta'), raw.indexOf('</x:xmpmeta>') + '</x:xmpmeta>'.length);
  expect(xpath(xmp, '//*[local-name()="creator"]//*[local-name()="li"]')).toEqual(['Labo Été et Fils "SELARL"']);
});

test('the matricule is printed for a qualified identity only', () => {
  const { patient } = sampleReport();
  const printed = (status: typeof patient.status) =>
    new Map(identityLines({ ...patient, status })).get('Matricule INS');
  expect(printed('qualifiee')).toBe('101066322083675 (NIR)');
  expect(printed('validee')).toBeUndefined();
});

test('a long report takes several pages', async () => {
  const results = Array.from({ length: 120 }, (_, index) => ({
    loinc: `9${index}-1`,
    label: `Analyse d'étalonnage n° ${index}, libellé assez long pour passer à la ligne`,
    value: index,
    unit: 'mmol/L',
    high: 60,
  }));
  const { bytes } = await buildPdf(sampleReport({ results }), config);
  const pages =
    Buffer.from(bytes)
      .toString('latin1')
      .match(/\/Type \/Page\b(?!s)/g)?.length ?? 0;
  expect(pages).toBeGreaterThan(3);
  expect(pages).toBeLessThan(9);
});
