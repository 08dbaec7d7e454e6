import { createHash } from 'node:crypto';
import { writeMtom } from '#formats/mime/index.ts';
import { escapeXml } from '#formats/xml/index.ts';
import type { Pki } from '../../pki/types.ts';
import type { TestPatient, TestProfessional } from '../../population/types.ts';
import { ACTIONS, ASSOCIATIONS, HL7V3, LCM, OIDS, QUERY, RIM, SAML2, SIGNATURE_FORMAT, XDSB } from '../vocabulary.ts';
import { signAssertion, signLot, subjectOf } from './sign.ts';

/** Messages of the tests: correct ones, any part of which can be replaced. What a product does, without its code. */

export interface Caller {
  readonly pki: Pki;
  readonly patient: TestPatient;
  readonly professional: TestProfessional;
  readonly structure: string;
  readonly now: Date;
}

export interface VihfParts {
  readonly signer: string;
  readonly issuer: string;
  readonly issueInstant: string;
  readonly mode: string;
  readonly nameId: string;
  readonly structure: string;
  readonly speciality: boolean;
  readonly resourceId: string;
  readonly homologation: string;
  readonly sha: 'sha1' | 'sha256';
  /** Attribute left out. */
  readonly without: string;
  readonly role: string;
  /** G15 code; a doctor when absent. */
  readonly profession: string;
  readonly purpose: string;
  readonly authnClass: string;
  /** Content of AuthnContextDecl; no element when absent. */
  readonly declaration: string;
  readonly urn: string;
  readonly version: string;
  readonly sector: string;
  /** Value of the attribute of secret connection; no attribute when absent. */
  readonly secret: string;
  /** Applied after the signature. */
  readonly tamper: (assertion: string) => string;
}

/** Patient identifier of metadata and VIHF. */
export function cx({ ins, oid }: Pick<TestPatient, 'ins' | 'oid'>): string {
  return `${ins}^^^&${oid}&ISO^NH`;
}

export function vihf(caller: Caller, parts: Partial<VihfParts> = {}): string {
  const credential = caller.pki.clients[parts.signer ?? 'ORG_SIGN'];
  if (!credential) throw new Error('unknown credential');
  const attribute = (name: string, ...values: string[]): string =>
    name === parts.without
      ? ''
      : `<saml2:Attribute Name="${name}">${values.map((value) => `<saml2:AttributeValue>${value}</saml2:AttributeValue>`).join('')}</saml2:Attribute>`;
  const role = (code: string, system: string): string =>
    `<Role xmlns="${HL7V3}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="CE" code="${code}" codeSystem="${system}"/>`;
  const roles =
    parts.role === undefined
      ? [
          role(parts.profession ?? '10', OIDS.profession),
          ...(parts.speciality === false ? [] : [role(caller.professional.speciality, OIDS.speciality)]),
        ]
      : [role(parts.role, OIDS.roleOfOthers)];
  const assertion =
    `<saml2:Assertion xmlns:saml2="${SAML2}" ID="_a1" IssueInstant="${parts.issueInstant ?? caller.now.toISOString()}" Version="2.0">` +
    `<saml2:Issuer Format="urn:oasis:names:tc:SAML:1.1:nameid-format:X509SubjectName">${escapeXml(parts.issuer ?? subjectOf(credential))}</saml2:Issuer>` +
    `<saml2:Subject><saml2:NameID>${parts.nameId ?? caller.professional.nationalId}</saml2:NameID></saml2:Subject>` +
    `<saml2:AuthnStatement AuthnInstant="${caller.now.toISOString()}"><saml2:AuthnContext><saml2:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:${parts.authnClass ?? 'Password'}</saml2:AuthnContextClassRef>${parts.declaration === undefined ? '' : `<saml2:AuthnContextDecl>${parts.declaration}</saml2:AuthnContextDecl>`}</saml2:AuthnContext></saml2:AuthnStatement>` +
    `<saml2:AttributeStatement>` +
    attribute('VIHF_Version', parts.version ?? '3.0') +
    attribute('Identifiant_Structure', parts.structure ?? caller.structure) +
    attribute('Secteur_Activite', parts.sector ?? 'SA25^1.2.250.1.71.4.2.4') +
    attribute('urn:oasis:names:tc:xspa:1.0:subject:subject-id', 'Éva TEST') +
    attribute('urn:oasis:names:tc:xacml:2.0:subject:role', ...roles) +
    attribute('Authentification_mode', parts.mode ?? 'INDIRECTE') +
    attribute('urn:oasis:names:tc:xacml:2.0:resource:resource-id', escapeXml(parts.resourceId ?? cx(caller.patient))) +
    attribute('Ressource_URN', parts.urn ?? 'urn:dmp') +
    attribute(
      'urn:oasis:names:tc:xspa:1.0:subject:purposeofuse',
      `<PurposeOfUse xmlns="${HL7V3}" code="${parts.purpose ?? 'normal'}" codeSystem="1.2.250.1.213.1.1.4.248"/>`,
    ) +
    (parts.secret === undefined
      ? ''
      : attribute('urn:oasis:names:tc:xspa:1.0:resource:patient:hl7:confidentiality-code', parts.secret)) +
    attribute('LPS_Nom', 'TEST') +
    attribute('LPS_Version', '1.0') +
    attribute('LPS_ID_HOMOLOGATION_DMP', parts.homologation ?? 'TEST-1234') +
    `</saml2:AttributeStatement></saml2:Assertion>`;
  const signed = signAssertion(assertion, credential, parts.sha);
  return parts.tamper ? parts.tamper(signed) : signed;
}

export interface EnvelopeParts {
  readonly soap: string;
  readonly action: string;
  readonly security: string;
}

export function envelope(action: string, security: string, body: string, parts: Partial<EnvelopeParts> = {}): string {
  const header = `<wsse:Security xmlns:wsse="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd">${parts.security ?? security}</wsse:Security>`;
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n<e:Envelope xmlns:e="${parts.soap ?? 'http://www.w3.org/2003/05/soap-envelope'}" xmlns:wsa="http://www.w3.org/2005/08/addressing"><e:Header>` +
    `<wsa:MessageID>urn:uuid:request-1</wsa:MessageID><wsa:To/><wsa:Action e:mustUnderstand="true">${parts.action ?? action}</wsa:Action>` +
    `${parts.security === '' ? '' : header}</e:Header><e:Body>${body}</e:Body></e:Envelope>`
  );
}

function hl7Header(interaction: string): string {
  return (
    `<interactionId root="2.16.840.1.113883.1.6" extension="${interaction}"/><processingCode code="D"/>` +
    `<processingModeCode code="T"/><acceptAckCode code="AL"/>` +
    `<receiver typeCode="RCV"><device><id root="${OIDS.device}"/><softwareName>DMP</softwareName></device></receiver>`
  );
}

/** TD0.5. @param criteria values of the parameters, those absent left out */
export function patientSearchBody(criteria: {
  readonly family?: string;
  readonly given?: string;
  readonly birthTime?: string;
  readonly sex?: string;
}): string {
  const { family, given, birthTime, sex } = criteria;
  const parameter = (name: string, value: string): string =>
    `<${name}>${value}<semanticsText>${name}</semanticsText></${name}>`;
  const names = `${family === undefined ? '' : `<family>${escapeXml(family)}</family>`}${given === undefined ? '' : `<given>${escapeXml(given)}</given>`}`;
  return (
    `<PRPA_IN201305UV02 xmlns="${HL7V3}" ITSVersion="XML_1.0"><id root="1.2.3" extension="message-1"/><creationTime value="20260105100000"/>` +
    hl7Header('PRPA_IN201305UV02') +
    `<sender typeCode="SND"><device><id root="1.2.250.1.999.1"/><softwareName>TEST</softwareName></device></sender>` +
    `<controlActProcess classCode="CACT" moodCode="EVN"><code code="PRPA_TE201305UV02"/>` +
    `<queryByParameter><queryId root="1.2.3" extension="query-1"/><statusCode code="new"/><parameterList>` +
    (names === '' ? '' : parameter('livingSubjectName', `<value>${names}</value>`)) +
    (birthTime === undefined ? '' : parameter('livingSubjectBirthTime', `<value value="${birthTime}"/>`)) +
    (sex === undefined ? '' : parameter('livingSubjectAdministrativeGender', `<value code="${sex}"/>`)) +
    `</parameterList></queryByParameter></controlActProcess></PRPA_IN201305UV02>`
  );
}

/** A proprietary operation: parameters in its namespace. */
export function operationBody(name: string, namespace: string, parameters: Readonly<Record<string, string>>): string {
  const children = Object.entries(parameters).map(([key, value]) => `<${key}>${escapeXml(value)}</${key}>`);
  return `<${name} xmlns="${namespace}">${children.join('')}</${name}>`;
}

export function existenceBody({ patient }: Pick<Caller, 'patient'>, reason = 'TEST_EXST'): string {
  return (
    `<PRPA_IN201307UV02 xmlns="${HL7V3}" ITSVersion="XML_1.0"><id root="1.2.3" extension="message-1"/><creationTime value="20260105100000"/>` +
    hl7Header('PRPA_IN201307UV02') +
    `<sender typeCode="SND"><device><id root="1.2.250.1.999.1"/><softwareName>TEST</softwareName></device></sender>` +
    `<controlActProcess classCode="CACT" moodCode="EVN"><reasonCode code="${reason}" codeSystem="1.2.250.1.213.1.1.4.11"/>` +
    `<queryByParameter><queryId root="1.2.3" extension="query-1"/><statusCode code="new"/><parameterList><dataSource/>` +
    `<patientIdentifier><value root="${patient.oid}" extension="${patient.ins}"/><semanticsText>Patient.id</semanticsText></patientIdentifier>` +
    `</parameterList></queryByParameter></controlActProcess></PRPA_IN201307UV02>`
  );
}

export function findDocumentsBody({ patient }: Pick<Caller, 'patient'>, extra = '', status = 'Approved'): string {
  return queryBody(
    'urn:uuid:14d4debf-8f97-4251-9a74-a90016b0af0d',
    slot('$XDSDocumentEntryPatientId', `'${escapeXml(cx(patient))}'`) +
      slot('$XDSDocumentEntryStatus', `('urn:oasis:names:tc:ebxml-regrep:StatusType:${status}')`) +
      extra,
  );
}

export function queryBody(id: string, slots: string, returnType = 'LeafClass'): string {
  return `<query:AdhocQueryRequest xmlns:query="${QUERY}" xmlns:rim="${RIM}"><query:ResponseOption returnComposedObjects="true" returnType="${returnType}"/><rim:AdhocQuery id="${id}">${slots}</rim:AdhocQuery></query:AdhocQueryRequest>`;
}

export function slot(name: string, ...values: string[]): string {
  return `<rim:Slot name="${name}"><rim:ValueList>${values.map((value) => `<rim:Value>${value}</rim:Value>`).join('')}</rim:ValueList></rim:Slot>`;
}

export function retrieveBody(document: string, repository: string = OIDS.repository): string {
  return `<x:RetrieveDocumentSetRequest xmlns:x="${XDSB}"><x:DocumentRequest><x:RepositoryUniqueId>${repository}</x:RepositoryUniqueId><x:DocumentUniqueId>${document}</x:DocumentUniqueId></x:DocumentRequest></x:RetrieveDocumentSetRequest>`;
}

export interface LotParts {
  readonly lotOid: string;
  readonly documentOid: string;
  readonly cda: string;
  readonly hash: string;
  readonly size: string;
  readonly digest: string;
  /** Transform that the manifest announces for the document; none when absent. */
  readonly transform: string;
  readonly signer: string;
  /** The signature of the lot is a plain XML signature, without signed properties. */
  readonly bare: boolean;
  readonly replaces: string;
  readonly confidentiality: readonly string[];
  readonly inline: boolean;
  /** Applied to the registry object list. */
  readonly edit: (list: string) => string;
  /** Applied to the whole body. */
  readonly editBody: (body: string) => string;
}

const sha1 = (content: string, encoding: 'hex' | 'base64'): string =>
  createHash('sha1').update(content).digest(encoding);

export function cdaOf({ ins, oid }: Pick<TestPatient, 'ins' | 'oid'>, documentOid: string): string {
  return `<ClinicalDocument xmlns="${HL7V3}"><id root="${documentOid}"/><code code="11502-2" codeSystem="${OIDS.loinc}"/><title>Compte rendu</title><recordTarget><patientRole><id root="${oid}" extension="${ins}"/><id root="1.2.250.1.999.2" extension="IPP1"/></patientRole></recordTarget></ClinicalDocument>`;
}

/** Body of TD2.1 and its attachments, by content-id. */
export function lot(caller: Caller, parts: Partial<LotParts> & Pick<LotParts, 'lotOid' | 'documentOid'>) {
  const { patient, pki } = caller;
  const cda = parts.cda ?? cdaOf(patient, parts.documentOid);
  const signer = pki.clients[parts.signer ?? 'ORG_SIGN'];
  if (!signer) throw new Error('unknown credential');
  const digest = parts.digest ?? sha1(cda, 'base64');
  const items = [{ oid: parts.documentOid, digest, ...(parts.transform && { transform: parts.transform }) }];
  const signature = signLot(parts.lotOid, items, signer, parts.bare);
  const signatureOid = `${parts.documentOid}.9`;
  const edit = parts.edit ?? ((list: string): string => list);
  const registry = edit(registryList(caller, parts, cda, signatureOid));
  const xop = (cid: string): string =>
    `<xop:Include xmlns:xop="http://www.w3.org/2004/08/xop/include" href="cid:${cid}"/>`;
  const content = parts.inline ? Buffer.from(cda).toString('base64') : xop('document%3A1@test');
  const body =
    `<x:ProvideAndRegisterDocumentSetRequest xmlns:x="${XDSB}"><lcm:SubmitObjectsRequest xmlns:lcm="${LCM}" xmlns:rim="${RIM}">${registry}</lcm:SubmitObjectsRequest>` +
    `<x:Document id="Document01">${content}</x:Document><x:Document id="Signature01">${xop('signature@test')}</x:Document></x:ProvideAndRegisterDocumentSetRequest>`;
  return {
    body: parts.editBody ? parts.editBody(body) : body,
    attachments: [
      { contentId: 'signature@test', mediaType: 'text/xml', content: Buffer.from(signature) },
      { contentId: 'document:1@test', mediaType: 'text/xml', content: Buffer.from(cda) },
    ],
  };
}

function registryList(
  caller: Caller,
  parts: Partial<LotParts> & { lotOid: string; documentOid: string },
  cda: string,
  signatureOid: string,
): string {
  const { patient, professional, structure } = caller;
  const patientId = escapeXml(cx(patient));
  const person = escapeXml(
    `${professional.nationalId}^${professional.lastName}^${professional.firstName}^^^^^^&${OIDS.professional}&ISO^D^^^IDNPS`,
  );
  const institution = escapeXml(`LABO TEST^^^^^&${OIDS.structure}&ISO^IDNST^^^${structure}`);
  const specialty = 'G15_10/SM03^Médecin - Biologie médicale (SM)^1.2.250.1.213.1.1.4.5';
  const author = (scheme: string, owner: string): string =>
    `<rim:Classification id="author-${owner}" classificationScheme="urn:uuid:${scheme}" classifiedObject="${owner}" nodeRepresentation="">${slot('authorPerson', person)}${slot('authorInstitution', institution)}${slot('authorSpecialty', specialty)}</rim:Classification>`;
  const code = (scheme: string, owner: string, value: string, system: string): string =>
    `<rim:Classification id="c-${owner}-${value}" classificationScheme="urn:uuid:${scheme}" classifiedObject="${owner}" nodeRepresentation="${value}">${slot('codingScheme', system)}<rim:Name><rim:LocalizedString xml:lang="FR" value="libellé ${value}"/></rim:Name></rim:Classification>`;
  const identifier = (scheme: string, owner: string, value: string): string =>
    `<rim:ExternalIdentifier id="i-${owner}-${scheme.slice(0, 4)}" registryObject="${owner}" identificationScheme="urn:uuid:${scheme}" value="${value}"><rim:Name><rim:LocalizedString value="XDS"/></rim:Name></rim:ExternalIdentifier>`;
  const confidentiality = (owner: string, values: readonly string[]): string =>
    values
      .map((value) =>
        code(
          'f4f85eac-e6cb-4883-b524-f2705394840f',
          owner,
          value,
          value === 'N' ? OIDS.confidentiality : OIDS.frenchConfidentiality,
        ),
      )
      .join('');
  const set =
    `<rim:RegistryPackage id="SubmissionSet01">${slot('submissionTime', '20260105100000')}<rim:Name><rim:LocalizedString value="Lot"/></rim:Name>` +
    `<rim:Classification id="node" classificationNode="urn:uuid:a54d6aa5-d40d-43f9-88c5-b4633d873bdd" classifiedObject="SubmissionSet01"/>` +
    author('a7058bb9-b4e4-4307-ba5b-e3f0ab85e12d', 'SubmissionSet01') +
    code('aa543740-bdda-424e-8c96-df4873be8500', 'SubmissionSet01', '07', OIDS.contentType) +
    identifier('6b5aea1a-874d-4603-a4bc-96a0a7b38446', 'SubmissionSet01', patientId) +
    identifier('554ac39e-e3fe-47fe-b233-965d2a147832', 'SubmissionSet01', '1.2.250.1.999.1') +
    identifier('96fdda7c-d067-4183-912e-bf5ee74998a8', 'SubmissionSet01', parts.lotOid) +
    `</rim:RegistryPackage>`;
  const objectType = 'urn:uuid:7edca82f-054d-47f2-a032-9b2a5b5186c1';
  const document =
    `<rim:ExtrinsicObject id="Document01" mimeType="text/xml" objectType="${objectType}">` +
    slot('creationTime', '20260105100000') +
    slot('languageCode', 'fr-FR') +
    slot('serviceStartTime', '20260105080000') +
    slot('sourcePatientId', escapeXml('IPP1^^^&1.2.250.1.999.2&ISO^PI')) +
    slot('sourcePatientInfo', 'PID-5|TEST^TEST^^^^^L', 'PID-7|19790328', 'PID-8|F') +
    slot('legalAuthenticator', person) +
    slot('hash', parts.hash ?? sha1(cda, 'hex')) +
    slot('size', parts.size ?? String(Buffer.byteLength(cda))) +
    `<rim:Name><rim:LocalizedString xml:lang="FR" value="CR d'examens &lt;biologiques&gt;"/></rim:Name>` +
    author('93606bcf-9494-43ec-9b4e-a7748d1a838d', 'Document01') +
    code('41a5887f-8865-4c09-adf7-e362475b143a', 'Document01', '10', OIDS.classCode) +
    code('f0306f51-975f-434e-a61c-c59651d33983', 'Document01', '11502-2', OIDS.loinc) +
    code('a09d5840-386c-46f2-b5ad-9c3699a4309d', 'Document01', 'urn:ihe:lab:xd-lab:2008', '1.3.6.1.4.1.19376.1.2.3') +
    confidentiality('Document01', parts.confidentiality ?? ['N']) +
    code('f33fb8ac-18af-42cc-ae0e-ed0b0bdb91e1', 'Document01', 'SA25', OIDS.sector) +
    code('cccf5598-8b07-4b77-a05e-ae952c785ead', 'Document01', 'AMBULATOIRE', OIDS.practiceSetting) +
    identifier('58a6f841-87b3-4a3e-92fd-a8ffeff98427', 'Document01', patientId) +
    identifier('2e82c1f6-a085-4c72-9da3-8640a32e42ab', 'Document01', parts.documentOid) +
    `</rim:ExtrinsicObject>`;
  const signature =
    `<rim:ExtrinsicObject id="Signature01" mimeType="text/xml" objectType="${objectType}">` +
    slot('creationTime', '20260105100000') +
    slot('languageCode', 'art') +
    slot('sourcePatientId', patientId) +
    `<rim:Name><rim:LocalizedString value="Source"/></rim:Name>` +
    author('93606bcf-9494-43ec-9b4e-a7748d1a838d', 'Signature01') +
    code('41a5887f-8865-4c09-adf7-e362475b143a', 'Signature01', 'urn:oid:1.3.6.1.4.1.19376.1.2.1.1.1', 'URN') +
    code('f0306f51-975f-434e-a61c-c59651d33983', 'Signature01', 'E1762', 'ASTM') +
    code('a09d5840-386c-46f2-b5ad-9c3699a4309d', 'Signature01', SIGNATURE_FORMAT, 'URN') +
    code('2c6b8cb7-8b2a-4051-b291-b1ae6a575ef4', 'Signature01', '1.2.840.10065.1.12.1.14', '1.2.840.10065.1.12') +
    confidentiality('Signature01', ['N', 'MASQUE_PS', 'INVISIBLE_PATIENT']) +
    identifier('58a6f841-87b3-4a3e-92fd-a8ffeff98427', 'Signature01', patientId) +
    identifier('2e82c1f6-a085-4c72-9da3-8640a32e42ab', 'Signature01', signatureOid) +
    `</rim:ExtrinsicObject>`;
  const association = (id: string, type: string, source: string, target: string, slots = ''): string =>
    `<rim:Association id="${id}" associationType="${type}" sourceObject="${source}" targetObject="${target}">${slots}</rim:Association>`;
  const original = slot('SubmissionSetStatus', 'Original');
  return (
    `<rim:RegistryObjectList>${set}${document}${signature}` +
    association('a1', ASSOCIATIONS.hasMember, 'SubmissionSet01', 'Document01', original) +
    association('a2', ASSOCIATIONS.hasMember, 'SubmissionSet01', 'Signature01', original) +
    association('a3', ASSOCIATIONS.signs, 'Signature01', 'SubmissionSet01') +
    (parts.replaces === undefined ? '' : association('a4', ASSOCIATIONS.replaces, 'Document01', parts.replaces)) +
    `</rim:RegistryObjectList>`
  );
}

/** A TD2.1 request ready to be sent. */
export function feeding(
  caller: Caller,
  parts: Partial<LotParts> & Pick<LotParts, 'lotOid' | 'documentOid'>,
  security: string = vihf(caller),
  envelopeParts: Partial<EnvelopeParts> = {},
): { readonly contentType: string; readonly body: Uint8Array } {
  const { body, attachments } = lot(caller, parts);
  return writeMtom({
    root: envelope(ACTIONS.provide, security, body, envelopeParts),
    attachments,
    action: ACTIONS.provide,
  });
}

export interface UpdateParts {
  readonly lotOid: string;
  /** Changes of availability: entryUUID, short names of the statuses. */
  readonly statuses: readonly { readonly uuid: string; readonly from: string; readonly to: string }[];
  /** Copies of metadata, each an ExtrinsicObject as `copyOf` writes it, with the version it follows. */
  readonly copies: readonly { readonly id: string; readonly xml: string; readonly previous: string }[];
  /** Applied to the registry object list. */
  readonly edit: (list: string) => string;
}

/** Body of TD3.3. */
export function updateBody(caller: Caller, parts: Partial<UpdateParts> & Pick<UpdateParts, 'lotOid'>): string {
  const complete = { ...parts, documentOid: '1.2' };
  const set =
    /<rim:RegistryPackage[\s\S]*<\/rim:RegistryPackage>/.exec(registryList(caller, complete, '', '1.2.9'))?.[0] ?? '';
  const urn = (name: string): string =>
    name === 'Archived' || name === 'Deleted'
      ? `urn:asip:ci-sis:2010:StatusType:${name}`
      : `urn:oasis:names:tc:ebxml-regrep:StatusType:${name}`;
  const statuses = (parts.statuses ?? []).map(
    ({ uuid, from, to }, rank) =>
      `<rim:Association id="s${rank}" associationType="urn:ihe:iti:2010:AssociationType:UpdateAvailabilityStatus" sourceObject="SubmissionSet01" targetObject="${uuid}">${slot('OriginalStatus', urn(from))}${slot('NewStatus', urn(to))}</rim:Association>`,
  );
  const copies = (parts.copies ?? []).map(
    ({ id, xml, previous }) =>
      `${xml}<rim:Association id="m-${id}" associationType="${ASSOCIATIONS.hasMember}" sourceObject="SubmissionSet01" targetObject="${id}">${slot('SubmissionSetStatus', 'Original')}${slot('PreviousVersion', previous)}</rim:Association>`,
  );
  const list = `<rim:RegistryObjectList>${set}${copies.join('')}${statuses.join('')}</rim:RegistryObjectList>`;
  return `<lcm:SubmitObjectsRequest xmlns:lcm="${LCM}" xmlns:rim="${RIM}">${parts.edit ? parts.edit(list) : list}</lcm:SubmitObjectsRequest>`;
}

/** The ExtrinsicObject of a query answer under a local id, with other confidentiality codes. */
export function copyOf(answered: string, id: string, confidentiality: readonly string[]): string {
  const found = /<rim:ExtrinsicObject id="([^"]*)"[\s\S]*?<\/rim:ExtrinsicObject>/.exec(answered);
  if (!found?.[1]) throw new Error('no ExtrinsicObject in the answer');
  const codes = confidentiality.map((value) => {
    const system = value === 'N' ? OIDS.confidentiality : OIDS.frenchConfidentiality;
    return `<rim:Classification id="n-${value}" classificationScheme="urn:uuid:f4f85eac-e6cb-4883-b524-f2705394840f" classifiedObject="${id}" nodeRepresentation="${value}">${slot('codingScheme', system)}<rim:Name><rim:LocalizedString value="${value}"/></rim:Name></rim:Classification>`;
  });
  return found[0]
    .replaceAll(new RegExp(`(?<! lid=")${found[1]}`, 'g'), id)
    .replace(/ status="[^"]*"/, '')
    .replaceAll(/<rim:Classification [^>]*f4f85eac[\s\S]*?<\/rim:Classification>/g, '')
    .replace('<rim:ExternalIdentifier', `${codes.join('')}<rim:ExternalIdentifier`);
}
