import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeOf, DOCUMENT_ENTRY, classification, readRegistryObjects, slotValues } from '#formats/ebrim/index.ts';
import { attribute, child, descendants, escapeXml, type XmlElement } from '#formats/xml/index.ts';
import { openBench, type SendOptions } from '../testing/bench.ts';
import { type DmpAnswer, faultOf, registryOf } from '../testing/client.ts';
import { cdaOf, copyOf, cx, findDocumentsBody, queryBody, retrieveBody, slot } from '../testing/messages.ts';
import { bench, drawPatient, patient, useBench } from '../testing/use-bench.ts';
import { ACTIONS, OIDS, QUERIES, RIM, STATUSES } from '../vocabulary.ts';
import { isLike } from './filters.ts';

useBench();

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

/** The patient lets the professional of the tests read. */
function authorise(): void {
  bench.dmp.registry.setAuthorisation(patient.ins, bench.caller(patient).professional.nationalId, 'valide');
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
    authorise();
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
});

const stored = () => bench.dmp.registry.documents(patient.ins);
const status = (...names: string[]): string =>
  slot('$XDSDocumentEntryStatus', `(${names.map((name) => `'${STATUSES[name as keyof typeof STATUSES]}'`).join(',')})`);
const ofPatient = (name: string): string => slot(name, `'${escapeXml(cx(patient))}'`);
const failure = (answer: DmpAnswer): string => {
  const { status: said, errors } = registryOf(answer);
  expect(said).toBe('Failure');
  return errors.map(({ code }) => code).join();
};
const elements = ({ payload }: DmpAnswer, name: string): readonly XmlElement[] => descendants(payload, name, RIM);

describe('TD3.1 by submission date: FindSubmissionSets, GetAssociations, GetDocuments', () => {
  const sets = (extra = ''): Promise<DmpAnswer> =>
    query(
      QUERIES.findSubmissionSets,
      ofPatient('$XDSSubmissionSetPatientId') + slot('$XDSSubmissionSetStatus', `('${STATUSES.Approved}')`) + extra,
    );

  it('leads from a date to the documents', async () => {
    const documentOid = await fed();
    const [set, ...others] = elements(
      await sets(
        slot('$XDSSubmissionSetSubmissionTimeFrom', '202601') + slot('$XDSSubmissionSetSubmissionTimeTo', '202602'),
      ),
      'RegistryPackage',
    );
    expect(others).toEqual([]);
    const uuid = (set && attribute(set, 'id')) ?? '';
    expect(uuid).toMatch(/^urn:uuid:/);
    expect(
      set &&
        slotValues(readRegistryObjects({ ...set, children: [set] }).packages[0] ?? { slots: [] }, 'submissionTime'),
    ).toEqual(['20260105100000']);
    const associations = elements(await query(QUERIES.getAssociations, slot('$uuid', `('${uuid}')`)), 'Association');
    // The signature of the lot is nobody's to see, nor what links to it.
    expect(associations.map((one) => [attribute(one, 'associationType'), attribute(one, 'sourceObject')])).toEqual([
      ['urn:oasis:names:tc:ebxml-regrep:AssociationType:HasMember', uuid],
    ]);
    const target = (associations[0] && attribute(associations[0], 'targetObject')) ?? '';
    expect(uniqueIds(await query(QUERIES.getDocuments, slot('$XDSDocumentEntryEntryUUID', `('${target}')`)))).toEqual([
      documentOid,
    ]);
  });

  it.each<[string, string, number]>([
    ['a period that ends before', slot('$XDSSubmissionSetSubmissionTimeTo', '20260105100000'), 0],
    ['the source', slot('$XDSSubmissionSetSourceId', `('1.2.250.1.999.1')`), 1],
    ['another source', slot('$XDSSubmissionSetSourceId', `('1.2.3')`), 0],
    ['the content type', slot('$XDSSubmissionSetContentType', `('07^^${OIDS.contentType}')`), 1],
    ['another content type', slot('$XDSSubmissionSetContentType', `('03^^${OIDS.contentType}')`), 0],
    ['an author, by pattern', slot('$XDSSubmissionSetAuthorPerson', `'%IDNPS'`), 1],
    ['another author', slot('$XDSSubmissionSetAuthorPerson', `'899%X'`), 0],
  ])('filters lots by %s', async (_, extra, count) => {
    await fed();
    expect(elements(await sets(extra), 'RegistryPackage')).toHaveLength(count);
  });

  it('shows no lot whose documents are all hidden from the caller', async () => {
    await fed({}, ['N', 'MASQUE_PS']);
    const body = queryBody(
      QUERIES.findSubmissionSets,
      ofPatient('$XDSSubmissionSetPatientId') + slot('$XDSSubmissionSetStatus', `('${STATUSES.Approved}')`),
    );
    const elsewhere = {
      vihf: { mode: 'DIRECTE', signer: 'CPS-1-SIGN', structure: '10B0999999' },
      client: 'CPS-1-AUTH',
    };
    const answer = await bench.call('registry', ACTIONS.query, patient, body, elsewhere);
    expect(elements(answer, 'RegistryPackage')).toEqual([]);
  });
});

describe('TD3.1 FindDocumentsByReferenceId', () => {
  const [order, accession] = ['urn:ihe:iti:xds:2013:order', 'urn:ihe:iti:xds:2013:accession'];
  const references = slot(
    'urn:ihe:iti:xds:2013:referenceIdList',
    escapeXml(`P1^^^&1.2.3&ISO^${order}`),
    escapeXml(`A1^^^&1.2.3&ISO^${accession}`),
  );
  const ask = (...lists: string[]): Promise<DmpAnswer> =>
    query(
      QUERIES.findDocumentsByReferenceId,
      ofPatient('$XDSDocumentEntryPatientId') +
        status('Approved') +
        lists.map((list) => slot('$XDSDocumentEntryReferenceIdList', escapeXml(list))).join(''),
    );

  it.each<[string, string[], number]>([
    ['its order', [`('P1^^^&1.2.3&ISO^${order}')`], 1],
    ['its order without the authority', [`('P1^^^^${order}')`], 1],
    ['one of two', [`('P9^^^&1.2.3&ISO^${order}','A1^^^&1.2.3&ISO^${accession}')`], 1],
    ['both', [`('P1^^^&1.2.3&ISO^${order}')`, `('A1^^^&1.2.3&ISO^${accession}')`], 1],
    ['one it has and one it has not', [`('P1^^^&1.2.3&ISO^${order}')`, `('A2^^^&1.2.3&ISO^${accession}')`], 0],
    ['its number of another kind', [`('P1^^^&1.2.3&ISO^${accession}')`], 0],
    ['its number of another authority', [`('P1^^^&9.9&ISO^${order}')`], 0],
  ])('finds by %s', async (_, lists, count) => {
    const edit = (list: string): string =>
      list.replace('<rim:Slot name="hash">', `${references}<rim:Slot name="hash">`);
    expect(registryOf(await bench.feed(patient, { edit })).errors).toEqual([]);
    expect(found(await ask(...lists))).toHaveLength(count);
  });

  it('wants a reference', async () => {
    expect(failure(await ask())).toBe('XDSStoredQueryMissingParam');
  });
});

describe('TD3.1 every slot', () => {
  it.each<[string, string, number]>([
    ['practice', slot('$XDSDocumentEntryPracticeSettingCode', `('AMBULATOIRE^^${OIDS.practiceSetting}')`), 1],
    ['sector', slot('$XDSDocumentEntryHealthcareFacilityTypeCode', `('SA07^^${OIDS.sector}')`), 0],
    ['format', slot('$XDSDocumentEntryFormatCode', `('urn:ihe:lab:xd-lab:2008^^1.3.6.1.4.1.19376.1.2.3')`), 1],
    [
      'class in two slots, together',
      slot('$XDSDocumentEntryClassCode', `('31^^${OIDS.classCode}')`) +
        slot('$XDSDocumentEntryClassCode', `('10^^${OIDS.classCode}')`),
      1,
    ],
    [
      'confidentiality in two slots, both asked',
      slot('$XDSDocumentEntryConfidentialityCode', `('N^^${OIDS.confidentiality}')`) +
        slot('$XDSDocumentEntryConfidentialityCode', `('MASQUE_PS^^${OIDS.frenchConfidentiality}')`),
      0,
    ],
    ['event', slot('$XDSDocumentEntryEventCodeList', `('X^^1.2.3')`), 0],
    ['author by pattern', slot('$XDSDocumentEntryAuthorPerson', `('%^IDNPS')`), 1],
    ['author that is another', slot('$XDSDocumentEntryAuthorPerson', `('800000000000')`), 0],
    ['end of service, absent from the entry', slot('$XDSDocumentEntryServiceStopTimeFrom', '2020'), 0],
    [
      'two times',
      slot('$XDSDocumentEntryServiceStartTimeFrom', '20260105') +
        slot('$XDSDocumentEntryServiceStartTimeTo', '20260106'),
      1,
    ],
    ['what no registry knows', slot('$Autre', `('x')`), 1],
  ])('%s', async (_, extra, count) => {
    await fed();
    expect(found(await find(extra))).toHaveLength(count);
  });

  it.each<[string, string, string]>([
    ['a code without system', slot('$XDSDocumentEntryTypeCode', `('11502-2')`), 'XDSRegistryError'],
    ['a time that is none', slot('$XDSDocumentEntryCreationTimeFrom', `'2026-01-05'`), 'XDSRegistryError'],
    [
      'two times where one is wanted',
      slot('$XDSDocumentEntryCreationTimeFrom', '2025', '2026'),
      'XDSStoredQueryParamNumber',
    ],
    ['two patients', ofTwo(), 'XDSStoredQueryParamNumber'],
    ['a status that is none', slot('$XDSDocumentEntryStatus', `('Approved')`), 'XDSRegistryError'],
    ['text without quotes', slot('$XDSDocumentEntryAuthorPerson', 'DUPONT'), 'XDSRegistryError'],
    ['a list without parentheses', slot('$XDSDocumentEntryAuthorPerson', `'%A%'`), 'XDSRegistryError'],
    ['two values without parentheses', slot('$XDSDocumentEntryAuthorPerson', `'%A%','%B%'`), 'XDSRegistryError'],
    ['a quote that is not doubled', slot('$XDSDocumentEntryAuthorPerson', `('%D'ARC%')`), 'XDSRegistryError'],
    ['a time between quotes', slot('$XDSDocumentEntryCreationTimeFrom', `'2025'`), 'XDSRegistryError'],
    ['a time in a list', slot('$XDSDocumentEntryCreationTimeFrom', '(2025)'), 'XDSRegistryError'],
  ])('refuses %s', async (_, extra, code) => {
    expect(failure(await find(extra))).toBe(code);
  });

  function ofTwo(): string {
    return slot('$XDSDocumentEntryPatientId', `'1^^^&amp;1.2&amp;ISO^NH'`);
  }

  it('refuses documents asked for in two ways, and an answer of another kind', async () => {
    const both = slot('$XDSDocumentEntryEntryUUID', `('a')`) + slot('$XDSDocumentEntryUniqueId', `('1.2')`);
    expect(failure(await query(QUERIES.getDocuments, both))).toBe('XDSStoredQueryParamNumber');
    const id = slot('$XDSDocumentEntryUniqueId', `('1.2')`);
    expect(failure(await query(QUERIES.getDocuments, id, 'RepositoryItem'))).toBe('XDSRegistryError');
    expect(failure(await query(QUERIES.getAssociations, ''))).toBe('XDSStoredQueryMissingParam');
    expect(failure(await query(QUERIES.findSubmissionSets, ''))).toBe('XDSStoredQueryMissingParam');
  });

  it('refuses a patient in a list and a status that is not in one, saying which', async () => {
    const said = async (from: RegExp, to: string): Promise<string | undefined> => {
      const body = findDocumentsBody({ patient });
      expect(body).toMatch(from);
      const answer = await bench.call('registry', ACTIONS.query, patient, body.replace(from, to));
      return registryOf(answer).errors[0]?.context;
    };
    expect(await said(/('[^']*\^NH')/, '($1)')).toMatch(/PatientId : valeur entre parenthèses/);
    expect(await said(/\('(urn:oasis[^']*)'\)/, "'$1'")).toMatch(/Status : valeur sans parenthèses/);
  });

  it('notes a parameter in two slots that are not ANDed', async () => {
    const twice = slot('$XDSDocumentEntryClassCode', `('10^^${OIDS.classCode}')`).repeat(2);
    expect(registryOf(await find(twice)).status).toBe('Success');
    expect(bench.last().outcome).toMatch(/ClassCode dans plusieurs Slot/);
    const anded = slot('$XDSDocumentEntryConfidentialityCode', `('N^^${OIDS.confidentiality}')`).repeat(2);
    await find(anded);
    expect(bench.last().outcome).not.toMatch(/plusieurs Slot/);
  });

  it('a lenient DMP reads text without quotes, and tells it', async () => {
    const lenient = await openBench('lenient');
    try {
      const one = lenient.context.population.draw('nominal');
      const body = findDocumentsBody({ patient: one }, slot('$XDSDocumentEntryAuthorPerson', 'DUPONT'));
      expect(registryOf(await lenient.call('registry', ACTIONS.query, one, body)).status).toBe('Success');
      expect(lenient.last().outcome).toMatch(/avertissement : .*\$XDSDocumentEntryAuthorPerson : valeur mal écrite/);
      const loose = findDocumentsBody({ patient: one }).replace(/\('(urn:oasis[^']*)'\)/, "'$1'");
      expect(registryOf(await lenient.call('registry', ACTIONS.query, one, loose)).status).toBe('Success');
      expect(lenient.last().outcome).toMatch(/\$XDSDocumentEntryStatus : valeur sans parenthèses/);
    } finally {
      await lenient.close();
    }
  });

  it('patterns never take long, and mean what SQL means', () => {
    expect(isLike('a'.repeat(5000), `${'%a'.repeat(500)}%b`)).toBe(false);
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'b', '%', '_') }),
        fc.string({ unit: fc.constantFrom('a', 'b') }),
        (pattern, value) => {
          fc.pre(/[%_]/.test(pattern));
          const expression = new RegExp(`^${pattern.replaceAll('%', '.*').replaceAll('_', '.')}$`);
          expect(isLike(value, pattern)).toBe(expression.test(value));
        },
      ),
    );
  });
});

describe('TD3.1 and rights', () => {
  const elsewhere = (role?: string): SendOptions => ({
    client: 'CPS-1-AUTH',
    vihf: { mode: 'DIRECTE', signer: 'CPS-1-SIGN', structure: '10B0999999', ...(role === undefined ? {} : { role }) },
  });
  const masked = slot('$XDSDocumentEntryConfidentialityCode', `('MASQUE_PS^^${OIDS.frenchConfidentiality}')`);

  it('shows masked documents to the treating doctor who asks for them', async () => {
    const documentOid = await fed({}, ['N', 'MASQUE_PS']);
    authorise();
    expect(uniqueIds(await find(masked, 'Approved', elsewhere()))).toEqual([]);
    bench.dmp.registry.setTreatingDoctor(patient.ins, bench.caller(patient).professional.nationalId);
    expect(uniqueIds(await find(masked, 'Approved', elsewhere()))).toEqual([documentOid]);
    expect(uniqueIds(await find('', 'Approved', elsewhere()))).toEqual([]);
    const read = await bench.call('repository', ACTIONS.retrieve, patient, retrieveBody(documentOid), elsewhere());
    expect(registryOf(read).status).toBe('Success');
  });

  it('hides from the patient what is not yet announced, and nothing else', async () => {
    const shown = await fed({}, ['N', 'MASQUE_PS']);
    await fed({}, ['N', 'INVISIBLE_PATIENT']);
    expect(uniqueIds(await find('', 'Approved', elsewhere('EXP_PATIENT')))).toEqual([shown]);
  });

  it('a document that is masked is not read by another structure', async () => {
    const documentOid = await fed({}, ['N', 'MASQUE_PS']);
    authorise();
    const read = await bench.call('repository', ACTIONS.retrieve, patient, retrieveBody(documentOid), elsewhere());
    expect(failure(read)).toBe('XDSDocumentUniqueIdError');
  });

  it('shows the documents of others to who is authorised, and its own to anybody of the structure', async () => {
    const documentOid = await fed();
    expect(uniqueIds(await find())).toEqual([documentOid]);
    expect(bench.last().outcome).toMatch(/avertissement : .* n'a pas d'autorisation valide/);
    expect(uniqueIds(await find('', 'Approved', elsewhere()))).toEqual([]);
    const read = () => bench.call('repository', ACTIONS.retrieve, patient, retrieveBody(documentOid), elsewhere());
    expect(faultOf(await read())).toMatchObject({
      subcode: 'DMPAccessDeniedByRightsService',
      reason: "Accès refusé : le patient n'a pas autorisé ce professionnel.",
    });
    authorise();
    expect(uniqueIds(await find('', 'Approved', elsewhere()))).toEqual([documentOid]);
    expect(bench.last().outcome).not.toMatch(/avertissement : .*autorisation/);
    expect(registryOf(await read()).status).toBe('Success');
  });

  it('an expired authorisation is none', async () => {
    await fed();
    bench.dmp.registry.setAuthorisation(patient.ins, bench.caller(patient).professional.nationalId, 'expiree');
    expect(uniqueIds(await find('', 'Approved', elsewhere()))).toEqual([]);
  });

  it('urgency reads without authorisation, unless the patient is opposed to it', async () => {
    const documentOid = await fed();
    const options = elsewhere();
    const urgent = { ...options, vihf: { ...options.vihf, purpose: 'bris_de_glace' } };
    expect(uniqueIds(await find('', 'Approved', urgent))).toEqual([documentOid]);
    bench.dmp.registry.setUrgencyOpposed(patient.ins, true);
    expect(faultOf(await find('', 'Approved', urgent))).toMatchObject({
      subcode: 'DMPAccessDeniedByRightsService',
      reason: "Accès refusé : le patient s'oppose à la consultation de son DMP en urgence.",
    });
    expect(registryOf(await find()).status).toBe('Success');
  });

  it('a professional whom the patient blocks, or a patient opposed, closes reading', async () => {
    const documentOid = await fed();
    const { nationalId } = bench.caller(patient).professional;
    bench.dmp.registry.setBlocked(patient.ins, nationalId, true);
    expect(faultOf(await find())).toMatchObject({ subcode: 'DMPAccessDeniedByRightsService' });
    expect(faultOf(await retrieve(documentOid)).reason).toMatch(/bloqué/);
    bench.dmp.registry.setBlocked(patient.ins, nationalId, false);
    bench.dmp.registry.setOpposed(patient.ins, true);
    expect(faultOf(await find()).reason).toMatch(/s'oppose/);
    bench.dmp.registry.setOpposed(patient.ins, false);
    expect(registryOf(await find()).status).toBe('Success');
  });

  it.each([
    ['acces-refuse', /bloqué/],
    ['opposition', /s'oppose/],
    ['ps-structure-non-lies', /non liés/],
  ])('plays %s once', async (situation, reason) => {
    bench.context.situations.set({ service: 'dmp', about: patient.key, situation, times: 1 });
    expect(faultOf(await find()).reason).toMatch(reason);
    expect(registryOf(await find()).status).toBe('Success');
  });

  it.each(['XDSTooManyResults', 'XDSRegistryBusy', 'XDSRegistryError'])('plays %s once', async (situation) => {
    bench.context.situations.set({ service: 'dmp', about: patient.key, situation, times: 1 });
    expect(failure(await find())).toBe(situation);
    expect(registryOf(await find()).status).toBe('Success');
  });

  it('shows the former metadata of a document to who asks for them', async () => {
    const documentOid = await fed();
    const [before] = stored();
    const xml = copyOf((await find()).http.body.toString(), 'Document01', ['N', 'MASQUE_PS']);
    await bench.update(patient, { copies: [{ id: 'Document01', xml, previous: '1' }] });
    expect(uniqueIds(await find('', 'Deprecated'))).toEqual([]);
    const all = await find(slot('$MetadataLevel', '2'), 'Deprecated');
    expect(found(all).map(({ id, versionName }) => [id, versionName])).toEqual([[before?.entryUUID, '1']]);
    expect(found(await find()).map(({ versionName, lid }) => [versionName, lid])).toEqual([['2', before?.lid]]);
    expect(uniqueIds(await find())).toEqual([documentOid]);
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
    drawPatient();
    expect(await codes(retrieve(documentOid))).toEqual(['XDSDocumentUniqueIdError']);
  });

  it('returns several documents, each in its part, and what it has when one is unknown', async () => {
    const [one, two] = [await fed(), await fed()];
    const body = (ids: readonly string[]): string =>
      retrieveBody('').replace(
        /<x:DocumentRequest>.*<\/x:DocumentRequest>/,
        ids.map((id) => /<x:DocumentRequest>.*<\/x:DocumentRequest>/.exec(retrieveBody(id))?.[0] ?? '').join(''),
      );
    const ask = (ids: readonly string[]) => bench.call('repository', ACTIONS.retrieve, patient, body(ids));
    const contents = ({ payload, mtom }: DmpAnswer): string[] =>
      descendants(payload, 'Include').map((include) =>
        Buffer.from(mtom?.find(attribute(include, 'href') ?? '')?.content ?? []).toString(),
      );
    const both = await ask([two, one]);
    expect(registryOf(both).status).toBe('Success');
    expect(contents(both)).toEqual([cdaOf(patient, two), cdaOf(patient, one)]);
    const partly = await ask([one, '1.2.3']);
    expect(registryOf(partly)).toMatchObject({
      status: 'PartialSuccess',
      errors: [{ code: 'XDSDocumentUniqueIdError' }],
    });
    expect(contents(partly)).toEqual([cdaOf(patient, one)]);
    expect(contents(await ask([one, one]))).toEqual([cdaOf(patient, one)]);
    expect(faultOf(await ask(Array.from({ length: 201 }, () => one))).reason).toMatch(/plus de 200/);
  });

  it('answers in a multipart even to what cannot be read, when the header says what is asked', async () => {
    const contentType = `application/soap+xml; action="${ACTIONS.retrieve}"`;
    const answer = await bench.post('repository', { contentType, body: '<' });
    expect(answer.http.contentType).toContain('multipart/related');
    expect(faultOf(answer).subcode).toBe('DMPInvalidRequest');
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
