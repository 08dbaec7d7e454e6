import { X509Certificate } from 'node:crypto';
import type { TlsPeer } from '#formats/exchange/index.ts';
import type { AssertionVerification } from '#formats/saml/index.ts';
import { attribute, child, children, type XmlElement } from '#formats/xml/index.ts';
import { DSIG, readDistinguishedName, sameDistinguishedName } from '#formats/xmldsig/index.ts';
import { isBenchLimit, limitBreach, type Report } from '../report/index.ts';
import { SAML } from './read.ts';
import type { VihfRule } from './rules.ts';
import type { Vihf } from './types.ts';

const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';
const X509_SUBJECT_NAME = 'urn:oasis:names:tc:SAML:1.1:nameid-format:X509SubjectName';

interface SignedAssertion {
  readonly vihf: Vihf;
  /** As it stands in the message. */
  readonly assertion: XmlElement;
  readonly verification: AssertionVerification;
}

/** Signature of the assertion: right, over the whole assertion, not SHA-1. */
export function checkSignature(report: Report<VihfRule>, { vihf, assertion, verification }: SignedAssertion): void {
  const where = `${vihf.path}/Signature[1]`;
  const own = `#${attribute(assertion, 'ID', '') ?? ''}`;
  const astray = referencesOf(assertion).filter((uri) => uri !== own);
  if (astray.length > 0) {
    report.add('VIHF-SIGNATURE', {
      where: `${where}/SignedInfo[1]`,
      received: `une signature qui porte sur ${astray.map((uri) => (uri === '' ? 'le document entier' : uri.slice(0, 100))).join(', ')}`,
      expected: `${own}, une référence à l’ID de l’assertion elle-même`,
      remedy: 'Faites porter Reference/@URI sur l’ID de l’assertion.',
    });
  } else if (!verification.ok && isBenchLimit(verification.fault)) {
    report.add('VIHF-LIMIT', limitBreach(where, 'la signature du VIHF', verification.fault));
  } else if (!verification.ok) {
    report.add('VIHF-SIGNATURE', {
      where,
      received: verification.fault.message,
      expected: 'une signature XML juste de cette assertion, dont KeyInfo porte le certificat',
      remedy:
        'Signez l’assertion en dernier (exc-c14n, enveloped-signature) et ne la modifiez plus : ni indentation, ni préfixe.',
    });
  }
  if (!verification.ok) return;
  const algorithms = [verification.signatureAlgorithm, ...verification.digestAlgorithms];
  const weak = algorithms.filter((algorithm) => /sha1$/i.test(algorithm));
  if (weak.length > 0) {
    report.add('VIHF-SIGNATURE-ALGORITHM', {
      where: `${where}/SignedInfo[1]`,
      received: [...new Set(weak)].join(', '),
      expected: 'rsa-sha256 et sha256',
      remedy: 'Passez la signature et le condensat à SHA-256.',
    });
  }
}

/** URIs of the references of the one signature that an assertion carries. */
function referencesOf(assertion: XmlElement): readonly string[] {
  const signature = child(assertion, 'Signature', DSIG);
  const info = signature && child(signature, 'SignedInfo', DSIG);
  return info === undefined ? [] : children(info, 'Reference', DSIG).map((one) => attribute(one, 'URI', '') ?? '');
}

/** Issuer, usage and structure of the certificates. */
export function checkCertificates(
  report: Report<VihfRule>,
  vihf: Vihf,
  verification: AssertionVerification,
  tls: TlsPeer | undefined,
): void {
  const { certificate } = verification;
  const signing = certificate && new X509Certificate(certificate);
  checkIssuer(report, vihf, signing);
  if (signing !== undefined) checkUsage(report, vihf, signing, tls);
  if (vihf.mode === 'DIRECTE') checkHolder(report, vihf, signing, tls);
  // With a CPS card the OU of the certificate is a profession: only organisation certificates name the structure.
  if (!vihf.mode.startsWith('INDIRECTE') || vihf.structure === '') return;
  const units = (names: readonly string[] | undefined): readonly string[] =>
    (names ?? []).flatMap((rdn) => (rdn.startsWith('OU=') ? [rdn.slice(3)] : []));
  for (const [what, found] of [
    ['certificat signataire', units(signing && readDistinguishedName(signing.subject))],
    ['certificat TLS', units(tls?.subject)],
  ] as const) {
    if (found.length === 0 || found.includes(vihf.structure)) continue;
    report.add('VIHF-STRUCTURE-COHERENCE', {
      where: `${vihf.path}, attribut Identifiant_Structure`,
      received: vihf.structure,
      expected: `${found.join(', ')} (OU du ${what})`,
      remedy: 'Employez les certificats de la structure au nom de laquelle la requête est faite.',
    });
  }
}

/** The structure is not in the certificate of a card: only the holder can be compared. */
function checkHolder(
  report: Report<VihfRule>,
  vihf: Vihf,
  signing: X509Certificate | undefined,
  tls: TlsPeer | undefined,
): void {
  const holderOf = (names: readonly string[] | undefined): string | undefined =>
    names?.find((rdn) => rdn.startsWith('CN='))?.slice(3);
  for (const [what, holder] of [
    ['certificat signataire', holderOf(signing && readDistinguishedName(signing.subject))],
    ['certificat TLS', holderOf(tls?.subject)],
  ] as const) {
    if (holder === undefined || holder === vihf.nameId) continue;
    report.add('VIHF-CARD-HOLDER', {
      where: `${vihf.path}/Subject[1]/NameID[1]`,
      received: vihf.nameId || 'absent',
      expected: `${holder}, porteur de la carte (CN du ${what})`,
      remedy: 'Lisez NameID de la carte CPS, et employez la même carte pour signer et pour la session TLS.',
    });
  }
}

function checkIssuer(report: Report<VihfRule>, vihf: Vihf, signing: X509Certificate | undefined): void {
  const where = `${vihf.path}/Issuer[1]`;
  const element = child(vihf.assertion, 'Issuer', SAML);
  const format = element && attribute(element, 'Format', '');
  if (format !== X509_SUBJECT_NAME) {
    report.add('VIHF-ISSUER', {
      where: `${where}/@Format`,
      received: format ?? 'absent',
      expected: X509_SUBJECT_NAME,
      remedy: 'Renseignez le Format de l’Issuer.',
    });
  }
  if (signing !== undefined && !sameDistinguishedName(vihf.issuer, signing.subject)) {
    report.add('VIHF-ISSUER', {
      where,
      received: vihf.issuer || 'absent',
      expected: readDistinguishedName(signing.subject).toReversed().join(','),
      remedy: 'Recopiez le sujet du certificat signataire dans Issuer.',
    });
  }
}

function checkUsage(report: Report<VihfRule>, vihf: Vihf, signing: X509Certificate, tls: TlsPeer | undefined): void {
  const where = `${vihf.path}/Signature[1]/KeyInfo[1]`;
  const remedy =
    'Signez avec le certificat de signature (CPS signature, ou cachet ORG_SIGN) ; gardez celui d’authentification pour TLS.';
  // Node names `keyUsage` the extended key usages, and gives undefined when the extension is absent.
  const usages: readonly string[] | undefined = signing.keyUsage;
  if (usages?.includes(CLIENT_AUTH)) {
    report.add('VIHF-SIGN-CERTIFICATE', {
      where,
      received: 'un certificat d’authentification (clientAuth)',
      expected: 'un certificat de signature',
      remedy,
    });
  } else if (tls?.certificate !== undefined && Buffer.from(tls.certificate).equals(signing.raw)) {
    report.add('VIHF-SIGN-CERTIFICATE', {
      where,
      received: 'le certificat présenté dans la session TLS',
      expected: 'un certificat de signature, distinct de celui de TLS',
      remedy,
    });
  }
}
