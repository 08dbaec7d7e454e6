import { Refusal, type ForeignIdentifier, type Patient } from '../model/index.ts';
import { isValidIns } from './ins.ts';
import { isNumbered } from './matching.ts';
import { searchKey } from './names.ts';

/** Criteria of the search in our own base; those given must all hold. */
export interface SearchCriteria {
  birthDate?: string;
  /** Start of the birth name or of the used name. */
  nameStart?: string;
  /** Start of any first name, birth or used. */
  firstNameStart?: string;
  /** 15 characters. */
  ins?: string;
  identifier?: ForeignIdentifier;
}

/**
 * Search of rule 17. Apostrophes, hyphens, spaces and accents do not count; a number is searched whole, key included, and
 * its key is checked first (INS/va1.41).
 *
 * @throws {Refusal} `MATRICULE_INCOMPLET` or `CLE_FAUSSE`
 */
export function searchPatients(
  patients: readonly Patient[],
  criteria: SearchCriteria,
  context: { domain: string; faults: ReadonlySet<string> },
): readonly Patient[] {
  const { birthDate, nameStart, firstNameStart, identifier } = criteria;
  const ins = criteria.ins?.replaceAll(/\s/g, '').toUpperCase();
  const exact = context.faults.has('ins-recherche-sensible');
  const deaf = context.faults.has('ins-recherche-accents');
  const first = context.faults.has('ins-recherche-premier-prenom');
  const key = exact ? (text: string): string => text : searchKey;
  if (ins !== undefined && !context.faults.has('ins-recherche-sans-cle')) checkNumber(ins);
  const begins = (start: string | undefined, names: readonly (string | undefined)[]): boolean =>
    start === undefined ||
    (!(deaf && /[^ -~]/.test(start)) && names.some((name) => name !== undefined && key(name).startsWith(key(start))));
  return patients.filter(
    (patient) =>
      patient.mergedInto === undefined &&
      (birthDate === undefined || patient.traits.birthDate === birthDate) &&
      begins(nameStart, [patient.traits.birthName, patient.traits.usedName]) &&
      begins(firstNameStart, [
        ...(first ? patient.traits.firstNames.slice(0, 1) : patient.traits.firstNames),
        patient.traits.usedFirstName,
      ]) &&
      (ins === undefined || patient.ins?.matricule.startsWith(ins) === true) &&
      (identifier === undefined || isNumbered(patient, identifier, context.domain)),
  );
}

function checkNumber(ins: string): void {
  if (ins.length !== 15) {
    throw new Refusal(
      'MATRICULE_INCOMPLET',
      'Saisissez les 15 caractères du matricule INS : 13 de numéro et 2 de clé.',
    );
  }
  if (!isValidIns(ins))
    throw new Refusal('CLE_FAUSSE', 'La clé du matricule INS saisi est fausse : corrigez la saisie.');
}
