import { Buffer } from 'node:buffer';
import { escapeXml } from '#formats/xml/index.ts';
import { INCOMING, OID, type Coded } from './data.ts';
import { compactTime, localId, type IncomingDocument } from './document.ts';
import { STRUCTURED_TEMPLATES, structuredBody } from './structured.ts';

/**
 * A CDA as the software of a correspondent writes it: N1 around a PDF, or N3 with its results and a copy as a PDF. Source:
 * protocols.md annex A.5.
 */
export function writeCda(document: IncomingDocument, pdf: Uint8Array): Uint8Array {
  const { uniqueId, setId, version, kind, author, at, structured } = document;
  const time = `${compactTime(at)}+0000`;
  const { chapter, results } = INCOMING.structured;
  return Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?>
<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:lab="urn:oid:1.3.6.1.4.1.19376.1.3.2" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><realmCode code="FR"/><typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/>` +
      `<templateId root="2.16.840.1.113883.2.8.2.1"/><templateId root="1.2.250.1.213.1.1.1.1"/>${structured ? STRUCTURED_TEMPLATES : '<templateId root="1.3.6.1.4.1.19376.1.2.20"/>'}` +
      `<id root="${uniqueId}"/>${coded('code', kind.type)}<title>${escapeXml(kind.title)}</title><effectiveTime value="${time}"/>` +
      `${coded('confidentialityCode', INCOMING.normal)}<languageCode code="fr-FR"/>` +
      `<setId root="${setId}"/><versionNumber value="${version}"/>${recordTarget(document)}${actors(document, time)}` +
      `<inFulfillmentOf><order><id root="${OID.order}" extension="${uniqueId.slice(-12)}"/></order></inFulfillmentOf>` +
      `<documentationOf><serviceEvent>${structured ? `${coded('code', chapter)}<lab:statusCode code="completed"/>` : ''}<effectiveTime><low value="${time}"/></effectiveTime>` +
      `<performer typeCode="PRF"><assignedEntity>${professionalId(author.nationalId)}<representedOrganization>${structureId(document)}` +
      `${coded('standardIndustryClassCode', INCOMING.practiceSetting)}</representedOrganization></assignedEntity></performer></serviceEvent></documentationOf>` +
      relatedDocument(document) +
      `<componentOf><encompassingEncounter><effectiveTime nullFlavor="UNK"/><location><healthCareFacility>` +
      `<code code="${author.structure.sector}" displayName="${author.structure.sector}" codeSystem="${OID.sector}"/></healthCareFacility></location></encompassingEncounter></componentOf>` +
      `<component>${structured ? structuredBody(results, time, pdf) : enclosed(pdf)}</component></ClinicalDocument>`,
    'utf8',
  );
}

function enclosed(pdf: Uint8Array): string {
  const body = Buffer.from(pdf).toString('base64');
  return `<nonXMLBody><text mediaType="application/pdf" representation="B64">${body}</text></nonXMLBody>`;
}

function recordTarget({ patient, withIns }: IncomingDocument): string {
  const { birthName, firstNames, sex, birthDate, birthPlace } = patient;
  const ins = withIns ? `<id root="${patient.oid}" extension="${patient.ins}"/>` : '';
  return (
    `<recordTarget><patientRole>${ins}<id root="${OID.localPatient}" extension="${escapeXml(localId(patient))}"/>` +
    `<addr nullFlavor="NASK"/><telecom nullFlavor="NASK"/><patient><name><family qualifier="BR">${escapeXml(birthName)}</family>` +
    `<given>${escapeXml(firstNames.join(' '))}</given><given qualifier="BR">${escapeXml(firstNames[0] ?? '')}</given></name>` +
    `<administrativeGenderCode code="${sex}" displayName="${sex === 'F' ? 'Féminin' : 'Masculin'}" codeSystem="2.16.840.1.113883.5.1"/>` +
    `<birthTime value="${birthDate.replaceAll('-', '')}"/><birthplace><place><addr><county>${birthPlace}</county></addr></place></birthplace>` +
    `</patient></patientRole></recordTarget>`
  );
}

function actors(document: IncomingDocument, time: string): string {
  const { author } = document;
  const person = `<assignedPerson><name><family>${escapeXml(author.lastName)}</family><given>${escapeXml(author.firstName)}</given></name></assignedPerson>`;
  const organisation = `${structureId(document)}<name>${escapeXml(author.structure.name)}</name>`;
  const specialty = `<code code="G15_${author.profession}/${author.speciality}" displayName="${author.speciality}" codeSystem="${OID.specialty}"/>`;
  const entity = `${professionalId(author.nationalId)}${specialty}<addr nullFlavor="NASK"/><telecom value="mailto:${author.mailbox}"/>${person}<representedOrganization>${organisation}</representedOrganization>`;
  return (
    `<author><time value="${time}"/><assignedAuthor>${entity}</assignedAuthor></author>` +
    `<custodian><assignedCustodian><representedCustodianOrganization>${organisation}</representedCustodianOrganization></assignedCustodian></custodian>` +
    `<informationRecipient typeCode="PRCP"><intendedRecipient><telecom value="mailto:${document.recipient}"/></intendedRecipient></informationRecipient>` +
    `<legalAuthenticator><time value="${time}"/><signatureCode code="S"/><assignedEntity>${entity}</assignedEntity></legalAuthenticator>` +
    `<participant typeCode="REF"><time xsi:type="IVL_TS"><high value="${time}"/></time><associatedEntity classCode="PROV">` +
    `${professionalId(author.nationalId)}<telecom value="mailto:${author.mailbox}"/></associatedEntity></participant>`
  );
}

function relatedDocument({ replaces, setId, version }: IncomingDocument): string {
  return replaces === undefined
    ? ''
    : `<relatedDocument typeCode="RPLC"><parentDocument><id root="${replaces}"/><setId root="${setId}"/><versionNumber value="${version - 1}"/></parentDocument></relatedDocument>`;
}

const professionalId = (nationalId: string): string => `<id root="${OID.professional}" extension="${nationalId}"/>`;
const structureId = ({ author }: IncomingDocument): string =>
  `<id root="${OID.structure}" extension="${author.structure.id}"/>`;

function coded(element: string, { code, label, system }: Coded): string {
  return `<${element} code="${code}" displayName="${escapeXml(label)}" codeSystem="${system}"/>`;
}
