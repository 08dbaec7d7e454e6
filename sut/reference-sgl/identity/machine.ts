import type {
  IdentityDocument,
  IdentityFlag,
  IdentityProof,
  IdentityStatus,
  Ins,
  Patient,
  Traits,
} from '../model/index.ts';
import { INS_AUTHORITIES, isValidIns } from './ins.ts';
import { lockedTraits } from './locks.ts';
import { mergeHistory, overwriteTraits, refusalsOfReturn, type InsiIdentity } from './returns.ts';
import type { IdentitySettings } from './settings.ts';
import { changedTraits, isStrict, problemsOfTyping, strictForm, toleratedInTyping, TRAIT_LABELS } from './traits.ts';

export type IdentityEvent =
  /** INSi answered 00 to a search made with these traits. */
  | { kind: 'retour-insi'; identity: InsiIdentity; asked?: Traits }
  /** INSi was asked whether the identity is still right. */
  | { kind: 'verification-insi'; returned: 'OK' | 'KO' }
  /** A document is recorded; it validates by itself only when the setting says so. */
  | { kind: 'piece-presentee'; document: IdentityDocument }
  /** The user validates the identity by hand, on this document. */
  | { kind: 'validation'; document: IdentityDocument }
  | { kind: 'attribut'; flag: IdentityFlag; on: boolean }
  | { kind: 'modification'; changes: Partial<Traits>; as: 'utilisateur' | 'super-utilisateur' }
  /** What the feed policy decided to take from a message, see `feed-policy.ts`. */
  | { kind: 'flux'; traits: Traits; ins: Ins | undefined; proof: IdentityProof };

/** Settings of the laboratory, and the faults switched on. */
export interface IdentityRules {
  settings: IdentitySettings;
  faults: ReadonlySet<string>;
}

export type Transition = { kind: 'accepte'; patient: Patient } | { kind: 'refuse'; reasons: string[] };

/**
 * The whole status machine: an identity, what happened, the identity afterwards. A refusal changes nothing.
 * Source: INS implementation guide, rules 6 (INSi overwrites), 11 and 12 (returns to refuse), 19 and 20 (statuses),
 * 25 (doubtful, fictive), 26 (locks), 27 (change of a strict trait), 49 (verification KO).
 */
export function applyIdentityEvent(patient: Patient, event: IdentityEvent, rules: IdentityRules): Transition {
  switch (event.kind) {
    case 'retour-insi':
      return applyReturn(patient, event, rules);
    case 'verification-insi':
      return applyVerification(patient, event.returned, rules);
    case 'piece-presentee':
    case 'validation':
      return applyDocument(patient, event, rules);
    case 'attribut':
      return applyFlag(patient, event.flag, event.on, rules);
    case 'modification':
      return applyModification(patient, event, rules);
    case 'flux': {
      if (blocked(patient, rules)) return { kind: 'refuse', reasons: [BLOCKED(patient)] };
      const { traits, proof, ins } = event;
      return accepted(withIns({ ...patient, traits, proof }, ins), rules);
    }
  }
}

/** Rule 20, from the facts that count: attributes, an INS attached, something that vouches for the person. */
export function statusOf(patient: Pick<Patient, 'proof' | 'flags' | 'ins'>, rules: IdentityRules): IdentityStatus {
  const { faults } = rules;
  if (patient.flags.length > 0 && !faults.has('ins-garde-statut-douteux')) return 'provisoire';
  const vouched = patient.proof !== 'aucune';
  if (patient.ins) {
    if (faults.has('ins-valide-au-retour') && !vouched) return 'validee';
    if (faults.has('ins-sans-qualification')) return 'recuperee';
    return vouched || faults.has('insi-qualifie-sans-titre') ? 'qualifiee' : 'recuperee';
  }
  return vouched ? 'validee' : 'provisoire';
}

/** Whether an INS received by another way than INSi may be held at all: its key and its authority are right. */
export function isAttachable(ins: Ins): boolean {
  return isValidIns(ins.matricule) && INS_AUTHORITIES.includes(ins.oid);
}

function applyReturn(
  patient: Patient,
  { identity, asked }: Extract<IdentityEvent, { kind: 'retour-insi' }>,
  rules: IdentityRules,
): Transition {
  const { faults } = rules;
  if (blocked(patient, rules)) return { kind: 'refuse', reasons: [BLOCKED(patient)] };
  if (asked && changedTraits(asked, patient.traits).some(isStrict)) {
    return { kind: 'refuse', reasons: ["l'identité a été modifiée pendant l'appel à INSi"] };
  }
  const reasons = refusalsOfReturn(identity, patient.traits, faults);
  if (reasons.length > 0) return { kind: 'refuse', reasons };
  const old = patient.ins && patient.ins.matricule !== identity.ins.matricule ? [patient.ins] : [];
  const history = faults.has('ins-sans-historique') ? [] : identity.history;
  const first = (faults.has('ins-historique-actif') ? identity.history[0] : undefined) ?? identity.ins;
  const active = spoiltNumber(first, faults);
  const traits = traitsAfterReturn(patient, identity, faults);
  const insHistory = mergeHistory([...patient.insHistory, ...old, ...history]);
  return accepted(withIns({ ...patient, traits, insHistory }, active), rules);
}

/** Rule 6, and what the faults keep of the traits typed. */
function traitsAfterReturn({ traits }: Patient, identity: InsiIdentity, faults: ReadonlySet<string>): Traits {
  if (faults.has('ins-garde-traits-saisis')) return { ...traits, birthPlace: '99999' };
  const taken = overwriteTraits(traits, identity);
  return faults.has('ins-garde-prenom-incoherent') ? { ...taken, firstNames: traits.firstNames } : taken;
}

/** The number and the authority to hold: those received, but for the faults. */
function spoiltNumber({ matricule, oid }: Ins, faults: ReadonlySet<string>): Ins {
  return {
    matricule: faults.has('ins-matricule-sans-cle') ? matricule.slice(0, 13) : matricule,
    oid: faults.has('ins-oid-inconnu') ? '1.2.250.1.213.1.4.2' : oid,
  };
}

/** Rule 49: a KO takes the INS away and the identity is to be checked again from the start (INS/va1.08). */
function applyVerification(patient: Patient, returned: 'OK' | 'KO', rules: IdentityRules): Transition {
  if (returned === 'OK' || !patient.ins) return { kind: 'accepte', patient };
  if (rules.faults.has('ins-qualifie-avec-ko')) return { kind: 'accepte', patient };
  const doubted: Patient = rules.faults.has('ins-ko-garde-statut') ? patient : { ...patient, proof: 'aucune' };
  if (rules.faults.has('ins-garde-matricule-ko'))
    return { kind: 'accepte', patient: { ...doubted, status: 'provisoire' } };
  return accepted(withIns(doubted, undefined), rules);
}

/** Rule 19: the document is always recorded; only one of high confidence vouches for the person. */
function applyDocument(
  patient: Patient,
  { kind, document }: Extract<IdentityEvent, { kind: 'piece-presentee' | 'validation' }>,
  rules: IdentityRules,
): Transition {
  if (patient.flags.length > 0) {
    return kind === 'validation'
      ? { kind: 'refuse', reasons: [BLOCKED(patient)] }
      : accepted({ ...patient, document }, rules);
  }
  const validates = kind === 'validation' || rules.settings.automaticValidation;
  const strong = rules.settings.strongDocuments.includes(document) || rules.faults.has('ins-valide-sans-titre');
  const alreadySeen = patient.proof === 'piece' && patient.document === document;
  // A document of low confidence put in the place of a strong one takes its proof away; that of a partner stays.
  const kept: IdentityProof = patient.proof === 'piece' ? 'aucune' : patient.proof;
  const proof: IdentityProof = strong && (validates || alreadySeen) ? 'piece' : kept;
  return accepted({ ...patient, document, proof }, rules);
}

/** Rule 25: the status falls, the number goes; taking the attribute away gives nothing back. */
function applyFlag(patient: Patient, flag: IdentityFlag, on: boolean, rules: IdentityRules): Transition {
  const others = patient.flags.filter((other) => other !== flag);
  if (!on) return accepted({ ...patient, flags: others }, rules);
  const flagged: Patient = { ...patient, flags: [...others, flag] };
  const { faults } = rules;
  if (faults.has('ins-attribut-perdu')) return accepted(withIns({ ...patient, proof: 'aucune' }, undefined), rules);
  if (faults.has('ins-garde-statut-douteux')) return accepted(flagged, rules);
  return accepted(
    withIns({ ...flagged, proof: 'aucune' }, faults.has('ins-garde-matricule-douteux') ? patient.ins : undefined),
    rules,
  );
}

function applyModification(
  patient: Patient,
  { changes, as }: Extract<IdentityEvent, { kind: 'modification' }>,
  rules: IdentityRules,
): Transition {
  const { faults } = rules;
  const names = Object.keys(changes) as (keyof Traits)[];
  const typed = faults.has('ins-saisie-libre') ? changes : strictForm(changes);
  // An emptied field is refused when it is mandatory, and taken away when it is not.
  const emptied = new Set<string>(names.filter((name) => typed[name] === undefined));
  const kept = Object.entries(patient.traits).filter(([name]) => !emptied.has(name));
  const next: Partial<Traits> = { ...(Object.fromEntries(kept) as Partial<Traits>), ...typed };
  // What came from elsewhere may be incomplete: only what the user touches is judged.
  const tolerated = toleratedInTyping(faults);
  if (!names.includes('birthPlace')) tolerated.add('birthPlace');
  if (!names.includes('birthDate')) tolerated.add('date-impossible');
  const problems = problemsOfTyping(next, tolerated);
  if (problems.length > 0) return { kind: 'refuse', reasons: problems };
  const traits = next as Traits;
  const changed = changedTraits(patient.traits, traits);
  const strict = changed.filter(isStrict);
  const locks = new Set<string>(lockedTraits(patient, faults));
  const locked = changed.filter((name) => locks.has(name));
  if (as === 'utilisateur' && locked.length > 0 && !faults.has('ins-traits-modifiables')) {
    const labels = locked.map((name) => `« ${TRAIT_LABELS[name]} »`).join(', ');
    return { kind: 'refuse', reasons: [`trait verrouillé, repris d'INSi : ${labels}`] };
  }
  if (as === 'super-utilisateur' && locked.length > 0 && faults.has('ins-super-utilisateur-refuse')) {
    return { kind: 'refuse', reasons: ["aucun profil ne modifie les traits repris d'INSi"] };
  }
  const modified = { ...patient, traits };
  const decisive = faults.has('ins-retrograde-nom-seul') ? strict.filter((name) => name === 'birthName') : strict;
  const loses = decisive.length > 0 || (changed.length > 0 && faults.has('ins-nom-utilise-retrograde'));
  if (!loses || !patient.ins) return accepted(modified, rules);
  if (faults.has('ins-garde-matricule-modifie')) {
    return { kind: 'accepte', patient: { ...modified, status: LOWER[patient.status] } };
  }
  const proof = faults.has('ins-modification-provisoire') ? 'aucune' : patient.proof;
  return accepted(withIns({ ...modified, proof }, undefined), rules);
}

/** Rule 27, by the status alone: what the fault that keeps the number still does. */
const LOWER: Readonly<Record<IdentityStatus, IdentityStatus>> = {
  provisoire: 'provisoire',
  validee: 'validee',
  recuperee: 'provisoire',
  qualifiee: 'validee',
};

function withIns(patient: Patient, ins: Ins | undefined): Patient {
  const { ins: _, ...without } = patient;
  return ins ? { ...without, ins } : without;
}

function accepted(patient: Patient, rules: IdentityRules): Transition {
  return { kind: 'accepte', patient: { ...patient, status: statusOf(patient, rules) } };
}

function blocked(patient: Patient, { faults }: IdentityRules): boolean {
  return patient.flags.length > 0 && !faults.has('ins-appel-douteux');
}

const BLOCKED = ({ flags }: Patient): string =>
  `l'identité porte l'attribut « identité ${flags.join(' » et « identité ')} »`;
