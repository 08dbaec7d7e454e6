/** HL7 v2.5 data types as XDS metadata writes them: `^` between components, `&` between sub-components, no escaping. */

/** Assigning authority `&oid&ISO`: the namespace id is left empty in XDS. */
export interface AssigningAuthority {
  readonly namespaceId: string;
  readonly universalId: string;
  readonly universalIdType: string;
}

/** Person, system or patient acting as author. */
export interface Xcn {
  readonly id: string;
  readonly familyName: string;
  readonly givenName: string;
  /** XCN.9 */
  readonly authority: AssigningAuthority;
  /** XCN.10 */
  readonly nameType: string;
  /** XCN.13 */
  readonly identifierType: string;
  readonly components: readonly string[];
}

/** Organisation. */
export interface Xon {
  readonly name: string;
  /** XON.6 */
  readonly authority: AssigningAuthority;
  /** XON.7 */
  readonly identifierType: string;
  /** XON.10 */
  readonly id: string;
  readonly components: readonly string[];
}

/** Patient identifier, or identifier of `referenceIdList` (CXi). */
export interface Cx {
  readonly id: string;
  /** CX.4 */
  readonly authority: AssigningAuthority;
  /** CX.5 */
  readonly identifierType: string;
  readonly components: readonly string[];
}

/** Coded element. */
export interface Ce {
  readonly code: string;
  readonly label: string;
  readonly system: string;
  readonly components: readonly string[];
}

/** Reads `id^NOM^Prénom^^^^^^&oid&ISO^D^^^IDNPS`. Absent components are empty strings. */
export function parseXcn(value: string): Xcn {
  const c = value.split('^');
  return {
    id: c[0] ?? '',
    familyName: c[1] ?? '',
    givenName: c[2] ?? '',
    authority: authorityOf(c[8]),
    nameType: c[9] ?? '',
    identifierType: c[12] ?? '',
    components: c,
  };
}

/** Reads `Nom^^^^^&oid&ISO^IDNST^^^id`. */
export function parseXon(value: string): Xon {
  const c = value.split('^');
  return {
    name: c[0] ?? '',
    authority: authorityOf(c[5]),
    identifierType: c[6] ?? '',
    id: c[9] ?? '',
    components: c,
  };
}

/** Reads `id^^^&oid&ISO^NH`. */
export function parseCx(value: string): Cx {
  const c = value.split('^');
  return { id: c[0] ?? '', authority: authorityOf(c[3]), identifierType: c[4] ?? '', components: c };
}

/** Reads `code^label^oid`. */
export function parseCe(value: string): Ce {
  const c = value.split('^');
  return { code: c[0] ?? '', label: c[1] ?? '', system: c[2] ?? '', components: c };
}

function authorityOf(component: string | undefined): AssigningAuthority {
  const s = (component ?? '').split('&');
  return { namespaceId: s[0] ?? '', universalId: s[1] ?? '', universalIdType: s[2] ?? '' };
}
