import { X509Certificate } from 'node:crypto';
import { readAssertion, verifyAssertion, X509_SUBJECT_NAME, type SamlAssertion } from '#formats/saml/index.ts';
import { readDistinguishedName, sameDistinguishedName } from '#formats/xmldsig/index.ts';
import type { XmlElement } from '#formats/xml/index.ts';
import type { Report } from '../report/index.ts';
import type { InsRule } from './rules.ts';

/** Freshness of an assertion and of a Vitale card (protocols.md §1.2 and §1.6, A6). */
const MAX_AGE_MINUTES = 20;
const ALGORITHMS: ReadonlySet<string> = new Set([
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  'http://www.w3.org/2001/04/xmlenc#sha256',
]);
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/;
/** A number of the register, with or without its key: how the assertion of a Vitale card names its holder. */
const NUMBER = /^\d{6}[A-Za-z0-9]\d{6}(?:\d{2})?$/;

/** An assertion of the message, read from what was signed when the signature is right. */
export interface SeenAssertion {
  readonly element: XmlElement;
  readonly assertion: SamlAssertion;
  /** Whether it is the assertion of a Vitale card. */
  readonly ofCard: boolean;
}

/** Judges one assertion by itself: signature, form, issuer, age. */
export function checkAssertion(
  report: Report<InsRule>,
  body: Uint8Array,
  element: XmlElement,
  at: Date | undefined,
): SeenAssertion {
  const verified = verifyAssertion(body, element);
  const assertion = verified.ok ? verified.assertion : readAssertion(element);
  const where = element.path;
  if (!verified.ok) {
    report.add('INSI-ASSERTION-SIGNATURE', {
      where: `${where}/Signature[1]`,
      received: verified.fault.message,
      expected: 'une signature enveloppée juste, sur cette assertion, dont KeyInfo porte le certificat',
      remedy: 'Signez l’assertion en dernier (exc-c14n, enveloped-signature) et n’en changez plus un octet.',
    });
  } else {
    const weak = [verified.signatureAlgorithm, ...verified.digestAlgorithms].filter((one) => !ALGORITHMS.has(one));
    if (weak.length > 0) {
      report.add('INSI-ASSERTION-ALGORITHM', {
        where: `${where}/Signature[1]/SignedInfo[1]`,
        received: weak.join(', '),
        expected: 'rsa-sha256 et sha256',
        remedy: 'Passez la signature et le condensat à SHA-256.',
      });
    }
  }
  const ofCard = NUMBER.test(assertion.nameId);
  const certificate = verified.certificate === undefined ? undefined : new X509Certificate(verified.certificate);
  checkForm(report, assertion, where);
  checkIssuer(report, assertion, certificate, where);
  if (!ofCard) checkHolder(report, assertion, certificate, where);
  if (at !== undefined) checkAge(report, assertion, at, where);
  return { element, assertion, ofCard };
}

function checkForm(report: Report<InsRule>, assertion: SamlAssertion, where: string): void {
  for (const [name, received, right, expected] of [
    ['@Version', assertion.version, assertion.version === '2.0', '2.0'],
    ['@ID', assertion.id, /^[A-Za-z_][\w.-]*$/.test(assertion.id), 'un NCName, par exemple « _ » suivi d’un UUID'],
    ['@IssueInstant', assertion.issueInstant, isInstant(assertion.issueInstant), 'une date et heure xsd:dateTime'],
    ['Issuer[1]/@Format', assertion.issuerFormat, assertion.issuerFormat === X509_SUBJECT_NAME, X509_SUBJECT_NAME],
    ['Subject[1]/NameID[1]', assertion.nameId, assertion.nameId !== '', 'l’identifiant national du professionnel'],
    ['AuthnStatement[1]', '', assertion.authnInstants.length > 0, 'un AuthnStatement daté'],
  ] as const) {
    if (right) continue;
    report.add('INSI-ASSERTION-FORM', {
      where: `${where}/${name}`,
      received: received || 'absent',
      expected,
      remedy: 'Complétez l’assertion selon le modèle du guide d’intégration.',
    });
  }
}

function checkIssuer(
  report: Report<InsRule>,
  assertion: SamlAssertion,
  certificate: X509Certificate | undefined,
  where: string,
): void {
  if (certificate === undefined || sameDistinguishedName(assertion.issuer, certificate.subject)) return;
  report.add('INSI-ASSERTION-ISSUER', {
    where: `${where}/Issuer[1]`,
    received: assertion.issuer || 'absent',
    expected: readDistinguishedName(certificate.subject).toReversed().join(','),
    remedy: 'Recopiez dans Issuer le sujet du certificat qui signe.',
  });
}

function checkHolder(
  report: Report<InsRule>,
  assertion: SamlAssertion,
  certificate: X509Certificate | undefined,
  where: string,
): void {
  if (certificate === undefined) return;
  const name =
    readDistinguishedName(certificate.subject)
      .find((rdn) => rdn.startsWith('CN='))
      ?.slice(3) ?? '';
  if (name === assertion.nameId) return;
  report.add('INSI-ASSERTION-HOLDER', {
    where: `${where}/Subject[1]/NameID[1]`,
    received: assertion.nameId || 'absent',
    expected: `${name || 'un identifiant'} (CN du certificat de la carte)`,
    remedy: 'Faites signer l’assertion par la carte du professionnel qu’elle nomme.',
  });
}

function checkAge(report: Report<InsRule>, assertion: SamlAssertion, at: Date, where: string): void {
  const now = at.getTime();
  const { issueInstant, notBefore, notOnOrAfter } = assertion;
  const minutes = isInstant(issueInstant) ? (now - Date.parse(issueInstant)) / 60_000 : 0;
  const breaches: readonly (readonly [string, string, boolean])[] = [
    ['@IssueInstant', issueInstant, minutes >= MAX_AGE_MINUTES || minutes < -5],
    ['Conditions[1]/@NotBefore', notBefore, isInstant(notBefore) && Date.parse(notBefore) - now > 5 * 60_000],
    ['Conditions[1]/@NotOnOrAfter', notOnOrAfter, isInstant(notOnOrAfter) && Date.parse(notOnOrAfter) <= now],
  ];
  for (const [name, received, wrong] of breaches) {
    if (!wrong) continue;
    report.add('INSI-ASSERTION-AGE', {
      where: `${where}/${name}`,
      received,
      expected: `moins de ${MAX_AGE_MINUTES} minutes et dans sa validité à ${at.toISOString()}`,
      remedy: 'Refaites l’assertion (et relisez la carte Vitale) avant l’appel, et mettez le poste à l’heure.',
    });
  }
}

function isInstant(text: string): boolean {
  return INSTANT.test(text) && !Number.isNaN(Date.parse(text));
}
