import { compareSections } from '#dsr/catalogue/index.ts';
import type { CivilDate } from '#dsr/dates/index.ts';
import type { EvidenceClass } from '#dsr/rem/index.ts';
import type { Verdict } from '#dsr/verdict/index.ts';
import type { SlotState } from '../../types.ts';
import type { RequirementLineView, RequirementListView } from '../types.ts';
import { paged } from '../contract/page.ts';
import type { Page } from '../contract/types.ts';
import type { Board } from './board.ts';
import { requirementLines } from './requirement-line.ts';

/** All given filters must hold; a text is searched word by word, without accents or case. */
export interface RequirementFilter {
  readonly section?: string;
  /** `sans-preuve` for requirements that ask for none. */
  readonly state?: SlotState | 'non-applicable' | 'sans-preuve';
  /** `non-jouee` for requirements that no scenario exercised. */
  readonly verdict?: Verdict | 'non-jouee';
  readonly class?: EvidenceClass;
  /** `-` for requirements without owner. */
  readonly owner?: string;
  readonly late?: boolean;
  readonly questions?: boolean;
  readonly q?: string;
}

/** @param today `YYYY-MM-DD` in Paris, for what is late */
export function requirementList(
  board: Board,
  filter: RequirementFilter,
  page: Page,
  today: CivilDate,
): RequirementListView {
  const lines = requirementLines(board);
  const sections = new Map(lines.map(({ section, sectionTitle }) => [section, sectionTitle]));
  const kept = lines
    .filter((line) => matches(line, filter, today))
    .toSorted((left, right) => compareSections(left.section, right.section));
  const { next, items } = paged(kept, ({ id }) => id, page);
  return {
    total: lines.length,
    shown: kept.length,
    next,
    sections: [...sections]
      .map(([id, title]) => ({ id, title }))
      .toSorted((left, right) => compareSections(left.id, right.id)),
    requirements: items,
  };
}

function matches(line: RequirementLineView, filter: RequirementFilter, today: CivilDate): boolean {
  const { section, state, verdict, owner, q } = filter;
  if (section && line.section !== section) return false;
  if (state && (line.state ?? 'sans-preuve') !== state) return false;
  if (verdict && (line.verdict ?? 'non-jouee') !== verdict) return false;
  if (filter.class && !line.classes.includes(filter.class)) return false;
  if (owner !== undefined && (line.owner ?? '-') !== owner) return false;
  if (filter.late !== undefined && (line.due !== null && line.due < today) !== filter.late) return false;
  if (filter.questions !== undefined && line.openQuestions > 0 !== filter.questions) return false;
  if (!q) return true;
  const text = fold(`${line.id} ${line.title} ${line.sectionTitle} ${line.profile} ${line.owner ?? ''}`);
  return fold(q)
    .split(' ')
    .every((word) => text.includes(word));
}

function fold(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').replaceAll(/\s+/gu, ' ').trim().toLowerCase();
}
