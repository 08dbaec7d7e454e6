import { expect, it } from 'vitest';
import { buildReportDocuments } from '../documents/index.ts';
import { sampleConfig, sampleReport } from '../samples/report.ts';
import table from './pdf-fields.json' with { type: 'json' };
import { spoilPdfBytes } from './index.ts';

const { pdf } = await buildReportDocuments(sampleReport(), sampleConfig(), new Set());

it('leaves the paper as it is without a fault', () => {
  expect(spoilPdfBytes(pdf.bytes, new Set(['pdf-sans-datamatrix']))).toBe(pdf.bytes);
});

it.each(Object.keys(table.faults))('%s changes the paper', (name) => {
  expect(Buffer.from(spoilPdfBytes(pdf.bytes, new Set([name]))).equals(pdf.bytes)).toBe(false);
});
