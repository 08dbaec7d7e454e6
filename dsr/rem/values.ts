import { headerKey } from './header.ts';
import type { Nature } from './types.ts';

/** Nature as a column writes it (`EXIGENCE`, `DOIT`, `Préconisée`…); undefined when unknown. */
export function readNature(value: string): Nature | undefined {
  const key = headerKey(value);
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
  return CRITICALITIES.has(headerKey(value));
}

/** `OUI` or `NON`, undefined for anything else. */
export function readYesNo(value: string): boolean | undefined {
  const key = headerKey(value);
  if (key === 'oui' || key === 'o') return true;
  return key === 'non' || key === 'n' ? false : undefined;
}

export function isObsolete(publicationStatus: string): boolean {
  return /^(exigence )?obsoletes?$/u.test(headerKey(publicationStatus));
}
