import type { AlarmCode, Hit } from './types.ts';

/** A pattern whose first group is what must not be seen. */
export interface Secret {
  /** Flags `d`, `g`. */
  readonly pattern: RegExp;
  readonly code: AlarmCode;
  /** Whether it is one after all. */
  readonly holds?: (value: string, text: string, at: number) => boolean;
}

/** What was masked already, a variable, or a word that stands for a secret in an example. */
const STANDS_FOR_ONE =
  /^(?:\*+(?:[^*]*\*+)?|[xX]{3,}|•+|\.{3,}|…|\$\{[^}]*\}|<[^>]*>|%[A-Z_]+%|\[[^\]]*\]|masqu\S*|redacted|null|true|false|undefined)$/iu;

/** Spans of the first groups of some patterns. */
export function spansOf(text: string, secrets: readonly Secret[]): readonly Hit[] {
  const hits: Hit[] = [];
  for (const { pattern, code, holds } of secrets) {
    for (const match of text.matchAll(pattern)) {
      const [from, to] = match.indices?.[1] ?? match.indices?.[0] ?? [0, 0];
      const value = text.slice(from, to);
      if (value.trim() === '' || STANDS_FOR_ONE.test(value.trim()) || /^\*+$/u.test(value.replaceAll(/\s/gu, '')))
        continue;
      if (holds?.(value, text, from) === false) continue;
      hits.push({ code, from, to });
    }
  }
  return hits;
}
