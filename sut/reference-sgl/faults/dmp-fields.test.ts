import { afterAll, beforeAll, expect, it } from 'vitest';
import { AUTHORISATION_ACTION, authorisationBody } from '../dmp/authorisation.ts';
import { dmpMessage } from '../dmp/call.ts';
import { readSigner, type Signer } from '../dmp/credentials.ts';
import { EXISTENCE_ACTION, existenceQuery } from '../dmp/existence.ts';
import type { DmpEntry } from '../dmp/entries.ts';
import { REPOSITORY, RETRIEVE_ACTION, retrieveBody } from '../dmp/retrieve.ts';
import { adhocQuery, QUERY_ACTION } from '../dmp/search.ts';
import { submissionRequest } from '../dmp/submission.ts';
import { confidentialityUpdate, UPDATE_ACTION } from '../dmp/update.ts';
import { buildReportDocuments } from '../documents/index.ts';
import type { BuiltDocument, SglConfig } from '../model/types.ts';
import { BIOLOGIST, sampleConfig, sampleReport } from '../samples/report.ts';
import { sampleSeal } from '../samples/rsa.ts';
import { createTestPki, type TestPki } from '../testing/certificates.ts';
import table from './dmp-fields.json' with { type: 'json' };
import { spoilDmp } from './index.ts';

let pki: TestPki;
let config: SglConfig;
let signer: Signer;
let n3: BuiltDocument;
const report = sampleReport();
const at = new Date('2026-07-01T22:30:00Z');

beforeAll(async () => {
  pki = await createTestPki();
  config = sampleConfig();
  signer = await readSigner((await sampleSeal(pki.caFile)).files);
  ({ n3 } = await buildReportDocuments(report, config, new Set()));
});
afterAll(() => pki.remove());

/** As the registry gives it. */
const ENTRY: DmpEntry = {
  entryUuid: 'urn:uuid:0b5e55ed-0000-4000-8000-000000000001',
  lid: 'urn:uuid:0b5e55ed-0000-4000-8000-000000000001',
  status: 'Approved',
  version: '1',
  mimeType: 'text/xml',
  title: 'Compte rendu',
  uniqueId: '1.2.3',
  slots: new Map([['languageCode', ['fr-FR']]]),
  classifications: [],
  identifiers: [],
};

/** A feeding, an existence test, an authorisation, a reading, a search and a masking, without what is drawn at random: identifiers, signatures and what depends on them. */
function messages(faults: ReadonlySet<string>): string {
  const feeding = submissionRequest(report, n3, config, signer, at, faults);
  const query = spoilDmp(
    'existence',
    existenceQuery(report.patient.ins ?? { matricule: '', oid: '' }, config, at),
    faults,
  );
  const context = { author: BIOLOGIST, patient: '101066322083675^^^&1.2.250.1.213.1.4.10&ISO^NH', config, faults };
  const test = dmpMessage({ service: 'patients', action: EXISTENCE_ACTION, body: query }, context, signer, at);
  const other = (service: 'habilitations' | 'repository' | 'registry', action: string, content: string): typeof test =>
    dmpMessage({ service, action, body: content }, { ...context, air: true }, signer, at);
  const authorisation = other('habilitations', AUTHORISATION_ACTION, authorisationBody());
  const reading = other('repository', RETRIEVE_ACTION, retrieveBody('1.2.3', REPOSITORY));
  const slots = [
    ['$XDSDocumentEntryCreationTimeFrom', '20260101000000'],
    ['$XDSDocumentEntryTypeCode', ['11502-2^^2.16.840.1.113883.6.1']],
  ] as const;
  const search = other('registry', QUERY_ACTION, spoilDmp('query', adhocQuery('findDocuments', slots), faults));
  const masking = confidentialityUpdate(ENTRY, { hiddenFromProfessionals: true }, context, at);
  const update = other('registry', UPDATE_ACTION, masking);
  return (
    [feeding, test, authorisation, reading, search, update]
      .map(({ contentType, body }) => `${contentType}\n${body.toString('utf8')}`)
      .join('\n')
      .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'UUID')
      .replaceAll(/(?<=1\.2\.250\.1\.999\.1\.1\.\d\.)\d+\.\d+/g, 'OID')
      .replaceAll(/(?<=<ds:(DigestValue|SignatureValue)>)(?!AAAA)[^<]+/g, '')
      // The signature names numbers whose length is drawn too.
      .replaceAll(/(?<="size"><ValueList><Value>)4\d{3}(?=<)/g, '')
      .replaceAll(/(?<="(hash)"><ValueList><Value>)(?!0000)[0-9a-f]+/g, '')
  );
}

it('says the same thing twice without a fault', () => {
  expect(messages(new Set())).toBe(messages(new Set(['insi-soap-11'])));
});

/** Of a call that only its fault makes: what it then says is in the tests of that call. */
const isOfQuestion = (name: string): boolean =>
  Object.entries(table.faults).some(([one, { in: part }]) => one === name && part === 'question');

it.each(Object.keys(table.faults).filter((name) => !isOfQuestion(name)))('%s changes what leaves', (name) => {
  expect(messages(new Set([name]))).not.toBe(messages(new Set()));
});
