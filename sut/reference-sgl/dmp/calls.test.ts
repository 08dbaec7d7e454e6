import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildReportDocuments } from '../documents/index.ts';
import type { SglConfig } from '../model/types.ts';
import { BIOLOGIST, PRESCRIBER, sampleConfig, sampleReport } from '../samples/report.ts';
import { sampleSeal } from '../samples/rsa.ts';
import { xpath } from '../samples/xml.ts';
import { createTestPki, type TestPki } from '../testing/certificates.ts';
import { type FakeAnswer, type FakeService, startFakeService } from '../testing/fake-service.ts';
import {
  authorise,
  type DmpContext,
  type DmpEntry,
  feedDmp,
  queryDmp,
  retrieveDocument,
  testExistence,
  updateConfidentiality,
  updateStatus,
} from './index.ts';

const PATIENT = '101066322083675^^^&1.2.250.1.213.1.4.10&ISO^NH';
const SUCCESS = 'urn:oasis:names:tc:ebxml-regrep:ResponseStatusType:Success';
const FAILURE = 'urn:oasis:names:tc:ebxml-regrep:ResponseStatusType:Failure';
const RS = 'urn:oasis:names:tc:ebxml-regrep:xsd:rs:3.0';
const none: ReadonlySet<string> = new Set();
const report = sampleReport();

let pki: TestPki;
let dmp: FakeService;
let config: SglConfig;
let context: DmpContext;
beforeAll(async () => {
  pki = await createTestPki();
  dmp = await startFakeService(pki, { mutual: true });
  const { files } = await sampleSeal(pki.caFile);
  config = sampleConfig({ ca: pki.caFile, timeoutMs: 2_000 });
  config.dmp = { ...config.dmp, base: `${dmp.origin}/s`, sign: files, ...pki.client };
  context = { author: BIOLOGIST, patient: PATIENT, config, faults: none };
});
afterAll(async () => {
  await dmp.close();
  await pki.remove();
});
beforeEach(() => {
  dmp.received.length = 0;
});

function soap(body: string): FakeAnswer {
  return {
    headers: { 'content-type': 'application/soap+xml' },
    body: `<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body>${body}</s:Body></s:Envelope>`,
  };
}

function registry(status: string, errors = ''): FakeAnswer {
  return soap(`<r:RegistryResponse xmlns:r="${RS}" status="${status}">${errors}</r:RegistryResponse>`);
}

/** An entry as the DMP answers: prefixes of its own, slots after classifications. */
const ENTRY = `<x:ExtrinsicObject id="urn:uuid:e2" lid="urn:uuid:l1" status="urn:oasis:names:tc:ebxml-regrep:StatusType:Approved"
  mimeType="text/xml" objectType="urn:uuid:7edca82f-054d-47f2-a032-9b2a5b5186c1">
 <x:Name><x:LocalizedString value="Bilan &amp; suivi"/></x:Name><x:VersionInfo versionName="3"/>
 <x:Classification classificationScheme="urn:uuid:93606bcf-9494-43ec-9b4e-a7748d1a838d" nodeRepresentation="">
  <x:Slot name="authorPerson"><x:ValueList><x:Value>899700000001^D'ÉTÉ^Éloïse</x:Value></x:ValueList></x:Slot></x:Classification>
 <x:Classification classificationScheme="urn:uuid:f4f85eac-e6cb-4883-b524-f2705394840f" nodeRepresentation="N">
  <x:Slot name="codingScheme"><x:ValueList><x:Value>2.16.840.1.113883.5.25</x:Value></x:ValueList></x:Slot>
  <x:Name><x:LocalizedString value="Normal"/></x:Name></x:Classification>
 <x:ExternalIdentifier identificationScheme="urn:uuid:2e82c1f6-a085-4c72-9da3-8640a32e42ab" value="1.2.3.4">
  <x:Name><x:LocalizedString value="XDSDocumentEntry.uniqueId"/></x:Name></x:ExternalIdentifier>
 <x:Slot name="hash"><x:ValueList><x:Value>abc</x:Value></x:ValueList></x:Slot></x:ExtrinsicObject>`;

function found(objects: string): FakeAnswer {
  return soap(
    `<q:AdhocQueryResponse xmlns:q="urn:oasis:names:tc:ebxml-regrep:xsd:query:3.0" status="${SUCCESS}">` +
      `<x:RegistryObjectList xmlns:x="urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0">${objects}</x:RegistryObjectList></q:AdhocQueryResponse>`,
  );
}

async function oneEntry(): Promise<DmpEntry> {
  dmp.answer = () => found(ENTRY);
  const answer = await queryDmp('getDocuments', [['$XDSDocumentEntryUniqueId', ['1.2.3.4']]], context);
  const entry = answer.outcome === 'accepted' ? answer.entries[0] : undefined;
  dmp.received.length = 0;
  if (entry === undefined) throw new Error('no entry was read');
  return entry;
}

const sent = (): string => dmp.received[0]?.body ?? '';

describe('TD3.1', () => {
  it('writes the slots as the registry reads them, and reads what comes whatever its prefixes', async () => {
    dmp.answer = () => found(ENTRY);
    const answer = await queryDmp(
      'findDocuments',
      [
        ['$XDSDocumentEntryPatientId', `'${PATIENT}'`],
        ['$XDSDocumentEntryAuthorPerson', ["%D'ÉTÉ%", 'B']],
      ],
      context,
    );
    expect(dmp.received[0]?.url.pathname).toBe('/s/registry');
    expect(xpath(sent(), '//rim:AdhocQuery/@id')).toEqual(['urn:uuid:14d4debf-8f97-4251-9a74-a90016b0af0d']);
    expect(xpath(sent(), '//rim:AdhocQuery//rim:Value')).toEqual([`'${PATIENT}'`, "('%D''ÉTÉ%','B')"]);
    expect(answer).toMatchObject({
      outcome: 'accepted',
      entries: [
        {
          entryUuid: 'urn:uuid:e2',
          lid: 'urn:uuid:l1',
          status: 'Approved',
          version: '3',
          uniqueId: '1.2.3.4',
          title: 'Bilan & suivi',
        },
      ],
    });
  });

  it('reads sets and members', async () => {
    dmp.answer = () =>
      found(
        '<x:RegistryPackage id="urn:uuid:s1"/>' +
          '<x:Association id="a" associationType="urn:oasis:names:tc:ebxml-regrep:AssociationType:HasMember" sourceObject="urn:uuid:s1" targetObject="urn:uuid:e1"/>' +
          '<x:Association id="b" associationType="urn:ihe:iti:2007:AssociationType:signs" sourceObject="urn:uuid:e3" targetObject="urn:uuid:s1"/>',
      );
    expect(await queryDmp('getAssociations', [['$uuid', ['urn:uuid:s1']]], context)).toMatchObject({
      sets: ['urn:uuid:s1'],
      members: ['urn:uuid:e1'],
    });
  });

  it('gives the code and the label of a refusal', async () => {
    const error = `<r:RegistryErrorList xmlns:r="${RS}"><r:RegistryError errorCode="XDSTooManyResults" codeContext="trop"/></r:RegistryErrorList>`;
    dmp.answer = () =>
      soap(
        `<q:AdhocQueryResponse xmlns:q="urn:oasis:names:tc:ebxml-regrep:xsd:query:3.0" status="${FAILURE}">${error}</q:AdhocQueryResponse>`,
      );
    expect(await queryDmp('findDocuments', [], context)).toMatchObject({
      outcome: 'refused',
      detail: 'Le DMP a refusé la recherche. XDSTooManyResults : trop',
    });
  });
});

describe('TD3.2', () => {
  const retrieved = (href: string, part: string): FakeAnswer => ({
    headers: { 'content-type': 'multipart/related; boundary="b"; type="application/xop+xml"; start="<r@m>"' },
    body:
      `--b\r\nContent-ID: <${part}>\r\nContent-Type: text/xml\r\n\r\n<a>é</a>\r\n` +
      `--b\r\nContent-ID: <r@m>\r\nContent-Type: application/xop+xml\r\n\r\n${
        (
          soap(
            `<x:RetrieveDocumentSetResponse xmlns:x="urn:ihe:iti:xds-b:2007"><r:RegistryResponse xmlns:r="${RS}" status="${SUCCESS}"/>` +
              `<x:DocumentResponse><x:mimeType>text/xml</x:mimeType><x:Document><i:Include xmlns:i="http://www.w3.org/2004/08/xop/include" href="cid:${href}"/></x:Document></x:DocumentResponse></x:RetrieveDocumentSetResponse>`,
          ) as { body: string }
        ).body
      }\r\n--b--\r\n`,
  });

  it('finds the part that a percent-encoded name gives, wherever it stands', async () => {
    dmp.answer = () => retrieved('d-2@urn%3Aihe%3Aiti%3Axds-b%3A2007', 'd-2@urn:ihe:iti:xds-b:2007');
    const answer = await retrieveDocument('1.2.3.4', '1.2.250.1.213.4.1.1.1.2', context);
    expect(answer.outcome === 'accepted' && Buffer.from(answer.bytes).toString('utf8')).toBe('<a>é</a>');
    expect(sent()).toContain('<xdsb:DocumentUniqueId>1.2.3.4</xdsb:DocumentUniqueId>');
  });

  it.each([
    ['a part that is not there', () => retrieved('autre', 'd')],
    ['a name that cannot be decoded', () => retrieved('%E0%A4%A', 'd')],
    ['a refusal', () => registry(FAILURE)],
    ['no multipart at all', () => ({ status: 500, body: 'non' })],
    ['an unclosed multipart', () => ({ headers: { 'content-type': 'multipart/related' }, body: '--b' })],
  ] as const)('refuses %s', async (_name, answer) => {
    dmp.answer = answer;
    expect((await retrieveDocument('1.2.3.4', '1.2', context)).outcome).toBe('refused');
  });
});

describe('TD3.3', () => {
  const slots = (name: string) => xpath(sent(), `//rim:Association/rim:Slot[@name="${name}"]//rim:Value`);

  it('deletes from the status that the entry has', async () => {
    const entry = await oneEntry();
    dmp.answer = () => registry(SUCCESS);
    expect((await updateStatus(entry, 'Deleted', context)).outcome).toBe('accepted');
    expect(xpath(sent(), '//rim:Association/@associationType')).toEqual([
      'urn:ihe:iti:2010:AssociationType:UpdateAvailabilityStatus',
    ]);
    expect(xpath(sent(), '//rim:Association/@targetObject')).toEqual(['urn:uuid:e2']);
    expect([slots('OriginalStatus'), slots('NewStatus')]).toEqual([
      ['urn:oasis:names:tc:ebxml-regrep:StatusType:Approved'],
      ['urn:asip:ci-sis:2010:StatusType:Deleted'],
    ]);
    expect(dmp.received[0]?.headers['content-type']).toContain('action="urn:ihe:iti:2010:UpdateDocumentSet"');
  });

  it('sends the same metadata back with other confidentiality codes, as the next version', async () => {
    const entry = await oneEntry();
    dmp.answer = () => registry(SUCCESS);
    await updateConfidentiality(entry, { hiddenFromProfessionals: true }, context);
    const scheme = 'urn:uuid:f4f85eac-e6cb-4883-b524-f2705394840f';
    expect(
      xpath(sent(), `//rim:ExtrinsicObject/rim:Classification[@classificationScheme="${scheme}"]/@nodeRepresentation`),
    ).toEqual(['N', 'MASQUE_PS']);
    expect(xpath(sent(), '//rim:ExtrinsicObject/@lid')).toEqual(['urn:uuid:l1']);
    expect(slots('PreviousVersion')).toEqual(['3']);
    expect(xpath(sent(), '//rim:ExtrinsicObject/rim:Slot[@name="hash"]//rim:Value')).toEqual(['abc']);
    expect(xpath(sent(), '//rim:ExtrinsicObject//rim:Slot[@name="authorPerson"]//rim:Value')).toEqual([
      "899700000001^D'ÉTÉ^Éloïse",
    ]);
  });

  it.each([
    ['dmp-suppression-par-uniqueid', ['1.2.3.4', 'Approved', undefined]],
    ['dmp-suppression-autre-etat', ['urn:uuid:e2', 'Archived', undefined]],
    ['dmp-suppression-autre-structure', ['urn:uuid:e2', 'Approved', '10B0099999']],
  ])('%s', async (fault, expected) => {
    const entry = await oneEntry();
    dmp.answer = () => registry(SUCCESS);
    await updateStatus(entry, 'Deleted', { ...context, faults: new Set([fault]) });
    const structure = /"Identifiant_Structure"><saml2:AttributeValue>([^<]*)/.exec(sent())?.[1];
    expect([
      xpath(sent(), '//rim:Association/@targetObject')[0],
      slots('OriginalStatus')[0]?.replace(/^.*:/, ''),
      structure === config.laboratory.id ? undefined : structure,
    ]).toEqual(expected);
  });

  it('gives the code and the label of a refusal', async () => {
    const entry = await oneEntry();
    const error = `<r:RegistryErrorList xmlns:r="${RS}"><r:RegistryError errorCode="XDSMetadataUpdateError" codeContext="non"/></r:RegistryErrorList>`;
    dmp.answer = () => registry(FAILURE, error);
    expect(await updateStatus(entry, 'Archived', context)).toMatchObject({ codes: ['XDSMetadataUpdateError'] });
  });
});

describe('TD0.3 and TD0.2', () => {
  it('puts an authorisation', async () => {
    const told = (status: string) =>
      soap(
        `<n:setAuthorizationResponse xmlns:n="urn:si-dmp-habilitations"><n:output><n:status>${status}</n:status><n:context>texte</n:context></n:output></n:setAuthorizationResponse>`,
      );
    dmp.answer = () => told('DMPOk');
    expect((await authorise(context)).outcome).toBe('accepted');
    expect(dmp.received[0]?.url.pathname).toBe('/s/habilitations');
    dmp.answer = () => told('DMPAccessDeniedByRightsService');
    expect(await authorise(context)).toMatchObject({
      outcome: 'refused',
      detail: expect.stringContaining('DMPAccessDeniedByRightsService : texte'),
    });
  });

  it('reads the authorisation and the identity of the record', async () => {
    dmp.answer = () =>
      soap(
        '<p:PRPA_IN201308UV02 xmlns:p="urn:hl7-org:v3"><p:attentionLine><p:keyWordText code="AUTORISATION"/><p:value code="VALIDE"/></p:attentionLine>' +
          '<p:acknowledgement typeCode="AA"/><p:controlActProcess><p:subject><p:registrationEvent><p:subject1><p:patient><p:statusCode code="active"/>' +
          '<p:patientPerson><p:name><p:given>ZOE</p:given><p:family qualifier="SP">NON RENSEIGNE</p:family><p:family qualifier="BR">NOM</p:family></p:name>' +
          '<p:administrativeGenderCode code="F"/><p:birthTime value="19790328"/></p:patientPerson></p:patient></p:subject1></p:registrationEvent></p:subject>' +
          '<p:queryAck><p:queryResponseCode code="OK"/></p:queryAck></p:controlActProcess></p:PRPA_IN201308UV02>',
      );
    expect(await testExistence(report.patient, config, BIOLOGIST)).toMatchObject({
      exists: true,
      told: true,
      authorisation: 'VALIDE',
      identity: { birthName: 'NOM', firstName: 'ZOE', sex: 'F', birthDate: '19790328' },
    });
  });
});

describe('TD2.1 of a new version', () => {
  const feed = async (faults = none) => {
    const replaced = sampleReport({ version: 2, replaces: { 'cda-n3': '1.2.3.4' }, operator: PRESCRIBER });
    const { n3 } = await buildReportDocuments(replaced, config, faults);
    dmp.answer = ({ url }) => (url.pathname.endsWith('registry') ? found(ENTRY) : registry(SUCCESS));
    const answer = await feedDmp(replaced, [n3], config, faults);
    return { answer, message: dmp.received.find(({ url }) => url.pathname.endsWith('repository'))?.body ?? '' };
  };
  const target = (message: string) => /RPLC" sourceObject="Document01" targetObject="([^"]*)"/.exec(message)?.[1];

  it('asks which entry is in force, then replaces it, in the name of the user', async () => {
    const { answer, message } = await feed();
    expect(answer.state).toBe('transmis');
    expect(dmp.received.map(({ url }) => url.pathname)).toEqual(['/s/registry', '/s/repository']);
    expect(target(message)).toBe('urn:uuid:e2');
    expect(message).toContain(`<saml2:NameID>${PRESCRIBER.nationalId}</saml2:NameID>`);
  });

  it.each([
    ['dmp-remplace-sans-rplc', undefined],
    ['dmp-remplace-par-uniqueid', '1.2.3.4'],
  ])('%s', async (fault, expected) => {
    expect(target((await feed(new Set([fault]))).message)).toBe(expected);
  });

  it('dmp-remplace-autre-fiche', async () => {
    const both = sampleReport({ version: 2, replaces: { 'cda-n3': '1.2.3.4', 'cda-n1': '1.2.3.5' } });
    const { n3, n1 } = await buildReportDocuments(both, config, none);
    dmp.answer = ({ url }) => (url.pathname.endsWith('registry') ? found(ENTRY) : registry(SUCCESS));
    await feedDmp(both, [n3, n1], config, new Set(['dmp-remplace-autre-fiche']));
    const asked = dmp.received.filter(({ url }) => url.pathname.endsWith('registry')).map(({ body }) => body);
    expect(asked.map((body) => /1\.2\.3\.[45]/.exec(body)?.[0])).toEqual(['1.2.3.5', '1.2.3.4']);
  });

  it.each<[ReadonlySet<string>, number, number, Date?]>([
    [none, 2, 2],
    [new Set(['dmp-lot-meme-numero']), 2, 1],
    [new Set(['dmp-envoie-deux-fois']), 4, 4, new Date()],
    [new Set(['dmp-envoie-deux-fois']), 2, 2],
  ])('%o: so many lots, so many numbers', async (faults, lots, numbers, validatedAt = report.validatedAt) => {
    const { n3, n1 } = await buildReportDocuments(report, config, none);
    dmp.answer = () => registry(SUCCESS);
    await feedDmp({ ...report, validatedAt }, [n3, n1], config, faults);
    const ids = dmp.received.map(({ body }) => /96fdda7c[^>]*value="([^"]*)"/.exec(body)?.[1]);
    expect([ids.length, new Set(ids).size]).toEqual([lots, numbers]);
  });

  it('does not feed when the document to replace is not there', async () => {
    const replaced = sampleReport({ version: 2, replaces: { 'cda-n3': '1.2.3.4' } });
    const { n3 } = await buildReportDocuments(replaced, config, none);
    dmp.answer = () => found('');
    expect(await feedDmp(replaced, [n3], config, none)).toMatchObject({ state: 'refuse' });
    expect(dmp.received).toHaveLength(1);
  });

  it('takes for arrived a document sent again that is already there, and only then', async () => {
    const { n3 } = await buildReportDocuments(report, config, none);
    const error = `<r:RegistryErrorList xmlns:r="${RS}"><r:RegistryError errorCode="XDSDuplicateUniqueIdInRegistry" codeContext="déjà"/></r:RegistryErrorList>`;
    dmp.answer = () => registry(FAILURE, error);
    expect(await feedDmp(report, [n3], config, none, true)).toMatchObject({ state: 'transmis', references: [n3.id] });
    expect(await feedDmp(report, [n3], config, none)).toMatchObject({ state: 'refuse' });
  });

  it.each([
    ['vihf-utilisateur-unique', `<saml2:NameID>${BIOLOGIST.nationalId}`],
    ['vihf-sha1', 'rsa-sha1'],
    ['xds-sans-signature', undefined],
    ['xds-base64', undefined],
    ['xds-sans-mtom', undefined],
    ['xds-partie-manquante', undefined],
    ['xds-signature-fausse', 'xad:SigningTime>19'],
    ['xds-signature-sans-xades', undefined],
    ['dmp-masquage-ignore', undefined],
  ])('%s changes the message', async (fault, shown) => {
    const hidden = sampleReport({ confidentiality: { hiddenFromProfessionals: true }, operator: PRESCRIBER });
    const message = async (faults: ReadonlySet<string>) => {
      dmp.received.length = 0;
      dmp.answer = () => registry(SUCCESS);
      const { n3 } = await buildReportDocuments(hidden, config, none);
      await feedDmp(hidden, [n3], config, faults);
      const [{ body, headers } = { body: '', headers: {} }] = dmp.received;
      const count = (word: string) => body.split(word).length;
      const words = [
        'xop:Include',
        'MASQUE_PS',
        'Content-ID',
        'Signature01"',
        'rsa-sha1',
        'SigningTime>19',
        'SigningTime',
      ];
      return {
        body,
        seen: [headers['content-type']?.split(';')[0], ...words.map(count), /NameID>[^<]*/.exec(body)?.[0]],
      };
    };
    const [right, wrong] = [await message(none), await message(new Set([fault]))];
    expect(wrong.seen).not.toEqual(right.seen);
    if (shown !== undefined) expect(wrong.body).toContain(shown);
  });
});
