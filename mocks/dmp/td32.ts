import { writeMtom } from '#formats/mime/index.ts';
import { at, children, escapeXml } from '#formats/xml/index.ts';
import limits from './limits.json' with { type: 'json' };
import type { DmpReply, Transaction } from './call.ts';
import { writeRegistryResponse } from './envelope.ts';
import { maySee, readerOf } from './rights.ts';
import { accessRefusal, malformedReply, rightsReply, saidOf, scriptedProblem, soapReply } from './replies.ts';
import type { RegistryProblem, StoredDocument } from './types.ts';
import { ACTIONS, OIDS, XDSB } from './vocabulary.ts';

const CID_SUFFIX = '@urn:ihe:iti:xds-b:2007';

interface Retrieval {
  readonly documents: readonly StoredDocument[];
  readonly problems: readonly RegistryProblem[];
}

/**
 * TD3.2, reading of documents (ITI-43). The answer is multipart in every case, refusals included.
 * Source: protocols.md §2.7, annex A.4.
 */
export const RETRIEVAL: Transaction = {
  name: 'TD3.2',
  service: 'repository',
  action: ACTIONS.retrieve,
  payload: { local: 'RetrieveDocumentSetRequest', namespace: XDSB },
  answer(call) {
    const { payload } = call.message.envelope;
    const requests = payload ? children(payload, 'DocumentRequest', XDSB) : [];
    if (requests.length === 0) return malformedReply(call, 'DocumentRequest absent');
    if (requests.length > limits.documents)
      return malformedReply(call, `plus de ${limits.documents} documents demandés`);
    const { state } = call;
    const refused = accessRefusal(call, true);
    if (refused) return refused;
    // What is asked by its identifier is asked for itself: the treating doctor then sees masked documents.
    const reader = { ...readerOf(call), masked: true };
    const asked = requests.map((request) => ({
      repository: at(request, 'RepositoryUniqueId')?.text.trim() ?? '',
      document: at(request, 'DocumentUniqueId')?.text.trim() ?? '',
    }));
    call.exchange.attribute({ documentIds: asked.map(({ document }) => document) });
    const others = asked.filter(({ document }) => {
      const found = state.registry.byUniqueId(document);
      if (found?.document.ins !== call.subject.ins || maySee(found, reader)) return false;
      return maySee(found, { ...reader, authorised: true });
    });
    if (others.length > 0) return rightsReply(call, "Accès refusé : le patient n'a pas autorisé ce professionnel.");
    state.registry.noteReading(call.subject.ins, call.vihf.nameId);
    const record = scriptedProblem(call);
    const documents: StoredDocument[] = [];
    const problems: RegistryProblem[] = record ? [record] : [];
    for (const { repository, document } of record ? [] : asked) {
      const found = state.registry.byUniqueId(document);
      if (repository !== OIDS.repository) {
        problems.push({
          code: 'XDSUnknownRepositoryId',
          context: `Entrepôt ${repository} inconnu`,
          location: document,
        });
      } else if (!found || found.document.ins !== call.subject.ins || !maySee(found, reader)) {
        problems.push({
          code: 'XDSDocumentUniqueIdError',
          context: `Document ${document} inconnu`,
          location: document,
        });
      } else if (!documents.includes(found.document)) documents.push(found.document);
    }
    const total = documents.reduce((sum, { size }) => sum + size, 0);
    if (total > limits.documentBytes) {
      const context = `Les documents demandés font ${total} octets en tout, ${limits.documentBytes} au plus`;
      problems.push({ code: 'XDSRepositoryError', context, location: '' });
      documents.length = 0;
    }
    const cids = documents.map(() => state.uuid());
    const attachments = documents.map((document, index) => ({
      contentId: contentId(cids[index], index),
      mediaType: document.mimeType,
      content: document.bytes,
    }));
    const body = writeRetrieval({ documents, problems }, cids);
    const said = problems.length > 0 ? saidOf(problems) : `répondu Success : ${documents.length} document(s) remis`;
    return inMultipart(soapReply(call, ACTIONS.retrieveAnswer, body, said), attachments);
  },
};

function writeRetrieval({ documents, problems }: Retrieval, cids: readonly string[]): string {
  const status = problems.length === 0 ? 'Success' : documents.length === 0 ? 'Failure' : 'PartialSuccess';
  const responses = documents
    .map(
      (document, index) =>
        `<x:DocumentResponse><x:RepositoryUniqueId>${OIDS.repository}</x:RepositoryUniqueId>` +
        `<x:DocumentUniqueId>${escapeXml(document.uniqueId)}</x:DocumentUniqueId>` +
        `<x:mimeType>${escapeXml(document.mimeType)}</x:mimeType><x:Document>` +
        `<xop:Include xmlns:xop="http://www.w3.org/2004/08/xop/include" href="cid:${contentId(cids[index], index).replaceAll(':', '%3A')}"/>` +
        `</x:Document></x:DocumentResponse>`,
    )
    .join('');
  const response = writeRegistryResponse(status, problems);
  return `<x:RetrieveDocumentSetResponse xmlns:x="${XDSB}">${response}${responses}</x:RetrieveDocumentSetResponse>`;
}

function contentId(uuid: string | undefined, index: number): string {
  return `${uuid ?? ''}-${index + 2}${CID_SUFFIX}`;
}

/** Puts a SOAP reply in an MTOM package; a reply that is one already stays as it is. */
export function inMultipart(
  reply: DmpReply,
  attachments: Parameters<typeof writeMtom>[0]['attachments'] = [],
): DmpReply {
  if (typeof reply.body !== 'string' || !reply.contentType.startsWith('application/soap+xml')) return reply;
  const { contentType, body } = writeMtom({ root: reply.body, attachments });
  return { ...reply, contentType, body };
}
