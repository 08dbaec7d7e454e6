import { applicableRequirements, type EvidenceClass } from '#dsr/rem/index.ts';
import type { Verdict } from '#dsr/verdict/index.ts';
import type { ReportInput } from '../types.ts';
import type { SlotState } from '#tracker/types.ts';

/** One line of the matrix: requirement × conformity scenario × slot × played scenario × piece. */
export interface TraceRow {
  readonly section: string;
  readonly requirement: string;
  readonly title: string;
  readonly conformity: string;
  /** Empty for a requirement that asks for no proof. */
  readonly slot: string;
  readonly evidenceClass: EvidenceClass | null;
  readonly state: SlotState | null;
  /** Scenario of the suite; empty when none played. */
  readonly scenario: string;
  readonly verdict: Verdict | null;
  /** Path in the folder of the run; empty when there is none. */
  readonly piece: string;
  readonly sha256: string;
  /** French: why nothing played it. */
  readonly why: string;
}

/** Why a slot is not played, by slot; see the coverage of the suite. */
export type WhyNotPlayed = ReadonlyMap<string, string>;

/** Every line, in the order of the list; whatever is not played has a line too, with the reason. */
export function traceRows({ run, rem, statuses }: ReportInput, why: WhyNotPlayed = new Map()): readonly TraceRow[] {
  const states = new Map(statuses.map(({ slot, state }) => [slot, state]));
  return applicableRequirements(rem, run.profiles).flatMap((requirement): readonly TraceRow[] => {
    const head = {
      section: requirement.section,
      requirement: requirement.id,
      title: requirement.title || requirement.function,
    };
    const nothing = { scenario: '', verdict: null, piece: '', sha256: '', why: '' };
    const own = run.scenarios.filter(({ requirements }) => requirements.includes(requirement.id));
    const slots = requirement.scenarios.flatMap(({ id, proofs }) => proofs.map((slot) => ({ conformity: id, slot })));
    if (slots.length === 0) {
      const bare = { ...head, ...nothing, conformity: '', slot: '', evidenceClass: null, state: null };
      return own.length === 0
        ? [{ ...bare, why: 'La liste ne demande aucune preuve.' }]
        : own.map(({ id, verdict }) => ({ ...bare, scenario: id, verdict }));
    }
    return slots.flatMap(({ conformity, slot }): readonly TraceRow[] => {
      const place = {
        ...head,
        conformity,
        slot: slot.id,
        evidenceClass: slot.evidenceClass,
        state: states.get(slot.id) ?? 'vide',
      };
      const played = run.scenarios.filter(({ slots: filled }) => filled.includes(slot.id));
      if (played.length === 0) {
        return [{ ...place, ...nothing, why: why.get(slot.id) ?? 'Aucun scénario de cette exécution ne la joue.' }];
      }
      return played.flatMap(({ id: scenario, verdict, pieces, reason }): readonly TraceRow[] => {
        const filed = pieces.filter((piece) => piece.slot === slot.id);
        const line = { ...place, ...nothing, scenario, verdict };
        if (filed.length === 0) return [{ ...line, why: reason.split('\n')[0]?.slice(0, 300) ?? '' }];
        return filed.map(({ path, provenance }) => ({ ...line, piece: path, sha256: provenance.sha256 }));
      });
    });
  });
}
