import type { Scales } from '#dsr/scales/index.ts';
import type { Breach } from '../../rule/index.ts';
import type { ReadLine } from '../lines.ts';
import type { RuleId } from '../rules.ts';
import type { Locate, QuoteDocument, WindowAnswer } from '../types.ts';

/** What a judge looks at: the document with its lines read once. */
export interface Case {
  readonly document: QuoteDocument;
  readonly lines: readonly ReadLine[];
  readonly locate: Locate;
  readonly scales: Scales;
  readonly window: WindowAnswer | undefined;
}

export type Judge = (subject: Case) => readonly Breach[];
export type Judges = Readonly<Partial<Record<RuleId, Judge>>>;
