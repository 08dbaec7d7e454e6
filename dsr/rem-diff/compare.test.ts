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

  it('calls no section moved that the reader deduced from the number', () => {
    const given = remOf([requirementOf('CDA/INT.15', { section: 'CDA' })]);
    const deduced = remOf([requirementOf('CDA/INT.15', { section: 'CDA/INT', sectionDerived: true })]);
    expect(compareRems(given, deduced).moved).toEqual([]);
    const elsewhere = remOf([requirementOf('CDA/INT.15', { section: 'DMP' })]);
    expect(compareRems(given, elsewhere).moved).toMatchObject([{ id: 'CDA/INT.15', fields: ['section'] }]);
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
        slotOf('INS/va1.01.01.01', { text: 'Journal', kinds: ['log'], evidenceClass: 'bench', condition: 'cas 2' }),
        slotOf('INS/va1.01.01.02', { text: 'Capture' }),
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

  it('does not take the classification of a slot that reads the same for a change of the list', () => {
    const withSlot = (more: Parameters<typeof slotOf>[1]) =>
      remOf([
        requirementOf('INS/va1.01', {
          scenarios: [scenarioOf('INS/va1.01.01', { proofs: [slotOf('INS/va1.01.01.01', more)] })],
        }),
      ]);
    const other = {
      kinds: ['log' as const],
      alternatives: [['log' as const], ['video' as const]],
      condition: 'cas 2',
      evidenceClass: 'bench' as const,
    };
    // Another entry of the catalogue, met since the numbers slid.
    const same = compareRems(withSlot({ text: 'Vidéo' }), withSlot({ text: ' Vidéo\u00A0', ...other }));
    expect([same.proofsChanged, same.reworded]).toEqual([[], []]);
    // What the user said of a slot is not what the list says of it.
    const overruled = compareRems(
      withSlot({ text: 'Vidéo' }),
      withSlot({ text: 'Capture', ...other, classifiedBy: 'user' }),
    );
    expect(overruled).toMatchObject({ proofsChanged: [], reworded: [{ level: 'slot' }] });
    const reworded = compareRems(withSlot({ text: 'Vidéo' }), withSlot({ text: 'Journal', ...other }));
    expect(reworded.proofsChanged).toMatchObject([{ changes: ['kinds', 'alternatives', 'class', 'condition'] }]);
  });

  it('tells a section that keeps its id under another label, between two official lists', () => {
    const list = (sectionTitle: string, section = 'APCV', layout = 'rem-wave2') =>
      remOf([requirementOf('APCV.01', { section, sectionTitle })], { layout });
    const old = list('Application carte Vitale');
    expect(compareRems(old, list('Facturation')).moved).toEqual([
      {
        id: 'APCV.01',
        from: 'APCV.01',
        fields: ['sectionTitle'],
        before: { sectionTitle: 'Application carte Vitale' },
        after: { sectionTitle: 'Facturation' },
      },
    ]);
    for (const same of [list('application\u00A0carte Vitale '), list(''), list('Facturation', 'APCV', 'catalogue')]) {
      expect(compareRems(old, same).moved).toEqual([]);
      expect(compareRems(same, old).moved).toEqual([]);
    }
    expect(compareRems(old, list('Facturation', 'FACT')).moved.map(({ fields }) => fields)).toEqual([['section']]);
  });

  it('says whether anything but numbers and texts relates the two lists', () => {
    const first = remOf([requirementOf('SGL.INS.01')]);
    const wave2 = (previousIds: readonly string[]) =>
      remOf([requirementOf('INS/va1.01', { previousIds })], { wave: 'va2', layout: 'rem-wave2' });
    expect(compareRems(first, wave2(['SGL.INS.77'])).linked).toBe(false);
    expect(compareRems(first, wave2(['INS.01'])).linked).toBe(true);
    expect(compareRems(wave2(['INS.01']), first).linked).toBe(true);
    expect(compareRems(wave2(['INS.77']), wave2(['INS.77'])).linked).toBe(true);
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

  it('calls added what cites a requirement that lives on as it was, and names it', () => {
    const text = 'Le système DOIT permettre à l’utilisateur de rechercher un professionnel par son nom et sa commune.';
    const living = old('MSS/CONF.01', text);
    const derived = requirementOf('MSS/CONF.09', {
      statement: 'Tout autre chose, sur l’archivage des messages reçus.',
      previousIds: ['MSS/CONF.01'],
    });
    for (const same of [living, { ...living, statement: text.replace('commune', 'ville') }]) {
      const diff = compareRems(remOf([living], wave2), remOf([same, derived], wave2));
      expect(diff.added).toMatchObject([{ id: 'MSS/CONF.09', relatedTo: ['MSS/CONF.01'] }]);
      expect(diff.renumbered).toEqual([]);
      expect(diff.reworded.map(({ id }) => id)).toEqual(same === living ? [] : ['MSS/CONF.01']);
      // The other way round it is gone, and the one that it cited is not said to have taken it in.
      expect(ids(compareRems(remOf([same, derived], wave2), remOf([living], wave2)).removed)).toEqual(['MSS/CONF.09']);
    }
  });

  it('says once what left a requirement that became two, and not what the other heir has', () => {
    const scenario = (id: string, text: string) => scenarioOf(id, { text, proofs: [slotOf(`${id}.01`, { text })] });
    const before = requirementOf('INS.01', {
      scenarios: [
        scenario('INS.01.01', 'Chercher par traits'),
        scenario('INS.01.02', 'Lire la carte'),
        scenario('INS.01.03', 'Imprimer'),
      ],
    });
    const heir = (id: string, text: string) =>
      requirementOf(id, { previousIds: ['INS.01'], scenarios: [scenario(`${id}.09`, text)] });
    const diff = compareRems(
      remOf([before], wave2),
      remOf([heir('INS.07', 'Chercher par traits'), heir('INS.08', 'Lire la carte')], wave2),
    );
    expect(diff.proofsChanged.map(({ target, changes }) => [target, ...changes])).toEqual([
      ['INS.01.03', 'removed'],
      ['INS.01.03.01', 'removed'],
    ]);
  });

  it.each<[string, string, string]>([
    [
      'one word in the middle of thirteen',
      'Le système DOIT permettre de classer les documents reçus par date décroissante.',
      'Le système DOIT permettre de trier les documents reçus par date décroissante.',
    ],
    [
      'two words apart',
      'Le système DOIT signaler à l’utilisateur toute identité dont le statut vient de changer.',
      'Le système DOIT signaler au professionnel toute identité patient dont le statut vient de changer.',
    ],
    [
      'the template',
      'Le système DOIT permettre à l’utilisateur de masquer un document au patient mineur.',
      'La solution logicielle DOIT pouvoir masquer un document au patient mineur.',
    ],
  ])('recognises a short statement renumbered and reworded: %s', (_, before, after) => {
    const diff = compareRems(
      remOf([old('DOC.01', 'Une première exigence, la même.'), old('DOC.02', before)]),
      remOf([old('DOC.01', 'Une première exigence, la même.'), old('DOC.11', after)]),
    );
    expect(diff.renumbered.filter(({ level }) => level === 'requirement')).toMatchObject([
      { id: 'DOC.11', before: ['DOC.02'], how: 'near-text' },
    ]);
    expect(diff.reworded).toMatchObject([{ id: 'DOC.11', level: 'requirement' }]);
  });

  it('takes no short statements for one since they begin alike', () => {
    const objects = [
      'd’importer un document de santé au format PDF',
      'de consulter le dossier d’un patient depuis sa fiche',
      'de renseigner le motif de la consultation du jour',
      'de paramétrer la durée de la session avant déconnexion',
      'd’imprimer une ordonnance avec son code en deux dimensions',
      'de choisir les destinataires d’un message de sortie',
      'de qualifier l’identité nationale d’un nouveau patient',
      'd’ajouter un commentaire au résultat de biologie reçu',
      'de se connecter avec la carte du professionnel',
      'de rechercher une structure dans l’annuaire par sa commune',
    ];
    for (const template of ['Le système DOIT permettre', 'Le système DOIT permettre à l’utilisateur']) {
      const list = (section: string, from: number) =>
        remOf(
          objects
            .slice(from, from + 5)
            .map((object, rank) => old(`${section}.0${rank + from}`, `${template} ${object}.`)),
        );
      const diff = compareRems(list('DOC', 0), list('DOC', 5));
      expect(diff.renumbered).toEqual([]);
      expect([diff.added.length, diff.removed.length]).toEqual([5, 5]);
    }
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
