import type { Alert, VerifyReceived, Worklist } from '../identity/index.ts';
import { Refusal, type IdentityStatus, type InsiAuthentication, type Patient, type Traits } from '../model/index.ts';
import { describeFailure, failureMessage } from './messages.ts';
import { operationOf } from './operations.ts';
import { queryOf } from './query.ts';
import { refuseFlagged, type InsiDeps } from './search.ts';
import type { IdentityToVerify, InsiMode, VerificationAnswer } from './types.ts';

export interface VerifyOrder {
  patientIds: readonly string[];
  /** All in one request, or one request each. */
  bulk: boolean;
  user: string;
  authentication: InsiAuthentication;
}

export interface VerifyResult {
  results: { patientId: string; returned: string; status: IdentityStatus }[];
  message: string;
  /** What the message warns of, trait by trait. */
  alerts: Alert[];
}

/**
 * Asks INSi whether identities held here are still right. KO takes the INS away, lowers the status and puts the identity
 * in the worklist (rule 49); no answer leaves everything as it was. Every call is in the journal (rule 48).
 *
 * @throws {SglError} `PATIENT_INCONNU`
 * @throws {Refusal} `APPEL_BLOQUE` (rule 25), `SANS_INS` when one of them has no INS to verify
 */
export async function verifyPatients(
  order: VerifyOrder,
  deps: InsiDeps & { worklist: Worklist },
): Promise<VerifyResult> {
  const { patients, faults } = deps;
  const asked = [...new Set(order.patientIds)].map((id) => patients.get(id));
  if (!faults.has('ins-appel-douteux')) asked.forEach(refuseFlagged);
  const items = asked.map((patient) => ({ patient, identity: identityOf(patient, faults) }));
  const batches = order.bulk ? [items] : items.map((item) => [item]);
  const results: VerifyResult['results'] = [];
  let failure = '';
  for (const batch of batches) {
    const answer = await call(
      batch.map(({ identity }) => identity),
      order,
      deps,
    );
    for (const { patient } of batch) results.push({ patientId: patient.id, ...settle(patient, answer, order, deps) });
    if (answer.kind !== 'verifie') failure = failureMessage(answer);
  }
  const wrong = results.filter(({ returned }) => returned === 'KO').length;
  const summary =
    wrong === 0
      ? 'Vérification INSi : OK.'
      : `Vérification INSi : ${wrong} identité(s) KO, INS retiré ; à traiter dans la liste de travail.`;
  const alerts = wrong === 0 ? [] : [{ field: 'ins' as const, message: summary }];
  return { results, message: failure || summary, alerts };
}

/** Verification of an identity received from elsewhere, for {@link VerifyReceived}. */
export function createVerifyReceived(deps: InsiDeps, as: () => InsiAuthentication): VerifyReceived {
  return async ({ ins, traits }, patientId, user) => {
    const { birthName, firstNames, sex, birthDate } = traits;
    if (!birthName || !firstNames || !sex || !birthDate) return 'KO';
    const query = queryOf({ ...traits, birthName, firstNames, sex, birthDate } satisfies Traits);
    const identity: IdentityToVerify = { ref: patientId, ins, traits: query };
    const untraced = { ...deps, journal: { ...deps.journal, add: () => {} } };
    const answer = await call(
      [identity],
      { bulk: false, user, authentication: as() },
      deps.faults.has('hl7-verification-sans-trace') ? untraced : deps,
    );
    return answer.kind === 'verifie' ? (answer.verdicts.get(patientId) ?? 'indisponible') : 'indisponible';
  };
}

function identityOf(patient: Patient, faults: ReadonlySet<string>): IdentityToVerify {
  if (!patient.ins) {
    throw new Refusal(
      'SANS_INS',
      `Aucun INS à vérifier pour le patient ${patient.localId}.`,
      "Recherchez d'abord l'INS.",
    );
  }
  const traits = faults.has('insi-verifie-traits-saisis') ? (patient.typed ?? patient.traits) : patient.traits;
  return { ref: patient.id, ins: patient.ins, traits: queryOf(traits) };
}

async function call(
  identities: readonly IdentityToVerify[],
  { bulk, user, authentication }: Pick<VerifyOrder, 'bulk' | 'user' | 'authentication'>,
  { client, config, journal, traces, now }: InsiDeps,
): Promise<VerificationAnswer> {
  const at = now();
  const mode: InsiMode = bulk ? 'verification-masse' : 'verification';
  const operation = operationOf(mode, config.insi.operations).name;
  const answer = await client.verify(identities, bulk, authentication);
  for (const { ref } of identities) {
    const said = answer.kind === 'verifie' ? saidOf(answer.verdicts.get(ref)) : describeFailure(answer);
    traces.add({ at, user, patientId: ref, kind: 'appel-insi', detail: operation });
    journal.add({ at, user, patientId: ref, operation, mode, authentication, ...said });
  }
  return answer;
}

function saidOf(verdict: 'OK' | 'KO' | undefined): { returned: string; message: string } {
  return verdict === undefined
    ? { returned: 'illisible', message: 'absente de la réponse' }
    : { returned: verdict, message: `vérification ${verdict}` };
}

/** What the identity becomes; a verdict that came too late for an INS changed meanwhile touches nothing. */
function settle(
  asked: Patient,
  answer: VerificationAnswer,
  { user }: VerifyOrder,
  { patients, worklist, faults, now }: InsiDeps & { worklist: Worklist },
): { returned: string; status: IdentityStatus } {
  const said = answer.kind === 'verifie' ? saidOf(answer.verdicts.get(asked.id)) : describeFailure(answer);
  const returned = answer.kind !== 'verifie' && faults.has('ins-erreur-vaut-ko') ? 'KO' : said.returned;
  const current = patients.get(asked.id);
  if ((returned === 'OK' || returned === 'KO') && current.ins?.matricule === asked.ins?.matricule) {
    patients.apply(asked.id, { kind: 'verification-insi', returned }, user);
    if (returned === 'KO' && !faults.has('ins-ko-sans-tache')) {
      const reason = "La vérification de l'INS a répondu KO : identité à vérifier, INS retiré.";
      worklist.add({ at: now(), kind: 'identite-a-verifier', reason, patientId: asked.id });
    }
  }
  return { returned, status: patients.get(asked.id).status };
}
