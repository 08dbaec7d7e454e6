import { randomBytes } from 'node:crypto';
import { AUTHORITIES, authoritySubject, type AuthorityName } from './authorities.ts';
import { SERVICE_HOSTS } from './hosts.ts';
import { publicKey, signingKey } from './keys.ts';
import type { Profile, Usage } from './profiles.ts';
import { inDer } from './name.ts';
import { x509 } from './x509.ts';

const DAY = 24 * 3600 * 1000;
/** Long enough for a campaign, short enough for tools that refuse server certificates of more than 825 days. */
const LEAF_DAYS = 800;
const AUTHORITY_DAYS = 3650;

/** First folder of the addresses that never answer. */
export const UNREACHABLE = 'injoignable';

/** Where revocation information is published; carried by every certificate (protocols.md §0.3). */
export function publication(origin: string, issuer: AuthorityName, unreachable = false) {
  const name = AUTHORITIES[issuer].crl;
  if (unreachable) {
    const nowhere = `${origin}/${UNREACHABLE}`;
    return { crl: `${nowhere}/${name}.crl`, authority: `${origin}/AC/${name}.cer`, ocsp: `${nowhere}/ocsp` };
  }
  return { crl: `${origin}/CRL/${name}.crl`, authority: `${origin}/AC/${name}.cer`, ocsp: `${origin}/ocsp` };
}

interface Issuing {
  /** Origin of the revocation listener, e.g. `http://127.0.0.1:49152`. */
  readonly origin: string;
  readonly at: Date;
}

/** Issues the certificate of an authority: self-signed for `root` and `other`, by the root for the others. PEM. */
export async function issueAuthority(
  name: AuthorityName,
  keyPem: string,
  issuerKeyPem: string,
  { origin, at }: Issuing,
): Promise<string> {
  const { issuer } = AUTHORITIES[name];
  const own = await publicKey(keyPem);
  const issuing = await publicKey(issuerKeyPem);
  const where = publication(origin, issuer);
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serial(),
    subject: [...authoritySubject(name)],
    issuer: [...authoritySubject(issuer)],
    notBefore: new Date(at.getTime() - DAY),
    notAfter: new Date(at.getTime() + AUTHORITY_DAYS * DAY),
    publicKey: own,
    signingKey: await signingKey(issuerKeyPem),
    extensions: [
      new x509.BasicConstraintsExtension(true, issuer === name ? undefined : 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(own),
      await x509.AuthorityKeyIdentifierExtension.create(issuing),
      ...(issuer === name ? [] : [new x509.CRLDistributionPointsExtension([where.crl])]),
    ],
  });
  return certificate.toString('pem');
}

/** Issues the certificate of a profile. PEM, the certificate alone. */
export async function issueLeaf(
  profile: Profile,
  keyPem: string,
  issuerKeyPem: string,
  { origin, at }: Issuing,
): Promise<string> {
  const own = await publicKey(keyPem);
  const where = publication(origin, profile.issuer, profile.unreachable);
  const { begins, ends } = validity(profile, at.getTime());
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serial(),
    subject: inDer(profile.subject),
    issuer: [...authoritySubject(profile.issuer)],
    notBefore: new Date(begins),
    notAfter: new Date(ends),
    publicKey: own,
    signingKey: await signingKey(issuerKeyPem),
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      ...usageExtensions(profile.usage),
      await x509.SubjectKeyIdentifierExtension.create(own),
      await x509.AuthorityKeyIdentifierExtension.create(await publicKey(issuerKeyPem)),
      new x509.CRLDistributionPointsExtension([where.crl]),
      new x509.AuthorityInfoAccessExtension({ ocsp: [where.ocsp], caIssuers: [where.authority] }),
      ...(profile.usage === 'server' ? [serverNames(profile.hosts)] : []),
    ],
  });
  return certificate.toString('pem');
}

function usageExtensions(usage: Usage) {
  const { digitalSignature, keyEncipherment, nonRepudiation } = x509.KeyUsageFlags;
  const { clientAuth, emailProtection, serverAuth } = x509.ExtendedKeyUsage;
  switch (usage) {
    case 'signature':
      return [
        new x509.KeyUsagesExtension(digitalSignature | nonRepudiation, true),
        new x509.ExtendedKeyUsageExtension([emailProtection]),
      ];
    case 'client':
    case 'server':
      return [
        new x509.KeyUsagesExtension(digitalSignature | keyEncipherment, true),
        new x509.ExtendedKeyUsageExtension([usage === 'client' ? clientAuth : serverAuth]),
      ];
  }
}

/** @param hosts names instead of those of the real services; a list that names some leaves the loopback out */
function serverNames(hosts: readonly string[] | undefined) {
  const names = hosts ?? SERVICE_HOSTS.map(({ name }) => name);
  const loopback = hosts === undefined || hosts.length === 0;
  return new x509.SubjectAlternativeNameExtension([
    ...(loopback
      ? [
          { type: 'dns' as const, value: 'localhost' },
          { type: 'ip' as const, value: '127.0.0.1' },
          { type: 'ip' as const, value: '::1' },
        ]
      : []),
    ...names.map((value) => ({ type: 'dns' as const, value })),
  ]);
}

/** First and last instant of a profile; a PKI is remade before its good certificates end. */
function validity(profile: Profile, at: number): { readonly begins: number; readonly ends: number } {
  const life = LEAF_DAYS * DAY;
  if (profile.expired === true) return { begins: at - 2 * life, ends: at - 30 * DAY };
  if (profile.notYetValid === true) return { begins: at + life, ends: at + 2 * life };
  return { begins: at - DAY, ends: at + life };
}

/** 16 random bytes, positive, no leading zero: 32 upper-case hexadecimal digits. */
function serial(): string {
  const bytes = randomBytes(16);
  bytes[0] = 0x40 | ((bytes[0] ?? 0) & 0x3f);
  return bytes.toString('hex').toUpperCase();
}
