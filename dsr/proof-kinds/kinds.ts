import { readFileSync } from 'node:fs';

import type { EvidenceClass, ProofKind } from '../rem/types.ts';
import type { KindData, ProofOrigin } from './types.ts';

let known: ReadonlyMap<ProofKind, KindData> | undefined;

/** Kinds of piece with their French names and the words that name them, in the order in which they are shown. */
export function loadKinds(): ReadonlyMap<ProofKind, KindData> {
  known ??= new Map(
    (
      JSON.parse(readFileSync(new URL('./kinds.json', import.meta.url), 'utf8')) as { kinds: readonly KindData[] }
    ).kinds.map((entry) => [entry.kind, entry]),
  );
  return known;
}

/** French name of a kind, for messages and reports. */
export function kindLabel(kind: ProofKind): string {
  return loadKinds().get(kind)?.label ?? kind;
}

/** The kind that a user names: its code, its French name or a usual other one; undefined when none is meant. */
export function parseKind(name: string): ProofKind | undefined {
  const wanted = plain(name);
  for (const { kind, label, aliases } of loadKinds().values()) {
    if ([kind, label, ...(aliases ?? [])].some((one) => plain(one) === wanted)) return kind;
  }
  return undefined;
}

/** Whether the official piece is made by a tool or a body that is not the bench. */
export function isExternal(kinds: readonly ProofKind[]): boolean {
  return kinds.some((kind) => originOf(kind) === 'external');
}

/**
 * Kinds that keep a slot out of the bench's hands: every set that is enough holds a piece that a person films, captures,
 * signs or writes. Empty when one set at least asks for none. `other` says nothing of who makes it.
 */
export function madeByPerson(
  kinds: readonly ProofKind[],
  alternatives: readonly (readonly ProofKind[])[] = [kinds],
): readonly ProofKind[] {
  const byPerson = (kind: ProofKind): boolean =>
    kind !== 'other' && ['by-hand', 'written'].includes(originOf(kind) ?? '');
  return alternatives.every((set) => set.some(byPerson)) ? kinds.filter(byPerson) : [];
}

/**
 * Who can make a slot's pieces when nothing but their kinds is known. One external kind makes a rehearsal, whatever
 * stands beside it: a rehearsal shown as a proof is the error that must not happen. The bench makes a set of which
 * every piece crosses it; where sets are at choice, one such set is enough. Anything else is left to a person.
 */
export function classOf(kinds: readonly ProofKind[], alternatives?: readonly (readonly ProofKind[])[]): EvidenceClass {
  const sets = alternatives ?? [kinds];
  if (isExternal([...kinds, ...sets.flat()])) return 'rehearsal';
  const byBench = sets.some((set) => set.length > 0 && set.every((kind) => originOf(kind) === 'on-the-wire'));
  return byBench ? 'bench' : 'human';
}

export function originOf(kind: ProofKind): ProofOrigin | undefined {
  return loadKinds().get(kind)?.origin;
}

function plain(text: string): string {
  return text
    .slice(0, 100)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, ' ')
    .trim();
}
