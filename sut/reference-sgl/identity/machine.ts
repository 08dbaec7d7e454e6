import type { IdentityDocument, IdentityStatus, Ins, Patient, Traits } from '../model/index.ts';
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

export type IdentityEvent =
  | { kind: 'retour-insi'; identity: InsiIdentity }
  | { kind: 'piece-presentee'; document: IdentityDocument };

/** Settings of the laboratory, and what a fault may change. */
export interface IdentityRules {
  strongDocuments: readonly IdentityDocument[];
  qualifiesWithoutDocument: boolean;
  acceptsZeroDates: boolean;
}

export const STRONG_DOCUMENTS: readonly IdentityDocument[] = ['carte-identite', 'passeport', 'titre-sejour'];

export type Transition = { kind: 'accepte'; patient: Patient } | { kind: 'refuse'; reasons: string[] };

/**
 * The whole status machine: an identity, what happened, the identity afterwards. A refusal changes nothing.
 * Source: INS implementation guide, rules 6 (INSi overwrites), 11 and 12 (returns to refuse), 19 and 20 (statuses).
 */
export function applyIdentityEvent(patient: Patient, event: IdentityEvent, rules: IdentityRules): Transition {
  if (event.kind === 'piece-presentee') {
    return accepted({ ...patient, document: event.document }, rules);
  }
  const reasons = refusalsOfReturn(event.identity, rules);
  if (reasons.length > 0) return { kind: 'refuse', reasons };
  const { ins, history } = event.identity;
  const replaced = patient.ins && patient.ins.matricule !== ins.matricule ? [patient.ins] : [];
  return accepted(
    {
      ...patient,
      traits: overwrite(patient.traits, event.identity),
      ins,
      insHistory: merge([...patient.insHistory, ...replaced, ...history]),
    },
    rules,
  );
}

/** Rule 20, from the two facts that count: an INS attached, a trustworthy document seen. */
export function statusOf(document: IdentityDocument, hasIns: boolean, rules: IdentityRules): IdentityStatus {
  const strong = rules.strongDocuments.includes(document);
  if (hasIns) return strong || rules.qualifiesWithoutDocument ? 'qualifiee' : 'recuperee';
  return strong ? 'validee' : 'provisoire';
}

/** French reasons for which a return 00 must not be attached; empty when it may. */
export function refusalsOfReturn(identity: InsiIdentity, rules: IdentityRules): string[] {
  const reasons: string[] = [];
  const { birthDate = '', firstName, firstNameList } = identity;
  const [, month, day] = /^\d{4}-(\d{2})-(\d{2})$/.exec(birthDate) ?? [];
  if (month === undefined) reasons.push('la date de naissance renvoyée est absente ou illisible');
  else if ((month === '00' || day === '00') && !rules.acceptsZeroDates) {
    reasons.push('le jour ou le mois de naissance renvoyé vaut 00');
  }
  if (strictName(identity.birthName ?? '') === '') reasons.push('le nom de naissance renvoyé est vide');
  const names = [firstName, firstNameList].filter((name) => name !== undefined);
  if (names.length === 0 || names.some((name) => strictName(name) === '')) {
    reasons.push('les prénoms de naissance renvoyés sont vides');
  } else if (firstName !== undefined && firstNameList !== undefined && !beginsWithName(firstNameList, firstName)) {
    reasons.push('le premier prénom renvoyé ne commence pas la liste des prénoms');
  }
  if (identity.sex !== 'M' && identity.sex !== 'F') reasons.push('le sexe renvoyé est vide ou inconnu');
  if (!isValidIns(identity.ins.matricule)) reasons.push('la clé du matricule INS renvoyé est fausse');
  if (!INS_AUTHORITIES.includes(identity.ins.oid)) reasons.push("l'OID du matricule INS renvoyé est inconnu");
  return reasons;
}

function accepted(patient: Patient, rules: IdentityRules): Transition {
  const status = statusOf(patient.document, patient.ins !== undefined, rules);
  return { kind: 'accepte', patient: { ...patient, status } };
}

/** Rule 6: the values of INSi replace those typed; the used name is not INSi's business. */
function overwrite(typed: Traits, identity: InsiIdentity): Traits {
  const first = identity.firstName;
  const list = identity.firstNameList ?? first ?? '';
  // A first name may hold a space ("JEAN PAUL"): INSi gives it apart, the rest of the list is split.
  const rest = first === undefined || !list.startsWith(first) ? list : list.slice(first.length);
  const head = rest === list || first === undefined ? [] : [first];
  return {
    ...typed,
    birthName: identity.birthName ?? typed.birthName,
    firstNames: [...head, ...rest.split(' ').filter((name) => name !== '')],
    sex: identity.sex === 'F' ? 'F' : 'M',
    birthDate: identity.birthDate ?? typed.birthDate,
    ...(identity.birthPlace ? { birthPlace: identity.birthPlace } : {}),
  };
}

/** Numbers already held are listed once; INSi is known to send a history that repeats the active number. */
function merge(history: readonly Ins[]): Ins[] {
  const byNumber = new Map(history.map((ins) => [`${ins.oid} ${ins.matricule}`, ins]));
  return [...byNumber.values()];
}
