import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EvidenceClass, Observable, ProofKind, Rem } from '#dsr/rem/index.ts';
import { coverageOf, MODES, type SlotCoverage, type SuiteScenario } from './index.ts';
import { rem, requirement, scenario, slot } from './made-up.fixture.ts';

function one(change: Parameters<typeof slot>[1], suite: readonly SuiteScenario[], observable?: readonly Observable[]) {
  const made = rem([requirement('MSS/va1.01', [slot('MSS/va1.01.01.01', change)], observable ? { observable } : {})]);
  const [covered] = coverageOf(made, suite).slots;
  if (!covered) throw new Error('no slot');
  return covered;
}

const PLAYS = scenario('mss/envoi#1', { requirements: ['MSS/va1.01'], slots: ['MSS/va1.01.01.01'] });
const GUIDES = scenario('mss/guide#1', { ...PLAYS.tags, guided: true });

describe('numbers of a list that moved', () => {
  const covered = (made: Rem) => coverageOf(made, [PLAYS]).slots[0];

  it('counts a scenario under the number that the list gives', () => {
    const moved = slot('MSS/va1.91.01.01', { knownAs: 'MSS/va1.01.01.01', evidenceClass: 'bench', kinds: ['log'] });
    const made = rem([requirement('MSS/va1.91', [moved], { knownAs: 'MSS/va1.01' })]);
    expect(covered(made)).toMatchObject({ id: 'MSS/va1.91.01.01', mode: 'automatic', scenario: 'mss/envoi#1' });
  });

  it('never counts one for a number given to something else', () => {
    const made = rem([requirement('MSS/va1.01', [slot('MSS/va1.01.01.01')], { numberReused: true })]);
    expect(covered(made)).toMatchObject({ mode: 'none', scenario: null });
  });
});

describe('mode and reason of a slot', () => {
  it('is automatic when a scenario plays it and the bench makes the piece', () => {
    const made = one({ evidenceClass: 'bench', kinds: ['mail-source'] }, [PLAYS]);
    expect(made).toMatchObject({ mode: 'automatic', scenario: 'mss/envoi#1', class: 'bench' });
  });

  it.each([
    ['gazelle-link', 'le lien Gazelle'],
    ['mss-tool-run-id', 'l’outil MSSanté'],
    ['cnda-certificate', 'le certificat CNDA'],
    ['pentest-form', 'test d’intrusion'],
    ['other', 'une référence externe'],
  ] as const)('rehearses %s and names the official proof', (kind, words) => {
    const made = one({ evidenceClass: 'rehearsal', kinds: [kind] }, [PLAYS]);
    expect(made.mode).toBe('automatic');
    expect(made.reason).toContain('la preuve officielle est');
    expect(made.reason).toContain(words);
  });

  it('is recorded when the official piece is human', () => {
    const made = one({ alternatives: [['video'], ['screenshot']], kinds: ['video', 'screenshot'] }, [PLAYS]);
    expect(made.mode).toBe('recorded');
    expect(made.reason).toContain('Pièce demandée : vidéo ou capture d’écran.');
  });

  it('is guided when only a tester plays it, and an automatic scenario wins over it', () => {
    expect(one({}, [GUIDES])).toMatchObject({ mode: 'guided', scenario: 'mss/guide#1' });
    const both = one({}, [GUIDES, PLAYS]);
    expect(both).toMatchObject({ mode: 'recorded', scenario: 'mss/envoi#1' });
    expect(both.scenarios).toEqual(['mss/envoi#1', 'mss/guide#1']);
    expect(one({ evidenceClass: 'rehearsal', kinds: ['gazelle-link'] }, [GUIDES]).reason).toContain('le lien Gazelle');
  });

  it.each<[SlotCoverage['mode'], readonly ProofKind[], EvidenceClass, readonly Observable[]]>([
    ['attestation', ['attestation'], 'human', ['declaration']],
    ['attestation', ['attestation'], 'human', ['mssante']],
    ['document', ['attestation', 'documentation'], 'human', ['declaration']],
    ['document', ['config-extract'], 'human', ['mssante']],
    ['document', ['code-extract'], 'human', ['mssante']],
    ['document', ['print-scan'], 'human', ['fichier']],
    ['document', ['cnda-certificate'], 'rehearsal', ['insi']],
    ['document', ['pentest-form'], 'rehearsal', ['declaration']],
    ['document', ['pdf'], 'human', ['declaration']],
    ['document', ['other'], 'human', ['declaration']],
    ['document', [], 'human', ['declaration']],
    ['none', ['pdf'], 'bench', ['fichier']],
    ['none', ['gazelle-link'], 'rehearsal', ['cda']],
    ['none', ['mail-source'], 'bench', ['mssante']],
    ['none', ['video', 'documentation'], 'human', ['ecran']],
    ['none', ['other'], 'human', ['mssante']],
    ['none', [], 'human', ['ecran']],
  ])('without scenario is %s for %j of class %s seen by %j', (mode, kinds, evidenceClass, observable) => {
    const made = one({ kinds, evidenceClass }, [], observable);
    expect(made).toMatchObject({ mode, scenario: null });
    expect(made.reason).not.toBe('');
  });

  it('says what the bench would see, and what to do where it sees nothing', () => {
    expect(one({}, [], ['insi', 'ecran']).reason).toContain('Le banc verrait les échanges avec INSi ;');
    expect(one({}, [], ['hl7', 'insi']).summary).toBe(
      'Le banc verrait les échanges avec INSi et les messages HL7 ; aucun scénario ne le joue encore.',
    );
    expect(one({}, [], ['ecran']).summary).toBe(
      'Rien de cette exigence ne passe par un service : filmez l’écran du produit.',
    );
    expect(one({ kinds: ['screenshot'] }, [], ['ecran']).summary).toContain('capturez l’écran');
  });

  it('gives the observation of the catalogue and the condition of the slot', () => {
    const made = rem([
      requirement('MSS/va1.01', [slot('MSS/va1.01.01.01', { condition: 'cas 2' })], {
        observation: 'le libellé de l’expéditeur dans le From',
      }),
    ]);
    const [covered] = coverageOf(made, []).slots;
    expect(covered?.condition).toBe('cas 2');
    expect(covered?.reason).toContain('À y voir : le libellé de l’expéditeur dans le From.');
    expect(covered?.reason).toContain('Preuve conditionnelle : cas 2.');
  });

  it('says when the requirement is judged without filling the slot', () => {
    const made = one({}, [scenario('mss/envoi#2', { requirements: ['MSS/va1.01'] })]);
    expect(made).toMatchObject({ mode: 'none', scenario: null });
    expect(made.reason).toContain('Scénario : mss/envoi#2.');
  });

  it('says when the catalogue does not know the requirement', () => {
    const { observable: _, ...unknown } = requirement('RIS.IMG.01', [slot('RIS.IMG.01.01.01')]);
    expect(coverageOf(rem([unknown]), []).slots[0]?.reason).toContain('ne connaît pas cette exigence');
  });
});

describe('which scenarios count', () => {
  it('not those of another wave, which the reason names', () => {
    const made = one({}, [scenario('mss/envoi#1', { ...PLAYS.tags, waves: ['va2'] })]);
    expect(made).toMatchObject({ mode: 'none', scenario: null });
    expect(made.reason).toContain('en va2, aucun en va1');
  });

  it('not those of a profile that the REM does not name', () => {
    const other = one({}, [scenario('mss/envoi#1', { ...PLAYS.tags, profiles: ['operateur-mailiz'] })]);
    expect(other).toMatchObject({ mode: 'none', scenario: null });
    expect(other.reason).toContain('pour un profil que cette REM n’a pas (operateur-mailiz)');
    expect(one({}, [scenario('mss/envoi#1', { ...PLAYS.tags, profiles: [] })]).mode).toBe('none');
  });

  it('those of a conditional profile of the REM, which the reason names', () => {
    const made = rem([
      requirement('MSS/va1.01', [slot('MSS/va1.01.01.01')]),
      requirement('MSS/va1.02', [], { profile: 'Opérateur Mailiz' }),
    ]);
    const suite = [scenario('mss/envoi#1', { ...PLAYS.tags, profiles: ['operateur-mailiz'] })];
    expect(coverageOf(made, suite).slots[0]).toMatchObject({
      mode: 'recorded',
      reason: expect.stringContaining('pour le profil operateur-mailiz seulement'),
    });
  });

  it('not those that fill a slot unknown to the REM', () => {
    const made = one({}, [scenario('mss/envoi#1', { slots: ['MSS/va1.99.01.01', 'MSS/va1.01'] })]);
    expect(made).toMatchObject({ mode: 'none', scenarios: [] });
  });

  it('any category: slots of the shared base are filled in a REM of radiology', () => {
    const made = rem([requirement('MSS/va1.01', [slot('MSS/va1.01.01.01')])], { category: 'RADIO-NOUVELLE' });
    expect(coverageOf(made, [PLAYS]).totals).toMatchObject({ slots: 1, recorded: 1 });
  });

  it('no obsolete requirement is counted', () => {
    const made = rem([], { obsolete: [requirement('MSS/va1.01', [slot('MSS/va1.01.01.01')])] });
    expect(coverageOf(made, [PLAYS])).toMatchObject({ slots: [], sections: [] });
  });
});

describe('order and parts', () => {
  const made = rem([
    requirement('DOC/va1.01', [slot('DOC/va1.01.01.01')]),
    requirement('XYZ/va1.01', []),
    requirement('INS/va1.01', [slot('INS/va1.01.01.01')]),
    requirement('DOC/va1.02', [slot('DOC/va1.02.01.01'), slot('DOC/va1.01.01.01')]),
  ]);

  it('follows the published order of sections, those without slot included', () => {
    expect(coverageOf(made, []).sections.map(({ section, slots }) => [section, slots])).toEqual([
      ['INS', 1],
      ['DOC', 2],
      ['XYZ', 0],
    ]);
  });

  it('counts a slot of two requirements once', () => {
    const { slots } = coverageOf(made, []);
    expect(slots.map(({ id }) => id)).toEqual(['INS/va1.01.01.01', 'DOC/va1.01.01.01', 'DOC/va1.02.01.01']);
    expect(slots[1]).toMatchObject({ requirement: 'DOC/va1.01', requirements: ['DOC/va1.01', 'DOC/va1.02'] });
  });

  it('keeps to some requirements without forgetting what the REM knows', () => {
    const narrowed = coverageOf(made, [], { only: ({ section }) => section === 'DOC' });
    expect(narrowed.sections.map(({ section }) => section)).toEqual(['DOC']);
    expect(narrowed.totals.slots).toBe(2);
    const human = coverageOf(made, [], { classes: ['bench'] });
    expect(human.slots).toEqual([]);
  });
});

const KIND = fc.constantFrom<ProofKind>('video', 'mail-source', 'pdf', 'attestation', 'documentation', 'other');
const CLASS = fc.constantFrom<EvidenceClass>('bench', 'rehearsal', 'human');
const OBSERVABLE = fc.constantFrom<Observable>('insi', 'cda', 'ecran', 'declaration', 'fichier');
const SLOT_ID = fc.integer({ min: 1, max: 30 }).map((rank) => `S.${rank}`);

const REM: fc.Arbitrary<Rem> = fc
  .array(
    fc.record({
      section: fc.constantFrom('INS', 'DOC', 'DMP/UX', 'dmp', '', 'ZZZ'),
      proofs: fc.array(fc.tuple(SLOT_ID, fc.array(KIND, { maxLength: 3 }), CLASS), { maxLength: 5 }),
      observable: fc.option(fc.array(OBSERVABLE, { maxLength: 3 }), { nil: undefined }),
    }),
    { maxLength: 8 },
  )
  .map((parts) =>
    rem(
      parts.map(({ section, proofs, observable }, rank) => {
        const { observable: _, ...made } = requirement(
          `R.${rank}`,
          proofs.map(([id, kinds, evidenceClass]) => slot(id, { kinds, evidenceClass })),
          { section },
        );
        return observable === undefined ? made : { ...made, observable };
      }),
    ),
  );

const SUITE: fc.Arbitrary<readonly SuiteScenario[]> = fc
  .array(
    fc.record({
      slots: fc.array(SLOT_ID, { maxLength: 4 }),
      requirements: fc.array(
        fc.integer({ min: 0, max: 9 }).map((rank) => `R.${rank}`),
        { maxLength: 2 },
      ),
      waves: fc.subarray(['va1', 'va2']),
      profiles: fc.subarray(['general', 'autre']),
      guided: fc.boolean(),
    }),
    { maxLength: 10 },
  )
  .map((tags) => tags.map((one, rank) => scenario(`f#${rank + 1}`, one)));

describe('whatever the REM and the suite', () => {
  it('sums agree, each slot appears once, each has a reason', () => {
    fc.assert(
      fc.property(REM, SUITE, (made, suite) => {
        const coverage = coverageOf(made, suite);
        const ids = new Set(made.requirements.flatMap((r) => r.scenarios.flatMap((s) => s.proofs.map((p) => p.id))));
        expect(coverage.slots.map(({ id }) => id).toSorted()).toEqual([...ids].toSorted());
        for (const counts of [...coverage.sections, coverage.totals, ...Object.values(coverage.classes)]) {
          expect(MODES.reduce((sum, mode) => sum + counts[mode], 0)).toBe(counts.slots);
        }
        for (const { slots, classes } of coverage.sections) {
          expect(classes.bench + classes.rehearsal + classes.human).toBe(slots);
        }
        const total = (parts: readonly { readonly slots: number }[]): number =>
          parts.reduce((sum, { slots }) => sum + slots, 0);
        expect(total(coverage.sections)).toBe(ids.size);
        expect(total(Object.values(coverage.classes))).toBe(ids.size);
        for (const covered of coverage.slots) {
          expect(covered.reason.trim()).not.toBe('');
          expect(covered.reason.startsWith(covered.summary)).toBe(true);
          const played = ['automatic', 'recorded', 'guided'].includes(covered.mode);
          expect(covered.scenario !== null).toBe(played);
          expect(covered.scenarios[0] ?? null).toBe(covered.scenario);
        }
      }),
    );
  });
});
