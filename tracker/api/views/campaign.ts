import { compareSections, sectionTitle } from '#dsr/catalogue/index.ts';
import type { Rem } from '#dsr/rem/index.ts';
import type { BlockingView, CampaignView, RemView, RequirementLineView, RunLineView, SectionView } from '../types.ts';
import { dueOf, slotStatesOf, type Board } from './board.ts';
import { chapterState } from '../../domain/index.ts';
import { countSlots, WORST_FIRST } from './counts.ts';
import { profileNames } from '#dsr/profiles/index.ts';
import { requirementLines } from './requirement-line.ts';

/** The dashboard says what blocks first; the list of requirements has the rest. */
const BLOCKING_SHOWN = 8;

export function remView(rem: Pick<Rem, 'source' | 'sha256' | 'layout'>): RemView {
  return { source: rem.source, sha256: rem.sha256, official: rem.layout !== 'catalogue' };
}

/** @param runs how many runs the campaign has, and its newest one */
export function campaignView(
  board: Board,
  runs: { readonly total: number; readonly last: RunLineView | null },
): CampaignView {
  const { campaign, rem } = board;
  const lines = requirementLines(board);
  return {
    id: campaign.id,
    product: { name: campaign.product, version: campaign.version },
    category: rem.category,
    wave: rem.wave,
    rem: remView(rem),
    profiles: profileNames(rem, campaign.profiles),
    updatedAt: campaign.updatedAt,
    requirements: {
      total: lines.length,
      exercised: lines.filter(({ verdict }) => verdict !== null).length,
      runs: runs.total,
    },
    slots: countSlots(dueOf(board).flatMap((requirement) => slotStatesOf(board, requirement))),
    sections: sections(board, lines),
    lastRun: runs.last,
    blocking: blocking(board, lines),
    notApplicable: lines.filter(({ applicable: due }) => !due).length,
    openQuestions: lines.reduce((sum, { openQuestions }) => sum + openQuestions, 0),
    openComplements: board.complements.filter(
      ({ complement: { state } }) => state === 'recu' || state === 'en-preparation',
    ).length,
    fourEyes: campaign.fourEyes,
    follows: campaign.follows ?? null,
  };
}

function sections(board: Board, lines: readonly RequirementLineView[]): readonly SectionView[] {
  const ids = [...new Set(lines.map(({ section }) => section))].toSorted(compareSections);
  return ids.map((id) => {
    const states = dueOf(board)
      .filter(({ section }) => section === id)
      .flatMap((requirement) => slotStatesOf(board, requirement));
    const own = lines.filter(({ section, applicable: due }) => section === id && due);
    return {
      id,
      title: lines.find(({ section }) => section === id)?.sectionTitle || sectionTitle(id),
      requirements: own.length,
      slots: countSlots(states),
      state: chapterState(states),
      nonConforming: own.filter(({ verdict }) => verdict === 'non-conforme').length,
    };
  });
}

function blocking(board: Board, lines: readonly RequirementLineView[]): CampaignView['blocking'] {
  const all: readonly BlockingView[] = lines
    .flatMap((line) => {
      if (!line.applicable) return [];
      if (line.verdict !== 'non-conforme' && line.verdict !== 'non-verifiable') return [];
      const worst = board.resultsOf(line.id).find(({ scenario }) => scenario.verdict === line.verdict);
      return [
        {
          requirement: line.id,
          title: line.title,
          verdict: line.verdict,
          cause: worst?.scenario.cause ?? null,
          reason: worst?.scenario.reason ?? '',
        },
      ];
    })
    .toSorted((left, right) => WORST_FIRST.indexOf(left.verdict) - WORST_FIRST.indexOf(right.verdict));
  return { total: all.length, first: all.slice(0, BLOCKING_SHOWN) };
}
