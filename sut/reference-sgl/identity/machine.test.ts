import { describe, expect, it } from 'vitest';
import type { IdentityDocument, Patient, Traits } from '../model/index.ts';
import { PATIENT, RETURN, testRules } from '../testing/identities.ts';
import { lockedTraits, STRONG_DOCUMENTS, type IdentityEvent, type InsiIdentity } from './index.ts';
import { applyIdentityEvent } from './machine.ts';

const RULES = testRules();

function after(patient: Patient, event: IdentityEvent, rules = RULES): Patient {
  const transition = applyIdentityEvent(patient, event, rules);
  if (transition.kind === 'refuse') throw new Error(transition.reasons.join());
  return transition.patient;
}

function refusals(patient: Patient, event: IdentityEvent, rules = RULES): string[] {
  const transition = applyIdentityEvent(patient, event, rules);
  return transition.kind === 'refuse' ? transition.reasons : [];
}

const back = (changes: Partial<InsiIdentity> = {}): IdentityEvent => ({
  kind: 'retour-insi',
  identity: { ...RETURN, ...changes },
});
const shows = (document: IdentityDocument): IdentityEvent => ({ kind: 'piece-presentee', document });
const validates = (document: IdentityDocument): IdentityEvent => ({ kind: 'validation', document });
const modifies = (changes: Partial<Traits>, as: 'utilisateur' | 'super-utilisateur'): IdentityEvent => ({
  kind: 'modification',
  changes,
  as,
});

const RETRIEVED = after(PATIENT, back());
const VALIDATED = after(PATIENT, shows('passeport'));
const QUALIFIED = after(RETRIEVED, shows('passeport'));

describe('status of an identity', () => {
  it('is retrieved by a return 00 without a strong document', () => {
    expect(RETRIEVED.status).toBe('recuperee');
    expect(after(after(PATIENT, shows('carte-vitale')), back()).status).toBe('recuperee');
  });

  it.each([...STRONG_DOCUMENTS])('is validated by %s alone, then qualified by a return 00', (document) => {
    const validated = after(PATIENT, shows(document));
    expect(validated.status).toBe('validee');
    expect(after(validated, back()).status).toBe('qualifiee');
  });

  it('is qualified in the other order too', () => {
    expect(QUALIFIED.status).toBe('qualifiee');
  });

  it.each(['carte-vitale', 'aucun'] as const)('stays provisional with %s', (document) => {
    expect(after(PATIENT, shows(document)).status).toBe('provisoire');
    expect(after(PATIENT, validates(document)).status).toBe('provisoire');
  });

  it('goes back when the document is withdrawn', () => {
    expect(after(QUALIFIED, shows('aucun')).status).toBe('recuperee');
  });

  it('waits for the user when the automatic validation is off', () => {
    const manual = testRules([], { automaticValidation: false });
    const shown = after(PATIENT, shows('passeport'), manual);
    expect(shown).toMatchObject({ status: 'provisoire', document: 'passeport' });
    const validated = after(shown, validates('passeport'), manual);
    expect(validated.status).toBe('validee');
    expect(after(validated, shows('passeport'), manual).status).toBe('validee');
  });

  it('follows the documents that the laboratory trusts', () => {
    const vitale = testRules([], { strongDocuments: ['carte-vitale'] });
    expect(after(PATIENT, shows('carte-vitale'), vitale).status).toBe('validee');
    expect(after(PATIENT, shows('passeport'), vitale).status).toBe('provisoire');
  });
});

describe('an accepted return', () => {
  it('overwrites the traits and leaves the used name', () => {
    expect(RETRIEVED.traits).toEqual({
      birthName: 'PAT-TROIS',
      firstNames: ['DOMINIQUE', 'MARIE-LOUISE'],
      sex: 'F',
      birthDate: '1979-03-28',
      birthPlace: '51215',
      usedName: 'AUTRE',
    });
  });

  it('keeps together a first name made of two words', () => {
    const typed = { ...PATIENT, traits: { ...PATIENT.traits, firstNames: ['JEAN'] } };
    const { traits } = after(typed, back({ firstName: 'JEAN PAUL', firstNameList: 'JEAN PAUL MARIE' }));
    expect(traits.firstNames).toEqual(['JEAN PAUL', 'MARIE']);
  });

  it('does not cut a first name that only begins like the typed one', () => {
    const { traits } = after(PATIENT, back({ firstName: undefined, firstNameList: 'DOMINIQUE-ANNE MARIE' }));
    expect(traits.firstNames).toEqual(['DOMINIQUE-ANNE', 'MARIE']);
  });

  it('stores the history, even when it repeats the active number or is out of order', () => {
    const old = { matricule: '209066322012355', oid: '1.2.250.1.213.1.4.8' };
    expect(after(PATIENT, back({ history: [old, RETURN.ins, old] })).insHistory).toEqual([old, RETURN.ins]);
  });

  it('keeps the former number when another one comes', () => {
    const other = { matricule: '297022A02077878', oid: '1.2.250.1.213.1.4.8' };
    const patient = after(RETRIEVED, back({ ins: other }));
    expect(patient.ins).toEqual(other);
    expect(patient.insHistory).toEqual([RETURN.ins]);
  });

  it('takes a waiting number like any other', () => {
    const nia = { matricule: '109076322088835', oid: '1.2.250.1.213.1.4.11' };
    expect(after(VALIDATED, back({ ins: nia }))).toMatchObject({ status: 'qualifiee', ins: nia });
  });

  it('leaves the birth place typed when INSi gives none', () => {
    const typed = { ...PATIENT, traits: { ...PATIENT.traits, birthPlace: '63220' } };
    expect(after(typed, back({ birthPlace: undefined })).traits.birthPlace).toBe('63220');
  });
});

describe('a return to refuse', () => {
  it.each<[string, Partial<InsiIdentity>]>([
    ['day 00 (rule 11)', { birthDate: '1970-05-00' }],
    ['month 00 (rule 11)', { birthDate: '1970-00-12' }],
    ['no birth date', { birthDate: undefined }],
    ['empty birth name (rule 12)', { birthName: '' }],
    ['blank birth name (rule 12)', { birthName: '   ' }],
    ['absent birth name (rule 12)', { birthName: undefined }],
    ['empty first names (rule 12)', { firstName: '', firstNameList: '' }],
    ['empty list only (rule 12)', { firstNameList: '' }],
    ['absent first names (rule 12)', { firstName: undefined, firstNameList: undefined }],
    ['empty sex (rule 12)', { sex: '' }],
    ['absent sex (rule 12)', { sex: undefined }],
    ['first name that does not begin the list (rule 6)', { firstName: 'MARIE' }],
    [
      'list that does not begin with the name typed (rule 6)',
      { firstName: undefined, firstNameList: 'MARIE DOMINIQUE' },
    ],
    ['wrong key', { ins: { matricule: '181036322045660', oid: '1.2.250.1.213.1.4.8' } }],
    ['number without key', { ins: { matricule: '2790351215189', oid: '1.2.250.1.213.1.4.8' } }],
    ['unknown authority', { ins: { matricule: '279035121518989', oid: '1.2.3' } }],
  ])('%s', (_name, identity) => {
    const before = structuredClone(VALIDATED);
    expect(refusals(VALIDATED, back(identity))).toHaveLength(1);
    expect(VALIDATED).toEqual(before);
  });

  it('tells every reason', () => {
    expect(refusals(PATIENT, back({ birthName: '', sex: '', birthDate: '1970-00-00' }))).toHaveLength(3);
  });

  it('when the identity was changed while INSi was answering', () => {
    const event = { kind: 'retour-insi', identity: RETURN, asked: { ...PATIENT.traits, birthName: 'AUTRE' } } as const;
    expect(refusals(PATIENT, event)).toHaveLength(1);
    expect(refusals(PATIENT, { ...event, asked: { ...PATIENT.traits, usedName: 'X' } })).toHaveLength(0);
  });
});

describe('a verification', () => {
  it('OK changes nothing', () => {
    expect(after(QUALIFIED, { kind: 'verification-insi', returned: 'OK' })).toEqual(QUALIFIED);
  });

  it.each([RETRIEVED, QUALIFIED])('KO takes the number away and the identity is provisional (rule 49)', (patient) => {
    const checked = after(patient, { kind: 'verification-insi', returned: 'KO' });
    expect(checked.status).toBe('provisoire');
    expect(checked).not.toHaveProperty('ins');
    expect(checked.traits).toEqual(patient.traits);
  });
});

describe('a doubtful or fictive identity (rule 25)', () => {
  it.each([PATIENT, RETRIEVED, VALIDATED, QUALIFIED])('falls to provisional, its number goes', (patient) => {
    const flagged = after(patient, { kind: 'attribut', flag: 'douteuse', on: true });
    expect(flagged).toMatchObject({ status: 'provisoire', flags: ['douteuse'] });
    expect(flagged).not.toHaveProperty('ins');
  });

  it('gets nothing back when the attribute goes', () => {
    const flagged = after(QUALIFIED, { kind: 'attribut', flag: 'fictive', on: true });
    const released = after(flagged, { kind: 'attribut', flag: 'fictive', on: false });
    expect(released).toMatchObject({ status: 'provisoire', flags: [] });
    expect(released).not.toHaveProperty('ins');
    expect(after(released, validates('passeport')).status).toBe('validee');
  });

  it('takes neither a return of INSi nor a validation', () => {
    const flagged = after(PATIENT, { kind: 'attribut', flag: 'douteuse', on: true });
    expect(refusals(flagged, back())).toHaveLength(1);
    expect(refusals(flagged, validates('passeport'))).toHaveLength(1);
    expect(after(flagged, shows('passeport')).status).toBe('provisoire');
  });

  it('carries each attribute once', () => {
    const once = after(PATIENT, { kind: 'attribut', flag: 'douteuse', on: true });
    expect(after(once, { kind: 'attribut', flag: 'douteuse', on: true }).flags).toEqual(['douteuse']);
  });
});

describe('locks (rule 26) and changes (rule 27)', () => {
  it('are on every strict trait and on the number once the identity comes from INSi', () => {
    expect(lockedTraits(PATIENT)).toEqual([]);
    expect(lockedTraits(VALIDATED)).toEqual([]);
    for (const patient of [RETRIEVED, QUALIFIED]) {
      expect(lockedTraits(patient)).toEqual([
        'ins',
        'oid',
        'birthName',
        'firstNames',
        'sex',
        'birthDate',
        'birthPlace',
      ]);
    }
  });

  it.each<Partial<Traits>>([
    { birthName: 'AUTRE' },
    { firstNames: ['ANNE'] },
    { sex: 'M' },
    { birthDate: '1979-03-29' },
    { birthPlace: '63220' },
  ])('an ordinary user cannot write %j', (changes) => {
    for (const patient of [RETRIEVED, QUALIFIED]) {
      expect(refusals(patient, modifies(changes, 'utilisateur'))).toHaveLength(1);
      const changed = after(patient, modifies(changes, 'super-utilisateur'));
      expect(changed.status).toBe(patient === RETRIEVED ? 'provisoire' : 'validee');
      expect(changed).not.toHaveProperty('ins');
      expect(changed.traits).toEqual({ ...patient.traits, ...changes });
    }
    for (const patient of [PATIENT, VALIDATED]) {
      expect(after(patient, modifies(changes, 'utilisateur')).status).toBe(patient.status);
    }
  });

  it('leave the used names open, without any loss', () => {
    const changed = after(QUALIFIED, modifies({ usedName: 'Éluard', usedFirstName: 'Zoé' }, 'utilisateur'));
    expect(changed).toMatchObject({ status: 'qualifiee', ins: RETURN.ins });
    expect(changed.traits).toMatchObject({ usedName: 'ELUARD', usedFirstName: 'ZOE' });
    expect(after(changed, modifies({ usedName: '' }, 'utilisateur')).traits).not.toHaveProperty('usedName');
  });

  it('a strict trait typed as it already is changes nothing', () => {
    expect(after(QUALIFIED, modifies({ birthName: 'pat-trois' }, 'utilisateur'))).toEqual(QUALIFIED);
  });

  it.each<Partial<Traits>>([{ birthName: ' ' }, { firstNames: [] }, { birthDate: '1979-02-30' }, { birthPlace: '63' }])(
    'what could not be created cannot be written either: %j',
    (changes) => {
      expect(refusals(PATIENT, modifies(changes, 'super-utilisateur'))).toHaveLength(1);
    },
  );
});
