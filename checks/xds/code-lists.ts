import { CODED_METADATA } from '#formats/ebrim/index.ts';
import shipped from './codes.json' with { type: 'json' };

/** Metadata whose codes a list may rule. */
export type CodedMetadata = (typeof CODED_METADATA)[number];

/** Codes that one metadata may take. */
export interface CodeList {
  readonly metadata: CodedMetadata;
  /** As findings cite it, e.g. `JDV_J04 (2026-06)`. */
  readonly name: string;
  /** A code that a complete list does not hold is refused; otherwise only the systems are judged. */
  readonly complete: boolean;
  /** OIDs; empty: any system. */
  readonly systems: readonly string[];
  readonly codes: readonly { readonly code: string; readonly system: string }[];
}

/** Lists that rule the metadata: ours, or those of the user (README of this folder). */
export interface CodeLists {
  readonly lists: readonly CodeList[];
  /** classCode that each typeCode commands (ASS_X04); a type that is not here is not judged. */
  readonly classOfType: readonly { readonly typeCode: string; readonly classCode: string }[];
  /** Confidentiality codes that are not asked for together. */
  readonly forbiddenTogether: readonly (readonly string[])[];
}

export type CodeListsReading =
  | { readonly ok: true; readonly lists: CodeLists }
  /** French sentence: what is wrong, and where in the file. */
  | { readonly ok: false; readonly message: string };

/** At most, so that a hostile file stays a small one. */
const MAX_CODES = 200_000;

/**
 * Reads lists written in the format of this folder (README.md). Parts that are left out stay as they are shipped.
 *
 * @param value JSON, parsed
 */
export function readCodeLists(value: unknown): CodeListsReading {
  if (!isObject(value)) return wrong('la racine', 'un objet JSON');
  const unknown = unknownKey(value, ['source', 'lists', 'classOfType', 'forbiddenTogether']);
  if (unknown !== undefined) return { ok: false, message: unknown };
  const { lists = [], classOfType = [], forbiddenTogether = [] } = value;
  if (!Array.isArray(lists)) return wrong('lists', 'un tableau');
  if (!Array.isArray(classOfType)) return wrong('classOfType', 'un tableau');
  if (!Array.isArray(forbiddenTogether)) return wrong('forbiddenTogether', 'un tableau');
  const read: CodeList[] = [];
  for (const [index, item] of (lists as readonly unknown[]).entries()) {
    const list = readList(item, `lists[${index}]`);
    if (typeof list === 'string') return { ok: false, message: list };
    if (read.some(({ metadata }) => metadata === list.metadata)) {
      return wrong(`lists[${index}].metadata`, `une seule liste pour ${list.metadata}`);
    }
    read.push(list);
  }
  const pairs = (classOfType as readonly unknown[]).filter(isPair);
  if (pairs.length < classOfType.length) return wrong('classOfType', 'des objets { "typeCode", "classCode" }');
  const sets = (forbiddenTogether as readonly unknown[]).filter(isTexts);
  if (sets.length < forbiddenTogether.length) return wrong('forbiddenTogether', 'des tableaux de codes');
  if (read.length + pairs.length + sets.length === 0)
    return wrong('la racine', 'lists, classOfType ou forbiddenTogether');
  return { ok: true, lists: { lists: read, classOfType: pairs, forbiddenTogether: sets } };
}

function readList(item: unknown, where: string): CodeList | string {
  if (!isObject(item)) return sentence(where, 'un objet');
  const unknown = unknownKey(item, ['source', 'metadata', 'name', 'complete', 'systems', 'codes'], where);
  if (unknown !== undefined) return unknown;
  const { metadata, name, complete = false, systems = [], codes = [] } = item;
  const known = CODED_METADATA.find((one) => one === metadata);
  if (known === undefined) return sentence(`${where}.metadata`, CODED_METADATA.join(', '));
  if (typeof name !== 'string' || name === '') return sentence(`${where}.name`, 'un nom');
  if (typeof complete !== 'boolean') return sentence(`${where}.complete`, 'true ou false');
  if (!isTexts(systems)) return sentence(`${where}.systems`, 'un tableau d’OID');
  if (!Array.isArray(codes) || codes.length > MAX_CODES)
    return sentence(`${where}.codes`, `${MAX_CODES} codes au plus`);
  const read: { code: string; system: string }[] = [];
  for (const [index, one] of (codes as readonly unknown[]).entries()) {
    if (!isObject(one) || typeof one['code'] !== 'string' || one['code'] === '' || typeof one['system'] !== 'string') {
      return sentence(`${where}.codes[${index}]`, 'un objet { "code", "system" }');
    }
    read.push({ code: one['code'], system: one['system'] });
  }
  if (complete && read.length === 0) return sentence(`${where}.codes`, 'au moins un code dans une liste complète');
  const all = systems.length > 0 ? systems : [...new Set(read.map(({ system }) => system))];
  return { metadata: known, name, complete, systems: all, codes: read };
}

/** Lists of the second over those of the first, metadata by metadata. */
export function overriddenBy(base: CodeLists, own: CodeLists): CodeLists {
  return {
    lists: [...base.lists.filter((one) => own.lists.every(({ metadata }) => metadata !== one.metadata)), ...own.lists],
    classOfType: own.classOfType.length > 0 ? own.classOfType : base.classOfType,
    forbiddenTogether: own.forbiddenTogether.length > 0 ? own.forbiddenTogether : base.forbiddenTogether,
  };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string' && one !== '');
const isPair = (value: unknown): value is { typeCode: string; classCode: string } =>
  isObject(value) && typeof value['typeCode'] === 'string' && typeof value['classCode'] === 'string';

/** A part that is misspelt would rule nothing without a word. */
function unknownKey(
  value: Readonly<Record<string, unknown>>,
  known: readonly string[],
  where = 'la racine',
): string | undefined {
  const found = Object.keys(value).find((key) => !known.includes(key));
  return found === undefined
    ? undefined
    : `${where} : « ${found.slice(0, 60)} » est inconnu ; admis : ${known.join(', ')}`;
}

function sentence(where: string, expected: string): string {
  return `${where} : ${expected} attendu`;
}

function wrong(where: string, expected: string): CodeListsReading {
  return { ok: false, message: sentence(where, expected) };
}

function shippedLists(): CodeLists {
  const reading = readCodeLists(shipped);
  if (!reading.ok) throw new RangeError(reading.message);
  return reading.lists;
}

/** What is known without any official file. Source: codes.json. */
export const SHIPPED_CODES: CodeLists = shippedLists();
