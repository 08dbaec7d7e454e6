import { X509Certificate } from 'node:crypto';
import { AUTHORITIES, authoritySubject, type AuthorityName } from './authorities.ts';
import { publicKey, signingKey } from './keys.ts';
import type { Manifest } from './make.ts';
import type { Profile } from './profiles.ts';
import { x509 } from './x509.ts';

const DAY = 24 * 3600 * 1000;

/** A certificate taken back: serial number in upper-case hexadecimal, and when. */
export interface Revocation {
  readonly issuer: AuthorityName;
  readonly serialNumber: string;
  readonly at: Date;
  /** Known to the OCSP responder only, as between two lists. */
  readonly ocspOnly?: boolean;
}

/** The certificates that the profiles say revoked; revoked since the day after their first. */
export function revocations(manifest: Manifest, profiles: readonly Profile[]): readonly Revocation[] {
  return profiles
    .filter((profile) => profile.revoked !== undefined && profile.revoked !== false)
    .flatMap((profile) => {
      const own = manifest.leaves[profile.name];
      if (own === undefined) return [];
      const { serialNumber, validFromDate } = new X509Certificate(own.certificate);
      return [
        {
          issuer: profile.issuer,
          serialNumber,
          at: new Date(validFromDate.getTime() + 3600 * 1000),
          ...(profile.revoked === 'ocsp' ? { ocspOnly: true } : {}),
        },
      ];
    });
}

/**
 * Signs the CRL of an authority. DER.
 * @param lifeMs from `at` to its nextUpdate; seven days when absent
 */
export async function makeCrl(
  manifest: Manifest,
  authority: AuthorityName,
  revoked: readonly Revocation[],
  at: Date,
  lifeMs = 7 * DAY,
): Promise<Uint8Array> {
  const { key } = manifest.authorities[authority];
  const crl = await x509.X509CrlGenerator.create({
    issuer: [...authoritySubject(authority)],
    thisUpdate: new Date(at.getTime() - 3600 * 1000),
    nextUpdate: new Date(at.getTime() + lifeMs),
    signingAlgorithm: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
    signingKey: await signingKey(key),
    entries: revoked
      .filter((one) => one.issuer === authority && one.ocspOnly !== true)
      .map((one) => ({
        serialNumber: one.serialNumber,
        revocationDate: one.at,
        reason: x509.X509CrlReason.keyCompromise,
      })),
    extensions: [await x509.AuthorityKeyIdentifierExtension.create(await publicKey(key)), crlNumber(at)],
  });
  return new Uint8Array(crl.rawData);
}

/** CRL number (RFC 5280 §5.2.3): grows with time. DER INTEGER of the seconds, which fit five bytes with their sign. */
function crlNumber(at: Date) {
  const value = Buffer.alloc(7);
  value[0] = 0x02;
  value[1] = 0x05;
  value.writeUIntBE(Math.floor(at.getTime() / 1000), 2, 5);
  return new x509.Extension('2.5.29.20', false, value);
}

/** File name under which the CRL of an authority is published. */
export function crlName(authority: AuthorityName): string {
  return `${AUTHORITIES[authority].crl}.crl`;
}
