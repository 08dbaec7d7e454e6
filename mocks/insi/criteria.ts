import { attribute, child, children, type XmlElement } from '#formats/xml/index.ts';
import { readMatricule } from './matricule.ts';
import type { VerificationNames } from './operations.ts';
import type { InsiRequest } from './request.ts';
import { breachOf, type Sequence } from './schema.ts';
import type { InsiSettings } from './settings.ts';
import { LUNAR_DATE, readTraits, type SentTraits, textOf, TRAIT_NAMES } from './trait-fields.ts';

/** What was read on a Vitale card. */
export interface CardCriteria {
  /** 15 characters; absent when the card does not carry the number of the person. */
  readonly bearer?: string;
  readonly holder?: string;
  readonly birthName?: string;
  readonly birthDate?: string;
  readonly birthRank?: number;
}

/** One identity to verify. */
export interface IdentityToVerify {
  /** Reference given by the product; empty in a unit verification. */
  readonly reference: string;
  /** 15 characters. */
  readonly ins: string;
  readonly oid: string;
  readonly traits: SentTraits;
}

/** What a request asks for. */
export type InsiCriteria =
  | { readonly kind: 'traits'; readonly traits: SentTraits }
  | { readonly kind: 'vitale'; readonly card: CardCriteria }
  | { readonly kind: 'verification'; readonly identities: readonly IdentityToVerify[] };

export type Reading<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly reason: string };

const TRAITS_SEQUENCE: Sequence = {
  names: ['NomNaissance', 'Prenom', 'Sexe', 'DateNaissance', 'LieuNaissance'],
  repeated: ['Prenom'],
};
const CARD_SEQUENCE: Sequence = {
  names: ['MatriculeIndividu', 'MatriculeOD', 'NomNaissance', 'DateNaissance', 'RangNaissance'],
};
const MATRICULE_SEQUENCE: Sequence = { names: ['NumIdentifiant', 'Cle', 'TypeMatricule'] };

/**
 * Reads what a request asks for, as the schema types it.
 * @returns the criteria, or a French reason when a value breaks its type or a functionally required one is missing
 * Source: protocols.md §1.4; the messages of verification are the bench's (`operations.json`).
 */
export function readCriteria(
  { operation, payload }: InsiRequest,
  { profile, vocabulary }: InsiSettings,
): Reading<InsiCriteria> {
  const strict = profile.validateSchema;
  switch (operation.kind) {
    case 'traits': {
      const reason = strict ? breachOf(payload, TRAITS_SEQUENCE) : undefined;
      if (reason !== undefined) return refuse(reason);
      const read = readTraits(payload, TRAIT_NAMES, profile.requireTraits);
      return read.ok ? { ok: true, value: { kind: 'traits', traits: read.traits } } : read;
    }
    case 'vitale': {
      const read = readCard(payload, strict);
      return read.ok ? { ok: true, value: { kind: 'vitale', card: read.value } } : read;
    }
    case 'unit': {
      const read = readIdentity(payload, '', vocabulary.verification);
      return read.ok ? { ok: true, value: { kind: 'verification', identities: [read.value] } } : read;
    }
    case 'bulk':
      return readBulk(payload, vocabulary.verification, profile.maxVerifications);
  }
}

function readCard(payload: XmlElement, strict: boolean): Reading<CardCriteria> {
  const numbers: { bearer?: string; holder?: string } = {};
  const breach = strict ? breachOf(payload, CARD_SEQUENCE) : undefined;
  if (breach !== undefined) return refuse(breach);
  for (const [key, name] of [
    ['bearer', 'MatriculeIndividu'],
    ['holder', 'MatriculeOD'],
  ] as const) {
    const element = child(payload, name);
    if (element === undefined) continue;
    const inside = strict ? breachOf(element, MATRICULE_SEQUENCE) : undefined;
    if (inside !== undefined) return refuse(inside);
    const read = readMatricule(element);
    if (!read.ok) return refuse(`${name} : ${read.reason}`);
    numbers[key] = read.ins;
  }
  const birthName = textOf(payload, 'NomNaissance');
  const birthDate = textOf(payload, 'DateNaissance');
  const rank = textOf(payload, 'RangNaissance');
  if (birthDate !== '' && !LUNAR_DATE.test(birthDate)) {
    return refuse(`DateNaissance « ${birthDate.slice(0, 40)} » : AAAA-MM-JJ attendu`);
  }
  if (rank !== '' && !/^[1-9]$/.test(rank))
    return refuse(`RangNaissance « ${rank.slice(0, 40)} » : un chiffre attendu`);
  if (numbers.bearer === undefined) {
    if (numbers.holder === undefined) return refuse('ni MatriculeIndividu ni MatriculeOD');
    if (birthDate === '') return refuse('sans MatriculeIndividu, DateNaissance est nécessaire avec MatriculeOD');
  }
  return {
    ok: true,
    value: {
      ...numbers,
      ...(birthName !== '' && { birthName }),
      ...(birthDate !== '' && { birthDate }),
      ...(rank !== '' && { birthRank: Number(rank) }),
    },
  };
}

function readBulk(payload: XmlElement, names: VerificationNames, most: number): Reading<InsiCriteria> {
  const entries = children(payload, names.entry);
  if (entries.length === 0) return refuse(`aucun élément ${names.entry}`);
  if (entries.length > most) return refuse(`${entries.length} identités à vérifier, ${most} au plus sont acceptées`);
  const identities: IdentityToVerify[] = [];
  const references = new Set<string>();
  for (const [index, entry] of entries.entries()) {
    const reference = attribute(entry, names.reference)?.trim() ?? '';
    if (reference === '' || reference.length > 200 || references.has(reference)) {
      return refuse(
        `${names.entry} n° ${index + 1} : attribut ${names.reference} absent, trop long ou déjà donné (« ${reference.slice(0, 40)} »)`,
      );
    }
    references.add(reference);
    const read = readIdentity(entry, reference, names);
    if (!read.ok) return refuse(`${names.entry} « ${reference.slice(0, 40)} » : ${read.reason}`);
    identities.push(read.value);
  }
  return { ok: true, value: { kind: 'verification', identities } };
}

function readIdentity(parent: XmlElement, reference: string, names: VerificationNames): Reading<IdentityToVerify> {
  const holder = child(parent, names.matricule);
  if (holder === undefined) return refuse(`${names.matricule} absent`);
  const matricule = readMatricule(holder, names);
  if (!matricule.ok) return matricule;
  const oid = textOf(holder, names.oid);
  if (!/^\d+(\.\d+)+$/.test(oid)) return refuse(`${names.oid} « ${oid.slice(0, 40)} » : un OID attendu`);
  // A verification without the traits would verify nothing: they are required in every profile.
  const read = readTraits(parent, names, true);
  return read.ok ? { ok: true, value: { reference, ins: matricule.ins, oid, traits: read.traits } } : read;
}

function refuse(reason: string): { readonly ok: false; readonly reason: string } {
  return { ok: false, reason };
}
