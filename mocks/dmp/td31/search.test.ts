import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { codeOf, DOCUMENT_ENTRY, classification, readRegistryObjects, slotValues } from '#formats/ebrim/index.ts';
import { attribute, child, descendants, type XmlElement } from '#formats/xml/index.ts';
import type { TestPatient } from '../../population/types.ts';
import { openBench, type SendOptions, type TestBench } from '../testing/bench.ts';
import { type DmpAnswer, faultOf, registryOf } from '../testing/client.ts';
import { cdaOf, findDocumentsBody, queryBody, retrieveBody, slot } from '../testing/messages.ts';
import { ACTIONS, OIDS, QUERIES, RIM } from '../vocabulary.ts';
import { readValue } from './query.ts';

let bench: TestBench;
let patient: TestPatient;

beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());
beforeEach(() => {
  bench.reset();
  patient = bench.context.population.draw('nominal');
});

const find = (extra = '', status = 'Approved', options: SendOptions = {}): Promise<DmpAnswer> =>
  bench.call('registry', ACTIONS.query, patient, findDocumentsBody({ patient }, extra, status), options);
const query = (id: string, slots: string, returnType?: string): Promise<DmpAnswer> =>
  bench.call('registry', ACTIONS.query, patient, queryBody(id, slots, returnType));
const retrieve = (document: string, repository?: string, options: SendOptions = {}): Promise<DmpAnswer> =>
  bench.call('repository', ACTIONS.retrieve, patient, retrieveBody(document, repository), options);

function found({ payload }: DmpAnswer) {
  const list = child(payload, 'RegistryObjectList', RIM);
  return readRegistryObjects(list as XmlElement).documents;
}

const uniqueIds = (answer: DmpAnswer): string[] =>
  found(answer).map(
    (entry) => entry.externalIdentifiers.find(({ scheme }) => scheme === DOCUMENT_ENTRY.uniqueId)?.value ?? '',
  );

/** Feeds one document and gives its OID. */
async function fed(options: SendOptions = {}, confidentiality: readonly string[] = ['N']): Promise<string> {
  const documentOid = bench.oid();
  const answer = await bench.feed(patient, { documentOid, confidentiality }, options);
  expect(registryOf(answer).errors).toEqual([]);
  return documentOid;
}

describe('TD3.1 FindDocuments', () => {
  it('answers an empty list', async () => {
    const answer = await find();
    expect(registryOf(answer)).toEqual({ status: 'Success', errors: [] });
    expect(attribute(answer.payload, 'totalResultCount')).toBe('0');
    expect(found(answer)).toEqual([]);
  });

  it('returns the metadata as submitted, with what the server adds, and no signature object', async () => {
    const documentOid = await fed();
    const answer = await find();
    const [entry, ...others] = found(answer);
    expect(others).toEqual([]);
    const stored = bench.dmp.registry.documents(patient.ins)[0];
    expect(entry).toMatchObject({
      id: stored?.entryUUID,
      lid: stored?.lid,
      status: 'urn:oasis:names:tc:ebxml-regrep:StatusType:Approved',
      mimeType: 'text/xml',
      name: "CR d'examens <biologiques>",
      versionName: '1',
    });
    if (!entry) throw new Error('no entry');
    expect(slotValues(entry, 'repositoryUniqueId')).toEqual([OIDS.repository]);
    expect(slotValues(entry, 'hash')).toEqual([stored?.hash]);
    expect(slotValues(entry, 'size')).toEqual([String(stored?.size)]);
    expect(slotValues(entry, 'serviceStartTime')).toEqual(['20260105080000']);
    expect(slotValues(entry, 'sourcePatientInfo')).toHaveLength(3);
    const typeCode = classification(entry, DOCUMENT_ENTRY.typeCode);
    expect(typeCode && codeOf(typeCode)).toEqual({ code: '11502-2', label: 'libellé 11502-2', system: OIDS.loinc });
    expect(typeCode?.classifiedObject).toBe(stored?.entryUUID);
    expect(uniqueIds(answer)).toEqual([documentOid]);
    expect(bench.last()).toMatchObject({
      operation: 'TD3.1',
      expected: true,
      attribution: { patient: patient.key, documentIds: [documentOid] },
    });
  });

  it('tells versions by status', async () => {
    const first = await fed();
    const replaces = bench.dmp.registry.documents(patient.ins)[0]?.entryUUID ?? '';
    const second = bench.oid();
    await bench.feed(patient, { documentOid: second, replaces });
    expect(uniqueIds(await find('', 'Approved'))).toEqual([second]);
    expect(uniqueIds(await find('', 'Deprecated'))).toEqual([first]);
  });

  it.each<[string, string, number]>([
    ['the code', slot('$XDSDocumentEntryTypeCode', `('11502-2^^${OIDS.loinc}')`), 1],
    ['another code', slot('$XDSDocumentEntryTypeCode', `('34112-3^^${OIDS.loinc}')`), 0],
    ['the code of another system', slot('$XDSDocumentEntryTypeCode', `('11502-2^^1.2.3')`), 0],
    [
      'one code among several',
      slot('$XDSDocumentEntryClassCode', `('31^^${OIDS.classCode}','10^^${OIDS.classCode}')`),
      1,
    ],
    [
      'a period that holds it',
      slot('$XDSDocumentEntryCreationTimeFrom', '2026') + slot('$XDSDocumentEntryCreationTimeTo', '2027'),
      1,
    ],
    ['a period that starts at it', slot('$XDSDocumentEntryCreationTimeFrom', '20260105100000'), 1],
    ['a period that ends at it', slot('$XDSDocumentEntryCreationTimeTo', '20260105100000'), 0],
    ['a period of service', slot('$XDSDocumentEntryServiceStartTimeFrom', '20260106'), 0],
  ])('filters by %s', async (_, extra, count) => {
    await fed();
    expect(found(await find(extra))).toHaveLength(count);
  });

  it('hides nothing from the structure that wrote it, not even masked documents', async () => {
    const documentOid = await fed({}, ['N', 'MASQUE_PS']);
    expect(uniqueIds(await find())).toEqual([documentOid]);
  });

  it('hides masked documents from another structure, and everything from its automates', async () => {
    await fed({}, ['N', 'MASQUE_PS']);
    const shown = await fed();
    const direct = {
      client: 'CPS-1-AUTH',
      vihf: { mode: 'DIRECTE', signer: 'CPS-1-SIGN', structure: '10B0999999' },
    } as const;
    expect(uniqueIds(await find('', 'Approved', direct))).toEqual([shown]);
    const automate = { ...direct, vihf: { ...direct.vihf, role: 'AUTOMATE' } };
    expect(uniqueIds(await find('', 'Approved', automate))).toEqual([]);
  });

  it.each(['$XDSDocumentEntryPatientId', '$XDSDocumentEntryStatus'])('refuses a query without %s', async (name) => {
    const body = findDocumentsBody({ patient }).replace(name, '$other');
    const answer = registryOf(await bench.call('registry', ACTIONS.query, patient, body));
    expect(answer.status).toBe('Failure');
    expect(answer.errors[0]?.code).toBe('XDSStoredQueryMissingParam');
  });

  it('refuses the patient of somebody else', async () => {
    const other = bench.context.population.draw('nominal');
    const body = findDocumentsBody({ patient: other });
    const answer = registryOf(await bench.call('registry', ACTIONS.query, patient, body));
    expect(answer.errors[0]?.code).toBe('XDSPatientIdDoesNotMatch');
  });

  it('plays the outage of the registry', async () => {
    const situation = 'XDSRegistryNotAvailable';
    bench.context.situations.set({ service: 'dmp', about: patient.key, situation, times: 1 });
    expect(registryOf(await find()).errors[0]?.code).toBe(situation);
    expect(registryOf(await find()).status).toBe('Success');
  });
});

describe('TD3.1 GetDocuments and others', () => {
  it('finds by entryUUID and by uniqueId, or gives references only', async () => {
    const documentOid = await fed();
    const uuid = bench.dmp.registry.documents(patient.ins)[0]?.entryUUID ?? '';
    const byUuid = slot('$XDSDocumentEntryEntryUUID', `('${uuid}')`);
    expect(uniqueIds(await query(QUERIES.getDocuments, byUuid))).toEqual([documentOid]);
    const byId = slot('$XDSDocumentEntryUniqueId', `('${documentOid}')`);
    expect(uniqueIds(await query(QUERIES.getDocuments, byId))).toEqual([documentOid]);
    const references = await query(QUERIES.getDocuments, byId, 'ObjectRef');
    expect(descendants(references.payload, 'ObjectRef').map((one) => attribute(one, 'id'))).toEqual([uuid]);
  });

  it('refuses GetDocuments without parameter, and a query that is not served', async () => {
    expect(registryOf(await query(QUERIES.getDocuments, '')).errors[0]?.code).toBe('XDSStoredQueryMissingParam');
    const unknown = await query('urn:uuid:00000000-ac74-4422-8a30-edb644bbc1a9', '');
    expect(registryOf(unknown).errors[0]?.code).toBe('XDSUnknownStoredQuery');
  });

  it('refuses a request without query', async () => {
    const body = findDocumentsBody({ patient }).replaceAll('AdhocQuery ', 'Other ').replaceAll('AdhocQuery>', 'Other>');
    expect(faultOf(await bench.call('registry', ACTIONS.query, patient, body)).code).toBe('Sender');
  });

  it.each<[string, string[], boolean]>([
    ["('a','b')", ['a', 'b'], true],
    ["( 'a' , 'b' )", ['a', 'b'], true],
    ["'it''s'", ["it's"], true],
    ['20260105', ['20260105'], true],
    ['(1, 2)', ['1', '2'], true],
    ["('')", [''], true],
    ['', [], false],
    ['()', [], false],
    ["('a',)", ['a'], false],
    ['abc', ['abc'], false],
    ["('a' 'b')", ['a', 'b'], false],
  ])('reads the value %s', (text, values, wellFormed) => {
    expect(readValue(text)).toEqual({ values, wellFormed });
  });
});

describe('TD3.2', () => {
  it('returns the very bytes, in a multipart', async () => {
    const documentOid = await fed();
    const answer = await retrieve(documentOid);
    expect(answer.http.contentType).toContain('multipart/related');
    expect(registryOf(answer).status).toBe('Success');
    const include = descendants(answer.payload, 'Include')[0];
    const part = answer.mtom?.find((include && attribute(include, 'href')) ?? '');
    expect(Buffer.from(part?.content ?? []).toString()).toBe(cdaOf(patient, documentOid));
    expect(bench.last()).toMatchObject({ operation: 'TD3.2', attribution: { documentIds: [documentOid] } });
  });

  it('refuses an unknown document, an unknown repository and the document of somebody else', async () => {
    const documentOid = await fed();
    const codes = async (answer: Promise<DmpAnswer>): Promise<string[]> => {
      const registry = registryOf(await answer);
      expect(registry.status).toBe('Failure');
      return registry.errors.map(({ code }) => code);
    };
    expect(await codes(retrieve('1.2.3'))).toEqual(['XDSDocumentUniqueIdError']);
    expect(await codes(retrieve(documentOid, '1.2.3'))).toEqual(['XDSUnknownRepositoryId']);
    patient = bench.context.population.draw('nominal');
    expect(await codes(retrieve(documentOid))).toEqual(['XDSDocumentUniqueIdError']);
  });

  it('answers its faults in a multipart too', async () => {
    const denied = await retrieve(await fed(), undefined, { vihf: { role: 'AUTOMATE' } });
    expect(denied.http.contentType).toContain('multipart/related');
    expect(faultOf(denied).subcode).toBe('DMPAccessDeniedByRightsService');
    const invalid = await retrieve('1.2.3', undefined, { vihf: { signer: 'ORG_AUTH_CLI' } });
    expect(invalid.http.contentType).toContain('multipart/related');
    expect(faultOf(invalid).subcode).toBe('DMPInvalidCertificate');
  });
});
