import { BenchError } from '../errors.ts';
import type { Situation, Situations } from '../situations/types.ts';
import {
  badQuery,
  keyOf,
  problem,
  readJson,
  SERVICES,
  serviceOf,
  unknownPatient,
  type ControlAnswer,
  type Controlled,
} from './answers.ts';
import { readSituation } from './schemas.ts';

/** Sets what a service must play, for a patient, for another subject or for everybody. */
export function setSituation(body: Uint8Array, { situations, population }: Controlled): ControlAnswer {
  const json = readJson(body);
  if (!json.ok) return problem(400, 'NOT_JSON', 'Le corps n’est pas un document JSON.', [json.reason]);
  const reading = readSituation(json.value);
  if (!reading.ok) return problem(400, 'BAD_SITUATION', 'La demande de situation est mal formée.', reading.problems);
  const { service, patient, about, situation, times, parameters } = reading.order;
  if (patient !== undefined && about !== undefined) {
    return problem(400, 'BAD_SITUATION', 'Donner « patient » ou « about », pas les deux.', []);
  }
  const key = patient === undefined ? about : keyOf(patient, population);
  if (patient !== undefined && key === undefined) return unknownPatient(patient, population);
  const wanted: Situation = {
    service,
    situation,
    ...(key === undefined ? {} : { about: key }),
    ...(times === undefined ? {} : { times }),
    ...(parameters === undefined ? {} : { parameters }),
  };
  try {
    situations.set(wanted);
  } catch (error) {
    if (!(error instanceof BenchError)) throw error;
    return problem(400, error.code, error.message, [error.remedy], { known: situations.known(service) });
  }
  return { status: 200, document: { situation: wanted } };
}

/** What is set, in the order of the subjects, and every name by service. */
export function showSituations(situations: Situations): ControlAnswer {
  const known = Object.fromEntries(SERVICES.map((service) => [service, situations.known(service)]));
  return { status: 200, document: { situations: situations.list(), known } };
}

/** Takes away what is set: the parts given must match, a part that is not given matches anything. */
export function removeSituations(query: URLSearchParams, { situations, population }: Controlled): ControlAnswer {
  const refused = badQuery(query, ['service', 'patient', 'about', 'situation']);
  if (refused !== undefined) return refused;
  const service = serviceOf(query);
  const [patient, about, situation] = ['patient', 'about', 'situation'].map((name) => query.get(name) ?? undefined);
  if (patient !== undefined && about !== undefined) {
    return problem(400, 'BAD_QUERY', 'Donner « patient » ou « about », pas les deux.', []);
  }
  const key = patient === undefined ? about : keyOf(patient, population);
  if (patient !== undefined && key === undefined) return unknownPatient(patient, population);
  const known = (service === undefined ? SERVICES : [service]).flatMap((one) => situations.known(one));
  if (situation !== undefined && !known.includes(situation)) {
    const message = `La situation « ${situation} » n'existe pas${service === undefined ? '' : ` pour le service ${service}`}.`;
    return problem(400, 'UNKNOWN_SITUATION', message, [`situations connues : ${known.join(', ')}`], { known });
  }
  const removed = situations.remove({
    ...(service === undefined ? {} : { service }),
    // An empty `about` names what is about everybody.
    ...(key === undefined ? {} : { about: key === '' ? null : key }),
    ...(situation === undefined ? {} : { situation }),
  });
  return { status: 200, document: { removed } };
}
