import { describe, expect, it } from 'vitest';
import type { Exchange, TlsExchange } from '#formats/exchange/index.ts';
import { observed } from './observe.ts';

const handshake: TlsExchange = {
  id: '1',
  service: 'mssante',
  startedAt: '2026-01-05T10:00:00.000Z',
  durationMs: 1,
  peer: { address: '127.0.0.1', port: 1 },
  operation: 'tls',
  attribution: {},
  expected: false,
  outcome: 'connexion TLS refusée',
  protocol: 'tls',
  error: 'unsupported protocol',
};
const shown = { connection: '1', certificate: 'SERVER', protocol: '', cipher: '', commands: [] };
const seen = (...exchanges: readonly Exchange[]): readonly string[] =>
  observed({ journal: { list: () => exchanges } }).unexpected.map(({ outcome, rank }) => `${rank} ${outcome}`);

describe('what surprises a bench', () => {
  it('is a handshake that failed, unless it was under what the bench showed on purpose', () => {
    expect(seen(handshake, { ...handshake, shown })).toEqual(['0 connexion TLS refusée', '1 connexion TLS refusée']);
    expect(seen({ ...handshake, shown: { ...shown, situation: 'tls-1.3-seul' } })).toEqual([]);
    expect(seen({ ...handshake, expected: true })).toEqual([]);
  });
});
