import { createHash } from 'node:crypto';
import { authority, newOid } from '../documents/index.ts';
import { spoilDmp } from '../faults/index.ts';
import type { BuiltDocument, Report, SglConfig } from '../model/types.ts';
import { patientCx, SIGNATURE_ID, submitObjectsRequest } from '../xds/index.ts';
import { el } from '../xml/index.ts';
import type { Signer } from './credentials.ts';
import { type DmpRequest, dmpMessage, type WireRequest } from './call.ts';
import type { Attachment } from './mtom.ts';
import { signSubmission } from './xades.ts';

export const SUBMISSION_ACTION = 'urn:ihe:iti:2007:ProvideAndRegisterDocumentSet-b';

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
  const { biologist, operator = biologist, patient } = report;
  const context = { author: operator, patient: patientCx(patient, config), config, faults };
  return dmpMessage(submission(report, document, undefined, config, signer, at, faults), context, signer, at);
}

/** @param replaced entryUUID of the version in force, when the document takes the place of another */
export function submission(
  report: Report,
  document: BuiltDocument,
  replaced: string | undefined,
  config: SglConfig,
  signer: Signer,
  at: Date,
  faults: ReadonlySet<string>,
): DmpRequest {
  const id = setId(report, config, faults);
  const signature = {
    id: newOid(config.oidRoot, 'document'),
    bytes: signSubmission(id, [document], signer, at, faults),
  };
  const signed = !faults.has('xds-sans-signature');
  const entryId = 'Document01';
  const metadata = submitObjectsRequest(
    { id, at, documents: [{ document, entryId, replaces: replaced }], ...(signed && { signature }) },
    report,
    config,
    faults,
  );
  const parts = [
    { entryId, part: attachment('document', document.mediaType, document.bytes) },
    ...(signed ? [{ entryId: SIGNATURE_ID, part: attachment('signature', 'text/xml', signature.bytes) }] : []),
  ];
  const body = el(
    'xdsb:ProvideAndRegisterDocumentSetRequest',
    { 'xmlns:xdsb': 'urn:ihe:iti:xds-b:2007' },
    spoilDmp('metadata', metadata, faults),
    ...parts.map(({ entryId, part }) => el('xdsb:Document', { id: entryId }, content(part, faults))),
  );
  if (faults.has('xds-sans-mtom')) return { service: 'repository', action: SUBMISSION_ACTION, body };
  const sent = faults.has('xds-base64') ? [] : parts.map(({ part }) => part);
  const missing = faults.has('xds-partie-manquante') ? sent.slice(0, 1) : sent;
  return { service: 'repository', action: SUBMISSION_ACTION, body, attachments: missing };
}

/** A number for each lot; with its fault, one for each report. */
function setId({ id }: Report, { oidRoot }: SglConfig, faults: ReadonlySet<string>): string {
  if (!faults.has('dmp-lot-meme-numero')) return newOid(oidRoot, 'submissionSet');
  return `${authority(oidRoot, 'submissionSet')}.${createHash('sha256').update(id).digest().readUInt32BE()}`;
}

function attachment(name: string, mediaType: string, bytes: Uint8Array): Attachment {
  return { contentId: `${name}@sgl`, mediaType, bytes };
}

/** The document itself stays out of the envelope, unless a fault puts it there. */
function content(part: Attachment, faults: ReadonlySet<string>): string {
  const inline = faults.has('xds-base64') || faults.has('xds-sans-mtom');
  return inline ? Buffer.from(part.bytes).toString('base64') : include(part);
}

function include(part: Attachment): string {
  return el('xop:Include', { 'xmlns:xop': 'http://www.w3.org/2004/08/xop/include', href: `cid:${part.contentId}` });
}
