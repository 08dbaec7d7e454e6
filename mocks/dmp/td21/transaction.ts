import {
  classification,
  classifications,
  codeOf,
  DOCUMENT_ENTRY,
  type ExtrinsicObject,
  slotValues,
} from '#formats/ebrim/index.ts';
import type { DmpCall, DmpReply, Transaction } from '../call.ts';
import { writeRegistryResponse } from '../envelope.ts';
import type { RegistryEntry } from '../registry.ts';
import { failureReply, malformedReply, scriptedProblem, soapReply } from '../replies.ts';
import type { StoredDocument } from '../types.ts';
import { ACTIONS, XDSB } from '../vocabulary.ts';
import { judgeCda } from './cda-rules.ts';
import { judgeEntry, sha1 } from './entry-rules.ts';
import { judgeLot } from './lot-rules.ts';
import { judgeNovelty, judgeReplacements } from './registry-rules.ts';
import { judgeSignature } from './signature-rules.ts';
import { readSubmission, type Submission } from './submission.ts';

/**
 * TD2.1, feeding (ITI-41). All problems are listed, never only the first; nothing is kept unless all is right.
 * Source: protocols.md §2.5, annex B.2.
 */
export const FEEDING: Transaction = {
  name: 'TD2.1',
  service: 'repository',
  action: ACTIONS.provide,
  payload: { local: 'ProvideAndRegisterDocumentSetRequest', namespace: XDSB },
  answer(call) {
    const { state, vihf, exchange } = call;
    const submission = readSubmission(call.message, state.settings.profile.mtomRequired);
    if (!submission) return malformedReply(call, 'SubmitObjectsRequest/RegistryObjectList absent');
    const { documents } = submission;
    exchange.attribute({ documentIds: documents.filter((one) => !one.isSignature).map((one) => one.uniqueId) });

    const record = scriptedProblem(call);
    if (record) return failureReply(call, ACTIONS.provideAnswer, [{ ...record, location: submission.set?.id ?? '' }]);
    const replacements = judgeReplacements(submission, vihf, state.registry);
    const problems = [
      ...submission.problems,
      ...judgeLot(submission, vihf),
      ...documents.flatMap((document) => judgeEntry(document, vihf, state.settings.profile)),
      ...documents.flatMap((document) => judgeCda(document, vihf)),
      ...judgeSignature(submission, call),
      ...judgeNovelty(submission, state.registry),
      ...replacements.problems,
    ];
    if (problems.length > 0) return failureReply(call, ACTIONS.provideAnswer, problems);
    const entries = entriesOf(submission, call);
    state.registry.add(entries, replacements.targets);
    return accept(call, entries, replacements.targets.length);
  },
};

function accept(call: DmpCall, entries: readonly RegistryEntry[], replaced: number): DmpReply {
  const kept = entries.filter(({ isSignature }) => !isSignature).length;
  const said = `répondu Success : ${kept} document(s) enregistré(s), ${replaced} remplacé(s)`;
  if (call.situation?.situation !== 'succes-partiel') {
    return soapReply(call, ACTIONS.provideAnswer, writeRegistryResponse('Success'), said);
  }
  const context = 'Le lot est enregistré, un traitement secondaire a échoué';
  const warning = { code: 'XDSRegistryError', context, location: '' };
  const body = writeRegistryResponse('PartialSuccess', [warning]);
  return soapReply(
    call,
    ACTIONS.provideAnswer,
    body,
    `joué succes-partiel : ${said.replace('Success', 'PartialSuccess')}`,
  );
}

function entriesOf({ documents, set, uniqueId }: Submission, { state, vihf }: DmpCall): RegistryEntry[] {
  const submissionTime = (set && slotValues(set, 'submissionTime')[0]) ?? '';
  return documents.map((submitted) => {
    const entryUUID = `urn:uuid:${state.uuid()}`;
    const bytes = submitted.bytes ?? new Uint8Array();
    const document: StoredDocument = {
      uniqueId: submitted.uniqueId,
      entryUUID,
      lid: entryUUID,
      status: 'Approved',
      ins: vihf.patient?.ins ?? '',
      ...codesOf(submitted.entry),
      mimeType: submitted.entry.mimeType ?? '',
      title: submitted.entry.name ?? '',
      submissionTime,
      hash: sha1(bytes),
      size: bytes.length,
      bytes,
    };
    const { isSignature, entry, source } = submitted;
    return { document, isSignature, entry, source, structure: vihf.structure, submissionSetId: uniqueId };
  });
}

function codesOf(
  entry: ExtrinsicObject,
): Pick<StoredDocument, 'classCode' | 'typeCode' | 'formatCode' | 'confidentiality'> {
  const code = (scheme: string): string => {
    const found = classification(entry, scheme);
    return found ? codeOf(found).code : '';
  };
  return {
    classCode: code(DOCUMENT_ENTRY.classCode),
    typeCode: code(DOCUMENT_ENTRY.typeCode),
    formatCode: code(DOCUMENT_ENTRY.formatCode),
    confidentiality: classifications(entry, DOCUMENT_ENTRY.confidentialityCode).map((one) => codeOf(one).code),
  };
}
