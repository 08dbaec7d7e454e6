import type { PagesReading } from '#formats/pdf-pages/index.ts';
import type { Finding } from '#dsr/verdict/index.ts';
import { applyRules, findingOf, type RuleChoice } from '../rule/index.ts';
import { SHIPPED_LAYOUT, type DatamatrixLayout } from './datamatrix.ts';
import type { PrintedIdentity } from './identity.ts';
import { LIMIT } from './limit.ts';
import { MENTION_RULES, textFault } from './mention-rules.ts';
import type { ExpectedMention } from './mentions.ts';
import { INS_RULES, insSymbols, unseen, type PagesSubject } from './page-rules.ts';

export interface PagesOptions extends RuleChoice {
  /** Patient of the document: what the datamatrix and the texts are compared with. */
  readonly identity?: PrintedIdentity;
  /** Structure of the INS datamatrix; what is shipped, unconfirmed, when absent. */
  readonly layout?: DatamatrixLayout;
  /** What the texts must say, or must not; nothing when absent. */
  readonly mentions?: readonly ExpectedMention[];
}

/** Rules on what the pages show. */
export const PAGES_RULES = [...INS_RULES, ...MENTION_RULES];

/**
 * Judges what the pages of a report show: INS datamatrix and mentions. What the bench did not see, or could not read, is
 * said to be unproved and is never laid to the product.
 */
export function checkPdfPages(drawn: PagesReading, options: PagesOptions = {}): readonly Finding[] {
  if (!drawn.ok) return [findingOf(LIMIT, { where: 'pages', received: drawn.fault.message })];
  const subject: PagesSubject = {
    drawn,
    layout: options.layout ?? SHIPPED_LAYOUT,
    mentions: options.mentions ?? [],
    ...(options.identity === undefined ? {} : { identity: options.identity }),
  };
  return [
    ...limits(subject).map((received) => findingOf(LIMIT, { where: 'pages', received })),
    ...applyRules(PAGES_RULES, subject, options),
  ];
}

function limits(subject: PagesSubject): readonly string[] {
  const hidden =
    subject.identity?.qualified === undefined || insSymbols(subject).length > 0 ? undefined : unseen(subject);
  const illegible = subject.mentions.length === 0 ? undefined : textFault(subject);
  return [
    ...(hidden ? [`datamatrix INS non cherché partout : ${hidden}`] : []),
    ...(illegible ? [`mentions non jugées : ${illegible}`] : []),
  ];
}
