import { describe, expect, it } from 'vitest';
import { sampleInput } from '../fixture.ts';
import { renderPage } from './page.ts';
import { filmingCount, slotsToFilm } from './to-film.ts';

const INPUT = sampleInput();
const { guided, others } = slotsToFilm(INPUT.run, INPUT.rem);

describe('what is to be filmed', () => {
  it('is every played slot that wants a picture, the guided ones apart', () => {
    expect(guided).toEqual(['INS/va1.01.01.01']);
    expect(others.length).toBeGreaterThan(0);
    for (const { slot, scenario } of others) {
      expect(slot.evidenceClass).toBe('human');
      expect(scenario.slots).toContain(slot.id);
      expect(guided).not.toContain(slot.id);
    }
    expect(new Set(others.map(({ slot }) => slot.id)).size).toBe(others.length);
  });

  it('leaves out what a red scenario would have shown', () => {
    const scenarios = INPUT.run.scenarios.map((each) => ({ ...each, verdict: 'non-conforme' as const }));
    expect(slotsToFilm({ ...INPUT.run, scenarios }, INPUT.rem)).toEqual({ guided: [], others: [] });
  });

  it('is told in the page, slot by slot, with the command that serves the patients again', () => {
    const page = renderPage(INPUT);
    const list = page.slice(page.indexOf('id="filmer"'), page.indexOf('id="ailleurs"'));
    expect(list).toContain(filmingCount({ guided, others }));
    expect(list).toContain('npm run jalon -- mocks --data &lt;dossier&gt;');
    for (const { slot } of others) expect(list).toContain(`>${slot.id}<`);
  });

  it('counts in words', () => {
    expect(filmingCount({ guided: ['a', 'b'], others: [] })).toBe('2 guidées, 0 autre à filmer pendant la même séance');
  });

  it('shows no number that a product forgets with the run', () => {
    expect(renderPage(INPUT)).not.toContain('P-7');
    expect(renderPage(sampleInput({ driver: 'http:https://produit.test' }))).toContain('dans le produit pendant');
  });
});
