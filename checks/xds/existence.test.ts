import { describe, expect, it } from 'vitest';
import { checkExistenceTest, RULES } from './index.ts';

const MESSAGE = `<soap:Envelope xmlns:soap="http://www.w3.org/2003/05/soap-envelope"><soap:Header><w:Action xmlns:w="http://www.w3.org/2005/08/addressing">urn:hl7-org:v3:PRPA_IN201307UV02</w:Action><w:MessageID xmlns:w="http://www.w3.org/2005/08/addressing">urn:uuid:00000000-0000-4000-8000-000000000001</w:MessageID></soap:Header><soap:Body><PRPA_IN201307UV02 xmlns="urn:hl7-org:v3" ITSVersion="XML_1.0"><id root="1.2.250.1.999.1" extension="00000000-0000-4000-8000-000000000002"/><creationTime value="20260105100000"/><interactionId root="2.16.840.1.113883.1.6" extension="PRPA_IN201307UV02"/><processingCode code="D"/><processingModeCode code="T"/><acceptAckCode code="AL"/><receiver typeCode="RCV"><device classCode="DEV" determinerCode="INSTANCE"><id root="1.2.250.1.213.4.1.1.1"/><softwareName>DMP</softwareName></device></receiver><sender typeCode="SND"><device classCode="DEV" determinerCode="INSTANCE"><id root="1.2.250.1.999.1"/><softwareName>MonSGL</softwareName></device></sender><controlActProcess classCode="CACT" moodCode="EVN"><reasonCode code="TEST_EXST" codeSystem="1.2.250.1.213.1.1.4.11"/><queryByParameter><queryId root="1.2.250.1.999.1" extension="q1"/><statusCode code="new"/><parameterList><patientIdentifier><value root="1.2.250.1.213.1.4.10" extension="279035121518989"/><semanticsText>Patient.id</semanticsText></patientIdentifier></parameterList></queryByParameter></controlActProcess></PRPA_IN201307UV02></soap:Body></soap:Envelope>`;

const BREAKERS: readonly (readonly [rule: string, from: string | RegExp, to: string])[] = [
  ['TD02-READABLE', '</soap:Envelope>', ''],
  ['TD02-READABLE', 'http://www.w3.org/2003/05/soap-envelope', 'http://schemas.xmlsoap.org/soap/envelope/'],
  ['TD02-ACTION', '>urn:hl7-org:v3:PRPA_IN201307UV02<', '>urn:x<'],
  ['TD02-ACTION', / xmlns="urn:hl7-org:v3"/, ''],
  ['TD02-MESSAGE-ID', 'urn:uuid:', ''],
  ['TD02-WRAPPER', 'ITSVersion="XML_1.0"', ''],
  ['TD02-WRAPPER', '<acceptAckCode code="AL"/>', '<acceptAckCode code="NE"/>'],
  ['TD02-CREATION-TIME', '20260105100000', '20260105110000+0100'],
  ['TD02-DEVICES', '1.2.250.1.213.4.1.1.1', '1.2.3'],
  ['TD02-DEVICES', /(<sender.*?)<id root="1.2.250.1.999.1"\/>/, '$1'],
  ['TD02-REASON', 'TEST_EXST', 'CURIOSITE'],
  ['TD02-REASON', '1.2.250.1.213.1.1.4.11', '1.2.3'],
  ['TD02-QUERY', '<statusCode code="new"/>', ''],
  ['TD02-PATIENT', '279035121518989', '279035121518988'],
  ['TD02-PATIENT', '1.2.250.1.213.1.4.10', '1.2.250.1.213.1.4.2'],
  ['TD02-PATIENT', '<semanticsText>Patient.id</semanticsText>', ''],
  ['TD02-PATIENT', /<patientIdentifier>.*<\/patientIdentifier>/, ''],
];

describe('checkExistenceTest', () => {
  it('has nothing to say about a conforming test, or consultation', () => {
    const patient = { ins: '279035121518989', oid: '1.2.250.1.213.1.4.10' };
    expect(checkExistenceTest(Buffer.from(MESSAGE), { patient })).toEqual([]);
    expect(checkExistenceTest(Buffer.from(MESSAGE.replace('TEST_EXST', 'CNSLT_DATA')))).toEqual([]);
  });

  it.each(BREAKERS)('%s: %s', (rule, from, to) => {
    const changed = MESSAGE.replace(from, to);
    expect(changed).not.toBe(MESSAGE);
    expect([...new Set(checkExistenceTest(Buffer.from(changed)).map((finding) => finding.rule))]).toEqual([rule]);
  });

  it('TD02-PATIENT: another patient than the one of the scenario', () => {
    const patient = { ins: '207058575627097', oid: '1.2.250.1.213.1.4.10' };
    expect(checkExistenceTest(Buffer.from(MESSAGE), { patient }).map((finding) => finding.rule)).toEqual([
      'TD02-PATIENT',
    ]);
  });

  it('has a breaker for each rule', () => {
    const broken = new Set(BREAKERS.map(([rule]) => rule));
    const wanted = RULES.map((rule) => rule.id).filter((id) => id.startsWith('TD02-'));
    expect(wanted.filter((id) => !broken.has(id))).toEqual([]);
  });
});
