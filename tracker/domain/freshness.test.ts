import { describe, expect, it } from 'vitest';
import type { CivilDate } from '#dsr/dates/index.ts';
import { stalenessOf, type FreshnessNow, type SlotContent } from './freshness.ts';

const day = (text: string): CivilDate => text as CivilDate;
const NOW: FreshnessNow = {
  version: '2.0',
  references: ['Guide d’intégration DMP, 2.10.0'],
  kinds: ['video'],
  today: day('2026-06-01'),
};
const MADE: SlotContent = { version: '2.0', references: NOW.references, madeAt: '2026-05-01T10:00:00.000Z' };

describe('what a slot holds', () => {
  it('stays as long as the version, the reference documents and the age do', () => {
    expect(stalenessOf([MADE], NOW)).toBeUndefined();
    expect(stalenessOf([], NOW)).toBeUndefined();
  });

  it('grows old with the version of the product, unless somebody says that it still holds', () => {
    const old = { ...MADE, version: '1.0' };
    expect(stalenessOf([old], NOW)).toBe('La pièce vaut pour la version 1.0, pas pour la version 2.0.');
    expect(stalenessOf([{ ...old, stillHolds: 'Écran inchangé.' }], NOW)).toBeUndefined();
  });

  it('grows old with a reference document, by its version', () => {
    const old = { ...MADE, references: ['Guide d’intégration DMP, 2.8.0', 'Référentiel INS, 2.0'] };
    expect(stalenessOf([old], NOW)).toBe(
      'Le référentiel a changé depuis la pièce : Guide d’intégration DMP, 2.8.0 puis 2.10.0.',
    );
    // A document that it did not rest on, and what an earlier Jalon did not write down, say nothing.
    expect(stalenessOf([{ ...MADE, references: ['Référentiel INS, 2.0'] }], NOW)).toBeUndefined();
    expect(stalenessOf([{ version: '2.0', madeAt: MADE.madeAt }], NOW)).toBeUndefined();
  });

  it('grows old after a year where the authority says so: the anniversary still does, the day after no longer', () => {
    const form = { ...NOW, kinds: ['pentest-form'] as const };
    const on = (today: string) =>
      stalenessOf([{ ...MADE, madeAt: '2025-06-15T22:30:00.000Z' }], { ...form, today: day(today) });
    // 22:30 UTC is the next day in Paris.
    expect(on('2026-06-16')).toBeUndefined();
    expect(on('2026-06-17')).toBe(
      'La pièce date du 16/06/2025 : un rapport de test d’intrusion a moins d’un an au dépôt.',
    );
    expect(stalenessOf([{ ...MADE, madeAt: '2020-01-01T00:00:00.000Z' }], NOW)).toBeUndefined();
  });

  it('holds as long as one of its pieces does, and gives every reason otherwise', () => {
    const old = { ...MADE, version: '1.0' };
    const older = { ...MADE, version: '0.9' };
    expect(stalenessOf([old, MADE], NOW)).toBeUndefined();
    expect(stalenessOf([old, older, old], NOW)).toBe(
      'La pièce vaut pour la version 1.0, pas pour la version 2.0. La pièce vaut pour la version 0.9, pas pour la version 2.0.',
    );
  });
});
