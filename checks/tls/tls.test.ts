import { describe, expect, it } from 'vitest';
import type { TlsPeer } from '#formats/exchange/index.ts';
import { allowedSuites, checkTls, isAllowedSuite } from './index.ts';
import { RULES as SESSION_RULES } from './rules.ts';

const GOOD: TlsPeer = {
  protocol: 'TLSv1.2',
  cipher: 'ECDHE-RSA-AES256-GCM-SHA384',
  sni: 'localhost',
  authorized: true,
};

const refused = (refusal: string): TlsPeer => ({
  ...GOOD,
  authorized: false,
  refusal,
  subject: ['C=FR', 'O=LABO TEST', 'OU=10B0152872', 'CN=INSI-AUTO'],
  issuer: ['C=FR', 'CN=AC MAISON'],
  serialNumber: '0A',
  notAfter: '2025-12-31T22:59:59.000Z',
});

const BREAKERS: readonly (readonly [string, TlsPeer | undefined, 'va1' | 'va2'])[] = [
  ['TLS-PRESENT', undefined, 'va1'],
  ['TLS-VERSION', { ...GOOD, protocol: 'TLSv1.3', cipher: 'TLS_AES_256_GCM_SHA384' }, 'va1'],
  ['TLS-VERSION', { ...GOOD, protocol: 'TLSv1.1' }, 'va1'],
  ['TLS-VERSION', { ...GOOD, protocol: 'TLSv1.1' }, 'va2'],
  ['TLS-CIPHER', { ...GOOD, cipher: 'AES128-SHA' }, 'va1'],
  ['TLS-CIPHER', { ...GOOD, cipher: 'ECDHE-RSA-AES256-SHA' }, 'va2'],
  ['TLS-CLIENT-CERTIFICATE-ABSENT', { ...GOOD, authorized: false, refusal: 'absent' }, 'va1'],
  ['TLS-CLIENT-CERTIFICATE-ABSENT', { ...GOOD, authorized: false }, 'va1'],
  ['TLS-CLIENT-CERTIFICATE-EXPIRED', refused('expired'), 'va1'],
  ['TLS-CLIENT-CERTIFICATE-REVOKED', refused('revoked'), 'va1'],
  ['TLS-CLIENT-CERTIFICATE-AUTHORITY', refused('unknown-authority'), 'va1'],
  ['TLS-CLIENT-CERTIFICATE-REFUSED', refused('handshake failure'), 'va1'],
];

describe('checkTls', () => {
  it('has nothing to say about what each wave allows', () => {
    expect(checkTls(GOOD, { wave: 'va1' })).toEqual([]);
    expect(checkTls(GOOD, { wave: 'va2' })).toEqual([]);
    expect(checkTls({ ...GOOD, protocol: 'TLSv1.3', cipher: 'TLS_AES_128_GCM_SHA256' }, { wave: 'va2' })).toEqual([]);
    expect(checkTls({ ...GOOD, authorized: false }, { wave: 'va1', clientCertificate: 'none' })).toEqual([]);
  });

  it.each(BREAKERS)('%s (%#)', (rule, peer, wave) => {
    expect(checkTls(peer, { wave }).map((finding) => finding.rule)).toEqual([rule]);
  });

  it('has a breaker for each rule', () => {
    const broken = new Set(BREAKERS.map(([rule]) => rule));
    expect(SESSION_RULES.map(({ id }) => id).filter((id) => !broken.has(id))).toEqual([]);
  });

  it('tells of an expired certificate whose it is, since when, and what to do', () => {
    const [finding] = checkTls(refused('expired'), { wave: 'va1' });
    expect(finding?.remedy).toBe(
      'Le certificat « CN=INSI-AUTO, OU=10B0152872, O=LABO TEST, C=FR » a expiré le 31/12/2025 à 22:59 UTC : commandez son renouvellement sur la plateforme IGC-Santé de l’ANS, installez le nouveau certificat avec sa clé, puis redémarrez le produit et relancez le scénario.',
    );
  });

  it.each([
    ['not-yet-valid', /pas encore valide/],
    ['wrong-profile', /pas fait pour authentifier un client/],
  ])('says in French why a certificate is refused: %s', (refusal, words) => {
    expect(checkTls(refused(refusal), { wave: 'va1' })[0]?.received).toMatch(words);
  });

  it('judges only the certificate of a handshake that agreed on nothing', () => {
    const failed = { ...refused('expired'), protocol: '', cipher: '' };
    expect(checkTls(failed, { wave: 'va1' }).map((finding) => finding.rule)).toEqual([
      'TLS-CLIENT-CERTIFICATE-EXPIRED',
    ]);
  });
});

describe('isAllowedSuite', () => {
  it.each([
    'ECDHE-RSA-AES256-GCM-SHA384',
    'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
    'ECDHE_RSA_WITH_AES_256_GCM_SHA384',
    '0xC030',
    '0xC0,0x30',
  ])('knows %s', (name) => {
    expect(isAllowedSuite(name, 'mssante')).toBe(true);
  });

  it('keeps one list per service', () => {
    expect(isAllowedSuite('DHE-RSA-AES256-GCM-SHA384', 'mssante')).toBe(true);
    expect(isAllowedSuite('DHE-RSA-AES256-GCM-SHA384', 'dmp')).toBe(false);
    expect(allowedSuites('dmp')).toHaveLength(4);
    expect(allowedSuites('mssante')).toHaveLength(6);
  });
});
