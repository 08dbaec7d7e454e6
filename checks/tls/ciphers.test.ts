import { getCiphers } from 'node:tls';
import { describe, expect, it } from 'vitest';
import data from './suites.json' with { type: 'json' };
import { allowedSuites, isAllowedSuite } from './index.ts';

describe.each(['mssante', 'dmp'] as const)('suites of %s', (profile) => {
  it.each(data[profile].suites)('$openssl is taken under each of its names', ({ openssl, iana, code }) => {
    for (const name of [openssl, iana, iana.toLowerCase(), `0x${code}`, `${code.slice(0, 2)},${code.slice(2)}`]) {
      expect(isAllowedSuite(name, profile)).toBe(true);
    }
    // A suite that this OpenSSL does not know could never be offered.
    expect(getCiphers()).toContain(openssl.toLowerCase());
  });

  it('are distinct, and refuse any other', () => {
    expect(new Set(allowedSuites(profile)).size).toBe(data[profile].suites.length);
    for (const name of ['AES256-SHA', 'ECDHE-RSA-AES256-SHA', '0x0035', '']) {
      expect(isAllowedSuite(name, profile)).toBe(false);
    }
  });
});
