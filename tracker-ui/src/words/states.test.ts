import { describe, expect, it } from 'vitest';
import { CLASSES } from './nouns.ts';
import { CAUSES, CHAPTERS, runWord, SEVERITIES, SLOT_STATES, VERDICTS } from './states.ts';

describe('words of states', () => {
  it('tell states of one list apart without their colour', () => {
    for (const list of [SLOT_STATES, VERDICTS, CAUSES, CHAPTERS, SEVERITIES, CLASSES]) {
      const words = Object.values(list);
      expect(new Set(words.map(({ label }) => label)).size).toBe(words.length);
      expect(words.every(({ sign }) => sign !== '')).toBe(true);
    }
    expect(new Set(Object.values(VERDICTS).map(({ sign }) => sign)).size).toBe(4);
  });

  it('write the state of a run as a badge', () => {
    expect(runWord({ tone: 'warn', label: 'à vérifier' })).toEqual({ tone: 'warn', sign: '?', label: 'À vérifier' });
    expect(runWord({ tone: 'none', label: '' })).toEqual({ tone: 'none', sign: '…', label: '' });
  });
});
