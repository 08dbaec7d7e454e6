import { holdsName, type IdentityTraces, type InsiIdentity, type Patients } from '../identity/index.ts';
import type { IdentityStatus, Traits } from '../model/index.ts';
import { OPERATION, type AskInsi, type InsiOutcome } from './client.ts';
import type { InsiJournal } from './journal.ts';
import { plannedQueries } from './query.ts';

export interface SearchResult {
  status: IdentityStatus;
  /** `00`, `01` or `02`; absent when INSi answered by a fault or not at all. */
  returnCode?: '00' | '01' | '02';
  /** For the user. */
  message: string;
}

/**
 * Searches the INS of a patient by traits and, when one comes back that may be attached, attaches it.
 * Anything else than an acceptable 00 leaves the identity as it was; the user is told why and goes on working.
 *
 * @throws {SglError} `PATIENT_INCONNU`
 */
export async function searchIns(
  patientId: string,
  user: string,
  deps: { ask: AskInsi; patients: Patients; journal: InsiJournal; traces: IdentityTraces; now: () => Date },
): Promise<SearchResult> {
  const { ask, patients, journal, traces, now } = deps;
  const { traits } = patients.get(patientId);
  const codes: ('01' | '02')[] = [];
  for (const query of plannedQueries(traits)) {
    const at = now();
    traces.add({ at, user, patientId, kind: 'appel-insi', detail: OPERATION });
    const outcome = await ask(query);
    journal.add({ at, user, patientId, operation: OPERATION, ...describe(outcome) });
    const status = patients.get(patientId).status;
    switch (outcome.kind) {
      case 'sans-reponse':
        codes.push(outcome.code);
        continue;
      case 'trouve': {
        // A hit found by another first name than the first one must still be the person typed in.
        if (codes.length > 0 && !holdsFirstName(outcome.identity, traits)) {
          return refused(status, ['le premier prénom saisi ne figure pas parmi les prénoms renvoyés']);
        }
        const transition = patients.apply(patientId, { kind: 'retour-insi', identity: outcome.identity }, user);
        if (transition.kind === 'refuse') return refused(status, transition.reasons);
        const { patient } = transition;
        return { status: patient.status, returnCode: '00', message: attached(traits, patient.traits) };
      }
      case 'erreur':
        return {
          status,
          message: `INSi a renvoyé l'erreur ${outcome.code} : ${outcome.label || 'sans libellé'}. L'identité n'est pas modifiée.`,
        };
      case 'illisible':
        return {
          status,
          message: `La réponse d'INSi est illisible (${outcome.why}). L'identité n'est pas modifiée ; réessayez plus tard.`,
        };
      case 'indisponible':
        return { status, message: `INSi : ${outcome.why} L'identité n'est pas modifiée ; réessayez plus tard.` };
    }
  }
  const { status } = patients.get(patientId);
  return codes.includes('02')
    ? {
        status,
        returnCode: '02',
        message: "Plusieurs identités correspondent à ces traits : aucun INS n'est rattaché. Complétez les traits.",
      }
    : {
        status,
        returnCode: '01',
        message: "Aucune identité ne correspond à ces traits : aucun INS n'est rattaché. Vérifiez les traits.",
      };
}

function refused(status: IdentityStatus, reasons: readonly string[]): SearchResult {
  return {
    status,
    returnCode: '00',
    message: `Le retour d'INSi ne peut pas être rattaché : ${reasons.join(' ; ')}. L'identité n'est pas modifiée.`,
  };
}

function holdsFirstName(identity: InsiIdentity, typed: Traits): boolean {
  return holdsName(identity.firstNameList ?? identity.firstName ?? '', typed.firstNames[0] ?? '');
}

/** The user must see what INSi changed (rule 6). */
function attached(typed: Traits, now: Traits): string {
  const changes = [
    typed.birthName !== now.birthName && 'nom de naissance',
    typed.firstNames.join(' ') !== now.firstNames.join(' ') && 'prénoms',
    typed.sex !== now.sex && 'sexe',
    typed.birthDate !== now.birthDate && 'date de naissance',
    typed.birthPlace !== now.birthPlace && 'lieu de naissance',
  ].filter((change) => change !== false);
  const tail = changes.length > 0 ? ` Traits remplacés par ceux d'INSi : ${changes.join(', ')}.` : '';
  return `Identité trouvée par INSi : l'INS est rattaché.${tail}`;
}

function describe(outcome: InsiOutcome): { returned: string; message: string; data: string } {
  switch (outcome.kind) {
    case 'trouve': {
      const { ins, history, birthName, firstName, firstNameList, sex, birthDate, birthPlace } = outcome.identity;
      const data = [birthName, firstName, firstNameList, sex, birthDate, birthPlace, ins.matricule, ins.oid];
      const past = history.map((old) => `${old.matricule} (${old.oid})`);
      return { returned: '00', message: outcome.label, data: [...data, ...past].map((v) => v ?? '').join(' | ') };
    }
    case 'sans-reponse':
    case 'erreur':
      return { returned: outcome.code, message: outcome.label, data: '' };
    case 'illisible':
      return { returned: 'illisible', message: outcome.why, data: '' };
    case 'indisponible':
      return { returned: outcome.code, message: outcome.why, data: '' };
  }
}
