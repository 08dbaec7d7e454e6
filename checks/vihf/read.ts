import type { AssertionVerification } from '#formats/saml/index.ts';
import { WSSE, type SoapEnvelope } from '#formats/soap/index.ts';
import { attribute, child, children, descendants, type XmlElement } from '#formats/xml/index.ts';
import type { Vihf } from './types.ts';

export const SAML = 'urn:oasis:names:tc:SAML:2.0:assertion';

export const ROLE = 'urn:oasis:names:tc:xacml:2.0:subject:role';
export const RESOURCE_ID = 'urn:oasis:names:tc:xacml:2.0:resource:resource-id';
export const SUBJECT_ID = 'urn:oasis:names:tc:xspa:1.0:subject:subject-id';
/** Secret connection of a minor. */
export const CONFIDENTIALITY = 'urn:oasis:names:tc:xspa:1.0:resource:patient:hl7:confidentiality-code';
export const PURPOSE = 'urn:oasis:names:tc:xspa:1.0:subject:purposeofuse';

/** Assertions of `wsse:Security`. */
export function assertionsOf(envelope: SoapEnvelope): readonly XmlElement[] {
  const security = envelope.header ? children(envelope.header, 'Security', WSSE) : [];
  return security.flatMap((e) => children(e, 'Assertion', SAML));
}

/**
 * Reads an assertion, from the signed reference when there is a right signature over this very assertion.
 *
 * @param assertion as found in the message
 * @param verification of its signature
 */
export function readVihf(assertion: XmlElement, verification: AssertionVerification): Vihf {
  const read = verification.ok ? verification.assertion.element : assertion;
  const statement = child(read, 'AttributeStatement', SAML);
  const list = statement ? children(statement, 'Attribute', SAML) : [];
  const attributes = new Map<string, string>();
  for (const one of list) {
    const name = attribute(one, 'Name') ?? '';
    if (!attributes.has(name)) attributes.set(name, child(one, 'AttributeValue', SAML)?.text.trim() ?? '');
  }
  const subject = child(read, 'Subject', SAML);
  return {
    assertion: read,
    path: assertion.path,
    signed: verification.ok,
    issueInstant: attribute(read, 'IssueInstant', '') ?? '',
    issuer: child(read, 'Issuer', SAML)?.text.trim() ?? '',
    nameId: (subject && child(subject, 'NameID', SAML))?.text.trim() ?? '',
    attributes,
    structure: attributes.get('Identifiant_Structure') ?? '',
    mode: attributes.get('Authentification_Mode') ?? attributes.get('Authentification_mode') ?? '',
    resourceId: attributes.get(RESOURCE_ID) ?? '',
    roles: codedValues(read, ROLE, 'Role'),
  };
}

/** Coded elements (`Role`, `PurposeOfUse`) inside the values of an attribute. */
export function codedValues(
  assertion: XmlElement,
  name: string,
  local: string,
): readonly { readonly code: string; readonly codeSystem: string }[] {
  return descendants(assertion, 'Attribute', SAML)
    .filter((one) => attribute(one, 'Name') === name)
    .flatMap((one) => descendants(one, local, 'urn:hl7-org:v3'))
    .map((e) => ({ code: attribute(e, 'code', '') ?? '', codeSystem: attribute(e, 'codeSystem', '') ?? '' }));
}
