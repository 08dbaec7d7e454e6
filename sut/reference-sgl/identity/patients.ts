import {
  Refusal,
  SglError,
  type ForeignIdentifier,
  type IdentityDocument,
  type IdentityProof,
  type Ins,
  type Patient,
  type Traits,
} from '../model/index.ts';
import { describeChange, type IdentityChange } from './changes.ts';
import { applyIdentityEvent, statusOf, type IdentityEvent, type IdentityRules, type Transition } from './machine.ts';
import { isNumbered } from './matching.ts';
import { searchPatients, type SearchCriteria } from './search.ts';
import type { IdentityTraces } from './traces.ts';
import { problemsOfTyping, strictForm, toleratedInTyping, TRAIT_LABELS } from './traits.ts';

export interface Patients {
  /**
   * A new identity typed by a user: provisional, unless the document shown validates it by itself.
   * @throws {Refusal} `IDENTITE_INCOMPLETE`, its message names every field (rule 5)
   */
  register(traits: Partial<Traits>, user: string, document?: IdentityDocument): Patient;
  /** A new identity brought by a message. `id` comes from {@link nextId}. */
  adopt(id: string, content: { traits: Traits; ins: Ins | undefined; proof: IdentityProof }, user: string): Patient;
  /** An identifier for an identity that may be created later; a number not used is lost. */
  nextId(): string;
  /** @throws {SglError} `PATIENT_INCONNU` */
  get(id: string): Patient;
  list(): readonly Patient[];
  /** @throws {Refusal} see {@link searchPatients} */
  search(criteria: SearchCriteria): readonly Patient[];
  /** Applies the status machine to the identity as it is now. @throws {SglError} `PATIENT_INCONNU` */
  apply(id: string, event: IdentityEvent, user: string): Transition;
  /** The same, for what a user asks. @throws {Refusal} `IDENTITE_REFUSEE` with the reasons */
  change(id: string, event: IdentityEvent, user: string): Patient;
  /** Records the document seen and validates by hand when it is a strong one (rule 19). @throws {Refusal} */
  present(id: string, document: IdentityDocument, user: string): Patient;
  /** Remembers an identifier of another system. */
  number(id: string, identifier: ForeignIdentifier): void;
  /** Moves the identity that carries `prior` into this one: its identifiers follow, it is no longer used. */
  merge(id: string, prior: ForeignIdentifier, user: string): void;
}

export interface PatientsDeps {
  /** As they are now: the administrator may have changed them. */
  rules: () => IdentityRules;
  traces: IdentityTraces;
  now: () => Date;
  onChange?: (change: IdentityChange) => void;
}

const ORIGINS: Partial<Record<IdentityEvent['kind'], IdentityChange['origin']>> = {
  'retour-insi': 'insi',
  'verification-insi': 'insi',
  flux: 'flux',
};

/** The records, in memory. */
export function createPatients({ rules, traces, now, onChange }: PatientsDeps): Patients {
  const patients = new Map<string, Patient>();
  let numbered = 0;
  const nextId = (): string => `P${String((numbered += 1)).padStart(6, '0')}`;
  const get = (id: string): Patient => {
    const patient = patients.get(id);
    if (patient) return patient;
    throw new SglError(
      'PATIENT_INCONNU',
      `Aucun patient ne porte l'identifiant « ${id.slice(0, 40)} ».`,
      'Créez le patient, puis reprenez avec l’identifiant rendu.',
    );
  };
  const domain = (): string => rules().settings.domain;
  const silent = (): boolean => rules().faults.has('ins-sans-trace');

  const create = (patient: Patient, user: string, origin: IdentityChange['origin']): Patient => {
    patients.set(patient.id, patient);
    const at = now();
    if (!silent())
      traces.add({ at, user, patientId: patient.id, kind: 'creation', detail: `identité ${patient.status}` });
    onChange?.({ kind: 'creation', origin, at, user, after: patient, changed: [], propagate: false });
    return patient;
  };

  const apply: Patients['apply'] = (id, event, user) => {
    const before = get(id);
    const transition = applyIdentityEvent(before, event, rules());
    if (transition.kind === 'refuse') return transition;
    const after = transition.patient;
    patients.set(id, after);
    const at = now();
    const change = describeChange(before, after, { at, user, origin: ORIGINS[event.kind] ?? 'saisie' });
    const trace = { at, user, patientId: id };
    if (!silent() && after !== before) {
      traces.add({ ...trace, kind: isDocument(event) ? 'piece' : 'modification', detail: detailOf(event, change) });
      if (before.status !== after.status && !rules().faults.has('ins-sans-trace-statut')) {
        const { status: from } = before;
        const { status: to } = after;
        traces.add({ ...trace, kind: 'changement-statut', detail: `${from} → ${to}`, from, to });
      }
    }
    onChange?.(change);
    return transition;
  };

  const change: Patients['change'] = (id, event, user) => {
    const transition = apply(id, event, user);
    if (transition.kind === 'accepte') return transition.patient;
    throw new Refusal('IDENTITE_REFUSEE', `Action refusée : ${transition.reasons.join(' ; ')}.`);
  };

  return {
    register(typed, user, document) {
      const { faults } = rules();
      const traits = faults.has('ins-saisie-libre') ? typed : strictForm(typed);
      const problems = problemsOfTyping(traits, toleratedInTyping(faults));
      if (problems.length > 0) {
        throw new Refusal(
          'IDENTITE_INCOMPLETE',
          `Identité non créée : ${problems.join(' ; ')}.`,
          'Complétez la saisie.',
        );
      }
      const first = empty(nextId(), traits as Traits, now());
      const patient = create({ ...first, typed: first.traits }, user, 'saisie');
      return document === undefined ? patient : change(patient.id, { kind: 'piece-presentee', document }, user);
    },
    adopt(id, { traits, ins, proof }, user) {
      const patient: Patient = { ...empty(id, traits, now()), proof, ...(ins && { ins }) };
      return create({ ...patient, status: statusOf(patient, rules()) }, user, 'flux');
    },
    nextId,
    get,
    list: () => [...patients.values()],
    search: (criteria) =>
      searchPatients([...patients.values()], criteria, { domain: domain(), faults: rules().faults }),
    apply,
    change,
    present: (id, document, user) => change(id, { kind: 'validation', document }, user),
    number(id, identifier) {
      const patient = get(id);
      if (isNumbered(patient, identifier, domain())) return;
      patients.set(id, { ...patient, identifiers: [...patient.identifiers, identifier].slice(-50) });
    },
    merge(id, prior, user) {
      const survivor = get(id);
      const gone = [...patients.values()].find(
        (patient) => patient.id !== id && patient.mergedInto === undefined && isNumbered(patient, prior, domain()),
      );
      const identifiers = [...survivor.identifiers, ...(gone?.identifiers ?? []), prior];
      const byNumber = new Map(identifiers.map((one) => [`${one.authority} ${one.value}`, one]));
      const after = { ...survivor, identifiers: [...byNumber.values()] };
      patients.set(id, after);
      const at = now();
      traces.add({ at, user, patientId: id, kind: 'modification', detail: 'identité fusionnée' });
      if (gone) {
        const { ins: _, ...without } = gone;
        patients.set(gone.id, { ...without, status: 'provisoire', proof: 'aucune', mergedInto: id });
        traces.add({ at, user, patientId: gone.id, kind: 'modification', detail: `fusionnée dans ${id}` });
      }
      onChange?.({ kind: 'fusion', origin: 'flux', at, user, before: survivor, after, changed: [], propagate: false });
    },
  };
}

function empty(id: string, traits: Traits, createdAt: Date): Patient {
  return {
    id,
    localId: `IPP${id.slice(1)}`,
    traits,
    status: 'provisoire',
    document: 'aucun',
    proof: 'aucune',
    flags: [],
    insHistory: [],
    identifiers: [],
    createdAt,
  };
}

function isDocument({ kind }: IdentityEvent): boolean {
  return kind === 'piece-presentee' || kind === 'validation';
}

/** What the journal says of an event: names of the fields, never their values. */
function detailOf(event: IdentityEvent, { changed, lostIns }: IdentityChange): string {
  const lost = lostIns ? ' ; matricule INS et OID retirés' : '';
  const fields = changed.map((name) => TRAIT_LABELS[name]).join(', ');
  switch (event.kind) {
    case 'retour-insi':
      return 'traits et INS repris du retour INSi';
    case 'verification-insi':
      return `vérification INSi ${event.returned}${lost}`;
    case 'piece-presentee':
      return `pièce présentée : ${event.document}`;
    case 'validation':
      return `validation sur pièce : ${event.document}`;
    case 'attribut':
      return `attribut « ${event.flag} » ${event.on ? 'posé' : 'retiré'}${lost}`;
    case 'modification':
      return `${fields || 'aucun changement'}${event.as === 'super-utilisateur' ? ' (super-utilisateur)' : ''}${lost}`;
    case 'flux':
      return `flux d'identité : ${fields || 'aucun trait changé'}${lost}`;
  }
}
