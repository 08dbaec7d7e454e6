import { beforeAll, describe, expect, it } from 'vitest';
import { makeCredential, type TestCredential } from '#formats/xmldsig/credential.fixture.ts';
import { envelopeWithVihf, signAssertion } from '../vihf/message.fixture.ts';
import { existenceTest } from './existence.fixture.ts';
import { feeding, type FeedingEdits } from './feeding.fixture.ts';
import { checkDmpRequest, transactionOf, type DmpRequest, type DmpRequestOptions } from './index.ts';

let seal: TestCredential;
const AT = new Date('2026-01-05T10:00:01Z');
const SOAP = 'application/soap+xml; charset=utf-8';

beforeAll(async () => {
  seal = await makeCredential('CN=labo.test, OU=10B0152872, O=LABO TEST, C=FR', 'signature');
});

const rules = (request: DmpRequest, options?: DmpRequestOptions): string[] => [
  ...new Set(checkDmpRequest({ at: AT, ...request }, options).map(({ rule }) => rule)),
];
const test = (change: (text: string) => string = (text) => text): DmpRequest => ({
  url: '/si-dmp-server/v2/services/patients',
  contentType: `${SOAP}; action="urn:hl7-org:v3:PRPA_IN201307UV02"`,
  body: Buffer.from(change(signAssertion(existenceTest(), { credential: seal }))),
});
const fed = (edits: FeedingEdits = {}): DmpRequest => ({ url: '/repository', ...feeding(seal, edits) });
const other = (body: string, action: string): DmpRequest => ({
  url: '/registry',
  contentType: `${SOAP}; action="${action}"`,
  body: Buffer.from(
    signAssertion(
      envelopeWithVihf(
        body,
        `<w:Action xmlns:w="http://www.w3.org/2005/08/addressing">${action}</w:Action><w:MessageID xmlns:w="http://www.w3.org/2005/08/addressing">urn:uuid:00000000-0000-4000-8000-000000000003</w:MessageID>`,
      ),
      { credential: seal },
    ),
  ),
});

describe('checkDmpRequest', () => {
  it('has nothing to say about conforming calls', () => {
    expect(rules(fed())).toEqual([]);
    expect(rules(test())).toEqual([]);
    expect(
      rules(
        other(
          '<setAuthorization xmlns="urn:si-dmp-habilitations"><action>AJOUT</action></setAuthorization>',
          'urn:si-dmp-habilitations:HabilitationsEndPoint:setAuthorization',
        ),
      ),
    ).toEqual([]);
  });

  it('judges what the DMP refuses: other action, SOAP 1.1, envelope that cannot be read', () => {
    const action = (text: string): string => text.replace('>urn:ihe:iti:2007:Provide', '>urn:ihe:iti:2010:Provide');
    expect(rules(fed({ envelope: action }))).toEqual(['XDS-ACTION', 'XDS-ACTION-PARAMETER']);
    const soap11 = (text: string): string =>
      text.replaceAll('http://www.w3.org/2003/05/soap-envelope', 'http://schemas.xmlsoap.org/soap/envelope/');
    expect(rules(fed({ envelope: soap11 }))).toEqual(['XDS-SOAP-VERSION']);
    const { contentType, body } = feeding(seal);
    const open = Buffer.from(Buffer.from(body).toString('latin1').replace('</soap:Envelope>', ''), 'latin1');
    expect(rules({ url: '/repository', contentType, body: open })).toEqual(['XDS-READABLE']);

    expect(rules(test((text) => text.replace('>urn:hl7-org:v3:PRPA_IN201307UV02<', '>urn:x<')))).toEqual([
      'TD02-ACTION',
    ]);
    expect(rules(test((text) => text.replace('</soap:Envelope>', '')))).toEqual(['TD02-READABLE']);
    expect(rules(test(soap11))).toEqual(['TD02-READABLE']);
  });

  it('judges a VIHF that the DMP refuses', () => {
    expect(rules(test((text) => text.replace(/<s:Assertion.*<\/s:Assertion>/s, '')))).toEqual(['VIHF-PRESENT']);
    expect(rules(test((text) => text.replace('>BLUE EVA<', '>RED EVA<')))).toEqual(['VIHF-SIGNATURE']);
    const late = { ...test(), at: new Date('2026-01-05T10:20:00Z') };
    expect(rules(late)).toEqual(['VIHF-FRESH']);
    expect(rules(late, { withoutVihf: true })).toEqual([]);
  });

  it('DMP-CONTENT-TYPE, DMP-ACTION-PARAMETER: the type of SOAP 1.1, another action, none', () => {
    for (const request of [
      test(),
      other(
        '<listAuthorizationByPatient xmlns="urn:si-dmp-habilitations"><mode>TOUTE</mode></listAuthorizationByPatient>',
        'urn:si-dmp-habilitations:HabilitationsEndPoint:listAuthorizationByPatient',
      ),
    ]) {
      const as = (contentType: string | undefined) =>
        checkDmpRequest({ ...request, contentType, at: AT }).map(({ rule, severity }) => [rule, severity]);
      expect(as('text/xml; charset=utf-8')).toEqual([['DMP-CONTENT-TYPE', 'error']]);
      expect(as('text/plain')).toEqual([['DMP-CONTENT-TYPE', 'error']]);
      expect(as(`${SOAP}; action="urn:x"`)).toEqual([['DMP-ACTION-PARAMETER', 'error']]);
      expect(as(SOAP)).toEqual([['DMP-ACTION-PARAMETER', 'warning']]);
      expect(as(undefined)).toEqual([]);
    }
  });

  it('knows the user who acts', () => {
    expect(rules(test(), { user: '899700000001' })).toEqual([]);
    expect(rules(test(), { user: '899700000002' })).toEqual(['VIHF-USER']);
  });

  it('judges the envelope of the other calls', () => {
    const list = 'urn:si-dmp-patients:PatientSpecificEndPoint:patientList';
    expect(
      rules(
        other('<setAuthorization xmlns="urn:si-dmp-habilitations"><action>AJOUT</action></setAuthorization>', list),
      ),
    ).toEqual(['DMP-ACTION']);
    expect(rules(other('<a xmlns="urn:a"/>', 'urn:b'), { transaction: 'TD0.3' })).toEqual(['DMP-ACTION']);
    const good = other(
      '<patientList xmlns="urn:si-dmp-patients"><startDate>20260101000000</startDate><dateType>LASTDOC</dateType></patientList>',
      list,
    );
    const change = (from: string, to: string): DmpRequest => ({
      ...good,
      body: Buffer.from(Buffer.from(good.body).toString().replaceAll(from, to)),
    });
    expect(rules(good)).toEqual([]);
    expect(
      rules(change('http://www.w3.org/2003/05/soap-envelope', 'http://schemas.xmlsoap.org/soap/envelope/')),
    ).toEqual(['DMP-SOAP-VERSION']);
    expect(rules(change('>urn:uuid:', '>uuid:'))).toEqual(['DMP-MESSAGE-ID']);
    expect(rules(change('</soap:Envelope>', ''))).toEqual(['DMP-READABLE']);
  });
});

describe('transactionOf', () => {
  const nothing = Buffer.from('not XML');
  it.each([
    ['TD2.1', { contentType: 'multipart/related; boundary=a', body: nothing, url: '/x/repository' }],
    ['TD3.2', { contentType: SOAP, body: nothing, url: '/x/repository' }],
    ['TD0.2', { contentType: SOAP, body: nothing, url: '/x/patients?a=b' }],
    ['TD3.1', { contentType: SOAP, body: nothing, url: '/x/registry' }],
    ['TD3.3', { contentType: `${SOAP}; action="urn:ihe:iti:2010:UpdateDocumentSet"`, body: nothing, url: '/registry' }],
    ['TD0.3', { contentType: SOAP, body: Buffer.from('<e><h:setAuthorization >') }],
    [undefined, { contentType: undefined, body: nothing }],
  ] as const)('%s from what is left of the call', (name, request) => {
    expect(transactionOf(request)?.name).toBe(name);
  });
});
