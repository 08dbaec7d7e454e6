import { WSSE, type SoapEnvelope } from '#formats/soap/index.ts';
import { attribute, child, children, descendants, type XmlElement } from '#formats/xml/index.ts';
import { DSIG, verifySignature, type SignatureVerification } from '#formats/xmldsig/index.ts';
import type { Vihf } from './types.ts';

export const SAML = 'urn:oasis:names:tc:SAML:2.0:assertion';

export const ROLE = 'urn:oasis:names:tc:xacml:2.0:subject:role';
export const RESOURCE_ID = 'urn:oasis:names:tc:xacml:2.0:resource:resource-id';
export const SUBJECT_ID = 'urn:oasis:names:tc:xspa:1.0:subject:subject-id';
export const PURPOSE = 'urn:oasis:names:tc:xspa:1.0:subject:purposeofuse';

/** Assertions of `wsse:Security`. */
export function assertionsOf(envelope: SoapEnvelope): readonly XmlElement[] {
  const security = envelope.header ? children(envelope.header, 'Security', WSSE) : [];
  return security.flatMap((e) => children(e, 'Assertion', SAML));
}

/** Verifies the signature that the assertion carries as its child. */
export function verifyAssertion(source: Uint8Array, assertion: XmlElement): SignatureVerification {
  const signature = child(assertion, 'Signature', DSIG);
  if (signature === undefined) {
    return { ok: false, fault: { code: 'SIGNATURE_ABSENT', message: "L'assertion n'est pas signée." } };
  }
  return verifySignature(source, signature.path);
}

/**
 * Reads an assertion, from the signed reference when there is a right signature over this very assertion.
 *
 * @param assertion as found in the message
 * @param verification of its signature
 */
export function readVihf(assertion: XmlElement, verification: SignatureVerification): Vihf {
  const covered = verification.ok
    ? verification.signature.signed.find(
        (e) =>
          e.name.local === 'Assertion' &&
          e.name.namespace === SAML &&
          attribute(e, 'ID', '') === attribute(assertion, 'ID', ''),
      )
    : undefined;
  const read = covered ?? assertion;
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
    signed: covered !== undefined,
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
