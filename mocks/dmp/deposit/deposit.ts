import { createHash } from 'node:crypto';
import { readRegistryObjects } from '#formats/ebrim/index.ts';
import { children, readXml } from '#formats/xml/index.ts';
import type { Addition, RegistryEntry } from '../registry.ts';
import { storedDocument } from '../stored-document.ts';
import { ASSOCIATIONS, RIM } from '../vocabulary.ts';
import { depositCda } from './cda.ts';
import { codesOf, KINDS, utc } from './codes.ts';
import { depositList } from './metadata.ts';
import type { Deposit } from './types.ts';

/**
 * What a document of another actor adds to the registry, without any exchange: the product alone speaks on the wire.
 */
export function depositAddition(deposit: Deposit): Addition & { readonly entries: readonly [RegistryEntry] } {
  const codes = codesOf(deposit);
  const { author, patient, submittedAt, title, uniqueId } = deposit;
  const reading = readXml(depositList(deposit));
  if (!reading.ok) throw new Error(`dépôt illisible : ${reading.fault.message}`);
  const { documents, submissionSet } = readRegistryObjects(reading.root);
  const [entry] = documents;
  const [source] = children(reading.root, 'ExtrinsicObject', RIM);
  const [setSource] = children(reading.root, 'RegistryPackage', RIM);
  if (!entry || !source || !submissionSet || !setSource) throw new Error('dépôt sans document ou sans lot');
  const bytes = depositCda(deposit);
  const entryUUID = uuidFor(`${uniqueId}/entry`);
  const setUUID = uuidFor(`${uniqueId}/set`);
  const document = storedDocument(
    {
      uniqueId,
      entryUUID,
      lid: entryUUID,
      status: 'Approved',
      metadataVersion: 1,
      setId: uniqueId,
      versionNumber: 1,
      ins: patient.ins,
      classCode: codes.class.code,
      typeCode: codes.type.code,
      formatCode: KINDS.format.code,
      confidentiality: ['N', ...(deposit.confidentiality ?? [])],
      mimeType: 'text/xml',
      title,
      submissionTime: utc(submittedAt),
      hash: createHash('sha1').update(bytes).digest('hex'),
      size: bytes.byteLength,
    },
    () => bytes,
  );
  const lotId = `${uniqueId}.1`;
  const { ins } = patient;
  const structure = author.structure.id;
  return {
    set: { uuid: setUUID, uniqueId: lotId, ins, structure, set: submissionSet, source: setSource },
    entries: [
      { document, isSignature: false, entry, source, structure, submissionSetId: lotId, held: bytes.byteLength },
    ],
    associations: [
      {
        uuid: uuidFor(`${uniqueId}/member`),
        ins,
        type: ASSOCIATIONS.hasMember,
        source: setUUID,
        target: entryUUID,
        slots: new Map([['SubmissionSetStatus', ['Original']]]),
      },
    ],
  };
}

/** Always the same for the same text: the bench draws nothing at random. */
function uuidFor(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `5${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ];
  return `urn:uuid:${parts.join('-')}`;
}
