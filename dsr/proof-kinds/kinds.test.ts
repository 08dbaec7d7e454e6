import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

import { classOf, isExternal, kindLabel, loadKinds, madeByPerson, parseKind } from './index.ts';
import { loadWords } from './mentions.ts';

describe('kinds.json', () => {
  it('says where it comes from', () => {
    const { source } = JSON.parse(readFileSync(new URL('./kinds.json', import.meta.url), 'utf8')) as {
      source: Record<string, string>;
    };
    expect(source).toMatchObject({ mark: 'J', document: expect.any(String), date: expect.stringMatching(/^\d{4}-/u) });
  });

  it('names every kind but « autre », with patterns on reduced words and no repetition in a repetition', () => {
    for (const { kind, named = [], opening = [], general = [] } of loadKinds().values()) {
      if (kind !== 'other') expect(named.length, kind).toBeGreaterThan(0);
      for (const pattern of [...named, ...opening, ...general]) {
        expect(pattern, kind).toMatch(/^[a-z0-9 ()|?/\\+[\]]+$/u);
        expect(pattern.replaceAll('\\d+', ''), kind).not.toMatch(/[+*{]/u);
      }
    }
    for (const list of [loadWords().shows, loadWords().of, loadWords().light])
      for (const word of list) expect(word).toMatch(/^[a-zù]+$/u);
  });
});

describe('the names that a user may type', () => {
  it.each([
    ['vidéo', 'video'],
    ['COPIE D’ÉCRAN', 'screenshot'],
    ['screenshot', 'screenshot'],
    ['source SMTP', 'mail-source'],
    ['gazelle-link', 'gazelle-link'],
    ['Lien permanent Gazelle', 'gazelle-link'],
    ['autre', 'other'],
    ['hologramme', undefined],
    ['', undefined],
  ])('%s', (name, kind) => {
    expect(parseKind(name)).toBe(kind);
  });

  it('are each one kind only', () => {
    for (const { kind, label, aliases = [] } of loadKinds().values()) {
      for (const name of [kind, label, ...aliases]) expect(parseKind(name), name).toBe(kind);
      expect(kindLabel(kind)).toBe(label);
    }
  });
});

describe('who can make a piece', () => {
  it.each([
    [['log'], undefined, 'bench'],
    [['mail-source', 'pdf'], undefined, 'bench'],
    [['log', 'video'], undefined, 'human'],
    [['log', 'video'], [['log'], ['video']], 'bench'],
    [['log', 'gazelle-link'], [['log'], ['gazelle-link']], 'rehearsal'],
    [['documentation'], undefined, 'human'],
    [[], undefined, 'human'],
    [
      ['screenshot', 'video', 'log'],
      [
        ['screenshot', 'log'],
        ['video', 'log'],
      ],
      'human',
    ],
    [['print-scan', 'pdf'], undefined, 'human'],
  ] as const)('%j at choice %j: %s', (kinds, alternatives, evidenceClass) => {
    expect(classOf(kinds, alternatives)).toBe(evidenceClass);
  });

  it.each([
    [
      ['screenshot', 'video', 'log'],
      [
        ['screenshot', 'log'],
        ['video', 'log'],
      ],
      ['screenshot', 'video'],
    ],
    [['log', 'video'], [['log'], ['video']], []],
    [['log', 'attestation'], undefined, ['attestation']],
    [['other', 'mail-source'], undefined, []],
    [[], undefined, []],
  ] as const)('%j at choice %j: a person has to make %j', (kinds, alternatives, expected) => {
    expect(madeByPerson(kinds, alternatives)).toEqual(expected);
  });

  it('is never the bench where a person has to make one', () => {
    const kind = fc.constantFrom(...loadKinds().keys());
    const sets = fc.array(fc.uniqueArray(kind, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(sets, (alternatives) => {
        const kinds = [...new Set(alternatives.flat())];
        if (madeByPerson(kinds, alternatives).length > 0) expect(classOf(kinds, alternatives)).not.toBe('bench');
      }),
    );
  });

  it('knows the external ones', () => {
    expect([...loadKinds().keys()].filter((kind) => isExternal([kind]))).toEqual([
      'gazelle-link',
      'mss-tool-run-id',
      'cnda-certificate',
      'pentest-form',
    ]);
  });
});
