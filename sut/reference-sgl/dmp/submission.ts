import { newOid } from '../documents/index.ts';
import type { BuiltDocument, Report, SglConfig } from '../model/types.ts';
import { patientCx, SIGNATURE_ID, submitObjectsRequest } from '../xds/index.ts';
import { el } from '../xml/index.ts';
import type { Signer } from './credentials.ts';
import { type Attachment, packMtom } from './mtom.ts';
import { envelope } from './soap.ts';
import { signVihf } from './vihf.ts';
import { signSubmission } from './xades.ts';

export const SUBMISSION_ACTION = 'urn:ihe:iti:2007:ProvideAndRegisterDocumentSet-b';

/** What goes on the wire for one call. */
export interface WireRequest {
  readonly contentType: string;
  readonly body: Buffer;
}

/**
 * TD2.1: ITI-41 request that feeds one document, with its signature, in a submission set of its own. Identifiers of the
 * set and of the signature are new at each call; the document keeps its own, so that a second attempt is the same
 * document. Source: protocols.md §2.5.
 */
export function submissionRequest(
  report: Report,
  document: BuiltDocument,
  config: SglConfig,
  signer: Signer,
  at: Date,
  faults: ReadonlySet<string>,
): WireRequest {
  const id = newOid(config.oidRoot, 'submissionSet');
  const signature = {
    id: newOid(config.oidRoot, 'document'),
    bytes: signSubmission(id, [document], signer, at),
  };
  const entryId = 'Document01';
  const metadata = submitObjectsRequest(
    { id, at, documents: [{ document, entryId }], signature },
    report,
    config,
    faults,
  );
  const parts = [
    { entryId, part: attachment('document', document.mediaType, document.bytes) },
    { entryId: SIGNATURE_ID, part: attachment('signature', 'text/xml', signature.bytes) },
  ];
  const body = el(
    'xdsb:ProvideAndRegisterDocumentSetRequest',
    { 'xmlns:xdsb': 'urn:ihe:iti:xds-b:2007' },
    metadata,
    ...parts.map(({ entryId, part }) => el('xdsb:Document', { id: entryId }, include(part))),
  );
  const vihf = signVihf({ author: report.biologist, patient: patientCx(report.patient, config), at }, config, signer);
  const to = `${config.dmp.base}/repository`;
  return packMtom(
    envelope({ action: SUBMISSION_ACTION, to, vihf, body }),
    SUBMISSION_ACTION,
    parts.map(({ part }) => part),
  );
}

function attachment(name: string, mediaType: string, bytes: Uint8Array): Attachment {
  return { contentId: `${name}@sgl`, mediaType, bytes };
}

function include(part: Attachment): string {
  return el('xop:Include', { 'xmlns:xop': 'http://www.w3.org/2004/08/xop/include', href: `cid:${part.contentId}` });
}
