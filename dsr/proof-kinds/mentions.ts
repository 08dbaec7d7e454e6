import { readFileSync } from 'node:fs';

import type { ProofKind } from '../rem/types.ts';
import { loadKinds } from './kinds.ts';
import type { Token } from './tokens.ts';

/** A place where the wording names a piece. `demonstration` is a piece whose form is left open. */
export interface Mention {
  readonly kind: ProofKind | 'demonstration';
  readonly tier: 'named' | 'opening' | 'general';
  /** First and last token. */
  readonly first: number;
  readonly last: number;
}

interface Words {
  readonly demonstration: readonly string[];
  readonly shows: ReadonlySet<string>;
  readonly of: ReadonlySet<string>;
  readonly determiners: ReadonlySet<string>;
  readonly carriers: ReadonlySet<string>;
  readonly light: ReadonlySet<string>;
}

let words: Words | undefined;

/** Linking words, from `words.json`. */
export function loadWords(): Words {
  if (words !== undefined) return words;
  const data = JSON.parse(readFileSync(new URL('./words.json', import.meta.url), 'utf8')) as Record<
    keyof Words,
    readonly string[]
  >;
  words = {
    demonstration: data.demonstration,
    shows: new Set(data.shows),
    of: new Set(data.of),
    determiners: new Set(data.determiners),
    carriers: new Set(data.carriers),
    light: new Set([...data.light, ...data.determiners]),
  };
  return words;
}

interface Rule {
  readonly pattern: RegExp;
  readonly kind: Mention['kind'];
  readonly tier: Mention['tier'];
}

let rules: readonly Rule[] | undefined;

function loadRules(): readonly Rule[] {
  if (rules !== undefined) return rules;
  // Whole words only: the reduced wording has one space on each side of every word. The space before is part of the
  // match, which lets the engine leap from space to space.
  const rule = (kind: Mention['kind'], tier: Mention['tier'], sources: readonly string[] = []): readonly Rule[] =>
    sources.length === 0 ? [] : [{ kind, tier, pattern: new RegExp(` (?:${sources.join('|')})(?= )`, 'gu') }];
  rules = [
    ...Array.from(loadKinds().values(), ({ kind, named, opening, general }) => [
      ...rule(kind, 'named', named),
      ...rule(kind, 'opening', opening),
      ...rule(kind, 'general', general),
    ]).flat(),
    ...rule('demonstration', 'opening', loadWords().demonstration),
  ];
  return rules;
}

/** Everything that the words name, left to right without overlap; of two readings the longer one is kept. */
export function findMentions(tokens: readonly Token[]): readonly Mention[] {
  const before = known.get(tokens);
  if (before !== undefined) return before;
  const mentions = readMentions(tokens);
  known.set(tokens, mentions);
  return mentions;
}

// One wording is asked several questions.
const known = new WeakMap<readonly Token[], readonly Mention[]>();

function readMentions(tokens: readonly Token[]): readonly Mention[] {
  const starts = new Map<number, number>();
  const ends = new Map<number, number>();
  let reduced = ' ';
  for (const [index, { text }] of tokens.entries()) {
    starts.set(reduced.length, index);
    reduced += text;
    ends.set(reduced.length, index);
    reduced += ' ';
  }
  const found = loadRules().flatMap(({ pattern, kind, tier }) =>
    Array.from(reduced.matchAll(pattern), (match): Mention => ({
      kind,
      tier,
      first: starts.get(match.index + 1) ?? 0,
      last: ends.get(match.index + match[0].length) ?? 0,
    })),
  );
  found.sort((left, right) => left.first - right.first || right.last - left.last);
  let next = 0;
  return found.filter(({ first, last }) => {
    if (first < next) return false;
    next = last + 1;
    return true;
  });
}
