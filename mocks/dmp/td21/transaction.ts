import type { XmlElement } from '#formats/xml/index.ts';
import type { DmpCall, DmpReply, Transaction } from '../call.ts';
import { writeRegistryResponse } from '../envelope.ts';
import type { RegistryEntry } from '../registry.ts';
import { accessRefusal, failureReply, malformedReply, PARTIAL, scriptedProblem, soapReply } from '../replies.ts';
import { ACTIONS, XDSB } from '../vocabulary.ts';
import type { CdaHeader } from './cda-header.ts';
import { judgeCda } from './cda-rules.ts';
import { judgeEntry } from './entry-rules.ts';
import { judgeLot, otherPatients } from './lot-rules.ts';
import { judgeNovelty, judgeReplacements, judgeWriting } from './registry-rules.ts';
import { judgeSignature } from './signature-rules.ts';
import { replacementNotes } from './replacement-notes.ts';
import { additionOf } from './store.ts';
import { readSubmission, type SubmittedDocument } from './submission.ts';

/**
 * TD2.1, feeding (ITI-41). All problems are listed, in the order of the real checks, never only the first; nothing is
 * kept unless all is right. A lot about another patient than the VIHF is refused for that alone, before rights and
 * state of the record. Source: protocols.md §2.5, §2.10, annex B.2.
 */
export const FEEDING: Transaction = {
  name: 'TD2.1',
  service: 'repository',
  action: ACTIONS.provide,
  payload: { local: 'ProvideAndRegisterDocumentSetRequest', namespace: XDSB },
  answer(call) {
    const { state, vihf, exchange } = call;
    const { profile } = state.settings;
    const submission = readSubmission(call.message, profile.mtomRequired);
    if (typeof submission === 'string') return malformedReply(call, submission);
    const { documents } = submission;
    exchange.attribute({ documentIds: documents.filter((one) => !one.isSignature).map((one) => one.uniqueId) });
    noteOrder(documents, call);

    const refused = accessRefusal(call, false, () => {
      const strangers = otherPatients(submission, vihf);
      return strangers.length === 0 ? undefined : failureReply(call, ACTIONS.provideAnswer, strangers);
    });
    if (refused) return refused;
    const record = scriptedProblem(call);
    if (record) return failureReply(call, ACTIONS.provideAnswer, [{ ...record, location: submission.set?.id ?? '' }]);
    const cdas = documents.map((document) => ({ id: document.entry.id, ...judgeCda(document, vihf) }));
    const replacements = judgeReplacements(submission, vihf, state.registry, profile);
    const problems = [
      ...submission.problems,
      ...judgeWriting(submission, call),
      ...judgeLot(submission, vihf, state.settings.codes),
      ...documents.flatMap((document) => judgeEntry(document, state.settings, (sentence) => call.warn(sentence))),
      ...cdas.flatMap((cda) => cda.problems),
      ...judgeSignature(submission, call),
      ...judgeNovelty(submission, state.registry),
      ...replacements.problems,
    ];
    if (problems.length > 0) return failureReply(call, ACTIONS.provideAnswer, problems);
    const headers = new Map<string, CdaHeader>(cdas.flatMap(({ id, header }) => (header ? [[id, header]] : [])));
    for (const note of replacementNotes(replacements.replaced, documents, headers)) call.warn(note);
    const addition = additionOf(submission, call, replacements.replaced, headers);
    state.registry.add(addition);
    return accept(call, addition.entries, replacements.replaced.length);
  },
};

function accept(call: DmpCall, entries: readonly RegistryEntry[], replaced: number): DmpReply {
  const kept = entries.filter(({ isSignature }) => !isSignature).length;
  const done = `${kept} document(s) enregistré(s), ${replaced} remplacé(s)`;
  if (call.situation?.situation !== 'succes-partiel') {
    return soapReply(call, ACTIONS.provideAnswer, writeRegistryResponse('Success'), `répondu Success : ${done}`);
  }
  const body = writeRegistryResponse('PartialSuccess', [PARTIAL]);
  return soapReply(call, ACTIONS.provideAnswer, body, `joué succes-partiel : répondu PartialSuccess : ${done}`);
}

/** Children of an ExtrinsicObject that the schema wants after its slots. */
const AFTER_SLOTS: ReadonlySet<string> = new Set(['Name', 'Description', 'Classification', 'ExternalIdentifier']);

/** Slots written after classifications are read all the same, as the real DMP was seen to do (protocols.md §2.5). */
function noteOrder(documents: readonly SubmittedDocument[], call: DmpCall): void {
  const late = documents.filter(({ source }) => isOutOfOrder(source)).map(({ entry }) => entry.id.slice(0, 80));
  if (late.length > 0)
    call.warn(`ordre du schéma rim non respecté (Slot après Classification) dans ${late.join(', ')}`);
}

function isOutOfOrder({ children }: XmlElement): boolean {
  const names = children.flatMap((node) => (node.kind === 'element' ? [node.name.local] : []));
  const first = names.findIndex((name) => AFTER_SLOTS.has(name));
  return first !== -1 && names.lastIndexOf('Slot') > first;
}
