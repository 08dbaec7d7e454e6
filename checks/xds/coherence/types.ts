import type { CdaDocument } from '#formats/cda/index.ts';
import type { ExtrinsicObject } from '#formats/ebrim/index.ts';
import type { Report } from '../../report/index.ts';
import type { CoherenceRule } from './rules.ts';

/** An entry and the CDA that it describes. */
export interface Pair {
  readonly report: Report<CoherenceRule>;
  readonly entry: ExtrinsicObject;
  readonly cda: CdaDocument;
}

/** Where a value is in the document of an entry. */
export function inDocument({ entry }: Pick<Pair, 'entry'>, path: string): string {
  return `document ${entry.id}, ${path}`;
}

/** A name as it is compared: separators of HL7 v2 are written as blanks in metadata, accents and case vary. */
export function folded(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[\^&~|\\\s]+/g, ' ')
    .trim()
    .toUpperCase();
}

/** Whether two names that are both told differ. */
export function differ(one: string | undefined, other: string | undefined): boolean {
  const [a, b] = [folded(one ?? ''), folded(other ?? '')];
  return a !== '' && b !== '' && a !== b;
}
