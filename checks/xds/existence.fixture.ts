import { envelopeWithVihf } from '../vihf/message.fixture.ts';

const ACTION = 'urn:hl7-org:v3:PRPA_IN201307UV02';

/** A conforming existence test, its VIHF not signed yet. */
export function existenceTest(action = ACTION): string {
  return envelopeWithVihf(
    `<PRPA_IN201307UV02 xmlns="urn:hl7-org:v3" ITSVersion="XML_1.0"><id root="1.2.250.1.999.1" extension="7"/><creationTime value="20260105100000"/><interactionId root="2.16.840.1.113883.1.6"/><processingCode code="D"/><processingModeCode code="T"/><acceptAckCode code="AL"/><receiver><device><id root="1.2.250.1.213.4.1.1.1"/></device></receiver><sender><device><id root="1.2.250.1.999.1"/></device></sender><controlActProcess><reasonCode code="TEST_EXST" codeSystem="1.2.250.1.213.1.1.4.11"/><queryByParameter><queryId root="1.2.250.1.999.1" extension="8"/><statusCode code="new"/><parameterList><patientIdentifier><value root="1.2.250.1.213.1.4.10" extension="279035121518989"/><semanticsText>Patient.id</semanticsText></patientIdentifier></parameterList></queryByParameter></controlActProcess></PRPA_IN201307UV02>`,
    `<w:Action xmlns:w="http://www.w3.org/2005/08/addressing">${action}</w:Action><w:MessageID xmlns:w="http://www.w3.org/2005/08/addressing">urn:uuid:00000000-0000-4000-8000-000000000002</w:MessageID>`,
  );
}
