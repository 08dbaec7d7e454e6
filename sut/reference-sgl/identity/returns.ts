import type { Ins, Traits } from '../model/index.ts';
import { INS_AUTHORITIES, isValidIns } from './ins.ts';
import { beginsWithName, strictName } from './names.ts';

/** What INSi says of a person, as written on the wire; an absent element is undefined. */
export interface InsiIdentity {
  ins: Ins;
  history: Ins[];
  birthName: string | undefined;
  firstName: string | undefined;
  /** Separated by spaces, in the order of the birth certificate. */
  firstNameList: string | undefined;
  sex: string | undefined;
  birthDate: string | undefined;
  birthPlace: string | undefined;
}

/** Something shown to the user, and the trait that it is about. */
export interface Alert {
  field: keyof Traits | 'ins' | 'oid';
  message: string;
}

/**
 * French reasons for which a return 00 must not be attached; empty when it may.
 * Source: INS implementation guide, rules 6 (first name typed), 11 (00 in the date), 12 (empty traits); key of the number.
 *
 * @param typed the traits typed here: their first name must open the list that INSi returns
 */
export function refusalsOfReturn(identity: InsiIdentity, typed: Traits, faults: ReadonlySet<string>): string[] {
  return alertsOfReturn(identity, typed, faults).map(({ message }) => message);
}

/** The same reasons, each with the trait that it is about. */
export function alertsOfReturn(identity: InsiIdentity, typed: Traits, faults: ReadonlySet<string>): Alert[] {
  const alerts: Alert[] = [];
  const add = (field: Alert['field'], message: string): void => void alerts.push({ field, message });
  const { birthDate = '', firstName, firstNameList } = identity;
  const [, month, day] = /^\d{4}-(\d{2})-(\d{2})$/.exec(birthDate) ?? [];
  if (month === undefined) add('birthDate', 'la date de naissance renvoyée est absente ou illisible');
  else if ((month === '00' || day === '00') && !faults.has('insi-garde-date-00')) {
    add('birthDate', 'le jour ou le mois de naissance renvoyé vaut 00');
  }
  if (!faults.has('ins-garde-retour-vide')) {
    if (strictName(identity.birthName ?? '') === '') add('birthName', 'le nom de naissance renvoyé est vide');
    if (identity.sex !== 'M' && identity.sex !== 'F') add('sex', 'le sexe renvoyé est vide ou inconnu');
  }
  const names = [firstName, firstNameList].filter((name) => name !== undefined);
  if (names.length === 0 || names.some((name) => strictName(name) === '')) {
    if (!faults.has('ins-garde-retour-vide')) add('firstNames', 'les prénoms de naissance renvoyés sont vides');
  } else if (!faults.has('ins-garde-prenom-incoherent')) {
    const list = firstNameList ?? firstName ?? '';
    if (firstName !== undefined && !beginsWithName(list, firstName)) {
      add('firstNames', 'le premier prénom renvoyé ne commence pas la liste des prénoms');
    } else if (!beginsWithName(list, typed.firstNames[0] ?? '')) {
      add(
        'firstNames',
        `le premier prénom saisi (${typed.firstNames[0] ?? ''}) n'est pas cohérent avec le début de la liste des prénoms renvoyée (${list})`,
      );
    }
  }
  if (!isValidIns(identity.ins.matricule) && !faults.has('ins-garde-cle-fausse')) {
    add('ins', 'la clé du matricule INS renvoyé est fausse');
  }
  if (!INS_AUTHORITIES.includes(identity.ins.oid)) add('oid', "l'OID du matricule INS renvoyé est inconnu");
  return alerts;
}

/** Rule 6: the values of INSi replace those typed; the used names are not INSi's business. */
export function overwriteTraits(typed: Traits, identity: InsiIdentity): Traits {
  const list = identity.firstNameList ?? identity.firstName ?? '';
  // A first name may hold a space ("JEAN PAUL"): INSi gives it apart, the rest of the list is split.
  const first = [identity.firstName, typed.firstNames[0]].find(
    (name) => name !== undefined && name !== '' && `${list} `.startsWith(`${name} `),
  );
  const rest = first === undefined ? list : list.slice(first.length);
  return {
    ...typed,
    birthName: identity.birthName ?? typed.birthName,
    firstNames: [...(first === undefined ? [] : [first]), ...rest.split(' ').filter((name) => name !== '')],
    sex: identity.sex === 'F' ? 'F' : 'M',
    birthDate: identity.birthDate ?? typed.birthDate,
    ...(identity.birthPlace ? { birthPlace: identity.birthPlace } : {}),
  };
}

/** Numbers already held are listed once; INSi is known to send a history that repeats the active number. */
export function mergeHistory(history: readonly Ins[]): Ins[] {
  const byNumber = new Map(history.map((ins) => [`${ins.oid} ${ins.matricule}`, ins]));
  return [...byNumber.values()];
}
