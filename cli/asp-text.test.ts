import { describe, expect, it } from 'vitest';
import { cents } from '#dsr/money/index.ts';
import { noteLines, requestText, type RequestOutcome, type UnjudgedOrder } from './asp-text.ts';

const text = (changes: Partial<RequestOutcome>): string =>
  requestText(
    {
      kind: 'avance',
      layout: { name: 'asp', version: '1', proposed: false },
      files: ['a.json'],
      total: cents(810_000),
      ours: true,
      editions: {},
      unjudged: [],
      notes: [],
      refused: [],
      out: 'sortie',
      ...changes,
    },
    1000,
  );
const unjudged = (
  what: UnjudgedOrder['what'],
  couloir: string,
  ...orders: readonly string[]
): readonly UnjudgedOrder[] => orders.map((order) => ({ what, order, couloir, wave: '1' }));

describe('what a command of requests tells', () => {
  it('names the couloir and the orders that nobody judged, a few of them', () => {
    const told = text({
      unjudged: [
        ...unjudged('ceiling', 'RIS', 'R-1', 'R-2', 'R-3', 'R-4', 'R-5', 'R-6', 'R-7'),
        ...unjudged('ceiling', 'LGC', 'L-1'),
        ...unjudged('deadline', 'RIS', 'R-1', 'R-2', 'R-3', 'R-4', 'R-5', 'R-6'),
      ],
    });
    expect(told.split('\n').filter((line) => line.includes('À savoir'))).toEqual([
      '  À savoir : Aucun barème n’est connu pour RIS vague 1 : le plafond n’a pas été jugé (R-1, R-2, R-3, R-4, R-5 et 2 autres bons).',
      '  À savoir : Aucun barème n’est connu pour LGC vague 1 : le plafond n’a pas été jugé (L-1).',
      '  À savoir : Aucune date limite n’est connue pour RIS vague 1 : le retard n’a pas été jugé (R-1, R-2, R-3, R-4, R-5 et 1 autre bon).',
    ]);
    expect(text({})).not.toContain('À savoir');
  });

  it('says whose draft it is', () => {
    const layout = { name: 'asp', version: '1', proposed: true };
    expect(text({ layout })).toContain('proposition de Jalon');
    expect(text({ layout, ours: false })).toContain('BROUILLON : votre disposition');
    expect(text({ ours: false })).not.toContain('BROUILLON');
  });

  it('gives each warning its lines', () => {
    const warning = { code: 'ASP_X', what: 'Ceci.', remedy: 'Faites cela.' };
    expect(noteLines([warning, warning], 100)).toBe('À savoir : Ceci. Faites cela. [ASP_X]\n'.repeat(2));
    expect(noteLines([], 100)).toBe('');
  });
});
