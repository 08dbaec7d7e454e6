import { conditionWords, findConditions } from './conditions.ts';
import { externalNames, readDemands } from './demands.ts';
import { classOf, isExternal } from './kinds.ts';
import { findMentions, loadWords } from './mentions.ts';
import type { Sets } from './sets.ts';
import { MAX_TEXT, tokenise, type Token } from './tokens.ts';
import type { ProofClassification } from './types.ts';
import type { ProofKind } from '../rem/types.ts';

/**
 * What a proof asks for, judged by its wording alone: the catalogue and the user know better. The rules are linear in
 * the length of the text, of which the first 4000 characters are read.
 *
 * @param text wording in French, as the workbook writes it
 */
export function classifyProof(text: string): ProofClassification {
  const read = text.slice(0, MAX_TEXT);
  const raw = tokenise(read);
  const naming = findMentions(raw)
    .filter(({ tier }) => tier !== 'general')
    .map(({ first }) => raw[first]?.start ?? 0);
  const found = findConditions(read, naming);
  // Cases after which nothing is named tell what a statement says, not when it is due.
  const conditions = found.filter(({ role, end }) => role === 'clause' || naming.some((place) => place >= end));
  const tokens = conditions.length === 0 ? raw : tokenise(read, conditions);
  const sets = readDemands(tokens);
  const condition = conditionWords(conditions);
  const asked = inOrder(sets, tokens);
  const mayBeBench = classOf(asked, sets) === 'bench';
  // A log "de l'homologation" is no record that the bench could make: what an external body is named for is its own.
  const external = mayBeBench ? externalNames(raw) : [];
  const kinds: readonly ProofKind[] = asked.length === 0 ? ['other'] : [...new Set([...asked, ...external])];
  const alternatives = sets.length > 1 ? sets.map((set) => [...new Set([...set, ...external])]) : undefined;
  const isWritten = mayBeBench && asked.every((kind) => kind === 'pdf') && speaksOfDocumentation(raw);
  return {
    kinds,
    ...(alternatives === undefined ? {} : { alternatives }),
    ...(condition === undefined ? {} : { condition }),
    // What an external body delivers is its own, even inside a document that somebody writes.
    evidenceClass: isWritten && !isExternal(kinds) ? 'human' : classOf(kinds, alternatives),
  };
}

/** Kinds asked for, in the order in which the wording names them. */
function inOrder(sets: Sets, tokens: readonly Token[]): readonly ProofKind[] {
  const asked = new Set(sets.flat());
  const named = findMentions(tokens).flatMap(({ kind }) => (kind === 'demonstration' ? [] : [kind]));
  return [...new Set([...named.filter((kind) => asked.has(kind)), ...asked])];
}

/** A PDF that holds a procedure or a policy is written by somebody; one that the product made crosses the bench. */
function speaksOfDocumentation(tokens: readonly Token[]): boolean {
  const { determiners, shows } = loadWords();
  return findMentions(tokens).some(({ kind, tier, first }) => {
    let back = first - 1;
    while (determiners.has(tokens[back]?.text ?? '')) back -= 1;
    const before = tokens[back]?.text ?? '';
    return (
      kind === 'documentation' && tier !== 'general' && (shows.has(before) || ['de', 'd', 'du', 'des'].includes(before))
    );
  });
}
