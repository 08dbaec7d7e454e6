import { describe, expect, it } from 'vitest';
import type { Exchange } from '#formats/exchange/index.ts';
import { certificateFindings, refusedConnection } from './handshakes.ts';

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

const refusedHandshake = (exchanges: readonly Exchange[], service: Exchange['service'] | undefined) =>
  refusedConnection(exchanges, service)?.outcome;

describe('refusedConnection', () => {
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

describe('certificateFindings', () => {
  const tls = (refusal?: string, error = 'certificate has expired') =>
    exchange('mssante', {
      protocol: 'tls',
      error,
      peer: { ...PEER, tls: { ...TLS, authorized: false, ...(refusal === undefined ? {} : { refusal }) } },
    });
  const rules = (one: Exchange) => certificateFindings(one).map(({ rule }) => rule);

  it.each([
    ['absent', 'TLS-CLIENT-CERTIFICATE-ABSENT'],
    ['expired', 'TLS-CLIENT-CERTIFICATE-EXPIRED'],
    ['revoked', 'TLS-CLIENT-CERTIFICATE-REVOKED'],
    ['unknown-authority', 'TLS-CLIENT-CERTIFICATE-AUTHORITY'],
    ['wrong-profile', 'TLS-CLIENT-CERTIFICATE-REFUSED'],
  ])('tell of a certificate that is %s', (refusal, rule) => {
    expect(rules(tls(refusal))).toEqual([rule]);
  });

  it('tell of none where none came, and nothing where the certificate was not the reason', () => {
    expect(rules(tls(undefined, 'peer did not return a certificate'))).toEqual(['TLS-CLIENT-CERTIFICATE-ABSENT']);
    expect(rules(tls(undefined, 'socket hang up'))).toEqual([]);
    expect(rules(served)).toEqual([]);
  });
});
