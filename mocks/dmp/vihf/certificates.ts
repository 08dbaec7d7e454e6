import 'reflect-metadata';
import { ExtendedKeyUsageExtension, KeyUsageFlags, KeyUsagesExtension, X509Certificate } from '@peculiar/x509';

const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';
const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';

/** What the DMP looks at in a certificate of the IGC-Santé. */
export interface CertificateProfile {
  /** `TYPE=value`, one for each attribute of the subject, normalised: compared as a set. */
  readonly subject: ReadonlySet<string>;
  /** Structure (OU); a card of a professional has none that counts. */
  readonly structures: readonly string[];
  readonly commonName: string;
  /** Usable for TLS client authentication (ORG_AUTH_CLI, authentication key of a CPS). */
  readonly authenticates: boolean;
  /** Usable to sign (ORG_SIGN, signature key of a CPS). */
  readonly signs: boolean;
}

/** A product shows the same few certificates at every call, and reading one costs as much as the rest of the judgement. */
const READ_LATELY = 64;
const lately = new Map<string, CertificateProfile | undefined>();

/**
 * Reads the usages and names of a certificate; those read lately are remembered by their bytes.
 * @param der the certificate, DER
 * @returns undefined when the bytes are not a certificate
 * Source: protocols.md §0.3 (profiles and key usages).
 */
export function readCertificate(der: Uint8Array): CertificateProfile | undefined {
  const key = Buffer.from(der.buffer, der.byteOffset, der.byteLength).toString('latin1');
  if (lately.has(key)) return lately.get(key);
  const profile = parseCertificate(der);
  const [oldest] = lately.keys();
  if (lately.size >= READ_LATELY && oldest !== undefined) lately.delete(oldest);
  lately.set(key, profile);
  return profile;
}

function parseCertificate(der: Uint8Array): CertificateProfile | undefined {
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(new Uint8Array(der));
  } catch {
    return undefined;
  }
  const subject: string[] = [];
  for (const rdn of certificate.subjectName.toJSON()) {
    for (const [type, values] of Object.entries(rdn)) {
      for (const value of values) subject.push(normalise(type, value));
    }
  }
  const usages = certificate.getExtension(KeyUsagesExtension)?.usages ?? 0;
  const extended = certificate.getExtension(ExtendedKeyUsageExtension)?.usages.map(String) ?? [];
  const tls = extended.includes(CLIENT_AUTH) || extended.includes(SERVER_AUTH);
  const canSign = (usages & (KeyUsageFlags.nonRepudiation | KeyUsageFlags.digitalSignature)) !== 0;
  return {
    subject: new Set(subject),
    structures: valuesOf(subject, 'OU'),
    commonName: valuesOf(subject, 'CN')[0] ?? '',
    authenticates: extended.includes(CLIENT_AUTH),
    signs: canSign && !tls,
  };
}

function valuesOf(subject: readonly string[], type: string): string[] {
  return subject.filter((item) => item.startsWith(`${type}=`)).map((item) => item.slice(type.length + 1));
}

/** Names that tools give to the same attribute type. */
const ALIASES: Readonly<Record<string, string>> = {
  S: 'ST',
  SURNAME: 'SN',
  '2.5.4.4': 'SN',
  G: 'GN',
  GIVENNAME: 'GN',
  '2.5.4.42': 'GN',
  TITLE: 'T',
  '2.5.4.12': 'T',
  EMAILADDRESS: 'E',
  '1.2.840.113549.1.9.1': 'E',
  '2.5.4.3': 'CN',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
};

function normalise(type: string, value: string): string {
  const upper = type
    .trim()
    .toUpperCase()
    .replace(/^OID\./, '');
  return `${ALIASES[upper] ?? upper}=${value.trim().replace(/\s+/g, ' ')}`;
}

/**
 * Whether a distinguished name written by a product names the subject of a certificate. Tools write the RDN in either
 * order, so they are compared as sets (protocols.md §0.3).
 * @param name RFC 2253 or OpenSSL style, `,` or `/` between RDN, `+` inside a multi-valued one
 */
export function namesSubject(name: string, certificate: CertificateProfile): boolean {
  const written = splitName(name);
  return written.length === certificate.subject.size && written.every((item) => certificate.subject.has(item));
}

function splitName(name: string): string[] {
  const trimmed = name.trim();
  const slashes = trimmed.startsWith('/');
  const text = slashes ? trimmed.slice(1) : trimmed;
  const items: string[] = [];
  let current = '';
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const char = text[i] ?? '';
    if (char === '\\') {
      current += text[i + 1] ?? '';
      i += 1;
    } else if (char === '"') quoted = !quoted;
    // A separator is followed by `TYPE=`; anything else is a plain character that the writer did not escape.
    else if (
      !quoted &&
      (slashes ? char === '/' : ',;+'.includes(char)) &&
      /^\s*[A-Za-z0-9.]+\s*=/.test(text.slice(i + 1))
    ) {
      items.push(current);
      current = '';
    } else current += char;
  }
  items.push(current);
  return items.map((item) => {
    const equal = item.indexOf('=');
    return equal < 0 ? item : normalise(item.slice(0, equal), item.slice(equal + 1));
  });
}
