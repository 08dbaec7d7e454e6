import { describe, expect, it } from 'vitest';
import { exchange, message } from './call.fixture.ts';
import {
  checkFlaggedIdentity,
  checkLockedTraits,
  checkNoInsiCall,
  checkOrdinaryChange,
  checkSuperUserChange,
  type ChangeCase,
  type FlagCase,
  type IdentityState,
} from './index.ts';
import { idsOf, PROVISIONAL, QUALIFIED, RETRIEVED, VALIDATED } from './life.fixture.ts';

const STRICT = ['birthName', 'firstNames', 'sex', 'birthDate', 'birthPlace', 'ins', 'oid'];

describe('a doubtful or fictive identity (rule 25)', () => {
  const flagged = { ...PROVISIONAL, flags: ['douteuse'] };
  it.each([QUALIFIED, RETRIEVED, VALIDATED, PROVISIONAL])(
    'has nothing to say: $status becomes provisoire',
    (before) => {
      expect(checkFlaggedIdentity({ flag: 'douteuse', before, after: flagged })).toEqual([]);
    },
  );

  it.each([
    ['INS-FLAG-KEPT', { flag: 'fictive', before: VALIDATED, after: flagged }],
    ['INS-FLAG-STATUS', { flag: 'douteuse', before: QUALIFIED, after: { ...flagged, status: 'validee' } }],
    ['INS-FLAG-INS', { flag: 'douteuse', before: RETRIEVED, after: { ...RETRIEVED, ...flagged, ins: RETRIEVED.ins } }],
  ] as readonly (readonly [string, FlagCase])[])('%s', (rule, story) => {
    expect(idsOf(checkFlaggedIdentity(story))).toEqual([rule]);
  });

  it('INS-FLAG-NO-CALL: one finding per call', () => {
    expect(checkNoInsiCall('douteuse', [])).toEqual([]);
    const calls = [exchange(1, message(1)), exchange(2, message(2))];
    expect(idsOf(checkNoInsiCall('fictive', calls))).toEqual(['INS-FLAG-NO-CALL', 'INS-FLAG-NO-CALL']);
  });
});

describe('locked traits (rule 26)', () => {
  it.each([
    [[], { ...RETRIEVED, locked: STRICT }],
    [[], { ...VALIDATED, locked: [] }],
    [[], RETRIEVED],
    [['INS-LOCK-SHOWN'], { ...QUALIFIED, locked: STRICT.slice(1) }],
    [['INS-LOCK-OPEN'], { ...QUALIFIED, locked: [...STRICT, 'usedName'] }],
  ] as readonly (readonly [string[], IdentityState])[])('%j', (rules, state) => {
    expect(idsOf(checkLockedTraits(state))).toEqual(rules);
  });

  const refused = { before: RETRIEVED, after: RETRIEVED, refused: true, message: 'Ces champs viennent d’INSi.' };
  const renamed = { ...RETRIEVED, traits: { ...RETRIEVED.traits, birthName: 'AUTRE' } };
  const used = { ...RETRIEVED, traits: { ...RETRIEVED.traits, usedName: 'USAGE' } };
  it.each([
    [[], { ...refused, changes: { birthName: 'AUTRE' } }],
    [[], { changes: { usedName: 'USAGE' }, before: RETRIEVED, after: used, refused: false, message: '' }],
    [[], { changes: { birthName: 'AUTRE' }, before: VALIDATED, after: renamed, refused: false, message: '' }],
    [
      ['INS-LOCK-STRICT'],
      { changes: { birthName: 'AUTRE' }, before: RETRIEVED, after: renamed, refused: false, message: '' },
    ],
    [['INS-LOCK-STRICT'], { ...refused, changes: { sex: 'F' }, after: { ...RETRIEVED, oid: '1.2' } }],
    [['INS-LOCK-TOLD'], { ...refused, changes: { birthName: 'AUTRE' }, message: ' ' }],
    [['INS-LOCK-OPEN'], { ...refused, changes: { usedName: 'USAGE' } }],
    [['INS-LOCK-OPEN'], { ...refused, changes: { usedFirstName: 'PAUL' }, refused: false }],
  ] as readonly (readonly [string[], ChangeCase])[])('an ordinary user: %j (%#)', (rules, change) => {
    expect(idsOf(checkOrdinaryChange(change))).toEqual(rules);
  });
});

describe('a change by a super user (rule 27)', () => {
  const renamed = { ...PROVISIONAL.traits, birthName: 'AUTRE' };
  const change = (
    before: IdentityState,
    after: IdentityState,
    changes: ChangeCase['changes'] = { birthName: 'AUTRE' },
  ): ChangeCase => ({
    changes,
    before,
    after,
    refused: false,
    message: '',
  });
  const used = { ...QUALIFIED, traits: { ...QUALIFIED.traits, usedName: 'USAGE' } };
  it.each([
    [[], change(RETRIEVED, { ...PROVISIONAL, traits: renamed })],
    [[], change(QUALIFIED, { ...VALIDATED, traits: renamed })],
    [[], change(VALIDATED, { ...VALIDATED, traits: renamed })],
    [[], change(QUALIFIED, used, { usedName: 'USAGE' })],
    [['INS-CHANGE-APPLIED'], change(QUALIFIED, QUALIFIED)],
    [['INS-CHANGE-APPLIED'], { ...change(RETRIEVED, RETRIEVED), refused: true }],
    [['INS-CHANGE-INS'], change(RETRIEVED, { ...RETRIEVED, status: 'provisoire', traits: renamed })],
    [['INS-CHANGE-STATUS'], change(QUALIFIED, { ...PROVISIONAL, traits: renamed })],
    [['INS-CHANGE-COMPLEMENTARY'], change(QUALIFIED, { ...VALIDATED, traits: used.traits }, { usedName: 'USAGE' })],
  ] as readonly (readonly [string[], ChangeCase])[])('%j (%#)', (rules, story) => {
    expect(idsOf(checkSuperUserChange(story))).toEqual(rules);
  });
});
