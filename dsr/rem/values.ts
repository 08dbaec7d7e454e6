import { headerKey } from './header.ts';
import type { Nature } from './types.ts';

/** A cell may hold a page; what these columns hold is a word or two. */
const MAX_VALUE = 100;

/** Nature as a column writes it (`EXIGENCE`, `DOIT`, `Préconisée`…); undefined when unknown. */
export function readNature(value: string): Nature | undefined {
  const key = headerKey(value.slice(0, MAX_VALUE));
  if (/^(exigence|doit|obligatoire|cri)\b/u.test(key)) return 'DOIT';
  if (/^(preconisation|preconisee?|peut|preco|optionnel(le)?)\b/u.test(key)) return 'PEUT';
  return undefined;
}

/** Nature from the first verb of a statement, capitals first: `DOIT` or `PEUT`; undefined when it has neither. */
export function natureOfStatement(statement: string): Nature | undefined {
  const verb =
    /\b(DOI(?:T|VENT)|PEU(?:T|VENT))\b/u.exec(statement) ?? /\b(doi(?:t|vent)|peu(?:t|vent))\b/iu.exec(statement);
  if (verb === null) return undefined;
  return verb[0].toUpperCase().startsWith('D') ? 'DOIT' : 'PEUT';
}

const CRITICALITIES = new Set([
  'mineure',
  'majeure',
  'critique',
  'non definie',
  'minor',
  'major',
  'critical',
  'undefined',
]);

export function isCriticality(value: string): boolean {
  return CRITICALITIES.has(headerKey(value.slice(0, MAX_VALUE)));
}

/** `OUI` or `NON`, undefined for anything else. */
export function readYesNo(value: string): boolean | undefined {
  const key = headerKey(value.slice(0, MAX_VALUE));
  if (key === 'oui' || key === 'o') return true;
  return key === 'non' || key === 'n' ? false : undefined;
}

/** `Obsolète`, whatever is said beside it: « Exigence obsolète », « Obsolète (V2.1) ». */
export function isObsolete(publicationStatus: string): boolean {
  return /^(exigence )?obsoletes?\b/u.test(headerKey(publicationStatus.slice(0, MAX_VALUE)));
}

const LIVE =
  /^(exigence )?(inchangee?s?|modifiee?s?|nouveau|nouvelles?|ajoutee?s?|creee?s?|publiee?s?|en vigueur|en (cours|instruction|examen|revue)|unchanged|modified|new|active?s?|validee?s?|maintenue?s?|identiques?)\b/u;
const GONE = /^(exigence )?(obsoletes?|supprimee?s?|retiree?s?|abrogee?s?|annulee?s?)\b/u;

/** Whether a status is one that says that the requirement is due, or that it is obsolete. */
export function isKnownStatus(publicationStatus: string): boolean {
  return isObsolete(publicationStatus) || LIVE.test(headerKey(publicationStatus.slice(0, MAX_VALUE)));
}

/** Whether a text is the publication status of a requirement, one that Jalon obeys or not. */
export function isPublicationStatus(text: string): boolean {
  const key = headerKey(text.slice(0, MAX_VALUE));
  return LIVE.test(key) || GONE.test(key);
}
