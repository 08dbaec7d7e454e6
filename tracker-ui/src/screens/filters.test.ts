import { describe, expect, it } from 'vitest';
import { apiQuery, CHOICES, withFilter } from './filters.ts';

describe('filters in the address', () => {
  it('change one at a time', () => {
    expect(withFilter('', 'section', 'INS')).toBe('section=INS');
    expect(withFilter('section=INS&q=nom', 'section', 'MSS')).toBe('section=MSS&q=nom');
    expect(withFilter('section=INS&q=nom', 'section', '')).toBe('q=nom');
    expect(new URLSearchParams(withFilter('', 'q', 'né & à')).get('q')).toBe('né & à');
  });

  it('give the API only what it knows', () => {
    expect(apiQuery('section=INS&couleur=bleu&q=&state=vide')).toBe('section=INS&state=vide');
  });

  it('name every choice of the API, each once', () => {
    for (const { options } of CHOICES) expect(new Set(options.map(([value]) => value)).size).toBe(options.length);
    expect(CHOICES.map(({ name, options }) => [name, options.length])).toEqual([
      ['state', 11],
      ['verdict', 5],
      ['class', 3],
    ]);
  });
});
