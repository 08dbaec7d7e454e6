import { describe, expect, it } from 'vitest';
import { checkOperatorConnection, OPERATOR_RULES } from './index.ts';
import type { OperatorConnection } from './index.ts';

const RIGHT: OperatorConnection = {
  protocol: 'TLSv1.2',
  cipher: 'ECDHE-RSA-AES256-GCM-SHA384',
  keyExchange: { type: 'ECDH', bits: 256, curve: 'prime256v1' },
  commands: ['EHLO', 'AUTH'],
};
const TLS_13: OperatorConnection = { ...RIGHT, protocol: 'TLSv1.3', cipher: 'TLS_AES_256_GCM_SHA384' };

const BREAKERS: readonly (readonly [string, OperatorConnection])[] = [
  ['TLS-OPERATOR-EXPIRED', { ...RIGHT, flaw: 'expired' }],
  ['TLS-OPERATOR-NOT-YET-VALID', { ...RIGHT, flaw: 'not-yet-valid' }],
  ['TLS-OPERATOR-REVOKED', { ...RIGHT, flaw: 'revoked' }],
  ['TLS-OPERATOR-REVOKED-OCSP', { ...RIGHT, flaw: 'revoked-by-ocsp', toldRevoked: true }],
  ['TLS-OPERATOR-AUTHORITY', { ...RIGHT, flaw: 'unknown-authority' }],
  ['TLS-OPERATOR-NAME', { ...RIGHT, flaw: 'wrong-name' }],
  ['TLS-OPERATOR-VERSION', { ...RIGHT, protocol: 'TLSv1.1' }],
  ['TLS-OPERATOR-CIPHER', { ...RIGHT, cipher: 'AES128-SHA' }],
  ['TLS-OPERATOR-KEY-EXCHANGE', { ...RIGHT, keyExchange: { type: 'DH', bits: 1024 } }],
  ['TLS-OPERATOR-KEY-EXCHANGE', { ...RIGHT, keyExchange: { type: 'ECDH', bits: 224, curve: 'secp224r1' } }],
];

const rulesOf = (connection: OperatorConnection, wave: 'va1' | 'va2'): readonly string[] =>
  checkOperatorConnection(connection, { wave }).map((finding) => finding.rule);

describe('checkOperatorConnection', () => {
  it.each(BREAKERS)('%s: going on is the fault, stopping is the proof (%#)', (rule, connection) => {
    for (const wave of ['va1', 'va2'] as const) {
      expect(rulesOf(connection, wave)).toEqual([rule]);
      expect(rulesOf({ ...connection, commands: [] }, wave)).toEqual([]);
      expect(checkOperatorConnection(connection, { wave, without: [rule] })).toEqual([]);
    }
  });

  it('has a breaker for each rule', () => {
    const broken = new Set(BREAKERS.map(([rule]) => rule));
    expect(OPERATOR_RULES.filter((rule) => !broken.has(rule.id))).toEqual([]);
  });

  it('says nothing of a right operator, nor of a handshake that settled nothing', () => {
    expect(rulesOf(RIGHT, 'va1')).toEqual([]);
    expect(rulesOf({ ...RIGHT, keyExchange: { type: 'ECDH', bits: 253, curve: 'X25519' } }, 'va2')).toEqual([]);
    expect(rulesOf({ protocol: '', cipher: '', commands: [] }, 'va1')).toEqual([]);
  });

  it('refuses TLS 1.3 alone in wave 1 only', () => {
    expect(rulesOf(TLS_13, 'va1')).toEqual(['TLS-OPERATOR-VERSION']);
    expect(rulesOf(TLS_13, 'va2')).toEqual([]);
  });

  it('names the commands, a few of them, and the requirements of the wave', () => {
    const connection = { ...RIGHT, protocol: 'TLSv1', commands: ['EHLO', 'AUTH', 'MAIL', 'RCPT', 'DATA', 'QUIT'] };
    const [first] = checkOperatorConnection(connection, { wave: 'va1' });
    expect(first?.received).toBe('TLSv1, puis le client a envoyé EHLO, AUTH, MAIL, RCPT, DATA');
    expect(first?.requirements).toEqual(['MSS/va1.31']);
    expect(checkOperatorConnection(connection, { wave: 'va2' })[0]?.requirements).toEqual([
      'MSS/va1.31',
      'MSS/CONF.01',
    ]);
  });

  it('only warns about a client that reads the list alone, which could not know of a revocation that OCSP tells', () => {
    const unknowing: OperatorConnection = { ...RIGHT, flaw: 'revoked-by-ocsp' };
    expect(checkOperatorConnection(unknowing, { wave: 'va2' }).map(({ rule, severity }) => [rule, severity])).toEqual([
      ['TLS-OPERATOR-REVOKED-OCSP', 'warning'],
    ]);
    for (const toldRevoked of [true, false]) {
      expect(checkOperatorConnection({ ...unknowing, toldRevoked, commands: [] }, { wave: 'va2' })).toEqual([]);
    }
  });
});
