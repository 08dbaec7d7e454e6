import type { ExchangeInProgress } from '../network/types.ts';
import type { IdentityToVerify } from './criteria.ts';
import type { InsiRequest } from './request.ts';
import { VERDICT_SITUATIONS } from './situations.ts';
import type { InsiState, Said } from './types.ts';
import { type Verification, verify } from './verify.ts';

/** Identities named in the sentence of the journal; a larger message says how many others there are. */
const NAMED = 20;

/** Verifies each identity and says on the exchange whose they are. */
export function runVerification(
  identities: readonly IdentityToVerify[],
  exchange: ExchangeInProgress,
  { population }: InsiState,
): readonly Verification[] {
  const verifications = identities.map((identity) => verify(population, identity));
  const patients = verifications.flatMap((one) => one.patient ?? []);
  const [patient] = patients;
  const ins = identities[0]?.ins;
  if (patient) {
    const keys = [...new Set(patients.map(({ key }) => key))];
    exchange.attribute({ patient: patient.key, ins: patient.ins, ...(keys.length > 1 && { patients: keys }) });
  } else if (ins !== undefined) exchange.attribute({ ins });
  return verifications;
}

/**
 * What INSi answers to a verification: OK or KO for each identity, in the order of the request. A situation of one
 * patient changes the verdict on that one only.
 * Source: domain.md §3.2; the message is the bench's (`operations.json`).
 */
export function answerVerification(
  verifications: readonly Verification[],
  { operation }: InsiRequest,
  { situations, settings }: InsiState,
): Said {
  const judged = verifications.map((one) => {
    const played = situations.take('insi', one.patient?.key, VERDICT_SITUATIONS)?.situation;
    if (played === undefined) return one;
    return { ...one, verdict: played === 'verification-ok' ? 'OK' : 'KO', reason: `joué ${played}` } as const;
  });
  const results = judged.map(({ identity, verdict }) => ({ reference: identity.reference, verdict }));
  return {
    verdict: { kind: 'verification', results },
    said: `${sentence(judged, operation.kind === 'bulk')}${settings.vocabulary.verification.confirmed ? '' : ' ; noms de l’opération non confirmés par une source publique'}`,
  };
}

function sentence(judged: readonly Verification[], bulk: boolean): string {
  const reason = (one: Verification): string => (one.reason === undefined ? '' : ` (${one.reason})`);
  const [only] = judged;
  if (!bulk && only) return `répondu ${only.verdict}${reason(only)}`;
  const named = judged
    .slice(0, NAMED)
    .map((one) => `${one.patient?.key ?? `matricule ${one.identity.ins}`} ${one.verdict}${reason(one)}`);
  const others = judged.length > NAMED ? ` ; et ${judged.length - NAMED} autres` : '';
  return `répondu à ${judged.length} vérifications : ${named.join(' ; ')}${others}`;
}
