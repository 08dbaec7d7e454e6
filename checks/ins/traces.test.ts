import { describe, expect, it } from 'vitest';
import {
  checkCallTraces,
  checkIdentityTraces,
  type CallTrace,
  type ExpectedTrace,
  type IdentityTrace,
  type SeenCall,
} from './index.ts';
import { idsOf, INS, NIR, TRAITS } from './life.fixture.ts';

const AT = '2026-01-05T10:00:00Z';
const PAST = { ins: '209076322083439', oid: NIR };
const found: SeenCall = {
  mode: 'traits',
  user: 'alice',
  at: AT,
  answer: {
    kind: 'found',
    code: '00',
    active: { ins: INS, oid: NIR },
    history: [PAST],
    traits: { ...TRAITS, firstName: 'PIERRE-ALAIN', firstNames: 'PIERRE-ALAIN MURIEL' },
  },
};
const none: SeenCall = { mode: 'traits', user: 'bob', at: AT, answer: { kind: 'none', code: '01' } };
const ko: SeenCall = { mode: 'verification', answer: { kind: 'verified', code: 'KO', results: [{ returned: 'KO' }] } };
const identity = { ins: INS, oid: NIR, history: [PAST], traits: TRAITS };
const trace = (returned: string, change: Partial<CallTrace> = {}): CallTrace => ({
  at: AT,
  user: returned === '00' ? 'alice' : 'bob',
  operation: 'recherche',
  mode: 'traits',
  returned,
  ...(returned === '00' ? { identity } : {}),
  ...change,
});

describe('checkCallTraces (rules 4, 37, 39, 48)', () => {
  it('has nothing to say about a complete journal, in any order', () => {
    const traces = [trace('KO', { mode: 'verification' }), trace('01'), trace('00')];
    expect(checkCallTraces(traces, [found, none, ko])).toEqual([]);
    expect(checkCallTraces([...traces, trace('02')], [found])).toEqual([]);
    expect(checkCallTraces([], [])).toEqual([]);
  });

  it.each([
    ['INS-TRACE-CALL', [trace('00')], [found, none]],
    ['INS-TRACE-CALLER', [trace('00', { user: '' })], [found]],
    ['INS-TRACE-CALLER', [trace('00', { user: 'bob' })], [found]],
    ['INS-TRACE-CALLER', [trace('00', { at: 'hier' })], [found]],
    ['INS-TRACE-MODE', [trace('00', { mode: 'vitale' })], [found]],
    ['INS-TRACE-SEARCH-RETURN', [trace('02')], [none]],
    ['INS-TRACE-VERIFY-RETURN', [trace('OK', { mode: 'verification' })], [ko]],
    ['INS-TRACE-DATA', [trace('00', { identity: { ...identity, history: [] } })], [found]],
    ['INS-TRACE-DATA', [trace('00', { identity: { ...identity, traits: { birthName: 'ECETINSI' } } })], [found]],
    ['INS-TRACE-DATA', [trace('00', { identity: { ...identity, oid: '' } })], [found]],
  ] as const)('%s (%#)', (rule, traces, calls) => {
    expect(idsOf(checkCallTraces(traces, calls))).toEqual([rule]);
  });

  it('does not take an old trace for the one of this call', () => {
    expect(idsOf(checkCallTraces([trace('01', { at: '2026-01-04T10:00:00Z' })], [none]))).not.toEqual([]);
  });
});

describe('checkIdentityTraces (rules 4, 16, 21, 31)', () => {
  const seen = (kind: string, change: Partial<IdentityTrace> = {}): IdentityTrace => ({
    at: AT,
    user: 'alice',
    kind,
    detail: '',
    ...change,
  });
  const status = seen('changement-statut', { from: 'provisoire', to: 'validee' });
  const sent = seen('transmission', { partner: 'DPI' });
  it.each([
    [[], [seen('consultation')], [{ kind: 'consultation', user: 'alice' }]],
    [
      [],
      [seen('creation'), status, sent],
      [{ kind: 'changement-statut', from: 'provisoire', to: 'validee' }, { kind: 'transmission' }],
    ],
    [['INS-TRACE-ACCESS'], [], [{ kind: 'consultation' }]],
    [['INS-TRACE-ACCESS'], [seen('consultation')], [{ kind: 'consultation' }, { kind: 'consultation' }]],
    [['INS-TRACE-CHANGE'], [seen('modification', { user: 'bob' })], [{ kind: 'modification', user: 'alice' }]],
    [
      ['INS-TRACE-STATUS'],
      [seen('changement-statut', { to: 'validee' })],
      [{ kind: 'changement-statut', from: 'provisoire', to: 'validee' }],
    ],
    [['INS-TRACE-PARTNER'], [seen('transmission')], [{ kind: 'transmission' }]],
    [[], [seen('modification', { detail: 'usedName' })], [{ kind: 'modification', user: 'alice', what: true }]],
    [['INS-TRACE-CHANGE'], [seen('modification')], [{ kind: 'modification', user: 'alice', what: true }]],
    [
      ['INS-TRACE-CHANGE'],
      [seen('modification', { user: 'SYSTEME', detail: 'usedName' })],
      [{ kind: 'modification', user: 'alice', what: true }],
    ],
    [['INS-TRACE-WHO'], [seen('consultation', { user: '' })], []],
    [['INS-TRACE-WHO'], [seen('consultation', { at: '' })], []],
  ] as readonly (readonly [string[], IdentityTrace[], ExpectedTrace[]])[])('%j (%#)', (rules, traces, expected) => {
    expect(idsOf(checkIdentityTraces(traces, expected))).toEqual(rules);
  });
});
