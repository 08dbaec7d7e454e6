import type { Service } from '#formats/exchange/index.ts';
import type { Hl7Service } from '../hl7/index.ts';
import type { Journal } from '../journal/types.ts';
import type { RunningMssante } from '../mssante/index.ts';
import type { Population } from '../population/types.ts';
import type { Situations } from '../situations/types.ts';
import type { HostPort } from '../types.ts';
import type { Judging } from './judging.ts';

export const SERVICES: readonly Service[] = ['insi', 'dmp', 'psc', 'mssante', 'annuaire', 'hl7', 'pki'];

/** What the control API acts upon. */
export interface Controlled {
  readonly journal: Journal;
  readonly situations: Situations;
  readonly population: Population;
  /** What the bench gave out that opens something: never shown. */
  readonly secrets?: readonly string[];
  /** What the checks say of an exchange; absent when the mocks run without checks. */
  readonly judging?: Judging;
  /** The partner that sends HL7 feeds to the product; absent where there is none. */
  readonly hl7?: Pick<Hl7Service, 'send' | 'makeFeed'>;
  /** Where the product listens, when it is not on this machine: the only such address that feeds go to. */
  readonly hl7Target?: HostPort;
  /** The operator whose mailboxes get mails of correspondents; absent where there is none. */
  readonly mssante?: Pick<RunningMssante, 'deposit' | 'receive'>;
  reset(): void;
}

/** Status and JSON document. */
export interface ControlAnswer {
  readonly status: number;
  readonly document: unknown;
}

/** Refuses a parameter that does not exist, given twice, or a service that is none. */
export function badQuery(query: URLSearchParams, names: readonly string[]): ControlAnswer | undefined {
  const given = [...query.keys()];
  const unknown = given.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    return problem(400, 'BAD_QUERY', `Paramètre inconnu : ${unknown} ; paramètres : ${names.join(', ')}.`, []);
  }
  const twice = given.find((name, index) => given.indexOf(name) !== index);
  if (twice !== undefined) return problem(400, 'BAD_QUERY', `Le paramètre « ${twice} » est donné deux fois.`, []);
  if (query.has('service') && serviceOf(query) === undefined) {
    return problem(400, 'BAD_QUERY', `Service inconnu ; services : ${SERVICES.join(', ')}.`, []);
  }
  return undefined;
}

export function serviceOf(query: URLSearchParams): Service | undefined {
  return SERVICES.find((one) => one === query.get('service'));
}

export function readJson(
  body: Uint8Array,
): { readonly ok: true; readonly value: unknown } | { ok: false; reason: string } {
  try {
    return { ok: true, value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) };
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
}

/** A refusal: stable code, French message, what is known. */
export function problem(
  status: number,
  code: string,
  message: string,
  details: readonly string[],
  more: Readonly<Record<string, unknown>> = {},
): ControlAnswer {
  return { status, document: { error: { code, message, details, ...more } } };
}

/** Key of a patient given by its key or its INS. */
export function keyOf(patient: string, population: Population): string | undefined {
  return (population.byKey(patient) ?? population.byIns(patient))?.key;
}

/** Refuses a patient that the bench does not have. */
export function unknownPatient(patient: string, { patients }: Population): ControlAnswer {
  const known = patients.map(({ key }) => key);
  const message = `Aucun patient de test n'a la clé ou l'INS « ${patient} ».`;
  return problem(400, 'UNKNOWN_PATIENT', message, [`clés connues : ${known.join(', ')}`], { known });
}
