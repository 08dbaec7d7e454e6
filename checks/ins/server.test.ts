import { describe, expect, it } from 'vitest';
import type { Exchange } from '#formats/exchange/index.ts';
import { exchange, FOUND, message, reply } from './call.fixture.ts';
import { checkRefusedServer, type BadServer } from './index.ts';

const call = exchange(1, message(1), reply(FOUND));
const handshake: Exchange = {
  id: '2',
  protocol: 'tls',
  service: 'insi',
  startedAt: '2026-01-05T10:00:00Z',
  durationMs: 1,
  peer: { address: '127.0.0.1', port: 1 },
  operation: 'tls',
  attribution: {},
  expected: false,
  outcome: 'refusé',
  error: 'certificate expired',
};

describe('a server that the product must not talk to', () => {
  it.each<[BadServer, string]>([
    ['expired', 'INSI-SERVER-CERTIFICATE'],
    ['not-yet-valid', 'INSI-SERVER-CERTIFICATE'],
    ['other-authority', 'INSI-SERVER-CERTIFICATE'],
    ['other-name', 'INSI-SERVER-CERTIFICATE'],
    ['revoked', 'INSI-SERVER-REVOKED'],
    ['old-tls', 'INSI-SERVER-TLS-VERSION'],
  ])('%s: one request is one breach, a handshake is none', (server, rule) => {
    expect(checkRefusedServer(server, [handshake])).toEqual([]);
    expect(checkRefusedServer(server, [handshake, call, call]).map((finding) => finding.rule)).toEqual([rule, rule]);
  });
});
