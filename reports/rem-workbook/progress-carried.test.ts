import { describe, expect, it } from 'vitest';
import { loadCatalogue } from '#dsr/catalogue/index.ts';
import type { ConformityScenario, ProofSlot, Rem, Requirement } from '#dsr/rem/index.ts';
import type { ScenarioResult, SlotState } from '#tracker/types.ts';
import { readCarriedProgress } from './index.ts';
import type { ProgressSource } from './progress.ts';

/** The catalogue as if a workbook held it, so that its texts count. */
const OLD: Rem = {
  ...loadCatalogue('SGL', 'va1'),
  layout: 'rem-wave1',
  sha256: '1'.repeat(64),
  source: 'ancienne.xlsx',
  requirements: loadCatalogue('SGL', 'va1').requirements.map((requirement) => ({
    ...requirement,
    statement: `Le système DOIT savoir faire ce que dit « ${requirement.title} » (${requirement.id}).`,
  })),
};
const NEXT: Rem = { ...OLD, sha256: '2'.repeat(64), source: 'nouvelle.xlsx' };
const [FIRST, SECOND] = OLD.requirements.filter(
  ({ scenarios }) => scenarios.length === 1 && scenarios[0]?.proofs.length === 1,
) as [Requirement, Requirement];
const BARE = OLD.requirements.find(({ scenarios }) => scenarios.length === 0)!;
const slotIdOf = (requirement: Requirement): string => requirement.scenarios[0]!.proofs[0]!.id;

interface Edits {
  readonly requirement?: Partial<Requirement>;
  readonly scenario?: Partial<ConformityScenario>;
  readonly slot?: Partial<ProofSlot>;
}

/** A Rem in which the first requirement says something else. */
const edited = (rem: Rem, { requirement, scenario, slot }: Edits, target = FIRST): Rem => ({
  ...rem,
  requirements: rem.requirements.map((each) =>
    each.id === target.id
      ? {
          ...each,
          scenarios: each.scenarios.map((one) => ({
            ...one,
            proofs: one.proofs.map((proof) => ({ ...proof, ...slot })),
            ...scenario,
          })),
          ...requirement,
        }
      : each,
  ),
});

/** A tracker in which both requirements, and one without proof, were shown. */
function tracker(state: SlotState = 'recueillie'): ProgressSource {
  const shown = [FIRST, SECOND];
  const scenarios = [...shown, BARE].map(
    (requirement) =>
      ({
        id: requirement.id,
        requirements: [requirement.id],
        slots: requirement.scenarios.flatMap(({ proofs }) => proofs.map(({ id }) => id)),
        verdict: 'conforme',
      }) as unknown as ScenarioResult,
  );
  const line = { id: 'r1', campaign: 'c1', startedAt: '2026-01-01T10:00:00.000Z' };
  return {
    slotStatuses: async () => shown.map((requirement) => ({ slot: slotIdOf(requirement), state, run: 'r1' })),
    piecesOf: async (_: string, slot: string) => [
      { id: 1, run: 'r1', dir: '/r', piece: { slot, path: 'preuves/x/01.xml' } },
    ],
    runs: async () => [line],
    run: async () => ({ run: { ...line, faults: [], scenarios }, dir: '/r' }),
  } as unknown as ProgressSource;
}

const CAMPAIGN = { id: 'c1', product: { name: 'Labo', version: '1' }, profiles: ['general'] };
const carriedTo = (rem: Rem, followed = OLD) => readCarriedProgress(tracker(), CAMPAIGN, followed, rem);

describe('readCarriedProgress', () => {
  it('gives the whole progress where every text is the same', async () => {
    const { slots, conform, carried } = await carriedTo(NEXT);
    expect(slots.get(slotIdOf(FIRST))).toEqual({
      state: 'recueillie',
      pieces: ['01.xml'],
      lastRun: '01/01/2026 à 11:00:00 (r1)',
    });
    expect([FIRST, SECOND, BARE].map(({ id }) => conform.get(id))).toEqual(['conforme', 'conforme', 'conforme']);
    expect(carried).toEqual({ source: 'ancienne.xlsx', sha256: OLD.sha256, compared: true, slots: 2, filled: 2 });
  });

  it('does not mind typography', async () => {
    const text = ` ${FIRST.scenarios[0]!.proofs[0]!.text.replaceAll('’', "'").replaceAll(' ', '  ')}`;
    const { slots, carried } = await carriedTo(edited(NEXT, { slot: { text } }));
    expect(slots.get(slotIdOf(FIRST))?.state).toBe('recueillie');
    expect(carried?.slots).toBe(2);
  });

  it.each<[string, Edits]>([
    ['the proof', { slot: { text: 'Une tout autre pièce' } }],
    ['the scenario', { scenario: { text: 'Une tout autre démarche, à jouer devant témoin' } }],
    ['the statement', { requirement: { statement: 'Le système DOIT désormais faire une tout autre chose que cela.' } }],
  ])('shows nothing of a slot when %s changed: neither proved nor empty', async (_, edits) => {
    const { slots, conform, carried } = await carriedTo(edited(NEXT, edits));
    expect(slots.has(slotIdOf(FIRST))).toBe(false);
    expect(conform.has(FIRST.id)).toBe(false);
    expect(slots.get(slotIdOf(SECOND))?.state).toBe('recueillie');
    expect(carried).toMatchObject({ slots: 1, filled: 2 });
  });

  it('concludes nothing on a requirement that now asks for more', async () => {
    const [scenario] = FIRST.scenarios as [ConformityScenario];
    const more = { ...scenario.proofs[0]!, id: `${scenario.id}.99`, rawId: '', text: 'Une pièce de plus' };
    const { slots, conform } = await carriedTo(edited(NEXT, { scenario: { proofs: [...scenario.proofs, more] } }));
    expect(slots.get(slotIdOf(FIRST))?.state).toBe('recueillie');
    expect(slots.has(more.id)).toBe(false);
    expect(conform.has(FIRST.id)).toBe(false);
  });

  it('follows a requirement to its new number', async () => {
    const id = 'INS/NEUF.01';
    const { conform, carried } = await carriedTo(
      edited(NEXT, { requirement: { id, rawId: id, previousIds: [FIRST.id] } }),
    );
    expect(conform.get(id)).toBe('conforme');
    expect(carried?.slots).toBe(2);
  });

  it('shows nothing of the embedded catalogue under official texts, everything under its own titles', async () => {
    const catalogue = loadCatalogue('SGL', 'va1');
    const official = await carriedTo(edited(NEXT, { slot: { text: 'Le texte officiel' } }), catalogue);
    expect(official.carried).toMatchObject({ compared: false, slots: 0, filled: 2 });
    expect(official.conform.size).toBe(0);
    const copy = { ...catalogue, layout: 'rem-wave2', sha256: '3'.repeat(64), source: 'copie.xlsx' };
    const same = await carriedTo(copy, catalogue);
    expect(same.carried).toMatchObject({ compared: false, slots: 2, filled: 2 });
    expect(same.conform.get(FIRST.id)).toBe('conforme');
    // Without slot nor statement, nothing says that it is the same.
    expect(same.conform.has(BARE.id)).toBe(false);
    const reworded = await carriedTo(edited(copy, { slot: { text: 'Autre chose' } }), catalogue);
    expect(reworded.carried).toMatchObject({ slots: 1 });
  });
});
