import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { checkProfiles, loadProfiles, profileSlug } from './index.ts';

const sgl = loadProfiles('SGL', 'va1');

describe('profileSlug', () => {
  it.each(['va1', 'va2'] as const)('gives each SGL profile of %s its slug, from its name or its slug', (wave) => {
    for (const profile of loadProfiles('SGL', wave).profiles) {
      expect(profileSlug(profile.name)).toBe(profile.slug);
      expect(profileSlug(profile.slug)).toBe(profile.slug);
    }
  });

  it.each(['REFERENTIEL D’IDENTITES', " Référentiel\u00A0d'identités ", "Referentiel d'identites"])(
    'reads %s',
    (name) => {
      expect(profileSlug(name)).toBe('referentiel-identites');
    },
  );

  it('is idempotent on any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (name) => {
        const slug = profileSlug(name);
        expect(profileSlug(slug)).toBe(slug);
        expect(slug).toMatch(/^([a-z0-9]+(-[a-z0-9]+)*)?$/u);
      }),
    );
  });
});

describe('checkProfiles', () => {
  it('accepts what can be declared together', () => {
    expect(checkProfiles(sgl, ['general', 'referentiel-identites', 'environnement-hospitalier'])).toEqual([]);
  });

  it('refuses repository and slave together, once', () => {
    expect(checkProfiles(sgl, ['referentiel-identites', "Esclave de l'identité"])).toEqual([
      expect.objectContaining({ code: 'PROFILES_EXCLUSIVE', profiles: ['esclave-identite', 'referentiel-identites'] }),
    ]);
  });

  it('refuses a profile that nobody knows and lists the others', () => {
    const [problem] = checkProfiles(sgl, ['hopital']);
    expect(problem).toMatchObject({ code: 'PROFILE_UNKNOWN', profiles: ['hopital'] });
    expect(problem?.remedy).toContain('environnement-hospitalier');
  });
});

describe('loadProfiles', () => {
  it('writes each exclusion on both sides', () => {
    for (const profile of sgl.profiles) {
      for (const other of profile.excludes) {
        expect(sgl.profiles.find((one) => one.slug === other)?.excludes).toContain(profile.slug);
      }
    }
  });

  it('says that a category has none', () => {
    expect(() => loadProfiles('LGC', 'va2')).toThrow(expect.objectContaining({ code: 'PROFILES_UNKNOWN' }) as Error);
  });
});
