import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleInput, scenario, finding } from '../fixture.ts';
import { code, inline, renderSummary, table } from './index.ts';

const { run } = sampleInput();

describe('a summary in Markdown', () => {
  it('says the verdict first, then what is red with what to do', () => {
    const text = renderSummary(run);
    expect(text.startsWith('## ✕ LaboNova 7')).toBe(true);
    expect(text).toContain('### Ce qui ne va pas');
    const red = run.scenarios.filter(({ verdict }) => verdict === 'non-conforme' || verdict === 'non-verifiable');
    expect(text.match(/^#### /gmu)).toHaveLength(red.length);
    expect(text).toContain('à faire : Renseignez le libellé');
  });

  it('says what was fixed and what was broken since another run', () => {
    const one = scenario('ins/a#1');
    const other = scenario('ins/b#1', { verdict: 'non-conforme' });
    const before = { ...run, id: 'avant', scenarios: [one, other] };
    const after = {
      ...run,
      scenarios: [
        { ...one, verdict: 'non-conforme' as const },
        { ...other, verdict: 'conforme' as const },
        scenario('ins/c#1'),
      ],
    };
    const text = renderSummary(after, before);
    expect(text).toContain(`**Réparés** (1) : ${code('ins/b#1')}`);
    expect(text).toContain(`**Cassés** (1) : ${code('ins/a#1')}`);
  });

  it('fits in a comment whatever the run, and says how many are left out', () => {
    const scenarios = Array.from({ length: 2_000 }, (_, rank) =>
      scenario(`ins/x#${rank}`, { verdict: 'non-conforme', findings: [finding(), finding(), finding(), finding()] }),
    );
    const text = renderSummary({ ...run, scenarios });
    expect(text.length).toBeLessThanOrEqual(60_000);
    expect(text).toMatch(/… et [\d\s ]+ autres scénarios rouges/u);
  });

  it('lets nothing of the product become markup, end a cell or call somebody', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const shown of [inline(text), code(text)]) {
          const bare = shown.replaceAll(/&#\d+;/gu, '').replace(/^<code>|<\/code>$/gu, '');
          expect(bare).not.toMatch(/[\\`*_{}[\]<>#|@]|\n/u);
        }
        expect(table(['a'], [[inline(text)]]).split('\n')).toHaveLength(3);
      }),
    );
  });
});
