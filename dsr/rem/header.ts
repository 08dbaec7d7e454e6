import { loadColumns } from './columns.ts';
import type { RequirementNote, ScenarioNote, VendorAnswer } from './types.ts';

/** What a column of a REM workbook holds, whatever its place and the exact words of its header. */
export type Field =
  | RequirementNote
  | ScenarioNote
  | VendorAnswer
  | 'profile'
  | 'sectionId'
  | 'sectionDerived'
  | 'section'
  | 'block'
  | 'function'
  | 'nature'
  | 'requirementId'
  | 'statement'
  | 'scenarioId'
  | 'scenario'
  | 'previousId';

/** One pair of proof columns: number and wording. */
export interface PairHeader {
  readonly part: 'id' | 'text';
  /** Number in the header, 0 when the header has none. */
  readonly rank: number;
}

export type HeaderMeaning =
  | { readonly field: Field }
  | { readonly pair: PairHeader }
  /** A column that `rem export` added: `field` is absent when Jalon writes it from its tracker and does not read it. */
  | { readonly added: true; readonly field?: Field };

/** Headers of the official layouts and what people make of them, on the text reduced by {@link headerKey}. */
const FIELDS: readonly (readonly [RegExp, Field])[] = [
  [/^exigence conditionnelle/u, 'conditional'],
  [/^profils?( concernes?)?$/u, 'profile'],
  [/^profil historique$/u, 'profileHistory'],
  [/^(id|n|code|ref|reference|identifiant) (de )?(la |du )?(section|chapitre)$/u, 'sectionId'],
  [/^section$|^chapitre$|^domaine$|^(titre|libelle|nom|intitule) (de )?(la |du )?(section|chapitre)$/u, 'section'],
  [/^blocs?( fonctionnels?)?$/u, 'block'],
  [/^fonctions?$/u, 'function'],
  [/^nature( (de )?(l )?exigence)?$|^type (d |de l )exigence$/u, 'nature'],
  [/^(id|identifiant)$|^(id|n|code|identifiant) (de )?(l |d )?exigences?( \d{1,2})?$/u, 'requirementId'],
  [/^exigence \d{1,2}$|^exigences (couvertes|associees|liees|concernees|verifiees)$/u, 'requirementId'],
  [/^(ref|reference) (de )?(l |d )?exigence$/u, 'requirementRef'],
  [/^enonces?( |$)|^exigence$|^(texte|libelle|description|intitule) (de )?(l )?exigences?$/u, 'statement'],
  [/^(id|n|code|ref|reference|identifiant) (de |du )?scenarios?( de conformite)?$/u, 'scenarioId'],
  [
    /^scenarios?( de conformite| (coeur|c ur) de metier)?$|^(texte|libelle|description|intitule) (du )?scenarios?( de conformite)?$/u,
    'scenario',
  ],
  [/^statut( de)?( la)? publication$/u, 'publicationStatus'],
  [/^va n 1$|^(id|n|identifiant|exigence) (en )?(va|vague) (1|n 1|precedente)$/u, 'previousId'],
  [/^criticite$/u, 'criticality'],
  [/^perimetre$/u, 'perimeter'],
  [/^commentaires?$/u, 'comment'],
  [/^(n d )?ordre$/u, 'order'],
  [/^version$/u, 'version'],
  [/^bon pour publication$/u, 'readyForPublication'],
  [/^(ref|reference) (du )?cas de test$/u, 'testCaseRef'],
  [/^(ref|reference) (de l )?exigence (du )?socle$/u, 'baseRef'],
  [/^points? de verification$/u, 'verificationPoints'],
  [/^notes? internes?$/u, 'internalNote'],
  [/^rem segur$/u, 'segurRem'],
];

/** The longest header of a published workbook has about 70 characters; a longer cell is a text. */
const MAX_HEADER = 160;

const PROOF_ID = /^(?:id|n|code|ref|reference|identifiant) (?:de )?(?:la )?preuves?(?: n)?(?: ?(\d{1,2}))?$/u;
const PROOF_TEXT =
  /^(?:(?:texte|libelle|description|intitule) (?:de )?(?:la )?)?preuves?(?: attendues?)?(?: n)?(?: ?(\d{1,2}))?$/u;

let added: ReadonlyMap<string, HeaderMeaning> | undefined;

/** Headers that `rem export` adds, by key. They are known by their whole text: `Jalon · Statut` is ours, `Statut` is not. */
function addedHeaders(): ReadonlyMap<string, HeaderMeaning> {
  if (added !== undefined) return added;
  const { complement, vendor } = loadColumns();
  const headers = new Map<string, HeaderMeaning>();
  const notRead = new Set<string>(['status', 'pieces', 'lastRun', 'classification']);
  for (const { field, label } of [...complement.columns, ...vendor.columns]) {
    const meaning: HeaderMeaning = notRead.has(field) ? { added: true } : { added: true, field: field as Field };
    headers.set(headerKey(complement.prefix + label), meaning);
  }
  added = headers;
  return headers;
}

/**
 * Text of a header without what people and spreadsheets change: case, accents, apostrophes, punctuation, spaces of
 * every kind. `N°`, `No`, `Numéro` become `n`, `Réf.` stays `ref`.
 */
export function headerKey(text: string): string {
  return text
    .replace(/[°º]/gu, ' ')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, ' ')
    .trim()
    .replace(/\b(numero|num|no)\b/gu, 'n');
}

/** What people add to a header without changing what the column holds: "(s)", "(si applicable)". */
const ASIDE =
  / (s|si applicable|si besoin|si concerne|le cas echeant|optionnel(le)?s?|facultati(f|fs|ve|ves)|obligatoires?)$/u;

/** What a header means; undefined when it is none that a REM has. */
export function meaningOf(header: string): HeaderMeaning | undefined {
  if (header.length > MAX_HEADER) return undefined;
  const key = headerKey(header);
  return meaningOfKey(key) ?? meaningOfKey(key.replace(ASIDE, ''));
}

function meaningOfKey(key: string): HeaderMeaning | undefined {
  if (key === '') return undefined;
  const id = PROOF_ID.exec(key);
  if (id !== null) return { pair: { part: 'id', rank: Number(id[1] ?? 0) } };
  const text = PROOF_TEXT.exec(key);
  if (text !== null) return { pair: { part: 'text', rank: Number(text[1] ?? 0) } };
  const ours = addedHeaders().get(key);
  if (ours !== undefined) return ours;
  const field = FIELDS.find(([pattern]) => pattern.test(key))?.[1];
  return field === undefined ? undefined : { field };
}

/** Words that say nothing without the group they stand under. */
const BARE = /^(n|id|identifiant|code|ref|reference|texte|libelle|intitule|description)$/u;

/**
 * What a header means under the text of a group of columns: « N° » under « Preuve 1 », « Libellé » under « Scénario »,
 * « N° preuve » under « Preuve 2 ».
 */
export function meaningUnder(group: string, header: string): HeaderMeaning | undefined {
  const own = meaningOf(header);
  if (group === '') return own;
  if (BARE.test(headerKey(header))) return meaningOf(`${header} ${group}`) ?? own;
  if (own === undefined || !('pair' in own) || own.pair.rank > 0) return own;
  const above = meaningOf(group);
  const rank = above !== undefined && 'pair' in above ? above.pair.rank : 0;
  return { pair: { part: own.pair.part, rank } };
}

/** Whether a header says that the column holds a status, without saying of what: its values tell. */
export function isBareStatus(header: string): boolean {
  return /^(statut|etat)( (de )?(l )?exigence)?$/u.test(headerKey(header.slice(0, MAX_HEADER)));
}
