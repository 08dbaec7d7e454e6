import { describe, expect, it } from 'vitest';
import { Refusal, type Traits } from '../model/index.ts';
import { PATIENT, RETURN, testRules } from '../testing/identities.ts';
import { createIdentityTraces, createPatients, type IdentityChange } from './index.ts';

function office(faults: string[] = []) {
  const traces = createIdentityTraces();
  const seen: IdentityChange[] = [];
  const patients = createPatients({
    rules: () => testRules(faults),
    traces,
    now: () => new Date(0),
    onChange: (change) => seen.push(change),
  });
  const register = (changes: Partial<Traits> = {}) => patients.register({ ...PATIENT.traits, ...changes }, 'accueil');
  return { patients, traces, seen, register };
}

const MANDATORY = [
  ['birthName', 'nom de naissance'],
  ['firstNames', 'premier prénom de naissance'],
  ['sex', 'sexe'],
  ['birthDate', 'date de naissance'],
  ['birthPlace', 'code du lieu de naissance'],
] as const;

describe('creation (rule 5)', () => {
  it.each(MANDATORY)('is refused without %s, and names the field', (name, label) => {
    const { [name]: _, ...traits } = PATIENT.traits;
    const { patients } = office();
    expect(() => patients.register(traits, 'u')).toThrow(Refusal);
    expect(() => patients.register(traits, 'u')).toThrow(`« ${label} »`);
    expect(patients.list()).toEqual([]);
  });

  it('names every field that is missing', () => {
    const { patients } = office();
    for (const [, label] of MANDATORY) expect(() => patients.register({}, 'u')).toThrow(label);
  });

  it('asks for nothing else, and takes 99999 for an unknown place', () => {
    const { usedName: _, ...traits } = PATIENT.traits;
    expect(office().patients.register({ ...traits, birthPlace: '99999' }, 'u').traits).toEqual({
      ...traits,
      birthPlace: '99999',
    });
  });

  it.each(['1979-02-30', '1979-13-01', '1979-00-12', '1979-05-00', '1979-05-32', '2023-02-29'])(
    'refuses the date %s',
    (birthDate) => {
      expect(() => office().register({ birthDate })).toThrow(/jour ou le mois est impossible/);
    },
  );

  it.each(['2024-02-29', '2000-02-29', '1979-12-31'])('takes the date %s', (birthDate) => {
    expect(office().register({ birthDate }).traits.birthDate).toBe(birthDate);
  });

  it('writes names in capitals without accents, however long, with hyphens, apostrophes and spaces', () => {
    const { traits } = office().register({
      birthName: 'd’Étchéverry -- Saint-Amand',
      firstNames: ['  Zoé ', 'Marie-Louise', ''],
      usedName: 'Noël',
      usedFirstName: 'Léa',
    });
    expect(traits).toMatchObject({
      birthName: "D'ETCHEVERRY -- SAINT-AMAND",
      firstNames: ['ZOE', 'MARIE-LOUISE'],
      usedName: 'NOEL',
      usedFirstName: 'LEA',
    });
    const long = 'A'.repeat(100);
    expect(office().register({ birthName: long }).traits.birthName).toBe(long);
  });

  it('is provisional, or validated by the document shown', () => {
    const { patients, register } = office();
    expect(register().status).toBe('provisoire');
    expect(patients.register(PATIENT.traits, 'u', 'passeport').status).toBe('validee');
    expect(patients.register(PATIENT.traits, 'u', 'carte-vitale')).toMatchObject({
      status: 'provisoire',
      document: 'carte-vitale',
    });
  });
});

describe('search (rule 17)', () => {
  const found = (criteria: Parameters<ReturnType<typeof office>['patients']['search']>[0]): string[] => {
    const { patients, register } = office();
    const { id } = register({
      birthName: "D'ARTAGNAN--DUPONT",
      usedName: 'LE-GOFF',
      firstNames: ['PIERRE-ALAIN', 'ANNE'],
    });
    patients.apply(
      id,
      {
        kind: 'retour-insi',
        identity: {
          ...RETURN,
          firstName: undefined,
          firstNameList: 'PIERRE-ALAIN ANNE',
          birthName: "D'ARTAGNAN--DUPONT",
        },
      },
      'u',
    );
    register({ birthName: 'AUTRE', birthDate: '1980-01-01' });
    patients.number(id, { value: '42', authority: '1.2.3' });
    return patients.search(criteria).map((patient) => patient.id);
  };

  it.each<[string, Parameters<typeof found>[0]]>([
    ['birth date', { birthDate: '1979-03-28' }],
    ['start of the birth name, apostrophe left out', { nameStart: 'dartag' }],
    ['birth name with hyphens that it has not', { nameStart: 'd artagnan-du' }],
    ['start of the used name, accents and hyphen', { birthDate: '1979-03-28', nameStart: 'Lé goff' }],
    ['a first name, hyphen left out', { firstNameStart: 'pierrealain' }],
    ['another first name', { firstNameStart: 'Ann' }],
    ['number of 15 characters', { ins: RETURN.ins.matricule }],
    ['identifier of another system', { identifier: { value: '42', authority: '1.2.3' } }],
    ['our own identifier', { identifier: { value: 'IPP000001', authority: testRules().settings.domain } }],
  ])('finds by %s', (_name, criteria) => {
    expect(found(criteria)).toEqual(['P000001']);
  });

  it('finds nobody when one criterion does not hold', () => {
    expect(found({ birthDate: '1979-03-28', nameStart: 'AUTRE' })).toEqual([]);
    expect(found({ identifier: { value: '42', authority: '1.2.4' } })).toEqual([]);
  });

  it.each(['2790351215189', '27903512151898', '279035121518988', 'x'])('refuses the number %s', (ins) => {
    expect(() => found({ ins })).toThrow(Refusal);
  });
});

describe('traces and changes', () => {
  it('say who did what, with the status before and after', () => {
    const { patients, traces, register } = office();
    const { id } = register();
    patients.present(id, 'passeport', 'accueil-2');
    patients.apply(id, { kind: 'retour-insi', identity: { ...RETURN } }, 'accueil-3');
    patients.apply(id, { kind: 'verification-insi', returned: 'OK' }, 'accueil-3');
    expect(traces.of(id).map(({ kind, user, from, to }) => [kind, user, from, to])).toEqual([
      ['creation', 'accueil', undefined, undefined],
      ['piece', 'accueil-2', undefined, undefined],
      ['changement-statut', 'accueil-2', 'provisoire', 'validee'],
      ['modification', 'accueil-3', undefined, undefined],
      ['changement-statut', 'accueil-3', 'validee', 'qualifiee'],
    ]);
  });

  it('never hold a trait nor a number', () => {
    const { patients, traces, register } = office();
    const { id } = register();
    patients.apply(id, { kind: 'retour-insi', identity: { ...RETURN } }, 'u');
    patients.change(id, { kind: 'modification', changes: { birthName: 'NOUVEAU' }, as: 'super-utilisateur' }, 'u');
    const text = JSON.stringify(traces.of(id));
    for (const secret of ['TROIS', 'NOUVEAU', '1979', '2790351215189']) expect(text).not.toContain(secret);
  });

  it('tell the partners what rule 27 wants told, with the INS lost', () => {
    const { patients, seen, register } = office();
    const { id } = register();
    patients.apply(id, { kind: 'retour-insi', identity: { ...RETURN } }, 'u');
    patients.change(id, { kind: 'modification', changes: { usedName: 'NOUVEAU' }, as: 'utilisateur' }, 'u');
    patients.change(id, { kind: 'modification', changes: { sex: 'M' }, as: 'super-utilisateur' }, 'u');
    patients.change(id, { kind: 'modification', changes: { sex: 'F' }, as: 'utilisateur' }, 'u');
    expect(seen.map(({ kind, propagate, changed, lostIns }) => [kind, propagate, changed.join(), lostIns])).toEqual([
      ['creation', false, '', undefined],
      ['modification', false, 'birthName,firstNames', undefined],
      ['modification', true, 'usedName', undefined],
      ['modification', true, 'sex', RETURN.ins],
      ['modification', false, 'sex', undefined],
    ]);
  });

  it('change nothing that is refused', () => {
    const { patients, seen, register } = office();
    const { id } = register();
    patients.apply(id, { kind: 'retour-insi', identity: { ...RETURN } }, 'u');
    const before = structuredClone(patients.get(id));
    const event = { kind: 'modification', changes: { sex: 'M' }, as: 'utilisateur' } as const;
    expect(() => patients.change(id, event, 'u')).toThrow(/verrouillé/);
    expect(patients.get(id)).toEqual(before);
    expect(seen).toHaveLength(2);
  });
});
