import type { Finding } from '#dsr/verdict/index.ts';
import type { Outcome } from './types.ts';

/** Findings kept of one file; what is beyond is counted, so that memory stays bounded whatever the file. */
export const MAX_FINDINGS = 10_000;

/** A file that could not be had, or is not of its kind. */
export function unreadable(received: string, expected: string, remedy: string, exitCode?: number): Outcome {
  const finding: Finding = {
    rule: 'FILE-READABLE',
    layer: 'wellformed',
    severity: 'error',
    where: 'fichier',
    received,
    expected,
    remedy,
    requirements: [],
    source: 'Jalon, lecture des fichiers',
  };
  return { findings: [finding], readable: false, ...(exitCode === undefined ? {} : { exitCode }) };
}

/** What the user may believe to be judged in a file, and is not; or is judged elsewhere. Blames nobody. */
export function notJudged(where: string, received: string, expected: string, remedy: string): Finding {
  return {
    rule: 'FILE-SCOPE',
    layer: 'wellformed',
    severity: 'info',
    where,
    received,
    expected,
    remedy,
    requirements: [],
    source: 'Jalon, ce que juge « jalon check »',
  };
}

export interface Gathered {
  add(findings: readonly Finding[]): void;
  /** Those that were kept, then one per rule for those that were only counted. */
  readonly findings: readonly Finding[];
}

/** Gathers findings up to a bound. */
export function gather(limit: number = MAX_FINDINGS): Gathered {
  const kept: Finding[] = [];
  const beyond = new Map<string, { readonly first: Finding; count: number }>();
  return {
    add(findings) {
      for (const finding of findings) {
        if (kept.length < limit) {
          kept.push(finding);
          continue;
        }
        const counted = beyond.get(finding.rule);
        if (counted === undefined) beyond.set(finding.rule, { first: finding, count: 1 });
        else counted.count += 1;
      }
    },
    get findings() {
      return [
        ...kept,
        ...[...beyond.values()].map(({ first, count }) => ({
          ...first,
          where: `après ${limit} constats, à partir de : ${first.where}`,
          received: `${count} constat(s) de plus de cette règle`,
        })),
      ];
    },
  };
}

/** Puts a place before the place of each finding. */
export function within(place: string, findings: readonly Finding[]): readonly Finding[] {
  return findings.map((finding) => ({ ...finding, where: `${place}, ${finding.where}` }));
}
