import { escapeXml } from '#formats/xml/index.ts';
import { device, idElement, patientPerson, timestamp } from '../hl7-answer.ts';
import { HL7V3, OIDS } from '../vocabulary.ts';
import type { PatientQuery } from './query.ts';
import type { FoundPatient } from './search.ts';

export interface SearchAnswer {
  readonly query: PatientQuery;
  readonly found: readonly FoundPatient[];
  readonly refusal?: { readonly code: string; readonly text: string };
  readonly now: Date;
  readonly uuid: () => string;
}

/**
 * Writes `PRPA_IN201306UV02`. Here the acknowledgement carries its code in a child element, not in an attribute.
 * Source: protocols.md §2.3 (PDQ).
 */
export function writeSearchAnswer({ query, found, refusal, now, uuid }: SearchAnswer): string {
  const detail = refusal
    ? `<acknowledgementDetail typeCode="E"><code code="${escapeXml(refusal.code)}"/><text>${escapeXml(refusal.text)}</text></acknowledgementDetail>`
    : '';
  const responseCode = refusal ? 'AE' : found.length > 0 ? 'OK' : 'NF';
  return (
    `<PRPA_IN201306UV02 xmlns="${HL7V3}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ITSVersion="XML_1.0">` +
    `<id root="${OIDS.device}" extension="${uuid()}"/><creationTime value="${timestamp(now)}"/>` +
    `<interactionId root="2.16.840.1.113883.1.6" extension="PRPA_IN201306UV02"/><processingCode code="P"/>` +
    `<processingModeCode code="T"/><acceptAckCode code="NE"/>` +
    device('receiver', 'RCV', query.sender.root, query.sender.software) +
    device('sender', 'SND', OIDS.device, 'DMP') +
    `<acknowledgement><typeCode code="${refusal ? 'AE' : 'AA'}"/><targetMessage>${idElement(query.id)}</targetMessage>${detail}</acknowledgement>` +
    `<controlActProcess classCode="CACT" moodCode="EVN"><code code="PRPA_TE201306UV02" codeSystem="2.16.840.1.113883.1.6"/>` +
    found.map(subject).join('') +
    `<queryAck>${idElement(query.queryId, 'queryId')}<queryResponseCode code="${responseCode}"/>` +
    `<resultTotalQuantity value="${found.length}"/><resultCurrentQuantity value="${found.length}"/><resultRemainingQuantity value="0"/></queryAck>` +
    `</controlActProcess></PRPA_IN201306UV02>`
  );
}

function subject({ patient, percentage }: FoundPatient): string {
  return (
    `<subject typeCode="SUBJ"><registrationEvent classCode="REG" moodCode="EVN"><statusCode code="completed"/>` +
    `<subject1 typeCode="SBJ"><patient classCode="PAT">${idElement({ root: patient.oid, extension: patient.ins })}` +
    `<statusCode code="active"/>${patientPerson(patient)}` +
    `<subjectOf1><queryMatchObservation classCode="OBS" moodCode="EVN"><code code="POURCENTAGE"/>` +
    `<value xsi:type="INT" value="${percentage}"/></queryMatchObservation></subjectOf1>` +
    `</patient></subject1><custodian typeCode="CST"><assignedEntity classCode="ASSIGNED"><id root="${OIDS.device}"/>` +
    `</assignedEntity></custodian></registrationEvent></subject>`
  );
}
