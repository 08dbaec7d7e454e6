import data from './suites.json' with { type: 'json' };

export type CipherProfile = 'mssante' | 'dmp';

interface Suite {
  readonly openssl: string;
  readonly iana: string;
  /** Two bytes of the registry, four hexadecimal digits. */
  readonly code: string;
}

/** By profile, preferred first; each list with its source. */
const ALLOWED: Readonly<Record<CipherProfile, readonly Suite[]>> = {
  mssante: data.mssante.suites,
  dmp: data.dmp.suites,
};

/** Every suite of TLS 1.3 has forward secrecy and authenticated encryption: its version is what is judged. */
const TLS_13 = /^TLS_(?:AES_(?:128|256)_(?:GCM|CCM(?:_8)?)|CHACHA20_POLY1305)_SHA(?:256|384)$/;

/** OpenSSL names of the suites that a profile allows under TLS 1.2, preferred first. */
export function allowedSuites(profile: CipherProfile): readonly string[] {
  return ALLOWED[profile].map((suite) => suite.openssl);
}

/** Whether a suite is allowed, by OpenSSL name, IANA name (`_WITH_` or not) or code (`0xC030`, `C0,30`). */
export function isAllowedSuite(cipher: string, profile: CipherProfile): boolean {
  const name = cipher.trim().toUpperCase();
  if (TLS_13.test(name)) return true;
  const code = name.replace(/0X|[\s,]/g, '');
  const iana = name.startsWith('TLS_') ? name : `TLS_${name}`;
  return ALLOWED[profile].some((suite) => suite.openssl === name || suite.iana === iana || suite.code === code);
}
