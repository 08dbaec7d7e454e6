import { X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Pki } from '../../pki/types.ts';
import { testPki } from '../../testing.ts';
import { type CertificateProfile, namesSubject, readCertificate } from './certificates.ts';

let pki: Pki;

beforeAll(async () => {
  pki = (await testPki()).pki;
});

function profile(name: string): CertificateProfile {
  const read = readCertificate(new X509Certificate(pki.clients[name]?.certificatePem ?? '').raw);
  if (!read) throw new Error(`unreadable ${name}`);
  return read;
}

describe('certificates', () => {
  it.each([
    ['ORG_SIGN', { signs: true, authenticates: false }],
    ['CPS-1-SIGN', { signs: true, authenticates: false }],
    ['ORG_AUTH_CLI', { signs: false, authenticates: true }],
    ['CPS-1-AUTH', { signs: false, authenticates: true }],
    ['INSI-AUTO', { signs: false, authenticates: true }],
  ])('tells what %s is for', (name, usages) => {
    expect(profile(name)).toMatchObject(usages);
  });

  it('reads the structure in OU and the professional in CN', () => {
    expect(profile('ORG_SIGN').structures).toEqual(['10B0152872']);
    expect(profile('CPS-1-SIGN').commonName).toMatch(/^8\d{11}$/);
  });

  it('is not a certificate', () => {
    expect(readCertificate(new Uint8Array([1, 2, 3]))).toBeUndefined();
  });
});

describe('distinguished names', () => {
  const certificate: CertificateProfile = {
    subject: new Set(['C=FR', 'O=LABO, SUITE', 'OU=1', 'CN=A', 'SN=B', 'GN=C']),
    structures: ['1'],
    commonName: 'A',
    authenticates: false,
    signs: true,
  };

  it.each([
    'CN=A+SN=B+GN=C,OU=1,O=LABO\\, SUITE,C=FR',
    'C=FR, O="LABO, SUITE", OU=1, CN=A + SN=B + GN=C',
    'C=FR, O=LABO, SUITE, OU=1, CN=A, SURNAME=B, givenName=C',
    '/C=FR/O=LABO, SUITE/OU=1/CN=A/SN=B/G=C',
    'cn=A,2.5.4.4=B,OID.2.5.4.42=C,ou=1,o=LABO\\, SUITE,c=FR',
  ])('names the subject: %s', (name) => {
    expect(namesSubject(name, certificate)).toBe(true);
  });

  it.each([
    '',
    'CN=A',
    'CN=A,OU=1,O=LABO\\, SUITE,C=FR',
    'CN=A+SN=B+GN=C,OU=1,O=LABO\\, SUITE,C=BE',
    'CN=A+SN=B+GN=C,OU=1,O=LABO\\, SUITE,C=FR,L=X',
  ])('does not name it: %s', (name) => {
    expect(namesSubject(name, certificate)).toBe(false);
  });

  it('never fails on any text', () => {
    fc.assert(fc.property(fc.string(), (name) => !namesSubject(name, certificate)));
  });
});
