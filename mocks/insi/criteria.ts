import { at, child, children, type XmlElement } from '#formats/xml/index.ts';
import { nirKey } from '#formats/nir/index.ts';
import type { InsiSettings } from './settings.ts';
import type { InsiRequest } from './request.ts';
import { TRAITS_SEARCH } from './vocabulary.ts';

/** What a request asks for. */
export type InsiCriteria =
  | {
      readonly kind: 'traits';
      readonly birthName: string;
      readonly firstNames: readonly string[];
      readonly sex: string;
      readonly birthDate: string;
      readonly birthPlace?: string;
    }
  | {
      readonly kind: 'vitale';
      /** 15 characters. */
      readonly ins: string;
      readonly birthDate?: string;
    };

export type InsiCriteriaReading =
  | { readonly ok: true; readonly criteria: InsiCriteria }
  | { readonly ok: false; readonly reason: string };

/** « Lunar » dates: day or month may be 00 or above 12. Source: protocols.md §1.4. */
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const COG = /^[A-Za-z0-9]{5}$/;
const THIRTEEN = /^\d{6}[A-Za-z0-9]\d{6}$/;

/**
 * Reads the criteria of a search, as the schema types them.
 * @returns the criteria, or a French reason when a value breaks its type or a functionally required one is missing
 * Source: protocols.md §1.4.
 */
export function readCriteria(request: InsiRequest, settings: InsiSettings): InsiCriteriaReading {
  return request.operation === TRAITS_SEARCH
    ? readTraits(request.payload, settings.profile.requireTraits)
    : readVitale(request.payload);
}

function readTraits(payload: XmlElement, required: boolean): InsiCriteriaReading {
  const birthName = textOf(payload, 'NomNaissance');
  const firstNames = children(payload, 'Prenom')
    .map((element) => element.text.trim())
    .filter((name) => name !== '');
  const sex = textOf(payload, 'Sexe');
  const birthDate = textOf(payload, 'DateNaissance');
  const birthPlace = textOf(payload, 'LieuNaissance');
  if (sex !== '' && !/^[A-Z]$/.test(sex)) return refuse(`Sexe « ${sex} » : une lettre attendue`);
  if (birthDate !== '' && !DATE.test(birthDate)) return refuse(`DateNaissance « ${birthDate} » : AAAA-MM-JJ attendu`);
  if (child(payload, 'LieuNaissance') && !COG.test(birthPlace)) {
    return refuse(`LieuNaissance « ${birthPlace} » : code COG à 5 caractères attendu`);
  }
  if (required) {
    const missing = [
      birthName === '' ? 'NomNaissance' : '',
      firstNames.length === 0 ? 'Prenom' : '',
      sex === '' ? 'Sexe' : '',
      birthDate === '' ? 'DateNaissance' : '',
    ].filter((name) => name !== '');
    if (missing.length > 0) return refuse(`traits obligatoires absents : ${missing.join(', ')}`);
  }
  const traits = { kind: 'traits', birthName, firstNames, sex, birthDate } as const;
  return { ok: true, criteria: birthPlace === '' ? traits : { ...traits, birthPlace } };
}

function readVitale(payload: XmlElement): InsiCriteriaReading {
  const holder = child(payload, 'MatriculeIndividu') ?? child(payload, 'MatriculeOD');
  const number = (holder && at(holder, 'NumIdentifiant')?.text.trim()) ?? '';
  if (!THIRTEEN.test(number)) return refuse(`NumIdentifiant « ${number} » : 13 caractères attendus`);
  const key = (holder && at(holder, 'Cle')?.text.trim()) || (nirKey(number) ?? '');
  if (!/^\d{2}$/.test(key)) return refuse(`Cle « ${key} » : deux chiffres attendus`);
  const birthDate = textOf(payload, 'DateNaissance');
  if (birthDate !== '' && !DATE.test(birthDate)) return refuse(`DateNaissance « ${birthDate} » : AAAA-MM-JJ attendu`);
  const criteria = { kind: 'vitale', ins: number + key } as const;
  return { ok: true, criteria: birthDate === '' ? criteria : { ...criteria, birthDate } };
}

function textOf(parent: XmlElement, local: string): string {
  return child(parent, local)?.text.trim() ?? '';
}

function refuse(reason: string): InsiCriteriaReading {
  return { ok: false, reason };
}
