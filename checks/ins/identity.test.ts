import { describe, expect, it } from 'vitest';
import {
  BENCH_OIDS,
  checkIdentityState,
  checkInsValue,
  isAlertUnread,
  PRODUCTION_OIDS,
  readInsiAnswer,
  type IdentityContext,
  type IdentityState,
  type InsiAnswer,
} from './index.ts';

const NIR = '1.2.250.1.213.1.4.8';
const TIQ =
  '<TIQ><NomNaissance>ECETINSI</NomNaissance><Prenom>PIERRE-ALAIN</Prenom><ListePrenom>PIERRE-ALAIN MURIEL FLORIANT</ListePrenom><Sexe>M</Sexe><DateNaissance>2009-07-14</DateNaissance><LieuNaissance>63220</LieuNaissance></TIQ>';
const PERSON = `<INDIVIDU><INSACTIF><IdIndividu><NumIdentifiant>1090763220834</NumIdentifiant><Cle>89</Cle></IdIndividu><OID>${NIR}</OID></INSACTIF><INSHISTO><IdIndividu><NumIdentifiant>2090763220834</NumIdentifiant><Cle>39</Cle></IdIndividu><OID>${NIR}</OID></INSHISTO>${TIQ}</INDIVIDU>`;

function answer(content: string): InsiAnswer {
  return readInsiAnswer(
    Buffer.from(
      `<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body>${content}</s:Body></s:Envelope>`,
    ),
  );
}
const result = (code: string, person = ''): InsiAnswer =>
  answer(`<RESULTAT xmlns="http://www.cnamts.fr/INSiResultat"><CR><CodeCR>${code}</CodeCR></CR>${person}</RESULTAT>`);

const FOUND = result('00', PERSON);
const NONE = result('01');
const FAULT = answer(
  '<s:Fault><s:Code><s:Value>s:Receiver</s:Value></s:Code><s:Detail><e:Erreur xmlns:e="urn:siram" code="insi_102"/></s:Detail></s:Fault>',
);

const BEFORE: IdentityState = {
  traits: {
    birthName: 'ECETINSI',
    firstNames: ['PIERRE-ALAIN'],
    sex: 'M',
    birthDate: '2009-07-14',
    birthPlace: '63220',
  },
  status: 'provisoire',
  history: [],
};
const STORED: IdentityState = {
  traits: { ...BEFORE.traits, firstNames: ['PIERRE-ALAIN', 'MURIEL', 'FLORIANT'] },
  status: 'recuperee',
  ins: '109076322083489',
  oid: NIR,
  history: [{ ins: '209076322083439', oid: NIR }],
};

describe('readInsiAnswer', () => {
  it('reads what was found', () => {
    expect(FOUND).toMatchObject({
      kind: 'found',
      active: { ins: '109076322083489', oid: NIR },
      history: [{ ins: '209076322083439', oid: NIR }],
      traits: { firstName: 'PIERRE-ALAIN', firstNames: 'PIERRE-ALAIN MURIEL FLORIANT', birthPlace: '63220' },
    });
  });

  it('tells none, fault and unreadable apart', () => {
    expect(NONE).toEqual({ kind: 'none', code: '01' });
    expect(FAULT).toEqual({ kind: 'fault', code: 'insi_102' });
    for (const body of [undefined, Buffer.from('<html>'), Buffer.from('')]) {
      expect(readInsiAnswer(body).kind).toBe('unreadable');
    }
    expect(result('00').kind).toBe('unreadable');
    expect(answer('<x/>').kind).toBe('unreadable');
    expect(answer('').kind).toBe('unreadable');
  });
});

const bad = (from: string, to: string): InsiAnswer => result('00', PERSON.replace(from, to));

describe('checkIdentityState', () => {
  it.each([
    ['retrieved', FOUND, STORED, { before: BEFORE, strongDocument: false }],
    ['qualified', FOUND, { ...STORED, status: 'qualifiee' }, { before: BEFORE, strongDocument: true }],
    ['not accepted by the user', FOUND, BEFORE, { before: BEFORE, strongDocument: false }],
    ['none', NONE, BEFORE, { before: BEFORE, strongDocument: false }],
    ['fault', FAULT, { ...BEFORE, status: 'validee' }, { strongDocument: true }],
    [
      'fault on an identity already qualified',
      FAULT,
      { ...STORED, status: 'qualifiee' },
      { before: { ...STORED, status: 'qualifiee' }, strongDocument: true },
    ],
    [
      'place left out by INSi',
      bad('<LieuNaissance>63220</LieuNaissance>', ''),
      STORED,
      { before: BEFORE, strongDocument: false },
    ],
  ] as const)('has nothing to say: %s', (_, insi, state, context) => {
    expect(checkIdentityState(insi, state, context)).toEqual([]);
  });

  it.each([
    ['INS-STATE-TRAITS', FOUND, { ...STORED, traits: { ...STORED.traits, birthPlace: '63113' } }, {}],
    ['INS-STATE-TRAITS', FOUND, { ...STORED, traits: { ...STORED.traits, firstNames: ['PIERRE-ALAIN'] } }, {}],
    ['INS-STATE-INS', FOUND, { ...STORED, oid: '1.2.250.1.213.1.4.9' }, {}],
    ['INS-STATE-HISTORY', FOUND, { ...STORED, history: [] }, {}],
    ['INS-STATE-RETRIEVED', FOUND, { ...STORED, status: 'provisoire' }, {}],
    ['INS-STATE-RETRIEVED', FOUND, STORED, { strongDocument: true }],
    ['INS-STATE-RETRIEVED', NONE, { ...BEFORE, status: 'recuperee' }, {}],
    ['INS-STATE-QUALIFIED', FOUND, { ...STORED, status: 'qualifiee' }, {}],
    ['INS-STATE-QUALIFIED', FAULT, { ...BEFORE, status: 'qualifiee' }, { strongDocument: true }],
    ['INS-STATE-VALIDATED', NONE, { ...BEFORE, status: 'validee' }, {}],
    ['INS-STATE-NO-INS', NONE, { ...BEFORE, ins: '109076322083489', oid: NIR }, {}],
    ['INS-STATE-NO-INS', result('02'), { ...BEFORE, ins: '109076322083489', oid: NIR }, { before: BEFORE }],
    ['INS-STATE-UNCHANGED', FAULT, { ...BEFORE, traits: { ...BEFORE.traits, birthName: '' } }, { before: BEFORE }],
    ['INS-STATE-UNCHANGED', NONE, { ...STORED, status: 'provisoire' }, { before: STORED }],
    ['INS-STATE-REJECT-DATE', bad('2009-07-14', '2009-07-00'), { ...BEFORE, ins: '109076322083489' }, {}],
    [
      'INS-STATE-REJECT-DATE',
      bad('2009-07-14', '2009-00-14'),
      { ...BEFORE, traits: { ...BEFORE.traits, birthDate: '2009-00-14' } },
      { before: BEFORE },
    ],
    ['INS-STATE-REJECT-EMPTY', bad('>ECETINSI<', '><'), { ...BEFORE, ins: '109076322083489' }, {}],
    ['INS-STATE-REJECT-EMPTY', bad('<Sexe>M</Sexe>', ''), { ...BEFORE, ins: '109076322083489' }, {}],
    ['INS-STATE-REJECT-EMPTY', bad('PIERRE-ALAIN MURIEL FLORIANT', ''), { ...BEFORE, ins: '109076322083489' }, {}],
    ['INS-STATE-REJECT-KEY', bad('<Cle>89</Cle>', '<Cle>88</Cle>'), { ...BEFORE, ins: '109076322083488' }, {}],
  ] as const)('%s (%#)', (rule, insi, state, context) => {
    const findings = checkIdentityState(insi, state, { strongDocument: false, ...context });
    expect(findings.map((finding) => finding.rule)).toEqual([rule]);
  });

  it.each([
    ['INS-STATE-REJECT-DATE-TOLD', bad('2009-07-14', '2009-07-00')],
    ['INS-STATE-REJECT-EMPTY-TOLD', bad('<Sexe>M</Sexe>', '<Sexe/>')],
    ['INS-STATE-REJECT-EMPTY-TOLD', bad('<Sexe>M</Sexe>', '')],
    ['INS-STATE-REJECT-KEY-TOLD', bad('<Cle>89</Cle>', '<Cle>88</Cle>')],
  ])('%s: rejected without a word to the user (%#)', (rule, insi) => {
    const judge = (message: string): readonly string[] =>
      checkIdentityState(insi, BEFORE, { before: BEFORE, strongDocument: false, message }).map((each) => each.rule);
    expect(judge(' ')).toEqual([rule]);
    expect(judge('Retour d’INSi inexploitable.')).toEqual([]);
  });

  describe('the first name typed does not open the list of INSi (rule 6)', () => {
    const before = { ...BEFORE, traits: { ...BEFORE.traits, firstNames: ['MURIEL'] } };
    type Shown = Partial<Pick<IdentityContext, 'message' | 'alerts'>>;
    const context = (shown: Shown): IdentityContext => ({ before, strongDocument: false, ...shown });
    const judge = (state: IdentityState, shown: Shown = {}): readonly string[] =>
      checkIdentityState(FOUND, state, context(shown)).map((finding) => finding.rule);
    const alert = (field: string, message = 'Vérifiez.'): Shown => ({ message, alerts: [{ field, message }] });

    it('INS-STATE-FIRST-NAME: stored without an alert, or not stored and not told', () => {
      expect(judge(STORED)).toEqual(['INS-STATE-FIRST-NAME']);
      expect(judge(STORED, { message: ' ' })).toEqual(['INS-STATE-FIRST-NAME']);
      expect(judge(before, { message: '' })).toEqual(['INS-STATE-FIRST-NAME']);
    });

    it('INS-STATE-FIRST-NAME: alerts, none of which is on the first names, whatever their words', () => {
      const words = 'Le premier prénom saisi diffère de la liste.';
      expect(judge(STORED, { message: words, alerts: [] })).toEqual(['INS-STATE-FIRST-NAME']);
      expect(judge(STORED, alert('birthPlace', words))).toEqual(['INS-STATE-FIRST-NAME']);
      expect(judge(before, alert('birthDate', words))).toEqual(['INS-STATE-FIRST-NAME']);
    });

    it('has nothing to say once an alert on the first names is shown', () => {
      expect(judge(STORED, alert('firstNames'))).toEqual([]);
      expect(judge(before, alert('firstNames'))).toEqual([]);
      expect(judge(before)).toEqual([]);
    });

    it('leaves words to a person: neither wrong nor right', () => {
      const said = { message: 'Identité mise à jour.' };
      expect(judge(STORED, said)).toEqual([]);
      expect(isAlertUnread(FOUND, STORED, context(said))).toBe(true);
      expect(isAlertUnread(FOUND, STORED, context(alert('firstNames')))).toBe(false);
      expect(isAlertUnread(FOUND, STORED, context({ message: '' }))).toBe(false);
      expect(isAlertUnread(FOUND, STORED, { strongDocument: false, ...said })).toBe(false);
      expect(isAlertUnread(bad('2009-07-14', '2009-07-00'), before, context(said))).toBe(false);
    });

    it('compares without accents', () => {
      const typed = { ...BEFORE, traits: { ...BEFORE.traits, firstNames: ['Pierre-Alain'] } };
      expect(checkIdentityState(FOUND, STORED, { before: typed, strongDocument: false })).toEqual([]);
    });
  });
});

describe('checkInsValue', () => {
  const where = '/a';
  it.each([
    ['INS-SHAPE', { ins: '27903512151898', oid: NIR, where }],
    ['INS-SHAPE', { ins: '', where }],
    ['INS-SHAPE', { ins: '2790351215189AB', where }],
    ['INS-KEY', { ins: '279035121518988', oid: NIR, where }],
    ['INS-OID', { ins: '279035121518989', oid: '1.2.250.1.213.1.4.2', where }],
    ['INS-OID', { ins: '279035121518989', oid: '', where }],
  ])('%s', (rule, value) => {
    expect(checkInsValue(value).map((finding) => finding.rule)).toEqual([rule]);
  });

  it('accepts test OIDs on the bench only', () => {
    const value = { ins: '279035121518989', oid: '1.2.250.1.213.1.4.10', where };
    expect(checkInsValue(value, BENCH_OIDS)).toEqual([]);
    expect(checkInsValue(value, PRODUCTION_OIDS).map((finding) => finding.rule)).toEqual(['INS-OID']);
    expect(checkInsValue({ ins: '297022A02077878', where })).toEqual([]);
  });
});
