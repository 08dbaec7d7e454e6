import { createHash } from 'node:crypto';
import { readCda, type CdaDocument } from '#formats/cda/index.ts';
import {
  ASSOCIATION,
  classifications,
  DOCUMENT_ENTRY,
  externalIdentifier,
  parseCx,
  slotValues,
  SUBMISSION_SET,
  EBXML,
  readRegistryObjects,
  type ExtrinsicObject,
  type RegistryObjects,
} from '#formats/ebrim/index.ts';
import type { HttpExchange } from '#formats/exchange/index.ts';
import { readSoap } from '#formats/soap/index.ts';
import { attribute, child, children, descendants, type XmlElement } from '#formats/xml/index.ts';
import { vihfOf } from '../../vihf/index.ts';
import { isSignatureEntry, readSubmission } from '../submission.ts';
import { dmpRequestOf, envelopeBytes, transactionOf, type DmpTransactionName } from '../transaction.ts';
import { readDmpAnswer, type DmpAnswer } from './answers.ts';

const GET_DOCUMENTS = 'urn:uuid:5c4f972b-d56b-40ac-a5fc-c8ca9b40b9d4';
const GET_BY_ID: ReadonlySet<string> = new Set([
  GET_DOCUMENTS,
  'urn:uuid:a7ae438b-4bc2-4642-93e9-be891f7bb155', // GetAssociations
]);

/** A document of a feeding, the signature left out. */
export interface FedDocument {
  readonly entry: ExtrinsicObject;
  readonly uniqueId: string;
  /** SHA-256 of its bytes; undefined when they are missing. */
  readonly digest: string | undefined;
  /** What stays the same when a document is only renumbered. */
  readonly likeness: string;
  /** Orders that it answers (referenceIdList); empty when the entry names none. */
  readonly orders: string;
  /** Type, format and visibility: twins of one report that share a setId differ by it. */
  readonly sort: string;
  readonly cda: CdaDocument | undefined;
  /** entryUUID that it replaces. */
  readonly replaces: string | undefined;
  /** XPath of the association RPLC. */
  readonly replacesPath: string | undefined;
}

/** A document that a reading (TD3.2) asks for. */
export interface AskedDocument {
  readonly uniqueId: string;
  readonly repository: string;
  /** XPath of its request. */
  readonly path: string;
}

/** One call to the DMP, with what the rules on a series look at. */
export interface DmpCall {
  /** Of the exchange. */
  readonly id: string;
  readonly transaction: DmpTransactionName | undefined;
  /** 15 characters; empty when the call names nobody. */
  readonly ins: string;
  readonly user: string;
  readonly structure: string;
  readonly messageId: string | undefined;
  readonly startedMs: number;
  readonly endedMs: number;
  readonly answer: DmpAnswer;
  /** Whether it seeks or reads documents of the record, rather than one entry that is known. */
  readonly reads: boolean;
  /** TD0.3: whether it adds an authorisation, or tries to: what it says wrong is judged apart. */
  readonly authorises: boolean;
  readonly setId: string | undefined;
  readonly documents: readonly FedDocument[];
  /** TD3.2. */
  readonly asked: readonly AskedDocument[];
  /** TD3.1 by id: the uniqueIds that it names. */
  readonly sought: readonly string[];
  /** TD3.3. */
  readonly update: RegistryObjects | undefined;
}

/** Reads what an exchange asked of the DMP and what was answered. */
export function readDmpCall(exchange: HttpExchange): DmpCall {
  const request = dmpRequestOf(exchange);
  const envelope = envelopeBytes(request);
  const reading = readSoap(envelope);
  const payload = reading.ok ? reading.envelope.payload : undefined;
  const transaction = transactionOf(request)?.name;
  const vihf = vihfOf(envelope);
  const submission = transaction === 'TD2.1' ? readSubmission(request.contentType, request.body) : undefined;
  const objects = submission?.ok === true ? submission.submission.objects : undefined;
  const list = transaction === 'TD3.3' && payload ? child(payload, 'RegistryObjectList', EBXML.rim) : undefined;
  const query = payload && transaction === 'TD3.1' ? descendants(payload, 'AdhocQuery', EBXML.rim)[0] : undefined;
  const queryId = (query && attribute(query, 'id', '')) ?? '';
  const action = payload && transaction === 'TD0.3' ? child(payload, 'action', payload.name.namespace) : undefined;
  const startedMs = Date.parse(exchange.startedAt);
  const value =
    payload && transaction === 'TD0.2' ? descendants(payload, 'patientIdentifier', 'urn:hl7-org:v3')[0] : undefined;
  const tested = value && child(value, 'value', 'urn:hl7-org:v3');
  return {
    id: exchange.id,
    transaction,
    ins: (tested && attribute(tested, 'extension', '')) ?? parseCx(vihf?.resourceId ?? '').id,
    user: vihf?.nameId ?? '',
    structure: vihf?.structure ?? '',
    messageId: reading.ok ? reading.envelope.addressing.messageId : undefined,
    startedMs,
    endedMs: startedMs + exchange.durationMs,
    answer: readDmpAnswer(exchange),
    reads: transaction === 'TD3.2' || (transaction === 'TD3.1' && !GET_BY_ID.has(queryId)),
    authorises: transaction === 'TD0.3' && action?.text.trim() !== 'SUPPRESSION',
    setId: objects?.submissionSet && externalIdentifier(objects.submissionSet, SUBMISSION_SET.uniqueId)?.value,
    documents:
      submission?.ok === true && objects !== undefined
        ? objects.documents.flatMap((entry) => {
            const bytes = submission.submission.documents.find(({ id }) => id === entry.id)?.bytes;
            return isSignatureEntry(entry) ? [] : [fedDocument(entry, bytes, objects)];
          })
        : [],
    asked: payload && transaction === 'TD3.2' ? askedDocuments(payload) : [],
    sought: query && queryId === GET_DOCUMENTS ? soughtIds(query) : [],
    update: list && readRegistryObjects(list),
  };
}

function askedDocuments(request: XmlElement): readonly AskedDocument[] {
  return children(request, 'DocumentRequest', EBXML.xdsb).map((one) => {
    const part = (name: string): string => child(one, name, EBXML.xdsb)?.text.trim() ?? '';
    return { uniqueId: part('DocumentUniqueId'), repository: part('RepositoryUniqueId'), path: one.path };
  });
}

/** Values are written between quotes, in a list or alone. */
function soughtIds(query: XmlElement): readonly string[] {
  const slot = descendants(query, 'Slot', EBXML.rim).find(
    (one) => attribute(one, 'name', '') === '$XDSDocumentEntryUniqueId',
  );
  const values = slot === undefined ? [] : descendants(slot, 'Value', EBXML.rim);
  return values.flatMap(({ text }) => text.replaceAll(/[()'\s]/g, '').split(',')).filter((id) => id !== '');
}

function fedDocument(entry: ExtrinsicObject, bytes: Uint8Array | undefined, objects: RegistryObjects): FedDocument {
  const cda = bytes === undefined ? undefined : readCda(bytes);
  const replaces = objects.associations.find(
    (one) => one.associationType === ASSOCIATION.replaces && one.sourceObject === entry.id,
  );
  const codes = (scheme: string): string =>
    classifications(entry, scheme)
      .map((one) => one.nodeRepresentation ?? '')
      .toSorted()
      .join();
  const sort = [DOCUMENT_ENTRY.typeCode, DOCUMENT_ENTRY.formatCode, DOCUMENT_ENTRY.confidentialityCode]
    .map(codes)
    .join('|');
  return {
    entry,
    uniqueId: externalIdentifier(entry, DOCUMENT_ENTRY.uniqueId)?.value ?? '',
    digest: bytes && createHash('sha256').update(bytes).digest('hex'),
    sort,
    orders: slotValues(entry, 'urn:ihe:iti:xds:2013:referenceIdList').join(),
    likeness: [
      sort,
      entry.name ?? '',
      slotValues(entry, 'serviceStartTime')[0] ?? '',
      slotValues(entry, 'urn:ihe:iti:xds:2013:referenceIdList').join(),
    ].join('|'),
    cda: cda?.ok === true ? cda.document : undefined,
    replaces: replaces?.targetObject,
    replacesPath: replaces?.path,
  };
}
