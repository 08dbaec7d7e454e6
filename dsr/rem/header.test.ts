import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { headerKey, meaningOf } from './header.ts';

const OFFICIAL = (
  'Exigence conditionnelle OUI/NON|Profil|ID Section|Section|Bloc|Fonction|Chapitre|ID|' +
  "Nature de l'exigence|N° exigence|Énoncé|N° scénario|Scénario de conformité|Exigence|Ordre|" +
  'N° preuve 1|Preuve 1|N° preuve 10|Preuve 10|N° preuve|Preuve|Statut publication|VA N-1|' +
  'Criticité|Périmètre|Commentaire|Profil historique'
).split('|');

describe('meaningOf', () => {
  it.each([
    ["Énoncé de l'exigence (DOIT) ou de la préconisation (PEUT)", { field: 'statement' }],
    ['Énoncé', { field: 'statement' }],
    ['Exigence', { field: 'statement' }],
    ['ID', { field: 'requirementId' }],
    ['Numéro exigence', { field: 'requirementId' }],
    ["N° de l'exigence", { field: 'requirementId' }],
    ['Nature', { field: 'nature' }],
    ['NATURE DE L’EXIGENCE', { field: 'nature' }],
    ['Chapitre', { field: 'section' }],
    ['VA N-1', { field: 'previousId' }],
    ['N° preuve 3', { pair: { part: 'id', rank: 3 } }],
    ['N° de preuve 3', { pair: { part: 'id', rank: 3 } }],
    ['No preuve3', { pair: { part: 'id', rank: 3 } }],
    ['Preuve n°3', { pair: { part: 'text', rank: 3 } }],
    ['Preuve', { pair: { part: 'text', rank: 0 } }],
    ['Libellé de la preuve 4', { pair: { part: 'text', rank: 4 } }],
    ['Réf. preuve 4', { pair: { part: 'id', rank: 4 } }],
    ["Type d'exigence", { field: 'nature' }],
    ["N° d'exigence", { field: 'requirementId' }],
    ['Intitulé du chapitre', { field: 'section' }],
    ['Note interne', { field: 'internalNote' }],
    ['Référence exigence socle', { field: 'baseRef' }],
    ['Exigence 3', { field: 'requirementId' }],
    ['Jalon · Criticité', { added: true, field: 'criticality' }],
    ['Jalon · Applicable', { added: true, field: 'applicable' }],
    ['Profil(s)', { field: 'profile' }],
    ['Bloc fonctionnel', { field: 'block' }],
    ['Preuve 03 (si applicable)', { pair: { part: 'text', rank: 3 } }],
    ['N° preuve 3 (si applicable)', { pair: { part: 'id', rank: 3 } }],
    ['Scénario cœur de métier', { field: 'scenario' }],
    ['Jalon · Pièces', { added: true }],
    ['Jalon · Classement', { added: true }],
  ])('reads %s', (header, meaning) => {
    expect(meaningOf(header)).toEqual(meaning);
  });

  it.each(['', 'Remarque', 'Statut', 'Applicable', 'Jalon', 'Preuve de dépôt', 'Exigences du client'])(
    'leaves %j aside',
    (header) => {
      expect(meaningOf(header)).toBeUndefined();
    },
  );

  it('tells all official headers apart', () => {
    const meanings = OFFICIAL.map((header) => JSON.stringify(meaningOf(header)));
    expect(OFFICIAL.filter((header) => meaningOf(header) === undefined)).toEqual([]);
    // Two layouts name one thing twice: Section / Chapitre, Énoncé / Exigence, N° exigence / ID.
    expect(new Set(meanings).size).toBe(OFFICIAL.length - 3);
  });

  it('does not mind case, accents, apostrophes and spaces', () => {
    const space = fc.constantFrom(' ', '  ', '\u00A0', '\n', ' \u202F');
    fc.assert(
      fc.property(
        fc.constantFrom(...OFFICIAL),
        space,
        fc.boolean(),
        fc.boolean(),
        fc.constantFrom("'", '’', 'ʼ', '`'),
        (header, gap, upper, bare, apostrophe) => {
          let written = header.replaceAll(' ', gap).replaceAll("'", apostrophe);
          if (bare) written = written.normalize('NFD').replace(/\p{M}/gu, '');
          if (upper) written = written.toUpperCase();
          expect(meaningOf(`${gap}${written}${gap}`)).toEqual(meaningOf(header));
        },
      ),
    );
  });

  it('reduces any text to plain words', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (header) => {
        expect(headerKey(header)).toMatch(/^([a-z0-9]+( [a-z0-9]+)*)?$/u);
      }),
    );
  });
});
