import { X509Certificate } from 'node:crypto';
import { type SamlAssertion, verifyAssertion, X509_SUBJECT_NAME } from '#formats/saml/index.ts';
import type { XmlElement } from '#formats/xml/index.ts';
import { readDistinguishedName, sameDistinguishedName } from '#formats/xmldsig/index.ts';
import { CERTIFICATE_REFUSALS } from '../../pki/index.ts';
import type { CertificateRefusal, Pki } from '../../pki/types.ts';
import type { InsiProfile } from '../settings.ts';
import type { Refusal } from './types.ts';

export interface AssertionContext {
  /** The whole message as received. */
  readonly bytes: Uint8Array;
  readonly pki: Pki;
  readonly now: Date;
  readonly profile: InsiProfile;
}

export interface JudgedAssertion {
  /** Read from what was signed. */
  readonly assertion: SamlAssertion;
  /** `TYPE=value` of the subject of the signing certificate. */
  readonly subject: readonly string[];
  /** The same of its issuer. */
  readonly issuer: readonly string[];
}

const RSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';
const SHA256 = 'http://www.w3.org/2001/04/xmlenc#sha256';

/**
 * Judges what every assertion of INSi must be: signed over itself, by a certificate of the test IGC-Santé in its validity
 * and not revoked, issued by the holder of that certificate, of the right form. Age and rights come after.
 * @returns the assertion as signed, or what is wrong
 * Source: protocols.md §1.2.
 */
export function judgeAssertion(element: XmlElement, context: AssertionContext): JudgedAssertion | Refusal {
  const verified = verifyAssertion(context.bytes, element);
  if (!verified.ok) return { fault: 'signature-invalide', reason: verified.fault.message };
  const { assertion, certificate, signatureAlgorithm, digestAlgorithms } = verified;
  if (context.profile.requireSha256) {
    const weak = [signatureAlgorithm, ...digestAlgorithms].find((one) => one !== RSA_SHA256 && one !== SHA256);
    if (weak !== undefined) {
      return {
        fault: 'signature-invalide',
        reason: `algorithme ${weak.slice(0, 100)} au lieu de rsa-sha256 et sha256`,
      };
    }
  }
  const refusal = context.pki.judge(certificate, context.now);
  const parsed = new X509Certificate(certificate);
  if (refusal !== undefined) {
    return { fault: 'certificat-assertion', reason: certificateSentence(parsed, refusal) };
  }
  if (!sameDistinguishedName(assertion.issuer, parsed.subject)) {
    return {
      fault: 'emetteur-assertion',
      reason: `Issuer « ${assertion.issuer.slice(0, 200)} », certificat « ${parsed.subject.replaceAll('\n', ', ')} »`,
    };
  }
  const reason = malformation(assertion);
  if (reason !== undefined) return { fault: 'assertion-mal-formee', reason };
  return {
    assertion,
    subject: readDistinguishedName(parsed.subject),
    issuer: readDistinguishedName(parsed.issuer),
  };
}

/** Which certificate it is, why it is refused, and since when. */
function certificateSentence(certificate: X509Certificate, refusal: CertificateRefusal): string {
  const { subject, serialNumber, validFromDate, validToDate } = certificate;
  const day = (date: Date): string => date.toISOString().slice(0, 10);
  const when: Partial<Record<CertificateRefusal, string>> = {
    expired: ` depuis le ${day(validToDate)}`,
    'not-yet-valid': `, il ne le sera que le ${day(validFromDate)}`,
  };
  const holder = subject.replaceAll('\n', ', ').slice(0, 200);
  return `certificat de signature ${CERTIFICATE_REFUSALS[refusal]}${when[refusal] ?? ''} (${holder}, n° de série ${serialNumber})`;
}

function malformation(assertion: SamlAssertion): string | undefined {
  if (assertion.version !== '2.0') return `Version « ${assertion.version.slice(0, 20)} » au lieu de 2.0`;
  if (assertion.id === '') return 'ID absent';
  if (assertion.issuerFormat !== X509_SUBJECT_NAME) {
    return `Issuer@Format « ${assertion.issuerFormat.slice(0, 100)} » au lieu de ${X509_SUBJECT_NAME}`;
  }
  if (Number.isNaN(instant(assertion.issueInstant))) {
    return `IssueInstant « ${assertion.issueInstant.slice(0, 40)} » illisible`;
  }
  if (assertion.nameId === '') return 'Subject/NameID absent';
  if (assertion.authnInstants.length === 0) return 'AuthnStatement absent';
  return undefined;
}

/**
 * Judges the age of an assertion, and its Conditions when it has some.
 * @returns what is wrong, in French; undefined when it is in its time
 * Source: protocols.md §1.2 (freshness about 20 minutes), §1.6 A6.
 */
export function untimely(
  { issueInstant, notBefore, notOnOrAfter }: SamlAssertion,
  context: AssertionContext,
): string | undefined {
  const { assertionMaxAgeSeconds, clockSkewSeconds } = context.profile;
  const now = context.now.getTime();
  const age = (now - instant(issueInstant)) / 1000;
  if (age >= assertionMaxAgeSeconds) {
    return `émise le ${issueInstant}, il y a plus de ${Math.floor(assertionMaxAgeSeconds / 60)} minutes`;
  }
  if (age < -clockSkewSeconds) return `émise dans le futur (${issueInstant})`;
  for (const [name, value] of [
    ['NotBefore', notBefore],
    ['NotOnOrAfter', notOnOrAfter],
  ] as const) {
    if (value !== '' && Number.isNaN(instant(value))) return `Conditions@${name} « ${value.slice(0, 40)} » illisible`;
  }
  if (notBefore !== '' && instant(notBefore) - now > clockSkewSeconds * 1000) return `valable à partir du ${notBefore}`;
  if (notOnOrAfter !== '' && instant(notOnOrAfter) <= now) return `valable jusqu'au ${notOnOrAfter}`;
  return undefined;
}

/** Milliseconds of an xsd:dateTime; NaN for anything else. Without an offset it is read as UTC. */
function instant(text: string): number {
  const match = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?)(Z|[+-]\d{2}:\d{2})?$/.exec(text);
  return match ? Date.parse(`${match[1]}${match[2] ?? 'Z'}`) : Number.NaN;
}
