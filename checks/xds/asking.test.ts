import { beforeAll, describe, expect, it } from 'vitest';
import type { TlsPeer } from '#formats/exchange/index.ts';
import { makeCredential, type TestCredential } from '#formats/xmldsig/credential.fixture.ts';
import { envelopeWithVihf, signAssertion } from '../vihf/message.fixture.ts';
import { existenceTest } from './existence.fixture.ts';
import {
  checkDmpRequest,
  TRANSACTIONS,
  type DmpRequest,
  type DmpRequestOptions,
  type DmpTransactionName,
} from './index.ts';

let seal: TestCredential;
const AT = new Date('2026-01-05T10:00:01Z');
beforeAll(async () => {
  seal = await makeCredential('CN=labo.test, OU=10B0152872, O=LABO TEST, C=FR', 'signature');
});

const EXISTENCE = 'application/soap+xml; action="urn:hl7-org:v3:PRPA_IN201307UV02"';

function call(name: DmpTransactionName, body: string): DmpRequest {
  const action = TRANSACTIONS.find((one) => one.name === name)?.action ?? '';
  const headers = `<w:Action xmlns:w="http://www.w3.org/2005/08/addressing">${action}</w:Action><w:MessageID xmlns:w="http://www.w3.org/2005/08/addressing">urn:uuid:00000000-0000-4000-8000-000000000003</w:MessageID>`;
  const envelope = signAssertion(envelopeWithVihf(body, headers), { credential: seal });
  return { contentType: `application/soap+xml; action="${action}"`, body: Buffer.from(envelope), at: AT };
}

const said = (request: DmpRequest, options?: DmpRequestOptions): (readonly [string, string])[] =>
  checkDmpRequest(request, options).map(({ rule, received }) => [rule, received]);
const authorisation = (content: string): DmpRequest =>
  call('TD0.3', `<setAuthorization xmlns="urn:si-dmp-habilitations">${content}</setAuthorization>`);
const list = (content: string): DmpRequest =>
  call('TD0.4', `<patientList xmlns="urn:si-dmp-patients">${content}</patientList>`);
const professionals = (content: string): DmpRequest =>
  call('TD1.6', `<listAuthorizationByPatient xmlns="urn:si-dmp-habilitations">${content}</listAuthorizationByPatient>`);
const reading = (content: string): DmpRequest =>
  call('TD3.2', `<RetrieveDocumentSetRequest xmlns="urn:ihe:iti:xds-b:2007">${content}</RetrieveDocumentSetRequest>`);
const asked = (uniqueId: string, repository = '1.2.250.1.213.4.1.1.1.2', before = ''): string =>
  `<DocumentRequest>${before}<RepositoryUniqueId>${repository}</RepositoryUniqueId><DocumentUniqueId>${uniqueId}</DocumentUniqueId></DocumentRequest>`;

const CRITERIA = [
  '<livingSubjectAdministrativeGender><value code="F"/><semanticsText>LivingSubject.administrativeGender</semanticsText></livingSubjectAdministrativeGender>',
  '<livingSubjectBirthTime><value value="19790328"/><semanticsText>LivingSubject.birthTime</semanticsText></livingSubjectBirthTime>',
  '<livingSubjectName><value><family>PAT-TROIS</family></value><semanticsText>LivingSubject.name</semanticsText></livingSubjectName>',
].join('');
const search = (change: (text: string) => string = (text) => text): DmpRequest =>
  call(
    'TD0.5',
    change(
      `<PRPA_IN201305UV02 xmlns="urn:hl7-org:v3" ITSVersion="XML_1.0"><id root="1.2.250.1.999.1" extension="7"/><creationTime value="20260105100000"/><interactionId root="2.16.840.1.113883.1.6" extension="PRPA_IN201305UV02"/><processingCode code="D"/><processingModeCode code="T"/><acceptAckCode code="AL"/><receiver><device><id root="1.2.250.1.213.4.1.1.1"/></device></receiver><sender><device><id root="1.2.250.1.999.1"/></device></sender><controlActProcess><code code="PRPA_TE201305UV02"/><queryByParameter><queryId root="1.2.250.1.999.1" extension="8"/><statusCode code="new"/><parameterList>${CRITERIA}</parameterList></queryByParameter></controlActProcess></PRPA_IN201305UV02>`,
    ),
  );

describe('content of the calls that ask or read', () => {
  it.each<[string, () => DmpRequest]>([
    ['TD0.3', () => authorisation('<action>AJOUT</action><role>MEDECIN_TRAITANT</role>')],
    ['TD0.4', () => list('<startDate>20260105090000</startDate><dateType>LASTDOC</dateType>')],
    ['TD0.5', () => search()],
    ['TD1.6', () => professionals('<mode>TOUTE</mode>')],
    [
      'TD3.2',
      () => reading(asked('1.2.3') + asked('1.2.4', undefined, '<HomeCommunityId>urn:oid:1.2</HomeCommunityId>')),
    ],
  ])('is right (%s)', (_name, request) => {
    expect(said(request())).toEqual([]);
  });

  it.each<[string, () => DmpRequest, string]>([
    ['TD03-CONTENT', () => authorisation(''), 'absent'],
    ['TD03-CONTENT', () => authorisation('<action>AJOUTER</action>'), 'AJOUTER'],
    ['TD03-CONTENT', () => authorisation('<action>AJOUT</action><role/>'), 'vide'],
    ['TD03-CONTENT', () => authorisation('<action>AJOUT</action><action>AJOUT</action>'), '2 fois action'],
    ['TD03-CONTENT', () => authorisation('<action>AJOUT</action><ins>1</ins>'), 'ins (urn:si-dmp-habilitations)'],
    ['TD04-CONTENT', () => list('<startDate>2026-01-05</startDate><dateType>LASTDOC</dateType>'), '2026-01-05'],
    ['TD04-CONTENT', () => list('<startDate>20260106090000</startDate><dateType>LASTDOC</dateType>'), '20260106090000'],
    ['TD04-CONTENT', () => list('<startDate>20260105090000</startDate>'), 'absent'],
    ['TD16-CONTENT', () => professionals('<mode>TOUS</mode>'), 'TOUS'],
    ['TD32-REQUEST', () => reading(''), 'aucun DocumentRequest'],
    ['TD32-REQUEST', () => reading(asked('urn:uuid:1')), 'urn:uuid:1'],
    ['TD32-REQUEST', () => reading(asked('1.2.3') + asked('1.2.3')), '1.2.3, déjà demandé'],
    ['TD32-REQUEST', () => reading(asked('1.2.3', undefined, '<HomeCommunityId>1.2</HomeCommunityId>')), '1.2'],
    ['TD32-REPOSITORY', () => reading(asked('1.2.3', '1.2.9')), '1.2.9'],
    ['TD05-MESSAGE', () => search((text) => text.replace('"D"', '"X"')), 'X'],
    ['TD05-MESSAGE', () => search((text) => text.replace('"20260105100000"', '"20260105"')), '20260105'],
    [
      'TD05-MESSAGE',
      () => search((text) => text.replace('PRPA_TE201305UV02', 'PRPA_TE201307UV02')),
      'PRPA_TE201307UV02',
    ],
    ['TD05-CRITERIA', () => search((text) => text.replace(CRITERIA, '')), 'aucun critère'],
    ['TD05-CRITERIA', () => search((text) => text.replace('"19790328"', '"28/03/1979"')), '28/03/1979'],
    ['TD05-CRITERIA', () => search((text) => text.replace('code="F"', 'code="2"')), '2'],
    ['TD05-CRITERIA', () => search((text) => text.replace('PAT-TROIS', '')), 'sans nom'],
    [
      'TD05-CRITERIA',
      () => search((text) => text.replace('<parameterList>', '<parameterList><patientAddress/>')),
      'patientAddress',
    ],
    ['TD05-CRITERIA', () => search((text) => text.replace('>LivingSubject.name<', '><')), 'absent ou vide'],
  ])('%s', (rule, request, received) => {
    expect(said(request())).toEqual([[rule, received]]);
  });

  it('only tells a type of date that no public source confirms', () => {
    const findings = checkDmpRequest(list('<startDate>20260105090000</startDate><dateType>AUTRE</dateType>'));
    expect(findings).toMatchObject([{ rule: 'TD04-CONTENT', severity: 'warning', received: 'AUTRE' }]);
  });
});

describe('TD1.3a', () => {
  const message = (reason: string): DmpRequest => ({
    contentType: EXISTENCE,
    body: Buffer.from(signAssertion(existenceTest().replace('TEST_EXST', reason), { credential: seal })),
    at: AT,
  });

  it('is the message of TD0.2 with its own reason', () => {
    expect(said(message('CNSLT_DATA'), { transaction: 'TD1.3a' })).toEqual([]);
    expect(said(message('CNSLT_DATA'))).toEqual([]);
    expect(said(message('TEST_EXST'), { transaction: 'TD1.3a' })[0]?.[0]).toBe('TD02-REASON');
    expect(said(message('CNSLT_DATA'), { transaction: 'TD0.2' })[0]?.[0]).toBe('TD02-REASON');
  });
});

describe('TD0.2', () => {
  it('is about the patient of the VIHF', () => {
    const other = existenceTest().replace('extension="279035121518989"', 'extension="162018885045327"');
    const body = Buffer.from(signAssertion(other, { credential: seal }));
    expect(said({ contentType: EXISTENCE, body, at: AT })).toEqual([
      ['TD02-PATIENT', '162018885045327 (OID 1.2.250.1.213.1.4.10)'],
    ]);
  });
});

describe('session', () => {
  const TLS: TlsPeer = {
    protocol: 'TLSv1.2',
    cipher: 'ECDHE-RSA-AES256-GCM-SHA384',
    sni: 'lps2.dmp.test',
    authorized: true,
  };
  const over = (tls: Partial<TlsPeer>): DmpRequest => ({
    ...authorisation('<action>AJOUT</action>'),
    tls: { ...TLS, ...tls },
  });

  it.each([{}, { cipher: 'ECDHE-RSA-CHACHA20-POLY1305' }, { protocol: 'TLSv1.3', cipher: 'TLS_AES_256_GCM_SHA384' }])(
    'is right (%j)',
    (tls) => {
      expect(said(over(tls))).toEqual([]);
    },
  );

  it.each([
    [{ protocol: 'TLSv1.1' }, 'TLSv1.1'],
    [{ cipher: 'DHE-RSA-AES256-GCM-SHA384' }, 'DHE-RSA-AES256-GCM-SHA384'],
    [{ authorized: false, refusal: 'absent' }, 'aucun certificat'],
  ])('is told (%j)', (tls, received) => {
    expect(said(over(tls))).toEqual([['DMP-TLS-SESSION', received]]);
  });
});
