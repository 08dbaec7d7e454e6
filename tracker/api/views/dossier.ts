import { compareSections, sectionTitle } from '#dsr/catalogue/index.ts';
import { applicabilityOf, readinessOf, type DueSlot } from '../../domain/index.ts';
import type { StoredEvidence } from '../../store/index.ts';
import type { DossierView, DueSlotView } from '../evidence-types.ts';
import { dueOf, type Board } from './board.ts';

/** @param brought pieces of people in the campaign */
export function dossierView(board: Board, brought: readonly StoredEvidence[]): DossierView {
  const due = dueOf(board);
  const { complete, total, ready, missing, stale, rehearsalOnly, toReview } = readinessOf(due, (slot) =>
    board.slot(slot),
  );
  const slots = [...ready, ...missing, ...stale, ...rehearsalOnly, ...toReview];
  const done = new Set(ready);
  return {
    campaign: board.campaign.id,
    complete,
    total,
    ready: ready.length,
    missing: missing.map(dueSlotView),
    stale: stale.map(dueSlotView),
    rehearsalOnly: rehearsalOnly.map(dueSlotView),
    toReview: toReview.map(dueSlotView),
    held: brought
      .filter(({ evidence }) => evidence.shared === undefined)
      .map(({ evidence, wanted }) => ({
        id: evidence.id,
        name: evidence.name,
        wanted: wanted.map(({ slot }) => slot),
      })),
    chapters: Array.from(
      Map.groupBy(slots, ({ section }) => section),
      ([section, own]) => {
        const finished = own.filter((slot) => done.has(slot)).length;
        return {
          section,
          title: due.find((one) => one.section === section)?.sectionTitle || sectionTitle(section),
          total: own.length,
          ready: finished,
          complete: finished === own.length,
        };
      },
    ).toSorted((one, other) => compareSections(one.section, other.section)),
    notApplicable: board.applicable.flatMap(({ id, profile }) => {
      const standing = applicabilityOf(profile, board.campaign.profiles, board.file(id).notApplicable);
      return standing.applicable ? [] : [{ requirement: id, sentence: standing.sentence }];
    }),
  };
}

function dueSlotView({ condition, ...slot }: DueSlot): DueSlotView {
  return { ...slot, condition: condition ?? null };
}
