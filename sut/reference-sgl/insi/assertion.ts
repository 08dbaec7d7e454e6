import { randomUUID } from 'node:crypto';
import { SignedXml } from 'xml-crypto';
import { el, textEl } from '../xml/index.ts';
import type { ProfessionalCard } from './card.ts';

const SAML = 'urn:oasis:names:tc:SAML:2.0:assertion';
const RSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';
const RSA_SHA1 = 'http://www.w3.org/2000/09/xmldsig#rsa-sha1';
const EXCLUSIVE_C14N = 'http://www.w3.org/2001/10/xml-exc-c14n#';
/** Well under the 20 minutes that INSi allows. */
const LIFETIME_MS = 10 * 60_000;
const TOO_OLD_MS = 40 * 60_000;

/**
 * SAML 2.0 assertion signed by a CPS card. It stands alone, so that placing it in an envelope leaves its signature valid
 * (exclusive canonicalization). Source: protocols.md §1.2 (CPx mode).
 *
 * @param nameId PS_IdNat of the professional, or the number read on the Vitale card: how the latter's own assertion is
 *   signed is not public, and a bench has no Vitale card, so the same card signs both
 */
export function signAssertion(
  nameId: string,
  card: ProfessionalCard,
  at: Date,
  faults: ReadonlySet<string> = new Set(),
): string {
  const issued = faults.has('insi-assertion-perimee') ? new Date(at.getTime() - TOO_OLD_MS) : at;
  const instant = issued.toISOString();
  const end = new Date(issued.getTime() + LIFETIME_MS).toISOString();
  const assertion = el(
    'saml2:Assertion',
    { 'xmlns:saml2': SAML, ID: `_${randomUUID()}`, IssueInstant: instant, Version: '2.0' },
    textEl('saml2:Issuer', faults.has('insi-assertion-emetteur') ? 'CN=inconnu,C=FR' : card.subject, {
      Format: 'urn:oasis:names:tc:SAML:1.1:nameid-format:X509SubjectName',
    }),
    el('saml2:Subject', {}, textEl('saml2:NameID', nameId)),
    el('saml2:Conditions', { NotBefore: instant, NotOnOrAfter: end }),
    !faults.has('insi-assertion-incomplete') &&
      el(
        'saml2:AuthnStatement',
        { AuthnInstant: instant },
        el(
          'saml2:AuthnContext',
          {},
          textEl('saml2:AuthnContextClassRef', 'urn:oasis:names:tc:SAML:2.0:ac:classes:X509'),
        ),
      ),
  );
  const signed = sign(assertion, card, faults.has('insi-assertion-sha1') ? RSA_SHA1 : RSA_SHA256);
  // Something changed after the signature: the digest no longer holds.
  return faults.has('insi-assertion-alteree') ? signed.replace('ac:classes:X509', 'ac:classes:SmartcardPKI') : signed;
}

function sign(assertion: string, card: ProfessionalCard, signatureAlgorithm: string): string {
  const signature = new SignedXml({
    privateKey: card.privateKey,
    signatureAlgorithm,
    canonicalizationAlgorithm: EXCLUSIVE_C14N,
    getKeyInfoContent: () => `<ds:X509Data><ds:X509Certificate>${card.certificate}</ds:X509Certificate></ds:X509Data>`,
  });
  signature.addReference({
    xpath: "/*[local-name(.)='Assertion']",
    transforms: ['http://www.w3.org/2000/09/xmldsig#enveloped-signature', EXCLUSIVE_C14N],
    digestAlgorithm: 'http://www.w3.org/2001/04/xmlenc#sha256',
  });
  signature.computeSignature(assertion, {
    prefix: 'ds',
    location: { reference: "/*[local-name(.)='Assertion']/*[local-name(.)='Issuer']", action: 'after' },
  });
  return signature.getSignedXml();
}
