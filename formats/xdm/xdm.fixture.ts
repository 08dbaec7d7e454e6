import { createHash } from 'node:crypto';
import { Buffer } from 'node:buffer';
import { ZipFile } from 'yazl';
import { escapeXml } from '../xml/index.ts';

/** A document of the archive, with what its metadata say. */
export interface XdmDocumentFixture {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly uniqueId: string;
  readonly typeCode?: string;
  readonly uri?: string;
  readonly hash?: string;
  readonly size?: string;
  readonly patientId?: string;
  readonly confidentialityCodes?: readonly string[];
  readonly mimeType?: string;
}

const PATIENT = '279035121518989^^^&1.2.250.1.213.1.4.10&ISO^NH';
const BIOLOGIST = '899900000011^BIO-TEST^EVA^^^^^^&1.2.250.1.71.4.2.1&ISO^D^^^IDNPS';
const LABORATORY = 'LABORATOIRE DE TEST^^^^^&1.2.250.1.71.4.2.2&ISO^IDNST^^^10B0152872';
const SPECIALITY = 'G15_10/SM03^Médecin - Biologie médicale (SM)^1.2.250.1.213.1.1.4.5';
const README =
  'Emetteur : LABORATOIRE DE TEST\r\nApplication : test\r\nInstructions : ouvrez le PDF.\r\nArborescence : IHE_XDM\r\n';
const NORMAL = '2.16.840.1.113883.5.25';
const MASKS = '1.2.250.1.213.1.1.4.13';
const INDEX =
  '<?xml version="1.0" encoding="UTF-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>IHE_XDM</title></head><body><h1>LABORATOIRE DE TEST</h1><a href="README.TXT">README.TXT</a></body></html>';

/** Metadata of one submission set about fictitious people. */
export function makeMetadata(documents: readonly XdmDocumentFixture[], setPatientId = PATIENT): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<lcm:SubmitObjectsRequest xmlns:lcm="urn:oasis:names:tc:ebxml-regrep:xsd:lcm:3.0" xmlns="urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0"><RegistryObjectList>
<RegistryPackage id="SubmissionSet01">${slots({ submissionTime: '20260105100000' })}
${author('a7058bb9-b4e4-4307-ba5b-e3f0ab85e12d', 'SubmissionSet01')}
${coded('aa543740-bdda-424e-8c96-df4873be8500', 'SubmissionSet01', '07', '1.2.250.1.213.2.2')}
<Classification id="n" classificationNode="urn:uuid:a54d6aa5-d40d-43f9-88c5-b4633d873bdd" classifiedObject="SubmissionSet01"/>
${external('6b5aea1a-874d-4603-a4bc-96a0a7b38446', 'XDSSubmissionSet.patientId', setPatientId)}
${external('554ac39e-e3fe-47fe-b233-965d2a147832', 'XDSSubmissionSet.sourceId', '1.2.250.1.999.9')}
${external('96fdda7c-d067-4183-912e-bf5ee74998a8', 'XDSSubmissionSet.uniqueId', '1.2.250.1.999.9.1')}</RegistryPackage>
${documents.map(entry).join('\n')}
${documents.map((_, index) => `<Association id="a${index}" associationType="urn:oasis:names:tc:ebxml-regrep:AssociationType:HasMember" sourceObject="SubmissionSet01" targetObject="Document0${index + 1}"/>`).join('')}
</RegistryObjectList></lcm:SubmitObjectsRequest>`;
}

/** Files of a conforming archive, to be changed then zipped. */
export function makeXdmFiles(documents: readonly XdmDocumentFixture[]): Map<string, Uint8Array> {
  return new Map<string, Uint8Array>([
    ['README.TXT', Buffer.from(README)],
    ['INDEX.HTM', Buffer.from(INDEX)],
    ['IHE_XDM/SUBSET01/METADATA.XML', Buffer.from(makeMetadata(documents), 'utf8')],
    ...documents.map((one): [string, Uint8Array] => [`IHE_XDM/SUBSET01/${one.name}`, one.bytes]),
  ]);
}

export async function zip(files: Iterable<readonly [string, Uint8Array]>): Promise<Uint8Array> {
  const archive = new ZipFile();
  for (const [name, bytes] of files) archive.addBuffer(Buffer.from(bytes), name, { mtime: new Date(2026, 0, 5) });
  archive.end();
  const chunks: Uint8Array[] = [];
  for await (const chunk of archive.outputStream as unknown as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Renames an entry inside the bytes of a zip, in both directories: zip writers refuse names that attack. */
export function renameInZip(archive: Uint8Array, from: string, to: string): Uint8Array {
  if (from.length !== to.length) throw new Error('les deux noms doivent avoir la même longueur');
  return Buffer.from(Buffer.from(archive).toString('latin1').replaceAll(from, to), 'latin1');
}

function entry(one: XdmDocumentFixture, index: number): string {
  const id = `Document0${index + 1}`;
  const text = Buffer.from(one.bytes).toString('utf8');
  const name = /<family qualifier="BR">([^<]*)/.exec(text)?.[1] ?? 'PAT-TROIS';
  const hash = one.hash ?? createHash('sha1').update(one.bytes).digest('hex');
  return `<ExtrinsicObject id="${id}" mimeType="${one.mimeType ?? 'text/xml'}" objectType="urn:uuid:7edca82f-054d-47f2-a032-9b2a5b5186c1">
${slots({ creationTime: '20260105100000', languageCode: 'fr-FR', legalAuthenticator: BIOLOGIST, serviceStartTime: '20260105073000', serviceStopTime: '20260105095000', sourcePatientId: 'IPP1^^^&1.2.250.1.999.2&ISO^PI', URI: one.uri ?? one.name, hash, size: one.size ?? String(one.bytes.length) })}
<Slot name="sourcePatientInfo"><ValueList><Value>PID-5|${name}^DOMINIQUE^^^^^L</Value><Value>PID-7|19790328</Value><Value>PID-8|F</Value></ValueList></Slot>
<Name><LocalizedString value="Compte rendu d&apos;examens biologiques"/></Name>
${author('93606bcf-9494-43ec-9b4e-a7748d1a838d', id)}
${coded('41a5887f-8865-4c09-adf7-e362475b143a', id, '10', '1.2.250.1.213.1.1.4.1')}
${coded('a09d5840-386c-46f2-b5ad-9c3699a4309d', id, text.includes('<nonXMLBody>') ? 'urn:ihe:iti:xds-sd:pdf:2008' : 'urn:ihe:lab:xd-lab:2008', '1.3.6.1.4.1.19376.1.2.3')}
${coded('f33fb8ac-18af-42cc-ae0e-ed0b0bdb91e1', id, 'SA25', '1.2.250.1.71.4.2.4')}
${coded('cccf5598-8b07-4b77-a05e-ae952c785ead', id, 'AMBULATOIRE', '1.2.250.1.213.1.1.4.9')}
${coded('f0306f51-975f-434e-a61c-c59651d33983', id, one.typeCode ?? '11502-2', '2.16.840.1.113883.6.1')}
${(one.confidentialityCodes ?? ['N']).map((code) => coded('f4f85eac-e6cb-4883-b524-f2705394840f', id, code, code === 'N' ? NORMAL : MASKS)).join('')}
${external('58a6f841-87b3-4a3e-92fd-a8ffeff98427', 'XDSDocumentEntry.patientId', one.patientId ?? PATIENT)}
${external('2e82c1f6-a085-4c72-9da3-8640a32e42ab', 'XDSDocumentEntry.uniqueId', one.uniqueId)}</ExtrinsicObject>`;
}

function slots(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `<Slot name="${name}"><ValueList><Value>${escapeXml(value)}</Value></ValueList></Slot>`)
    .join('');
}

function author(scheme: string, object: string): string {
  return `<Classification id="${object}-author" classificationScheme="urn:uuid:${scheme}" classifiedObject="${object}" nodeRepresentation="">${slots({ authorPerson: BIOLOGIST, authorInstitution: LABORATORY, authorSpecialty: SPECIALITY })}</Classification>`;
}

function external(scheme: string, name: string, value: string): string {
  return `<ExternalIdentifier id="${name}" identificationScheme="urn:uuid:${scheme}" value="${escapeXml(value)}"><Name><LocalizedString value="${name}"/></Name></ExternalIdentifier>`;
}

function coded(scheme: string, object: string, code: string, system = ''): string {
  return `<Classification id="${object}-${code}" classificationScheme="urn:uuid:${scheme}" classifiedObject="${object}" nodeRepresentation="${code}">${slots({ codingScheme: system })}<Name><LocalizedString value="${code}"/></Name></Classification>`;
}
