import { child, children, type XmlElement } from '#formats/xml/index.ts';

/** Names of the elements that carry the traits. */
export interface TraitNames {
  readonly birthName: string;
  readonly firstName: string;
  readonly sex: string;
  readonly birthDate: string;
  readonly birthPlace: string;
}

/** Traits as sent, trimmed; an absent element is an empty string. */
export interface SentTraits {
  readonly birthName: string;
  readonly firstNames: readonly string[];
  readonly sex: string;
  readonly birthDate: string;
  readonly birthPlace?: string;
}

export type TraitsReading =
  | { readonly ok: true; readonly traits: SentTraits }
  | { readonly ok: false; readonly reason: string };

export const TRAIT_NAMES: TraitNames = {
  birthName: 'NomNaissance',
  firstName: 'Prenom',
  sex: 'Sexe',
  birthDate: 'DateNaissance',
  birthPlace: 'LieuNaissance',
};

/** « Lunar » dates: day or month may be 00 or above 12. Source: protocols.md §1.4. */
export const LUNAR_DATE = /^\d{4}-\d{2}-\d{2}$/;
const COG = /^[A-Za-z0-9]{5}$/;
/** People have rarely more than six first names; a list far above is not one. */
const MAX_FIRST_NAMES = 50;

/**
 * Reads the traits of a search or of a verification, as the schema types them.
 * @param required name, one first name, sex and birth date must be there
 * Source: protocols.md §1.4.
 */
export function readTraits(parent: XmlElement, names: TraitNames, required: boolean): TraitsReading {
  const birthName = textOf(parent, names.birthName);
  const firstNames = children(parent, names.firstName)
    .map((element) => element.text.trim())
    .filter((name) => name !== '');
  const sex = textOf(parent, names.sex);
  const birthDate = textOf(parent, names.birthDate);
  const birthPlace = textOf(parent, names.birthPlace);
  if (sex !== '' && !/^[A-Z]$/.test(sex)) return refuse(`${names.sex} « ${short(sex)} » : une lettre attendue`);
  if (birthDate !== '' && !LUNAR_DATE.test(birthDate)) {
    return refuse(`${names.birthDate} « ${short(birthDate)} » : AAAA-MM-JJ attendu`);
  }
  if (child(parent, names.birthPlace) && !COG.test(birthPlace)) {
    return refuse(`${names.birthPlace} « ${short(birthPlace)} » : code COG à 5 caractères attendu`);
  }
  if (firstNames.length > MAX_FIRST_NAMES) {
    return refuse(`${firstNames.length} éléments ${names.firstName}, ${MAX_FIRST_NAMES} au plus sont acceptés`);
  }
  if (required) {
    const missing = [
      birthName === '' ? names.birthName : '',
      firstNames.length === 0 ? names.firstName : '',
      sex === '' ? names.sex : '',
      birthDate === '' ? names.birthDate : '',
    ].filter((name) => name !== '');
    if (missing.length > 0) return refuse(`traits obligatoires absents : ${missing.join(', ')}`);
  }
  const traits = { birthName, firstNames, sex, birthDate };
  return { ok: true, traits: birthPlace === '' ? traits : { ...traits, birthPlace } };
}

/** Text of a child element, trimmed; empty when absent. */
export function textOf(parent: XmlElement, local: string): string {
  return child(parent, local)?.text.trim() ?? '';
}

function refuse(reason: string): TraitsReading {
  return { ok: false, reason };
}

function short(text: string): string {
  return text.slice(0, 40);
}
