import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Rem, Requirement } from '../rem/types.ts';
import { checkProfiles, loadProfiles, profilesOfRem, profileSlug } from './index.ts';

function remOf(category: string, wave: `va${number}`, names: readonly string[]): Rem {
  const requirements = names.map((profile, index): Requirement => ({
    id: `X.${index}`,
    rawId: `X.${index}`,
    previousIds: [],
    profile,
    section: 'X',
    sectionTitle: '',
    block: '',
    function: '',
    nature: 'DOIT',
    title: '',
    statement: '',
    scenarios: [],
  }));
  return { category, wave, layout: 'rem-wave2', sha256: '', source: 'ma-rem.xlsx', requirements, obsolete: [] };
}

const slugs = (rem: Rem): readonly string[] => profilesOfRem(rem).profiles.map(({ slug }) => slug);

describe('profilesOfRem', () => {
  it('takes the names of a category that has no embedded list, once each, in the order of the REM', () => {
    const rem = remOf('LGC', 'va2', ['BAL PER-ORG', 'Général', 'Médecin traitant', ' bal  per-org ', 'GÉNÉRAL']);
    const list = profilesOfRem(rem);
    expect(list).toMatchObject({ category: 'LGC', wave: 'va2', source: { document: 'ma-rem.xlsx' } });
    expect(list.profiles).toMatchObject([
      { slug: 'general', name: 'Général' },
      { slug: 'bal-per-org', name: 'BAL PER-ORG', description: 'Profil que portent 2 exigences de la REM' },
      { slug: 'medecin-traitant', name: 'Médecin traitant', description: 'Profil que porte une exigence de la REM' },
    ]);
    expect(checkProfiles(list, ['general', 'Médecin Traitant'])).toEqual([]);
    expect(checkProfiles(list, ['iam'])).toMatchObject([{ code: 'PROFILE_UNKNOWN', profiles: ['iam'] }]);
  });

  it('offers the general profile even when no requirement carries it, and ignores an empty cell', () => {
    expect(slugs(remOf('DPI', 'va1', ['', ' \u00A0', '—', 'IAM']))).toEqual(['general', 'iam']);
  });

  it('keeps what the embedded lists know of a name: words and exclusions', () => {
    const list = profilesOfRem(remOf('RIS', 'va1', ["RÉFÉRENTIEL D'IDENTITÉS", "Esclave de l'identité", 'IAM']));
    expect(list.profiles.map(({ name }) => name)).toEqual([
      'Général',
      "RÉFÉRENTIEL D'IDENTITÉS",
      "Esclave de l'identité",
      'IAM',
    ]);
    expect(checkProfiles(list, ['referentiel-identites', 'esclave-identite'])).toMatchObject([
      { code: 'PROFILES_EXCLUSIVE' },
    ]);
    const alone = profilesOfRem(remOf('RIS', 'va1', ["Référentiel d'identités"]));
    expect(alone.profiles.find(({ slug }) => slug === 'referentiel-identites')?.excludes).toEqual([]);
  });

  it('gives the whole embedded list of a category, then what the workbook adds', () => {
    const known = loadProfiles('SGL', 'va2').profiles.map(({ slug }) => slug);
    expect(slugs(remOf('SGL', 'va2', ['BAL APP', 'IAM']))).toEqual([...known, 'bal-app']);
  });

  it('accepts every profile that the requirements carry, whatever the text', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 30 }), { maxLength: 20 }), (names) => {
        const list = profilesOfRem(remOf('AUTRE', 'va3', names));
        const declared = names.filter((name) => profileSlug(name) !== '');
        expect(checkProfiles(list, declared).filter(({ code }) => code === 'PROFILE_UNKNOWN')).toEqual([]);
        const found = list.profiles.map(({ slug }) => slug);
        expect(new Set(found).size).toBe(found.length);
        expect(found[0]).toBe('general');
      }),
    );
  });
});
