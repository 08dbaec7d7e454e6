import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

import type { Category, Wave } from '../rem/types.ts';
import {
  findReference,
  loadReferences,
  parseCitation,
  referenceLabels,
  referenceVersion,
  UNKNOWN_VERSION,
  versionLabel,
} from './index.ts';
import type { ReferenceData } from './index.ts';

const data = JSON.parse(readFileSync(new URL('./versions.json', import.meta.url), 'utf8')) as ReferenceData;
const AGREED =
  'ref-ins guide-ins gi-insi gi-dmp ref-psc ref-mss-1 ref-mss-2 annuaire cisis-cda cr-bio pam-fr cisis-hl7v2 ' +
  'loinc-bio ref-ie pgssi apcv-ad8';
const DATE = /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/;

describe('the data', () => {
  it('names each document once, with a publisher, among them those that the catalogue was promised', () => {
    const ids = data.references.map((one) => one.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(AGREED.split(' ')));
    expect(new Set(data.references.map((one) => one.name)).size).toBe(ids.length);
    for (const one of data.references) {
      expect(one.id).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
      expect(one.name.length, one.id).toBeGreaterThan(9);
      expect(one.publisher, one.id).not.toBe('');
    }
  });

  it('says something of both waves, once per category', () => {
    for (const { id, versions } of data.references) {
      const keys = versions.map((one) => `${one.wave} ${one.category ?? ''}`);
      expect(new Set(keys).size, id).toBe(keys.length);
      expect(keys, id).toEqual(expect.arrayContaining(['va1 ', 'va2 ']));
    }
  });

  it('gives a version and its source exactly when the version is known', () => {
    for (const { id, versions } of data.references) {
      for (const one of versions) {
        expect(one.version === undefined, `${id} ${one.wave}`).toBe(one.mark === 'U');
        expect(one.source === undefined, `${id} ${one.wave}`).toBe(one.mark === 'U');
        if (one.mark === 'U') expect([one.date, one.orLater], id).toEqual([undefined, undefined]);
      }
    }
  });

  it('cites sources that it lists, all of them, and dates that exist', () => {
    const cited = data.references.flatMap((one) => [...one.versions, ...(one.later ?? [])]);
    const keys = new Set(cited.flatMap((one) => (one.source === undefined ? [] : [one.source])));
    expect([...keys].sort()).toEqual(Object.keys(data.sources).sort());
    for (const { date } of cited) expect(date ?? '2023').toMatch(DATE);
    for (const { date, document } of Object.values(data.sources)) {
      for (const part of (date ?? '2023').split('/')) expect(part, document).toMatch(DATE);
    }
  });
});

describe('referenceVersion', () => {
  it.each<[string, Category, Wave, string]>([
    ['gi-dmp', 'SGL', 'va1', '2.4.0'],
    ['gi-dmp', 'SGL', 'va2', '2.10.0'],
    ['gi-dmp', 'PFI', 'va2', '2.8.0'],
    ['ref-psc', 'LGC', 'va2', '1.8.4'],
    ['ref-mss-1', 'PFI', 'va2', '1.5.1'],
    ['ref-mss-2', 'SGL', 'va2', '1.0.1'],
    ['ref-ins', 'RIS', 'va2', '2.0'],
    ['cisis-hl7v2', 'SGL', 'va2', '2.0'],
    ['cr-bio', 'SGL', 'va1', '2021.01'],
    ['cr-bio', 'SGL', 'va2', '2021.01'],
    ['pam-fr', 'DPI', 'va2', '2.10.5'],
  ])('%s for %s in %s is %s', (id, category, wave, version) => {
    expect(referenceVersion(id, category, wave)?.version).toBe(version);
  });

  it('gives the source, and the note of the category that has its own version', () => {
    expect(referenceVersion('gi-dmp', 'SGL', 'va1')).toEqual({
      version: '2.4.0',
      orLater: true,
      mark: 'S',
      source: data.sources['rem-va1'],
    });
    expect(referenceVersion('gi-dmp', 'PFI', 'va2')?.note).toBeUndefined();
  });

  it('gives nothing for what is not known: a version, a wave, a document', () => {
    expect(referenceVersion('ref-psc', 'SGL', 'va1')).toBeUndefined();
    expect(referenceVersion('gi-dmp', 'SGL', 'va3')).toBeUndefined();
    expect(referenceVersion('toString', 'SGL', 'va1')).toBeUndefined();
    expect(findReference('')).toBeUndefined();
  });

  it('never gives a version that the data does not hold', () => {
    const ids = loadReferences().map((one) => one.id);
    const waves: Wave[] = ['va1', 'va2', 'va3'];
    fc.assert(
      fc.property(fc.constantFrom(...ids), fc.string(), fc.constantFrom(...waves), (id, category, wave) => {
        const written = findReference(id)?.versions.filter((one) => one.wave === wave) ?? [];
        const given = referenceVersion(id, category, wave)?.version;
        expect(
          given === undefined ? written.every((one) => one.mark === 'U' || one.category !== undefined) : true,
        ).toBe(true);
        if (given !== undefined) expect(written.map((one) => one.version)).toContain(given);
      }),
    );
  });
});

describe('versionLabel', () => {
  it.each<[string, Category, Wave, string]>([
    ['gi-dmp', 'SGL', 'va1', '2.4.0 ou ultérieure'],
    ['gi-dmp', 'SGL', 'va2', '2.10.0'],
    ['ref-mss-2', 'SGL', 'va2', '1.0.1 (18/01/2024)'],
    ['cisis-cda', 'SGL', 'va2', 'juin 2021'],
    ['cofrac-ref-11', 'SGL', 'va1', 'révision 08 (30/03/2020) ou ultérieure'],
    ['ref-psc', 'SGL', 'va1', UNKNOWN_VERSION],
    ['unheard-of', 'SGL', 'va1', 'version non publiée ici'],
  ])('%s for %s in %s reads %s', (id, category, wave, label) => {
    expect(versionLabel(id, category, wave)).toBe(label);
  });
});

describe('what a requirement cites', () => {
  it('names the version of the wave, or its own when it says one', () => {
    const name = findReference('gi-dmp')?.name ?? '';
    expect(referenceLabels(['gi-dmp', 'gi-dmp@2.9.0', 'unheard-of', 'unheard-of@1'], 'SGL', 'va2')).toEqual([
      `${name}, 2.10.0`,
      `${name}, 2.9.0`,
    ]);
    expect(referenceLabels(['ref-acces-dmp'], 'SGL', 'va2')).toEqual([
      `${findReference('ref-acces-dmp')?.name}, ${UNKNOWN_VERSION}`,
    ]);
  });

  it.each([
    ['gi-dmp', { id: 'gi-dmp' }],
    ['gi-dmp@2.9.0', { id: 'gi-dmp', version: '2.9.0' }],
    ['cr-bio@2021.01', { id: 'cr-bio', version: '2021.01' }],
  ])('%s is read as %j', (cited, expected) => {
    expect(parseCitation(cited)).toEqual(expected);
  });
});
