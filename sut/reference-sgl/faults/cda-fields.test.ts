import { beforeAll, expect, it } from 'vitest';
import { buildReportDocuments, selfPresenting } from '../documents/index.ts';
import { sampleConfig, sampleReport } from '../samples/report.ts';
import table from './cda-fields.json' with { type: 'json' };
import { spoilCda } from './index.ts';

let n3: string;
let n1: string;
let auto: (faults: ReadonlySet<string>) => string;
beforeAll(async () => {
  const [first, ...others] = sampleReport().results;
  if (first === undefined) throw new Error('the sample report has no result');
  const biologist = { lastName: 'TEST', firstName: 'Camille', nationalId: '899700000013' };
  const performedBy = { name: 'AUTRE LABORATOIRE', finess: '990000001', phone: '01 99 00 12 34', biologist };
  // Some faults spoil what is said of a subcontractor.
  const report = { ...sampleReport(), results: [{ ...first, performedBy }, ...others] };
  const documents = await buildReportDocuments(report, sampleConfig(), new Set());
  n3 = Buffer.from(documents.n3.bytes).toString('utf8');
  n1 = Buffer.from(documents.n1.bytes).toString('utf8');
  auto = (faults) => Buffer.from(selfPresenting(documents.n3, faults).bytes).toString('utf8');
});

it.for(Object.entries(table.faults))('%s changes the documents that it says, and no other', ([name, spoiling]) => {
  const faults = new Set([name]);
  expect(spoilCda('cda-n3', n3, faults) !== n3).toBe(['cda', 'cda-n3'].includes(spoiling.in));
  expect(spoilCda('cda-n1', n1, faults) !== n1).toBe(['cda', 'cda-n1'].includes(spoiling.in));
  expect(auto(faults) !== auto(new Set())).toBe(spoiling.in === 'sheet');
});

it('leaves them as they are without fault', () => {
  expect(auto(new Set())).toContain(n3.slice(n3.indexOf('<ClinicalDocument')));
  expect([spoilCda('cda-n3', n3, new Set()), spoilCda('cda-n1', n1, new Set())]).toEqual([n3, n1]);
});
