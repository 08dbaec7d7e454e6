import { escapeXml } from '#formats/xml/index.ts';
import { OIDS } from '../vocabulary.ts';
import { codesOf, utc } from './codes.ts';
import type { Deposit } from './types.ts';

/** A CDA N1 (text) as another product could have written it. Source: protocols.md annex A.3, header of the CI-SIS. */
export function depositCda(deposit: Deposit): Uint8Array {
  const { author, createdAt, actAt, patient, text, title, uniqueId } = deposit;
  const { type } = codesOf(deposit);
  const { structure } = author;
  const person = `<assignedPerson><name><family>${author.lastName}</family><given>${author.firstName}</given></name></assignedPerson>`;
  const id = `<id root="${OIDS.professional}" extension="${author.nationalId}"/>`;
  const organisation = `<id root="${OIDS.structure}" extension="${structure.id}"/><name>${escapeXml(structure.name)}</name>`;
  const body = Buffer.from(text, 'utf8').toString('base64');
  return Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?>
<ClinicalDocument xmlns="urn:hl7-org:v3"><realmCode code="FR"/><typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/>` +
      `<templateId root="2.16.840.1.113883.2.8.2.1"/><templateId root="1.2.250.1.213.1.1.1.1"/><id root="${uniqueId}"/>` +
      `<code code="${type.code}" codeSystem="${type.system}" displayName="${escapeXml(type.label)}"/><title>${escapeXml(title)}</title>` +
      `<effectiveTime value="${utc(createdAt)}+0000"/><confidentialityCode code="N" codeSystem="${OIDS.confidentiality}" displayName="Normal"/>` +
      `<languageCode code="fr-FR"/><setId root="${uniqueId}"/><versionNumber value="1"/>` +
      `<recordTarget><patientRole><id root="${patient.oid}" extension="${patient.ins}"/><patient><name>` +
      `<family qualifier="BR">${escapeXml(patient.birthName)}</family><given>${escapeXml(patient.firstNames.join(' '))}</given></name>` +
      `<administrativeGenderCode code="${patient.sex}" codeSystem="2.16.840.1.113883.5.1"/>` +
      `<birthTime value="${patient.birthDate.replaceAll('-', '')}"/></patient></patientRole></recordTarget>` +
      `<author><time value="${utc(createdAt)}+0000"/><assignedAuthor>${id}${person}` +
      `<representedOrganization>${organisation}</representedOrganization></assignedAuthor></author>` +
      `<custodian><assignedCustodian><representedCustodianOrganization>${organisation}</representedCustodianOrganization></assignedCustodian></custodian>` +
      `<legalAuthenticator><time value="${utc(createdAt)}+0000"/><signatureCode code="S"/><assignedEntity>${id}${person}</assignedEntity></legalAuthenticator>` +
      `<documentationOf><serviceEvent><effectiveTime><low value="${utc(actAt)}+0000"/></effectiveTime></serviceEvent></documentationOf>` +
      `<component><nonXMLBody><text mediaType="text/plain" representation="B64">${body}</text></nonXMLBody></component></ClinicalDocument>`,
    'utf8',
  );
}
