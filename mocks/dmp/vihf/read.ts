import { parseCx } from '#formats/ebrim/index.ts';
import { attribute, at, child, children, descendants, type XmlElement } from '#formats/xml/index.ts';
import { SAML2 } from '../vocabulary.ts';

export interface CodedValue {
  readonly code: string;
  readonly system: string;
}

/** What a VIHF says, values untouched but trimmed. */
export interface Vihf {
  readonly issuer: string;
  readonly nameId: string;
  /** ISO 8601, as written. */
  readonly issueInstant: string;
  readonly notBefore?: string;
  readonly notOnOrAfter?: string;
  /** Struct_IdNat. */
  readonly structure: string;
  readonly roles: readonly CodedValue[];
  /** Upper case: `DIRECTE`, `INDIRECTE`, `INDIRECTE_RENFORCEE`. */
  readonly mode: string;
  /** Patient of the call. */
  readonly patient?: { readonly ins: string; readonly oid: string };
  readonly homologation: string;
  /** Access mode: `normal`, `bris_de_glace`, `centre_15`. */
  readonly purpose: string;
  readonly purposeSystem: string;
  /** AuthnContextClassRef, whole. */
  readonly authnClass: string;
  /** AuthnContextDecl: how the person proved who they are, in `INDIRECTE_RENFORCEE`. */
  readonly hasAuthnDecl: boolean;
  /** subject-id. */
  readonly subjectName: string;
  /** Attributes by lower-case name: both spellings of Authentification_Mode are in accepted traffic. */
  readonly attributes: ReadonlyMap<string, readonly string[]>;
}

/** Attribute names that more than one file needs, in lower case. */
export const VIHF_ATTRIBUTES = {
  role: 'urn:oasis:names:tc:xacml:2.0:subject:role',
  subjectId: 'urn:oasis:names:tc:xspa:1.0:subject:subject-id',
  resourceId: 'urn:oasis:names:tc:xacml:2.0:resource:resource-id',
  purpose: 'urn:oasis:names:tc:xspa:1.0:subject:purposeofuse',
} as const;

/**
 * Reads a VIHF.
 * @param assertion the `saml2:Assertion` element, taken from the signed reference
 * Source: protocols.md §2.10.
 */
export function readVihf(assertion: XmlElement): Vihf {
  const attributes = new Map<string, readonly string[]>();
  const roles: CodedValue[] = [];
  const purposes: CodedValue[] = [];
  for (const item of descendants(assertion, 'Attribute', SAML2)) {
    const name = attribute(item, 'Name')?.trim().toLowerCase() ?? '';
    const values = children(item, 'AttributeValue', SAML2);
    const coded = values.flatMap(codedValues);
    const texts = values.map((value) => value.text.trim());
    attributes.set(name, coded.length > 0 ? coded.map(({ code }) => code) : texts.filter((text) => text !== ''));
    if (name === VIHF_ATTRIBUTES.role) roles.push(...coded);
    if (name === VIHF_ATTRIBUTES.purpose) purposes.push(...coded);
  }
  const first = (name: string): string => attributes.get(name)?.[0] ?? '';
  const conditions = child(assertion, 'Conditions', SAML2);
  const notBefore = conditions && attribute(conditions, 'NotBefore');
  const notOnOrAfter = conditions && attribute(conditions, 'NotOnOrAfter');
  const context = at(assertion, 'AuthnStatement', 'AuthnContext');
  const declaration = context && child(context, 'AuthnContextDecl', SAML2);
  const resource = parseCx(first(VIHF_ATTRIBUTES.resourceId));
  return {
    issuer: child(assertion, 'Issuer', SAML2)?.text.trim() ?? '',
    nameId: at(assertion, 'Subject', 'NameID')?.text.trim() ?? '',
    issueInstant: attribute(assertion, 'IssueInstant') ?? '',
    ...(notBefore === undefined ? {} : { notBefore }),
    ...(notOnOrAfter === undefined ? {} : { notOnOrAfter }),
    structure: first('identifiant_structure'),
    roles,
    mode: first('authentification_mode').toUpperCase(),
    ...(resource.id === '' ? {} : { patient: { ins: resource.id, oid: resource.authority.universalId } }),
    homologation: first('lps_id_homologation_dmp'),
    purpose: purposes[0]?.code ?? '',
    purposeSystem: purposes[0]?.system ?? '',
    authnClass: (context && child(context, 'AuthnContextClassRef', SAML2))?.text.trim() ?? '',
    hasAuthnDecl:
      declaration !== undefined &&
      (declaration.text.trim() !== '' || declaration.children.some(({ kind }) => kind === 'element')),
    subjectName: first(VIHF_ATTRIBUTES.subjectId),
    attributes,
  };
}

/** `<Role code codeSystem/>` or `<PurposeOfUse code codeSystem/>` inside an AttributeValue. */
function codedValues(value: XmlElement): CodedValue[] {
  return value.children.flatMap((node) => {
    if (node.kind === 'text') return [];
    const code = attribute(node, 'code');
    return code === undefined ? [] : [{ code: code.trim(), system: attribute(node, 'codeSystem')?.trim() ?? '' }];
  });
}
