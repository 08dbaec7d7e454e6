import { parseCe, parseCx, parseXcn, parseXon } from '#formats/ebrim/index.ts';
import { OIDS } from '../vocabulary.ts';
import rules from './metadata.json' with { type: 'json' };

/** Syntax of the HL7 v2.5 fields of metadata. Each function gives a French reason, or undefined when the value is right. */

const OID = /^[0-2](\.(0|[1-9]\d*))+$/;

/** A plain OID of at most 64 characters: the DMP does not take `OID^extension`. */
export function oidFault(value: string): string | undefined {
  return OID.test(value) && value.length <= 64
    ? undefined
    : `« ${value} » n'est pas un OID simple de 64 caractères au plus`;
}

/**
 * `yyyyMMddHHmmss`, an instant that exists. That it is UTC cannot be seen.
 * @param whole false: a shorter value passes
 */
export function timeFault(value: string, whole = true): string | undefined {
  const form = whole ? /^\d{14}$/ : /^\d{4}(\d{2}){0,5}$/;
  if (!form.test(value)) return `« ${value} » n'est pas de la forme AAAAMMJJhhmmss`;
  const complete = `${value}${'00000101000000'.slice(value.length)}`;
  const [year, month, day, hour, minute, second] = [0, 4, 6, 8, 10, 12].map((at) =>
    complete.slice(at, at === 0 ? 4 : at + 2),
  );
  const written = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const instant = Date.parse(`${written}Z`);
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(written)
    ? undefined
    : `« ${value} » n'est pas un instant qui existe`;
}

/** Whether a time is written to the second: only then can it be UTC. */
export function isWholeTime(value: string): boolean {
  return value.length === 14;
}

/** Patient identifier `INS15^^^&OID&ISO^NH`; a seventh component, date, is tolerated. */
export function insFault(value: string): string | undefined {
  const { id, authority, identifierType } = parseCx(value);
  const right =
    /^\d{5}(\d\d|2[AB])\d{8}$/.test(id) &&
    OID.test(authority.universalId) &&
    authority.universalIdType === 'ISO' &&
    identifierType === 'NH';
  return right ? undefined : `« ${value} » n'est pas de la forme INS^^^&OID&ISO^NH`;
}

/** Any identifier with its authority: local patient number or INS. */
export function cxFault(value: string): string | undefined {
  const { id, authority, identifierType } = parseCx(value);
  const right =
    id !== '' && OID.test(authority.universalId) && authority.universalIdType === 'ISO' && identifierType !== '';
  return right ? undefined : `« ${value} » n'est pas de la forme id^^^&OID&ISO^type`;
}

/** Person, system or patient: components 1, 2, 3, 9, 10 and 13 are required, XCN-9.1 is empty. */
export function xcnFault(value: string): string | undefined {
  const { id, familyName, givenName, authority, nameType, identifierType } = parseXcn(value);
  const missing = [
    id === '' ? '1' : '',
    familyName === '' ? '2' : '',
    givenName === '' ? '3' : '',
    !OID.test(authority.universalId) || authority.universalIdType !== 'ISO' || authority.namespaceId !== '' ? '9' : '',
    nameType === '' ? '10' : '',
    identifierType === '' ? '13' : '',
  ].filter((component) => component !== '');
  if (missing.length > 0) return `« ${value} » : composante XCN ${missing.join(', ')} absente ou fausse`;
  return typeFault(value, { type: identifierType, authority: authority.universalId }, rules.persons);
}

/** Organisation: components 1, 6, 7 and 10 are required. */
export function xonFault(value: string): string | undefined {
  const { name, authority, identifierType, id } = parseXon(value);
  const missing = [
    name === '' ? '1' : '',
    !OID.test(authority.universalId) || authority.universalIdType !== 'ISO' ? '6' : '',
    identifierType === '' ? '7' : '',
    id === '' ? '10' : '',
  ].filter((component) => component !== '');
  if (missing.length > 0) return `« ${value} » : composante XON ${missing.join(', ')} absente ou fausse`;
  return typeFault(value, { type: identifierType, authority: authority.universalId }, rules.organisations);
}

/** A type of identifier that has a meaning, under the authority that gives such identifiers. Source: protocols.md §2.5. */
function typeFault(
  value: string,
  { type, authority }: { readonly type: string; readonly authority: string },
  known: readonly { readonly type: string; readonly authorities: readonly string[] }[],
): string | undefined {
  const rule = known.find((one) => one.type === type);
  if (!rule)
    return `« ${value} » : type d'identifiant « ${type} » au lieu de ${known.map((one) => one.type).join(', ')}`;
  return rule.authorities.length === 0 || rule.authorities.includes(authority)
    ? undefined
    : `« ${value} » : autorité « ${authority} » au lieu de ${rule.authorities.join(' ou ')} pour ${type}`;
}

/** `G15_10/SM26^label^1.2.250.1.213.1.1.4.5`: label and OID are mandatory. */
export function specialtyFault(value: string): string | undefined {
  const { code, label, system } = parseCe(value);
  return code !== '' && label !== '' && system === OIDS.authorSpecialty
    ? undefined
    : `« ${value} » n'est pas de la forme code^libellé^${OIDS.authorSpecialty}`;
}
