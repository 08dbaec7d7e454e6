import { describe, expect, it } from 'vitest';
import type { Exchange } from '#formats/exchange/index.ts';
import { refusedHandshake } from './handshakes.ts';

const PEER = { address: '127.0.0.1', port: 1 };
const TLS = { protocol: 'TLSv1.3', cipher: 'TLS_AES_256_GCM_SHA384', sni: '' };

function exchange(service: Exchange['service'], parts: Partial<Exchange>): Exchange {
  const common = {
    id: '1',
    service,
    startedAt: '2026-01-05T10:00:00Z',
    durationMs: 1,
    attribution: {},
    expected: true,
  };
  return { ...common, protocol: 'tls', operation: 'x', peer: PEER, outcome: 'vu', ...parts } as Exchange;
}

const refused = exchange('insi', { expected: false, outcome: 'connexion TLS refusée' });
const imapBefore = exchange('insi', { protocol: 'imap', outcome: 'négociation TLS demandée' });
const served = exchange('insi', { protocol: 'http', peer: { ...PEER, tls: { ...TLS, authorized: true } } });

describe('refusedHandshake', () => {
  it('tells the last refusal, of a service or of any', () => {
    expect(refusedHandshake([refused], 'insi')).toBe('connexion TLS refusée');
    expect(refusedHandshake([served, refused, imapBefore], undefined)).toBe('connexion TLS refusée');
    expect(refusedHandshake([refused], 'dmp')).toBeUndefined();
  });

  it('counts a message that came without certificate nor signature, not one that was cut on purpose', () => {
    const bare = exchange('insi', { protocol: 'http', outcome: 'connexion TLS refusée : aucun certificat client' });
    expect(refusedHandshake([bare], 'insi')).toBe('connexion TLS refusée : aucun certificat client');
    expect(
      refusedHandshake([exchange('insi', { protocol: 'http', outcome: 'coupure demandée' })], 'insi'),
    ).toBeUndefined();
  });

  it('does not take for a refusal of the product what it rightly refuses', () => {
    const right = exchange('insi', { expected: true, outcome: 'refus attendu, situation « certificat-expire » jouée' });
    expect(refusedHandshake([right], 'insi')).toBeUndefined();
    expect(refusedHandshake([refused, right], 'insi')).toBe('connexion TLS refusée');
  });

  it('forgets it once the same service was reached', () => {
    expect(refusedHandshake([refused, served], 'insi')).toBeUndefined();
    expect(refusedHandshake([refused, { ...served, service: 'dmp' }], undefined)).toBe('connexion TLS refusée');
  });

  it('does not take for a refusal a service that asks for no certificate', () => {
    const search = exchange('annuaire', { protocol: 'http', peer: { ...PEER, tls: { ...TLS, authorized: false } } });
    expect(refusedHandshake([search], 'annuaire')).toBeUndefined();
  });
});
