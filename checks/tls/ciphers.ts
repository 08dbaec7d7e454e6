export type CipherProfile = 'mssante' | 'dmp';

interface Suite {
  readonly openssl: string;
  readonly iana: string;
  /** Two bytes of the registry, four hexadecimal digits. */
  readonly code: string;
}

const GCM_256: Suite = {
  openssl: 'ECDHE-RSA-AES256-GCM-SHA384',
  iana: 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
  code: 'C030',
};
const GCM_128: Suite = {
  openssl: 'ECDHE-RSA-AES128-GCM-SHA256',
  iana: 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
  code: 'C02F',
};
const CBC_256: Suite = {
  openssl: 'ECDHE-RSA-AES256-SHA384',
  iana: 'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384',
  code: 'C028',
};

/** MSSanté: domain.md §3.4. DMP, TLS 1.2: protocols.md §2.1. */
const ALLOWED: Readonly<Record<CipherProfile, readonly Suite[]>> = {
  mssante: [
    GCM_256,
    GCM_128,
    CBC_256,
    { openssl: 'ECDHE-RSA-AES128-SHA256', iana: 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256', code: 'C027' },
    { openssl: 'DHE-RSA-AES256-GCM-SHA384', iana: 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384', code: '009F' },
    { openssl: 'DHE-RSA-AES128-GCM-SHA256', iana: 'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256', code: '009E' },
  ],
  dmp: [
    CBC_256,
    GCM_256,
    GCM_128,
    {
      openssl: 'ECDHE-RSA-CHACHA20-POLY1305',
      iana: 'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256',
      code: 'CCA8',
    },
  ],
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
