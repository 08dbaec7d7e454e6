import type { Professional, SglConfig } from '../model/types.ts';
import { el, textEl } from '../xml/index.ts';
import { type Coded, qualification } from './codes.ts';
import { civility } from './names.ts';

/** Authorities of the national identifiers: professionals and structures. */
const PS_ID_NAT = '1.2.250.1.71.4.2.1';
export const STRUCT_ID_NAT = '1.2.250.1.71.4.2.2';

/** PS_IdNat of the software of the laboratory: `3` + FINESS / internal name (protocols.md §0.1). */
export function systemOf({ laboratory }: SglConfig): string {
  return `3${laboratory.finess}/SGL`;
}

/** A coded element with the triplet the header asks for. */
export function codedEl(name: string, value: Coded, attributes: Readonly<Record<string, string>> = {}): string {
  return el(name, { ...attributes, code: value.code, displayName: value.label, codeSystem: value.system });
}

/** `name` with civility, given name, family name and title of exercise. */
export function personName(person: Professional): string {
  const { prefix, suffix } = civility(person);
  return el(
    'name',
    {},
    prefix && textEl('prefix', prefix),
    textEl('given', person.firstName),
    textEl('family', person.lastName),
    suffix && textEl('suffix', suffix),
  );
}

/** PS_IdNat. */
export function personId(person: Professional): string {
  return el('id', { root: PS_ID_NAT, extension: person.nationalId });
}

/** Profession and speciality; absent when unknown. */
export function personCode(person: Professional): string | undefined {
  const known = qualification(person);
  return known && codedEl('code', known.combined);
}

/** Address of the laboratory in two lines. */
export function laboratoryAddress(config: SglConfig): string {
  const { addressLine, postalCode, city } = config.laboratory;
  return el('addr', {}, textEl('streetAddressLine', addressLine), textEl('streetAddressLine', `${postalCode} ${city}`));
}

/** Telephone of the laboratory, as a `tel:` address. */
export function laboratoryPhone(config: SglConfig): string {
  return el('telecom', { value: `tel:${config.laboratory.phone.replace(/\s/g, '')}`, use: 'WP' });
}

function laboratoryTelecoms(config: SglConfig): string {
  return laboratoryPhone(config) + el('telecom', { value: `mailto:${config.laboratory.mailbox}`, use: 'WP' });
}

/** Identifier, name, telecom and address of the laboratory, as `representedOrganization`. */
function laboratory(config: SglConfig, last: string): string {
  return el(
    'representedOrganization',
    {},
    el('id', { root: STRUCT_ID_NAT, extension: config.laboratory.id }),
    textEl('name', config.laboratory.name),
    laboratoryTelecoms(config),
    laboratoryAddress(config),
    last,
  );
}

/** A biologist as `assignedEntity` / `assignedAuthor`, attached to the laboratory. */
export function assigned(person: Professional, config: SglConfig, name: string, organizationEnd = ''): string {
  return el(
    name,
    {},
    personId(person),
    personCode(person),
    laboratoryAddress(config),
    laboratoryTelecoms(config),
    el('assignedPerson', {}, personName(person)),
    laboratory(config, organizationEnd),
  );
}
