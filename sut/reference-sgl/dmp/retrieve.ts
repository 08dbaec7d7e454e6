import type { XmlElement } from 'libxml2-wasm';
import { el, textEl } from '../xml/index.ts';
import { attr, NS, readEnvelope, registryVerdict, text, unreadable, type Verdict } from './answers.ts';
import { attempt, callDmp, type DmpContext, type Refused } from './call.ts';
import { unpack } from './mtom.ts';

export const RETRIEVE_ACTION = 'urn:ihe:iti:2007:RetrieveDocumentSet';
/** Of the DMP, unless an entry says otherwise (protocols.md §0.1). */
export const REPOSITORY = '1.2.250.1.213.4.1.1.1.2';

export interface Retrieved {
  readonly outcome: 'accepted';
  readonly detail: string;
  readonly mimeType: string;
  readonly bytes: Uint8Array;
}

export function retrieveBody(uniqueId: string, repository: string): string {
  return el(
    'xdsb:RetrieveDocumentSetRequest',
    { 'xmlns:xdsb': 'urn:ihe:iti:xds-b:2007' },
    el(
      'xdsb:DocumentRequest',
      {},
      textEl('xdsb:RepositoryUniqueId', repository),
      textEl('xdsb:DocumentUniqueId', uniqueId),
    ),
  );
}

/** TD3.2: reads one document (ITI-43). The answer is MTOM; a part may be named in percent-encoded form. */
export function retrieveDocument(
  uniqueId: string,
  repository: string,
  context: DmpContext,
): Promise<Retrieved | Refused> {
  const body = retrieveBody(uniqueId, repository);
  return attempt<Retrieved | Refused>(async () => {
    const answer = await callDmp({ service: 'repository', action: RETRIEVE_ACTION, body, attachments: [] }, context);
    const parts = unpack(answer.contentType, answer.body);
    return readEnvelope<Retrieved | Refused>(answer, (soap): Retrieved | Refused => {
      const set = soap.get('xdsb:RetrieveDocumentSetResponse', NS) as XmlElement | null;
      const response = set?.get('rs:RegistryResponse', NS) as XmlElement | null | undefined;
      const verdict: Verdict = response
        ? registryVerdict(
            response,
            'Document lu dans le DMP.',
            'Le DMP a refusé la lecture du document.',
            context.faults,
          )
        : unreadable(answer, 'ni RetrieveDocumentSetResponse ni erreur SOAP');
      if (verdict.outcome === 'refused') return verdict;
      if (!set) return unreadable(answer, 'réponse vide');
      const found = set.get('xdsb:DocumentResponse', NS) as XmlElement | null;
      const href = attr(found?.get('xdsb:Document/*', NS) ?? null, 'href');
      const inline = found?.get('xdsb:Document', NS);
      const bytes = href === '' ? inline && Buffer.from(text(inline), 'base64') : parts?.included(href);
      if (!bytes || bytes.byteLength === 0) return unreadable(answer, 'document absent de la réponse');
      const type = found?.get('xdsb:mimeType', NS);
      return { ...verdict, mimeType: type ? text(type) : 'text/xml', bytes };
    }) as Retrieved | Refused;
  });
}
