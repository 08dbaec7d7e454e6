import type { Finding } from '#dsr/verdict/index.ts';
import { openReport } from '../report/index.ts';
import { LIST_RULES } from './rules/file.ts';
import { COG, NAME } from './search.ts';
import { checkInsValue } from './value.ts';

/** One identity of a list, texts as written; a column that the list does not have is absent. */
export interface ListedIdentity {
  readonly ins: string;
  readonly oid?: string;
  readonly birthName?: string;
  /** Separated by spaces. */
  readonly firstNames?: string;
  readonly sex?: string;
  /** `AAAA-MM-JJ`, `AAAAMMJJ` or `JJ/MM/AAAA`. */
  readonly birthDate?: string;
  readonly birthPlace?: string;
}

/**
 * Judges one identity of a list that carries INS: number, key, OID, and traits as far as the list has them (rules 11 and 12
 * of the INS implementation guide, RNIV).
 *
 * @param where its place in the user's file, e.g. `ligne 12`
 */
export function checkListedIdentity(identity: ListedIdentity, where: string): readonly Finding[] {
  const report = openReport(LIST_RULES);
  const { ins, oid, sex, birthDate, birthPlace } = identity;
  for (const [column, text] of [
    ['nom de naissance', identity.birthName],
    ['prénoms', identity.firstNames],
  ] as const) {
    if (text === undefined || NAME.test(text)) continue;
    report.add('INS-LIST-NAME', {
      where: `${where}, ${column}`,
      received: text || 'vide',
      expected: 'des majuscules A-Z, espace, apostrophe et trait d’union, sans espace au bord',
      remedy: 'Enregistrez les traits comme INSi les renvoie : en majuscules, sans accent ni signe diacritique.',
    });
  }
  if (sex !== undefined && !/^[MF]$/.test(sex)) {
    report.add('INS-LIST-SEX', {
      where: `${where}, sexe`,
      received: sex || 'vide',
      expected: 'M ou F',
      remedy: 'Retirez l’INS d’une identité dont le sexe n’est pas connu : INSi n’a pas pu la rendre ainsi.',
    });
  }
  if (birthDate !== undefined && !isWholeDate(birthDate)) {
    report.add('INS-LIST-DATE', {
      where: `${where}, date de naissance`,
      received: birthDate || 'vide',
      expected: 'une date complète, AAAA-MM-JJ, sans 00',
      remedy: 'Retirez l’INS d’une identité dont le jour ou le mois de naissance vaut 00, ou corrigez la date.',
    });
  }
  if (birthPlace !== undefined && !COG.test(birthPlace)) {
    report.add('INS-LIST-PLACE', {
      where: `${where}, lieu de naissance`,
      received: birthPlace || 'vide',
      expected: 'un code COG de 5 caractères (commune, ou 99 suivi du pays)',
      remedy: 'Enregistrez le code officiel géographique, pas le code postal ni le libellé.',
    });
  }
  const value = checkInsValue({ ins, where: `${where}, matricule`, ...(oid === undefined ? {} : { oid }) });
  return [...value, ...report.findings];
}

function isWholeDate(text: string): boolean {
  const match = /^(?:(\d{4})-?(\d{2})-?(\d{2})|(\d{2})\/(\d{2})\/(\d{4}))$/.exec(text);
  if (match === null) return false;
  const [year, month, day] = [match[1] ?? match[6], match[2] ?? match[5], match[3] ?? match[4]];
  return year !== '0000' && month !== '00' && day !== '00';
}
