import { makePdf } from '../pdf/pdf.fixture.ts';

/** Conforming biology reports about fictitious people, for tests. Breakers change one thing with `change`. */
export interface CdaFixture {
  readonly id?: string;
  readonly setId?: string;
  readonly version?: number;
  /** Id of the version replaced; adds relatedDocument RPLC. */
  readonly replaces?: string;
  readonly effectiveTime?: string;
  readonly pdf?: Uint8Array;
  readonly ins?: string;
  readonly birthName?: string;
  readonly requester?: string;
  readonly recipient?: string;
}

const LAB = `<id root="1.2.250.1.71.4.2.2" extension="10B0152872"/><name>LABORATOIRE DE TEST</name>`;
const BIOLOGIST = `<id root="1.2.250.1.71.4.2.1" extension="899900000011"/><code code="G15_10/SM03" displayName="Médecin - Biologie médicale (SM)" codeSystem="1.2.250.1.213.1.1.4.5"/><addr nullFlavor="NASK"/><telecom nullFlavor="NASK"/><assignedPerson><name><given>EVA</given><family>BIO-TEST</family><suffix>DR</suffix></name></assignedPerson>`;

export const REQUESTER = 'remi.med-test@medecin.mssante.test';
export const RECIPIENT = 'lena.med-test@medecin.mssante.test';

/** An N1: the PDF in nonXMLBody. */
export function makeN1(options: CdaFixture = {}): string {
  const pdf = Buffer.from(options.pdf ?? makePdf()).toString('base64');
  return wrap(
    { id: '1.2.250.1.999.1.1.1', setId: '1.2.250.1.999.1.1', ...options },
    '<templateId root="1.3.6.1.4.1.19376.1.2.20"/>',
    `<component><nonXMLBody><text mediaType="application/pdf" representation="B64">${pdf}</text></nonXMLBody></component>`,
  );
}

/** An N3 of model CR-BIO 2024.01, with one result and its PDF copy. */
export function makeN3(options: CdaFixture = {}): string {
  return wrap(
    { id: '1.2.250.1.999.1.3.1', setId: '1.2.250.1.999.1.3', ...options },
    '<templateId root="1.3.6.1.4.1.19376.1.3.3"/><templateId root="1.2.250.1.213.1.1.1.55" extension="2024.01"/>',
    `<component><structuredBody>${chapter()}${pdfCopy(options.pdf ?? makePdf())}</structuredBody></component>`,
  );
}

/** Replaces a piece that must be there exactly once, so that a breaker cannot silently break nothing. */
export function change(text: string, from: string, to: string): string {
  const count = text.split(from).length - 1;
  if (count !== 1) throw new Error(`« ${from} » apparaît ${count} fois`);
  return text.replace(from, () => to);
}

function wrap(options: CdaFixture, templates: string, body: string): string {
  const {
    effectiveTime = '20260105110000+0100',
    version = 1,
    ins = '279035121518989',
    birthName = 'PAT-TROIS',
  } = options;
  return `<?xml version="1.0" encoding="UTF-8"?>
<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:lab="urn:oid:1.3.6.1.4.1.19376.1.3.2" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<realmCode code="FR"/><typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/>
<templateId root="2.16.840.1.113883.2.8.2.1"/><templateId root="1.2.250.1.213.1.1.1.1"/>${templates}
<id root="${options.id}"/>
<code code="11502-2" displayName="CR d'examens biologiques" codeSystem="2.16.840.1.113883.6.1"/>
<title>Compte rendu d'examens biologiques</title><effectiveTime value="${effectiveTime}"/>
<confidentialityCode code="N" displayName="Normal" codeSystem="2.16.840.1.113883.5.25"/><languageCode code="fr-FR"/>
<setId root="${options.setId}"/><versionNumber value="${version}"/>
<recordTarget><patientRole><id root="1.2.250.1.213.1.4.10" extension="${ins}"/><id root="1.2.250.1.999.2" extension="IPP1"/>
<addr nullFlavor="NASK"/><telecom value="mailto:${ins}@patient.mssante.fr"/>
<patient><name><family qualifier="BR">${birthName}</family><given>DOMINIQUE MARIE-LOUISE</given><given qualifier="BR">DOMINIQUE</given><family qualifier="CL">${birthName}</family></name>
<administrativeGenderCode code="F" displayName="Féminin" codeSystem="2.16.840.1.113883.5.1"/><birthTime value="19790328"/>
<birthplace><place><addr><county>51215</county></addr></place></birthplace></patient></patientRole></recordTarget>
<author><time value="20260105105900+0100"/><assignedAuthor>${BIOLOGIST}<representedOrganization>${LAB}</representedOrganization></assignedAuthor></author>
<custodian><assignedCustodian><representedCustodianOrganization>${LAB}</representedCustodianOrganization></assignedCustodian></custodian>
<informationRecipient typeCode="PRCP"><intendedRecipient><id root="1.2.250.1.71.4.2.1" extension="899900000029"/><telecom value="mailto:${options.recipient ?? RECIPIENT}"/></intendedRecipient></informationRecipient>
<legalAuthenticator><time value="20260105105930+0100"/><signatureCode code="S"/><assignedEntity>${BIOLOGIST}<representedOrganization>${LAB}</representedOrganization></assignedEntity></legalAuthenticator>
<participant typeCode="REF"><templateId root="1.3.6.1.4.1.19376.1.3.3.1.6"/><time xsi:type="IVL_TS"><high value="20260104090000+0100"/></time><associatedEntity classCode="PROV"><id root="1.2.250.1.71.4.2.1" extension="899900000037"/><telecom value="mailto:${options.requester ?? REQUESTER}"/></associatedEntity></participant>
<participant typeCode="PRF"><functionCode code="PRELV" displayName="Préleveur" codeSystem="1.2.250.1.213.1.1.4.2.280"/><time xsi:type="IVL_TS"><high value="20260105080000+0100"/></time><associatedEntity classCode="PROV"><id root="1.2.250.1.71.4.2.1" extension="899900000045"/></associatedEntity></participant>
<inFulfillmentOf><order><id root="1.2.250.1.999.3" extension="ORD1"/></order></inFulfillmentOf>
<documentationOf><serviceEvent><code code="18719-5" displayName="Biochimie" codeSystem="2.16.840.1.113883.6.1"/><lab:statusCode code="completed"/><effectiveTime><low value="20260105083000+0100"/><high value="20260105105000+0100"/></effectiveTime>
<performer typeCode="PRF"><assignedEntity><id root="1.2.250.1.71.4.2.1" extension="899900000011"/><representedOrganization>${LAB}<standardIndustryClassCode code="AMBULATOIRE" displayName="Ambulatoire" codeSystem="1.2.250.1.213.1.1.4.9"/></representedOrganization></assignedEntity></performer></serviceEvent></documentationOf>
${options.replaces === undefined ? '' : `<relatedDocument typeCode="RPLC"><parentDocument><id root="${options.replaces}"/></parentDocument></relatedDocument>`}
<componentOf><encompassingEncounter><effectiveTime nullFlavor="UNK"/><location><healthCareFacility><code code="SA25" displayName="Laboratoire de biologie médicale" codeSystem="1.2.250.1.71.4.2.4"/></healthCareFacility></location></encompassingEncounter></componentOf>
${body}
</ClinicalDocument>`;
}

function chapter(): string {
  return `<component><section><templateId root="1.3.6.1.4.1.19376.1.3.3.2.1"/><templateId root="1.2.250.1.213.1.1.2.70"/>
<code code="18719-5" displayName="Biochimie" codeSystem="2.16.840.1.113883.6.1"/><title>BIOCHIMIE</title>
<text><content ID="r1">Thyréostimuline</content> 1,950 mUI/l</text>
<entry typeCode="DRIV"><templateId root="1.3.6.1.4.1.19376.1.3.1"/><templateId root="1.2.250.1.213.1.1.3.21"/><act classCode="ACT" moodCode="EVN"><code code="18719-5" displayName="Biochimie" codeSystem="2.16.840.1.113883.6.1"/><statusCode code="completed"/><entryRelationship typeCode="COMP">
<observation classCode="OBS" moodCode="EVN"><templateId root="1.3.6.1.4.1.19376.1.3.1.6"/><templateId root="1.2.250.1.213.1.1.3.80"/><code code="3016-3" displayName="Thyréostimuline" codeSystem="2.16.840.1.113883.6.1"><originalText><reference value="#r1"/></originalText></code><statusCode code="completed"/><effectiveTime value="20260105093000+0100"/><value xsi:type="PQ" value="1.950" unit="m[IU]/L"/>
<referenceRange><observationRange><value xsi:type="IVL_PQ"><low value="0.270" unit="m[IU]/L"/><high value="4.200" unit="m[IU]/L"/></value></observationRange></referenceRange></observation></entryRelationship></act></entry></section></component>`;
}

function pdfCopy(pdf: Uint8Array): string {
  return `<component><section><templateId root="1.2.250.1.213.1.1.2.243"/><code code="55108-5" displayName="Copie du document" codeSystem="2.16.840.1.113883.6.1"/><title>Copie du document</title>
<text><renderMultiMedia referencedObject="copie-pdf"/></text>
<entry><organizer classCode="CLUSTER" moodCode="EVN"><templateId root="1.2.250.1.213.1.1.3.18"/><statusCode code="completed"/><component><observationMedia classCode="OBS" moodCode="EVN" ID="copie-pdf"><value mediaType="application/pdf" representation="B64">${Buffer.from(pdf).toString('base64')}</value></observationMedia></component></organizer></entry></section></component>`;
}
