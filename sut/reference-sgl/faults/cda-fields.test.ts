import { beforeAll, expect, it } from 'vitest';
import { buildReportDocuments } from '../documents/index.ts';
import { sampleConfig, sampleReport } from '../samples/report.ts';
import table from './cda-fields.json' with { type: 'json' };
import { spoilCda } from './index.ts';

let n3: string;
let n1: string;
beforeAll(async () => {
  const documents = await buildReportDocuments(sampleReport(), sampleConfig(), new Set());
  n3 = Buffer.from(documents.n3.bytes).toString('utf8');
  n1 = Buffer.from(documents.n1.bytes).toString('utf8');
});

it.for(Object.entries(table.faults))('%s changes the documents that it says, and no other', ([name, spoiling]) => {
  const faults = new Set([name]);
  expect(spoilCda('cda-n3', n3, faults) !== n3).toBe(spoiling.in !== 'cda-n1');
  expect(spoilCda('cda-n1', n1, faults) !== n1).toBe(spoiling.in !== 'cda-n3');
});

it('leaves them as they are without fault', () => {
  expect([spoilCda('cda-n3', n3, new Set()), spoilCda('cda-n1', n1, new Set())]).toEqual([n3, n1]);
});
