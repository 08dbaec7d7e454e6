import { alertsOfReturn, isValidIns, type Alert, type IdentityTraces, type Patients } from '../identity/index.ts';
import { Refusal, type IdentityStatus, type InsiAuthentication, type Patient, type SglConfig } from '../model/index.ts';
import type { InsiJournal } from './journal.ts';
import { attachedMessage, describeAnswer, failureMessage, noMatchMessage, refusedMessage } from './messages.ts';
import { operationOf } from './operations.ts';
import { plannedQueries } from './query.ts';
import type { InsiAnswer, InsiClient, InsiRequest, VitaleCard } from './types.ts';

export interface SearchResult {
  status: IdentityStatus;
  /** `00`, `01` or `02`; absent when INSi answered by a fault or not at all. */
  returnCode?: '00' | '01' | '02';
  /** For the user. */
  message: string;
  /** What the message warns of, trait by trait. */
  alerts: Alert[];
}

export interface SearchOrder {
  patientId: string;
  user: string;
  /** Searches with this card; by traits without. */
  card?: VitaleCard;
  authentication: InsiAuthentication;
}

export interface InsiDeps {
  client: InsiClient;
  config: SglConfig;
  faults: ReadonlySet<string>;
  patients: Patients;
  journal: InsiJournal;
  traces: IdentityTraces;
  now: () => Date;
}

/**
 * Searches the INS of a patient, by traits or by Vitale card, and, when one comes back that may be attached, attaches it.
 * Anything else than an acceptable 00 leaves the identity as it was; the user is told why and goes on working.
 *
 * @throws {SglError} `PATIENT_INCONNU`
 * @throws {Refusal} `APPEL_BLOQUE` for a doubtful or fictive identity, before any call (rule 25)
 */
export async function searchIns(order: SearchOrder, deps: InsiDeps): Promise<SearchResult> {
  const { patients, faults } = deps;
  const patient = patients.get(order.patientId);
  if (patient.flags.length > 0 && faults.has('ins-appel-douteux-differe')) callLater(patient, order, deps);
  const unchecked = faults.has('ins-appel-douteux') || (order.card && faults.has('ins-vitale-douteuse'));
  if (!unchecked) refuseFlagged(patient);
  const requests: Parameters<InsiClient['search']>[0][] = order.card
    ? [{ kind: 'vitale', card: order.card }]
    : plannedQueries(patient.traits, faults).map((query) => ({ kind: 'traits', query }));
  const codes: ('01' | '02')[] = [];
  for (const request of requests) {
    const answer = await call(request, order, deps);
    if (answer.kind === 'sans-reponse') codes.push(answer.code);
    else {
      if (answer.kind === 'trouve' && faults.has('insi-relance-apres-reponse')) await call(request, order, deps);
      return conclude(answer, patient, order, deps);
    }
  }
  const returnCode = codes.includes('02') ? '02' : '01';
  spoil(patient, order, deps);
  const message = noMatchMessage(returnCode, order.card);
  return { status: patients.get(patient.id).status, returnCode, message, alerts: [] };
}

/** Only with its fault: what was refused to the user leaves by itself afterwards. */
function callLater({ traits }: Patient, order: SearchOrder, deps: InsiDeps): void {
  const [query] = plannedQueries(traits, deps.faults);
  if (query) setTimeout(() => void call({ kind: 'traits', query }, order, deps), 300).unref();
}

/** @throws {Refusal} `APPEL_BLOQUE` */
export function refuseFlagged({ flags }: Patient): void {
  if (flags.length === 0) return;
  throw new Refusal(
    'APPEL_BLOQUE',
    `L'appel à INSi est bloqué : l'identité porte l'attribut « identité ${flags.join(' » et « identité ')} ».`,
  );
}

async function call(
  request: Extract<InsiRequest, { kind: 'traits' | 'vitale' }>,
  { patientId, user, authentication }: SearchOrder,
  { client, config, journal, traces, now }: InsiDeps,
): Promise<InsiAnswer> {
  const at = now();
  const operation = operationOf(request.kind, config.insi.operations).name;
  traces.add({ at, user, patientId, kind: 'appel-insi', detail: operation });
  const answer = await client.search(request, authentication);
  journal.add({ at, user, patientId, operation, mode: request.kind, authentication, ...describeAnswer(answer) });
  return answer;
}

function conclude(
  answer: Exclude<InsiAnswer, { kind: 'sans-reponse' }>,
  asked: Patient,
  order: SearchOrder,
  deps: InsiDeps,
): SearchResult {
  const { patients } = deps;
  if (answer.kind !== 'trouve') {
    spoil(asked, order, deps);
    const { status } = patients.get(asked.id);
    const message = deps.faults.has('ins-echec-muet') ? '' : failureMessage(answer);
    return { status, message, alerts: [], ...(deps.faults.has('ins-echec-code-01') && { returnCode: '01' as const }) };
  }
  const event = { kind: 'retour-insi', identity: answer.identity, asked: asked.traits } as const;
  const transition = patients.apply(asked.id, event, order.user);
  if (transition.kind === 'refuse') {
    const silent =
      deps.faults.has('ins-rejet-muet') ||
      (!isValidIns(answer.identity.ins.matricule) && deps.faults.has('ins-rejet-cle-muet'));
    const message = silent ? '' : refusedMessage(transition.reasons);
    const alerts = silent ? [] : shownAlerts(alertsOfReturn(answer.identity, asked.traits, deps.faults), deps);
    return { status: patients.get(asked.id).status, returnCode: '00', message, alerts };
  }
  const { patient } = transition;
  return {
    status: patient.status,
    returnCode: '00',
    message: attachedMessage(asked.traits, patient.traits),
    alerts: [],
  };
}

/** As they are, but for the fault that shows them on another field. */
function shownAlerts(alerts: Alert[], { faults }: InsiDeps): Alert[] {
  return faults.has('ins-alerte-autre-champ') ? alerts.map((alert) => ({ ...alert, field: 'birthPlace' })) : alerts;
}

/** Only with its faults: what a product must not do when INSi gave no identity. */
function spoil({ id, traits, proof, ins }: Patient, { user }: SearchOrder, { patients, faults }: InsiDeps): void {
  if (faults.has('ins-modifie-apres-echec')) {
    patients.apply(id, { kind: 'flux', traits: { ...traits, birthPlace: '99999' }, ins, proof }, user);
  }
  if (faults.has('ins-calcule-matricule')) {
    const made = { matricule: '279035121518989', oid: '1.2.250.1.213.1.4.10' };
    patients.apply(id, { kind: 'flux', traits, ins: made, proof }, user);
  }
}
