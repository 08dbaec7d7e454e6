import { attribute, at, child, children, descendants, type XmlElement } from '../xml/index.ts';
import type { SamlAssertion } from './types.ts';

export const SAML2 = 'urn:oasis:names:tc:SAML:2.0:assertion';
/** Format of an Issuer that is the subject of a certificate. */
export const X509_SUBJECT_NAME = 'urn:oasis:names:tc:SAML:1.1:nameid-format:X509SubjectName';

/**
 * Reads a SAML 2.0 assertion. Nothing is judged, and nothing read from a message may be trusted before its signature is:
 * see `verifyAssertion`.
 * @param element the `saml2:Assertion`
 * Source: SAML core 2.0 §2.3.
 */
export function readAssertion(element: XmlElement): SamlAssertion {
  const issuer = child(element, 'Issuer', SAML2);
  const subject = child(element, 'Subject', SAML2);
  const conditions = child(element, 'Conditions', SAML2);
  return {
    id: attributeOf(element, 'ID'),
    version: attributeOf(element, 'Version'),
    issueInstant: attributeOf(element, 'IssueInstant'),
    issuer: issuer?.text.trim() ?? '',
    issuerFormat: attributeOf(issuer, 'Format'),
    nameId: (subject && at(subject, 'NameID')?.text.trim()) ?? '',
    notBefore: attributeOf(conditions, 'NotBefore'),
    notOnOrAfter: attributeOf(conditions, 'NotOnOrAfter'),
    authnInstants: children(element, 'AuthnStatement', SAML2).map((one) => attributeOf(one, 'AuthnInstant')),
    attributes: attributesOf(element),
    element,
  };
}

function attributesOf(assertion: XmlElement): ReadonlyMap<string, readonly string[]> {
  const read = new Map<string, readonly string[]>();
  for (const statement of children(assertion, 'AttributeStatement', SAML2)) {
    for (const item of descendants(statement, 'Attribute', SAML2)) {
      const name = attributeOf(item, 'Name');
      const values = children(item, 'AttributeValue', SAML2).map((value) => value.text.trim());
      read.set(name, [...(read.get(name) ?? []), ...values]);
    }
  }
  return read;
}

function attributeOf(element: XmlElement | undefined, name: string): string {
  return (element && attribute(element, name, '')?.trim()) ?? '';
}
