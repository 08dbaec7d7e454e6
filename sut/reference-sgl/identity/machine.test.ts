import { describe, expect, it } from 'vitest';
import type { IdentityDocument, Patient } from '../model/index.ts';
import { applyIdentityEvent, STRONG_DOCUMENTS, type IdentityRules, type InsiIdentity } from './machine.ts';

const RULES: IdentityRules = {
  strongDocuments: STRONG_DOCUMENTS,
  qualifiesWithoutDocument: false,
  acceptsZeroDates: false,
};

const PATIENT: Patient = {
  id: 'P1',
  localId: 'IPP1',
  traits: { birthName: 'PAT TROIS', firstNames: ['DOMINIQUE'], sex: 'F', birthDate: '1979-03-28', usedName: 'AUTRE' },
  status: 'provisoire',
  document: 'aucun',
  insHistory: [],
  createdAt: new Date(0),
};

const RETURN: InsiIdentity = {
  ins: { matricule: '279035121518989', oid: '1.2.250.1.213.1.4.10' },
  history: [],
  birthName: 'PAT-TROIS',
  firstName: 'DOMINIQUE',
  firstNameList: 'DOMINIQUE MARIE-LOUISE',
  sex: 'F',
  birthDate: '1979-03-28',
  birthPlace: '51215',
};

function after(patient: Patient, identity: Partial<InsiIdentity> = {}, rules = RULES): Patient {
  const transition = applyIdentityEvent(patient, { kind: 'retour-insi', identity: { ...RETURN, ...identity } }, rules);
  if (transition.kind === 'refuse') throw new Error(transition.reasons.join());
  return transition.patient;
}

function showing(document: IdentityDocument, patient = PATIENT): Patient {
  const transition = applyIdentityEvent(patient, { kind: 'piece-presentee', document }, RULES);
  if (transition.kind === 'refuse') throw new Error(transition.reasons.join());
  return transition.patient;
}

function refusals(identity: Partial<InsiIdentity>, rules = RULES): string[] {
  const event = { kind: 'retour-insi', identity: { ...RETURN, ...identity } } as const;
  const transition = applyIdentityEvent(PATIENT, event, rules);
  return transition.kind === 'refuse' ? transition.reasons : [];
}

describe('status of an identity', () => {
  it('is retrieved by a return 00 without a strong document', () => {
    expect(after(PATIENT).status).toBe('recuperee');
    expect(after(showing('carte-vitale')).status).toBe('recuperee');
  });

  it.each(STRONG_DOCUMENTS)('is validated by %s alone, then qualified by a return 00', (document) => {
    expect(showing(document).status).toBe('validee');
    expect(after(showing(document)).status).toBe('qualifiee');
  });

  it('is qualified in the other order too', () => {
    expect(showing('passeport', after(PATIENT)).status).toBe('qualifiee');
  });

  it.each(['carte-vitale', 'aucun'] as const)('stays provisional with %s', (document) => {
    expect(showing(document).status).toBe('provisoire');
  });

  it('goes back when the document is withdrawn', () => {
    expect(showing('aucun', showing('passeport', after(PATIENT))).status).toBe('recuperee');
  });
});

describe('an accepted return', () => {
  it('overwrites the traits and leaves the used name', () => {
    expect(after(PATIENT).traits).toEqual({
      birthName: 'PAT-TROIS',
      firstNames: ['DOMINIQUE', 'MARIE-LOUISE'],
      sex: 'F',
      birthDate: '1979-03-28',
      birthPlace: '51215',
      usedName: 'AUTRE',
    });
  });

  it('keeps together a first name made of two words', () => {
    const { traits } = after(PATIENT, { firstName: 'JEAN PAUL', firstNameList: 'JEAN PAUL MARIE' });
    expect(traits.firstNames).toEqual(['JEAN PAUL', 'MARIE']);
  });

  it('stores the history, even when it repeats the active number or is out of order', () => {
    const old = { matricule: '209066322012355', oid: '1.2.250.1.213.1.4.8' };
    expect(after(PATIENT, { history: [old, RETURN.ins, old] }).insHistory).toEqual([old, RETURN.ins]);
  });

  it('keeps the former number when another one comes', () => {
    const other = { matricule: '297022A02077878', oid: '1.2.250.1.213.1.4.8' };
    const patient = after(after(PATIENT), { ins: other });
    expect(patient.ins).toEqual(other);
    expect(patient.insHistory).toEqual([RETURN.ins]);
  });

  it('leaves the birth place typed when INSi gives none', () => {
    const typed = { ...PATIENT, traits: { ...PATIENT.traits, birthPlace: '63220' } };
    expect(after(typed, { birthPlace: undefined }).traits.birthPlace).toBe('63220');
  });
});

describe('a return to refuse', () => {
  it.each([
    ['day 00 (rule 11)', { birthDate: '1970-05-00' }],
    ['month 00 (rule 11)', { birthDate: '1970-00-12' }],
    ['no birth date', { birthDate: undefined }],
    ['empty birth name (rule 12)', { birthName: '' }],
    ['blank birth name (rule 12)', { birthName: '   ' }],
    ['empty first names (rule 12)', { firstName: '', firstNameList: '' }],
    ['empty list only (rule 12)', { firstNameList: '' }],
    ['absent first names (rule 12)', { firstName: undefined, firstNameList: undefined }],
    ['empty sex (rule 12)', { sex: '' }],
    ['first name that does not begin the list (rule 6)', { firstName: 'MARIE' }],
    ['wrong key', { ins: { matricule: '181036322045660', oid: '1.2.250.1.213.1.4.8' } }],
    ['number without key', { ins: { matricule: '2790351215189', oid: '1.2.250.1.213.1.4.8' } }],
    ['unknown authority', { ins: { matricule: '279035121518989', oid: '1.2.3' } }],
  ])('%s', (_name, identity) => {
    expect(refusals(identity)).toHaveLength(1);
  });

  it('changes nothing', () => {
    const before = structuredClone(PATIENT);
    refusals({ birthDate: '1970-05-00' });
    expect(PATIENT).toEqual(before);
  });

  it('tells every reason', () => {
    expect(refusals({ birthName: '', sex: '', birthDate: '1970-00-00' })).toHaveLength(3);
  });
});

describe('faults', () => {
  it('qualifies without a document only when the fault is on', () => {
    expect(after(PATIENT, {}, { ...RULES, qualifiesWithoutDocument: true }).status).toBe('qualifiee');
  });

  it('takes a date with 00 only when the fault is on', () => {
    expect(refusals({ birthDate: '1970-05-00' }, { ...RULES, acceptsZeroDates: true })).toEqual([]);
  });
});
