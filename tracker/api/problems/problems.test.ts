import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import table from './problems.json' with { type: 'json' };
import { givenProblem, languageOf, problem } from './index.ts';

const TRACKER = fileURLToPath(new URL('../../', import.meta.url));
const EVIDENCE = fileURLToPath(new URL('../../../evidence/', import.meta.url));
const CLI = fileURLToPath(new URL('../../../cli/', import.meta.url));

/** Rooms whose refusals may reach the API. */
const SAYING = ['domain', 'access', 'store', 'api'].map((room) => join(TRACKER, room));

function sources(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /(?<!\.test|\.fixture)\.ts$/.test(entry.name))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
}

const codesIn = (text: string, call: RegExp): readonly string[] =>
  Array.from(text.matchAll(call), ([, code = '']) => code);

describe('published problems', () => {
  it('have every code that the domain, the store and the readers may refuse with', () => {
    const texts = [
      ...SAYING.flatMap(sources),
      ...['intake', 'vault'].map((room) => join(EVIDENCE, room)).flatMap(sources),
      ...['run-archive.ts', 'tracker-readers.ts', 'dossier-desk.ts'].map((name) =>
        readFileSync(join(CLI, name), 'utf8'),
      ),
    ];
    const thrown = texts.flatMap((text) => [
      ...codesIn(text, /\brefusal\(\s*'([A-Z_]+)'/g),
      ...codesIn(text, /\b(?:TrackerStoreError|IntakeError|VaultError)\(\s*'([A-Z_]+)'/g),
      ...codesIn(text, /\btold\('([A-Z_]+)'/g),
    ]);
    expect(new Set(thrown).size).toBeGreaterThan(40);
    expect([...new Set(thrown)].filter((code) => !Object.hasOwn(table.given, code))).toEqual([]);
  });

  it('say what and what to do in both languages, with the same values', () => {
    const places = (text: string) => codesIn(text, /\{(\w+)\}/g).toSorted((one, other) => (one < other ? -1 : 1));
    for (const [code, { fr, en, status }] of Object.entries(table.own)) {
      expect([code, places(fr.detail + fr.remedy)]).toEqual([code, places(en.detail + en.remedy)]);
      expect(status).toBeGreaterThanOrEqual(400);
      for (const sentence of [fr.detail, fr.remedy, en.detail, en.remedy]) expect(sentence).toMatch(/\.$/);
    }
    for (const { en } of Object.values(table.given)) {
      for (const sentence of [en.detail, en.remedy]) expect(sentence).toMatch(/[.)]$/);
    }
  });

  it('never have one code twice', () => {
    expect(Object.keys(table.own).filter((code) => Object.hasOwn(table.given, code))).toEqual([]);
  });

  it('are views of RFC 9457', () => {
    expect(problem('EXIGENCE_INCONNUE', { id: 'X/1' }).view('en')).toEqual({
      type: '/api/problems#EXIGENCE_INCONNUE',
      title: 'EXIGENCE_INCONNUE',
      status: 404,
      detail: 'The REM of the campaign has no requirement “X/1”.',
      code: 'EXIGENCE_INCONNUE',
      remedy: 'Look for it in the list of requirements; in an address, the slash is written %2F.',
    });
    const given = givenProblem({ code: 'FOUR_EYES', message: 'Non.', remedy: 'Demandez.' });
    expect(given?.view('fr')).toMatchObject({ status: 403, detail: 'Non.', remedy: 'Demandez.' });
    expect(given?.view('en').detail).toBe('You filed a piece of this slot: somebody else must validate it.');
    expect(givenProblem({ code: 'INCONNU', message: '', remedy: '' })).toBeUndefined();
  });

  it.each([
    [undefined, 'fr'],
    ['', 'fr'],
    ['fr-FR,fr;q=0.9,en;q=0.8', 'fr'],
    ['en', 'en'],
    ['EN-us', 'en'],
    ['fr;q=0.1, en;q=0.2', 'en'],
    ['*', 'fr'],
    ['entier', 'fr'],
    ['en;q=abc', 'fr'],
  ])('choose the language of %j', (header, language) => {
    expect(languageOf(header)).toBe(language);
  });
});
