import { describe, expect, it } from 'vitest';
import { compareRems } from './index.ts';
import { remOf, requirementOf, scenarioOf, slotOf } from './rem.fixture.ts';

const ids = (entries: readonly { readonly id: string }[]): readonly string[] => entries.map(({ id }) => id);

describe('compareRems', () => {
  it('tells what is gone and marked obsolete from what is gone in silence', () => {
    const before = remOf([requirementOf('INS/va1.01'), requirementOf('INS/va1.02'), requirementOf('INS/va1.03')]);
    const after = remOf([requirementOf('INS/va1.01'), requirementOf('INS/va1.04')], {
      obsolete: [requirementOf('INS/va1.02', { rawId: ' ins/VA1.02' })],
    });
    const diff = compareRems(before, after);
    expect(ids(diff.added)).toEqual(['INS/va1.04']);
    expect(ids(diff.removed)).toEqual(['INS/va1.02', 'INS/va1.03']);
    expect(ids(diff.obsoleted)).toEqual(['INS/va1.02']);
    expect(ids(diff.silentlyRemoved)).toEqual(['INS/va1.03']);
    expect(diff.summary).toMatchObject({ unchanged: 1, added: 1, removed: 2, silentlyRemoved: 1, obsoleted: 1 });
    // What the former REM had dropped and the new one lists again is said to come back.
    expect(compareRems(after, before).added).toMatchObject([
      { id: 'INS/va1.02', wasObsolete: true },
      { id: 'INS/va1.03', wasObsolete: false },
    ]);
  });

  it('compares statement, scenario and proof word by word', () => {
    const old = requirementOf('INS/va1.01', { statement: 'Le système DOIT afficher le nom de naissance.' });
    const [scenario] = old.scenarios;
    const [slot] = scenario?.proofs ?? [];
    const young = {
      ...old,
      statement: 'Le système DOIT afficher le nom de naissance et le sexe.',
      scenarios: [
        { ...scenario!, text: 'Étapes du scénario modifiées', proofs: [{ ...slot!, text: "Copie d'écran" }] },
      ],
    };
    const { reworded } = compareRems(remOf([old]), remOf([young]));
    expect(reworded.map(({ id, level, target }) => [id, level, target])).toEqual([
      ['INS/va1.01', 'requirement', 'INS/va1.01'],
      ['INS/va1.01', 'scenario', 'INS/va1.01.01'],
      ['INS/va1.01', 'slot', 'INS/va1.01.01.01'],
    ]);
    expect(reworded[0]).toMatchObject({
      before: old.statement,
      after: young.statement,
      segments: [
        { kind: 'same', text: 'Le système DOIT afficher le nom de naissance' },
        { kind: 'added', text: ' et le sexe' },
        { kind: 'same', text: '.' },
      ],
    });
  });

  it('keeps typography apart from wording', () => {
    const diff = compareRems(
      remOf([requirementOf('INS/va1.01', { statement: "L'utilisateur « lit »\u00A0: 1. la fiche\n2. l'alerte" })]),
      remOf([requirementOf('INS/va1.01', { statement: 'L’utilisateur “lit” : 1. la fiche2. l’alerte' })]),
    );
    expect(diff.reworded).toEqual([]);
    expect(diff.typographyOnly).toMatchObject([{ id: 'INS/va1.01', level: 'requirement' }]);
    expect(diff.fates).toEqual([{ fate: 'changed', before: ['INS/va1.01'], after: ['INS/va1.01'] }]);
  });

  it('tells moves, nature, and what proofs ask for', () => {
    const old = requirementOf('INS/va1.01');
    const scenario = scenarioOf('INS/va1.01.01', {
      proofs: [
        slotOf('INS/va1.01.01.01', { kinds: ['log'], evidenceClass: 'bench', condition: 'cas 2' }),
        slotOf('INS/va1.01.01.02'),
      ],
    });
    const young = requirementOf('INS/va1.01', {
      profile: 'Environnement hospitalier',
      block: 'Autre bloc',
      nature: 'PEUT',
      scenarios: [scenario],
    });
    const diff = compareRems(remOf([old]), remOf([young]));
    expect(diff.moved).toEqual([
      {
        id: 'INS/va1.01',
        from: 'INS/va1.01',
        fields: ['profile', 'block'],
        before: { profile: 'Général', block: 'Bloc' },
        after: { profile: 'Environnement hospitalier', block: 'Autre bloc' },
      },
    ]);
    expect(diff.natureChanged).toMatchObject([{ id: 'INS/va1.01', before: 'DOIT', after: 'PEUT' }]);
    expect(diff.proofsChanged).toMatchObject([
      { target: 'INS/va1.01.01.02', changes: ['added'], before: null },
      { target: 'INS/va1.01.01.01', changes: ['kinds', 'class', 'condition'] },
    ]);
  });

  it('does not call moved what a layout has no column for', () => {
    const old = requirementOf('INS/va1.01');
    const diff = compareRems(remOf([old]), remOf([{ ...old, block: '' }]));
    expect(diff).toMatchObject({ identical: true, notCompared: ['block'], moved: [] });
  });

  it('does not compare wording with the embedded catalogue, and says so', () => {
    const old = requirementOf('INS/va1.01');
    const diff = compareRems(
      remOf([{ ...old, statement: '', block: 'Nos mots' }], { layout: 'catalogue' }),
      remOf([old]),
    );
    expect(diff).toMatchObject({ identical: true, reworded: [], notCompared: ['wording', 'block', 'function'] });
    expect(diff.from.official).toBe(false);
  });
});

describe('renumbering', () => {
  const old = (id: string, statement?: string) => requirementOf(id, statement === undefined ? {} : { statement });
  const wave2 = { wave: 'va2' as const, layout: 'rem-wave2' };

  it('follows one number that became two, and five that became one', () => {
    const diff = compareRems(
      remOf(['SGL.INS.01', 'SGL.INS.32', 'SGL.INS.33', 'SGL.INS.34', 'SGL.INS.35', 'SGL.INS.36'].map((id) => old(id))),
      remOf(
        [
          requirementOf('INS/va1.01', { previousIds: ['SGL.INS.01'] }),
          requirementOf('INS/va1.56', { previousIds: ['sgl.ins.01 '] }),
          requirementOf('INS/va1.60', { previousIds: ['INS.32', 'SGL.INS.33', 'INS.34', 'SGL.INS.35', 'SGL.INS.36'] }),
        ],
        wave2,
      ),
    );
    expect(diff.added).toEqual([]);
    expect(diff.removed).toEqual([]);
    expect(diff.renumbered.filter(({ level }) => level === 'requirement')).toMatchObject([
      { id: 'INS/va1.01', kind: 'split', before: ['SGL.INS.01'], after: ['INS/va1.01', 'INS/va1.56'] },
      { id: 'INS/va1.56', kind: 'split', before: ['SGL.INS.01'] },
      { id: 'INS/va1.60', kind: 'merged', after: ['INS/va1.60'] },
    ]);
    expect(diff.fates.map(({ fate }) => fate)).toEqual(['renumbered', 'renumbered']);
  });

  it('follows a number that a column writes without its couloir, and an older number that both lists give', () => {
    const diff = compareRems(
      remOf([
        requirementOf('ANN/va1.01', { previousIds: ['ANN.01'] }),
        requirementOf('DMP/va1.01', { previousIds: ['SGL.DMP.01'] }),
        requirementOf('MSS/va1.03'),
      ]),
      remOf(
        [
          requirementOf('ANNU/UX.01', { previousIds: ['SGL.ANN.01'] }),
          requirementOf('DMP/UX.01', { previousIds: ['DMP.01'] }),
          requirementOf('MSS/CONF.01', { previousIds: ['MSS/va1.03'] }),
        ],
        wave2,
      ),
    );
    expect(diff.renumbered.map(({ before, after, how }) => [before, after, how])).toEqual([
      [['ANN/va1.01'], ['ANNU/UX.01'], 'previous-id'],
      [['DMP/va1.01'], ['DMP/UX.01'], 'previous-id'],
      [['MSS/va1.03'], ['MSS/CONF.01'], 'previous-id'],
    ]);
  });

  it('does not take a number of the shared base for one of the first wave', () => {
    const diff = compareRems(
      remOf([requirementOf('ApCV/va1.01', { previousIds: ['SGL.APCV.01'] })]),
      remOf([requirementOf('APCV.01', { statement: 'Une tout autre exigence, sur la facturation.' })], wave2),
    );
    expect(ids(diff.added)).toEqual(['APCV.01']);
    expect(ids(diff.removed)).toEqual(['ApCV/va1.01']);
  });

  it('sees that a requirement that is gone was merged into one that lives on', () => {
    const diff = compareRems(
      remOf([old('MSS/CONF.01'), old('MSS/CONF.02')], wave2),
      remOf([requirementOf('MSS/CONF.01', { previousIds: ['MSS/CONF.02'] })], wave2),
    );
    expect(diff.removed).toEqual([]);
    expect(diff.renumbered).toMatchObject([{ kind: 'merged', before: ['MSS/CONF.01', 'MSS/CONF.02'] }]);
  });

  it('calls added what only shares an older number with a requirement that lives on, and names it', () => {
    const shared = { previousIds: ['SGL.DOC.08'] };
    const diff = compareRems(
      remOf([requirementOf('DOC/va1.03', shared)]),
      remOf([requirementOf('DOC/va1.03', shared), requirementOf('DOC/va1.05', shared)]),
    );
    expect(diff.added).toMatchObject([{ id: 'DOC/va1.05', relatedTo: ['DOC/va1.03'] }]);
    expect(diff.renumbered).toEqual([]);
  });

  it('recognises the same text, or nearly, under another number', () => {
    const text = 'Le système DOIT permettre à l’utilisateur de rechercher un professionnel par son nom et sa commune.';
    const exact = compareRems(remOf([old('ANN/UX.01', text)]), remOf([old('ANN/UX.09', text.replace('’', "'"))]));
    expect(exact.renumbered).toMatchObject([{ id: 'ANN/UX.09', how: 'text', kind: 'carried' }]);
    const near = compareRems(
      remOf([old('ANN/UX.01', text)]),
      remOf([old('ANN/UX.09', text.replace('commune', 'ville'))]),
    );
    expect(near.renumbered).toMatchObject([{ id: 'ANN/UX.09', how: 'near-text' }]);
    expect(near.reworded).toMatchObject([{ id: 'ANN/UX.09', from: 'ANN/UX.01', level: 'requirement' }]);
  });

  it('does not take two requirements that differ by a figure for one', () => {
    const text = 'Le système DOIT présenter à l’utilisateur le message 12 de la liste des messages d’alerte.';
    const diff = compareRems(remOf([old('ANN/UX.01', text)]), remOf([old('ANN/UX.09', text.replace('12', '13'))]));
    expect([ids(diff.removed), ids(diff.added), diff.renumbered]).toEqual([['ANN/UX.01'], ['ANN/UX.09'], []]);
  });

  it('sees through an insertion that slid all the numbers', () => {
    const texts = ['premier', 'deuxième', 'troisième'].map(
      (word) => `Le système DOIT faire la ${word} chose demandée.`,
    );
    const numbered = (list: readonly string[]) =>
      remOf(list.map((statement, index) => old(`PSC.0${index + 1}`, statement)));
    const diff = compareRems(numbered(texts), numbered(['Le système DOIT d’abord se présenter.', ...texts]));
    expect(ids(diff.added)).toEqual(['PSC.01']);
    expect(diff.reworded).toEqual([]);
    expect(
      diff.renumbered.filter(({ level }) => level === 'requirement').map(({ before, after }) => [...before, ...after]),
    ).toEqual([
      ['PSC.01', 'PSC.02'],
      ['PSC.02', 'PSC.03'],
      ['PSC.03', 'PSC.04'],
    ]);
  });

  it('follows scenarios and proofs under the same requirement', () => {
    const before = requirementOf('INS/va1.01', {
      scenarios: [
        scenarioOf('INS/va1.01.01', {
          text: 'Chercher par traits',
          proofs: [slotOf('INS/va1.01.01.01', { text: 'Vidéo' })],
        }),
        scenarioOf('INS/va1.01.02', {
          text: 'Chercher par carte',
          proofs: [slotOf('INS/va1.01.02.01', { text: 'Journal' })],
        }),
      ],
    });
    const after = requirementOf('INS/va1.01', {
      scenarios: [
        scenarioOf('INS/va1.01.01', {
          text: 'Ouvrir la fiche',
          proofs: [slotOf('INS/va1.01.01.01', { text: 'Photo' })],
        }),
        scenarioOf('INS/va1.01.02', {
          text: 'Chercher par traits',
          proofs: [slotOf('INS/va1.01.02.01', { text: 'Vidéo' })],
        }),
        scenarioOf('INS/va1.01.03', {
          text: 'Chercher par carte',
          proofs: [slotOf('INS/va1.01.03.01', { text: 'Capture' }), slotOf('INS/va1.01.03.02', { text: 'Journal' })],
        }),
      ],
    });
    const diff = compareRems(remOf([before]), remOf([after]));
    expect(diff.reworded).toEqual([]);
    expect(diff.renumbered.map(({ level, before: from, after: to }) => [level, ...from, ...to])).toEqual([
      ['scenario', 'INS/va1.01.01', 'INS/va1.01.02'],
      ['scenario', 'INS/va1.01.02', 'INS/va1.01.03'],
      ['slot', 'INS/va1.01.01.01', 'INS/va1.01.02.01'],
      ['slot', 'INS/va1.01.02.01', 'INS/va1.01.03.02'],
    ]);
    expect(diff.proofsChanged.map(({ target, changes }) => [target, ...changes])).toEqual([
      ['INS/va1.01.01', 'added'],
      ['INS/va1.01.03.01', 'added'],
      ['INS/va1.01.01.01', 'added'],
    ]);
  });

  it('tells a number that is only written otherwise', () => {
    const before = requirementOf('ApCV/va1.01', { rawId: 'ApCV/va1.01' });
    const diff = compareRems(remOf([before]), remOf([{ ...before, rawId: ' APCV/va1.01' }]));
    expect(diff.renumbered).toEqual([
      {
        id: 'ApCV/va1.01',
        level: 'requirement',
        kind: 'spelling',
        how: 'id',
        before: ['ApCV/va1.01'],
        after: [' APCV/va1.01'],
      },
    ]);
  });
});
