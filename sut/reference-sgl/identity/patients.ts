import { SglError, type IdentityDocument, type Patient, type Traits } from '../model/index.ts';
import { applyIdentityEvent, type IdentityEvent, type IdentityRules, type Transition } from './machine.ts';
import { searchKey, strictName } from './names.ts';
import type { IdentityTraces } from './traces.ts';

export interface Patients {
  /** A new identity, always provisional. Names are put in the form the rules want. @throws {SglError} */
  register(traits: Traits, user: string): Patient;
  /** @throws {SglError} `PATIENT_INCONNU` */
  get(id: string): Patient;
  list(): readonly Patient[];
  /** By birth date, with or without the start of the birth name (rule 17). */
  search(criteria: { birthDate?: string; nameStart?: string; matricule?: string }): readonly Patient[];
  /** Applies the status machine to the identity as it is now. @throws {SglError} `PATIENT_INCONNU` */
  apply(id: string, event: IdentityEvent, user: string): Transition;
  /** Records the document seen, by hand (rule 19). */
  present(id: string, document: IdentityDocument, user: string): Patient;
}

export function createPatients(deps: { rules: IdentityRules; traces: IdentityTraces; now: () => Date }): Patients {
  const { rules, traces, now } = deps;
  const patients = new Map<string, Patient>();

  const get = (id: string): Patient => {
    const patient = patients.get(id);
    if (patient) return patient;
    throw new SglError(
      'PATIENT_INCONNU',
      `Aucun patient ne porte l'identifiant « ${id.slice(0, 40)} ».`,
      'Créez le patient, puis reprenez avec l’identifiant rendu.',
    );
  };

  const apply: Patients['apply'] = (id, event, user) => {
    const before = get(id);
    const transition = applyIdentityEvent(before, event, rules);
    if (transition.kind === 'refuse') return transition;
    patients.set(id, transition.patient);
    const trace = { at: now(), user, patientId: id };
    traces.add({ ...trace, kind: 'modification', detail: describe(event) });
    if (before.status !== transition.patient.status) {
      traces.add({ ...trace, kind: 'changement-statut', detail: `${before.status} → ${transition.patient.status}` });
    }
    return transition;
  };

  return {
    register(traits, user) {
      const number = String(patients.size + 1).padStart(6, '0');
      const patient: Patient = {
        id: `P${number}`,
        localId: `IPP${number}`,
        traits: strictTraits(traits),
        status: 'provisoire',
        document: 'aucun',
        insHistory: [],
        createdAt: now(),
      };
      patients.set(patient.id, patient);
      traces.add({ at: now(), user, patientId: patient.id, kind: 'creation', detail: 'identité provisoire' });
      return patient;
    },
    get,
    list: () => [...patients.values()],
    search: ({ birthDate, nameStart, matricule }) =>
      [...patients.values()].filter(
        (patient) =>
          (birthDate === undefined || patient.traits.birthDate === birthDate) &&
          (nameStart === undefined || searchKey(patient.traits.birthName).startsWith(searchKey(nameStart))) &&
          (matricule === undefined || patient.ins?.matricule.startsWith(matricule) === true),
      ),
    apply,
    present(id, document, user) {
      apply(id, { kind: 'piece-presentee', document }, user);
      return get(id);
    },
  };
}

function describe(event: IdentityEvent): string {
  return event.kind === 'retour-insi' ? 'traits et INS repris du retour INSi' : `pièce présentée : ${event.document}`;
}

/** Rule 5: no identity without birth name, a first name, sex and birth date. */
function strictTraits(traits: Traits): Traits {
  const birthName = strictName(traits.birthName);
  const firstNames = traits.firstNames.map(strictName).filter((name) => name !== '');
  const missing = [birthName === '' && 'nom de naissance', firstNames.length === 0 && 'premier prénom'].filter(Boolean);
  if (missing.length > 0) {
    throw new SglError(
      'TRAITS_INCOMPLETS',
      `Traits manquants ou illisibles : ${missing.join(', ')}.`,
      'Saisissez le nom et le premier prénom de naissance, en lettres.',
    );
  }
  return { ...traits, birthName, firstNames, ...(traits.usedName ? { usedName: strictName(traits.usedName) } : {}) };
}
