import { authority } from '../documents/index.ts';
import { spoilDmp } from '../faults/index.ts';
import { shareableIns } from '../identity/index.ts';
import type { Patient, Professional, SglConfig } from '../model/index.ts';
import { patientCx } from '../xds/index.ts';
import { type ExistenceReading, readExistenceAnswer } from './answers.ts';
import { attempt, callDmp } from './call.ts';
import { EXISTENCE_ACTION, existenceQuery } from './existence.ts';

export interface ExistenceAnswer {
  exists: boolean;
  closed: boolean;
  detail: string;
  /** True when nothing is known because the service could not answer now: ask again later. */
  transient: boolean;
  /** False when the service refused to tell: neither existence nor absence is known. */
  told?: boolean;
  /** Code of AUTORISATION: whether the user may read the record. */
  authorisation?: string;
  /** Identity that the DMP holds. */
  identity?: ExistenceReading['identity'];
}

const NOT_QUALIFIED = "L'identité du patient n'est pas qualifiée : aucun échange avec le DMP.";

/**
 * TD0.2, existence test. No call is made for an identity that is not qualified.
 *
 * @param author in whose name the test is made; his profession must be known
 * @param faults `dmp-existence-local` asks with the local number of the patient
 */
export async function testExistence(
  patient: Patient,
  config: SglConfig,
  author: Professional,
  faults: ReadonlySet<string> = new Set(),
): Promise<ExistenceAnswer> {
  const ins = shareableIns(patient);
  if (ins === undefined) return { exists: false, closed: false, detail: NOT_QUALIFIED, transient: false };
  const asked = faults.has('dmp-existence-local')
    ? { ...ins, oid: authority(config.oidRoot, 'patient'), matricule: patient.localId }
    : ins;
  const at = new Date();
  const answer = await attempt(async () => {
    const body = spoilDmp('existence', existenceQuery(asked, config, at), faults);
    const context = { author, patient: patientCx(patient, config), config, faults };
    return readExistenceAnswer(await callDmp({ service: 'patients', action: EXISTENCE_ACTION, body }, context, at));
  });
  const { existence, authorisation, identity }: ExistenceReading = 'existence' in answer ? answer : {};
  return {
    exists: existence === 'active' || existence === 'closed',
    closed: existence === 'closed',
    detail: answer.detail,
    transient: answer.outcome === 'refused' && answer.transient,
    told: existence !== undefined,
    ...(authorisation !== undefined && { authorisation }),
    ...(identity && { identity }),
  };
}
