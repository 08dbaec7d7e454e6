import { patientCx } from '../xds/index.ts';
import type { DmpContext } from '../dmp/index.ts';
import { shareableIns } from '../identity/index.ts';
import { Refusal } from '../model/index.ts';
import type { ExistenceTold } from '../outbox/index.ts';
import { differencesOf } from './differences.ts';
import type { Access, Actor, Difference, Existence, RecordDeps } from './types.ts';

export interface AccessTold {
  exists: Existence;
  access: Access;
  message: string;
  differences: Difference[];
}

/** Values of AUTORISATION besides VALIDE are not published; what is not known gives no access. */
const AUTHORISATIONS: Readonly<Record<string, Access>> = {
  VALIDE: 'valide',
  EXPIREE: 'expiree',
  BLOQUEE: 'bloquee',
  INTERDITE: 'bloquee',
};

/** What a call of the DMP about this patient needs. */
export function contextOf(patientId: string, actor: Actor, deps: RecordDeps): DmpContext {
  const { config, faults, patients } = deps;
  // The record is read in the strengthened indirect authentication (AIR, SC.DMP/AIRS.03).
  return { author: actor.person, patient: patientCx(patients.get(patientId), config), config, faults, air: true };
}

/** @throws {Refusal} `IDENTITE_NON_QUALIFIEE` */
export function requireQualified(patientId: string, deps: RecordDeps): void {
  if (shareableIns(deps.patients.get(patientId))) return;
  throw new Refusal(
    'IDENTITE_NON_QUALIFIEE',
    "L'identité du patient n'est pas qualifiée : aucun échange avec le DMP.",
    'Qualifiez son identité.',
  );
}

/** Writes down what TD0.2 told, whoever asked; ours is the identity that stays, a difference is told (alert and task). */
export function recordExistence(patientId: string, actor: Actor, told: ExistenceTold, deps: RecordDeps): AccessTold {
  const { book, faults, journal, now, patients, worklist } = deps;
  const known = told.told !== false && told.transient !== true;
  const exists: Existence = !known ? 'inconnu' : told.closed ? 'ferme' : told.exists ? 'actif' : 'inexistant';
  const access = exists !== 'actif' ? 'inconnue' : (AUTHORISATIONS[told.authorisation ?? ''] ?? 'inexistante');
  const found = told.identity ? differencesOf(patients.get(patientId), told.identity) : [];
  const differences = faults.has('dmp-differences-muettes') ? [] : found;
  const at = now();
  const { user } = actor;
  const alert = differences.map(({ field, here, inDmp }) => `${field} : « ${here} » ici, « ${inDmp} » dans le DMP`);
  const warning = alert.length === 0 ? '' : ` Attention, le DMP porte une autre identité. ${alert.join(' ; ')}.`;
  const why = access === 'bloquee' ? " Le patient a bloqué l'accès de cet utilisateur à son DMP." : '';
  const message = `${told.detail}${why}${warning}`;
  journal.add({
    at,
    user,
    patientId,
    action: 'TD0.2',
    outcome: known ? 'reussite' : 'echec',
    message: told.detail,
    nationalId: actor.person.nationalId,
  });
  if (differences.length > 0) {
    journal.add({ at, user, patientId, action: 'difference-identite', outcome: 'reussite', message: warning.trim() });
    worklist.add({ at, kind: 'identite-a-verifier', reason: warning.trim(), patientId });
  }
  if (found.length > 0 && told.identity && faults.has('dmp-ecrase-identite')) {
    patients.get(patientId).traits.birthName = told.identity.birthName;
  }
  book.set(patientId, { existence: exists, access, lastCheck: { at, user, message, differences } });
  return { exists, access, message, differences };
}

/**
 * TD0.2, and TD0.3 when the patient agreed and nothing was put on the record yet (SC.DMP/UX.08, UX.50).
 *
 * @throws {Refusal} `IDENTITE_NON_QUALIFIEE`
 */
export async function checkAccess(patientId: string, actor: Actor, deps: RecordDeps): Promise<AccessTold> {
  requireQualified(patientId, deps);
  const { book, faults, journal, now, patients, services } = deps;
  const { access: held, lastCheck } = book.of(patientId);
  const told = recordExistence(patientId, actor, await deps.testExistence(patientId, actor), deps);
  const ofColleague = held === 'valide' && lastCheck?.user !== actor.user;
  if (ofColleague && faults.has('dmp-autorisation-du-collegue')) return { ...told, access: held };
  await services.askBesides(patients.get(patientId), contextOf(patientId, actor, deps));
  const agreed = book.of(patientId).consent === 'accord' || faults.has('dmp-td03-sans-accord');
  const again = told.access === 'valide' && faults.has('dmp-td03-toujours');
  const open = told.access === 'inexistante' || told.access === 'expiree' || again;
  if (told.exists !== 'actif' || !open || !agreed || faults.has('dmp-sans-td03-consultation')) return told;
  const verdict = await services.authorise(contextOf(patientId, actor, deps));
  const accepted = verdict.outcome === 'accepted';
  journal.add({
    at: now(),
    user: actor.user,
    patientId,
    action: 'TD0.3',
    outcome: accepted ? 'reussite' : 'echec',
    message: verdict.detail,
    nationalId: actor.person.nationalId,
  });
  const access: Access = accepted ? 'valide' : told.access;
  book.set(patientId, { access });
  return { ...told, access, message: `${told.message} ${verdict.detail}` };
}

/** How long an access that was found valid serves: the existence test is not asked in a loop. */
const FRESH_MS = 10 * 60_000;

function isFresh(patientId: string, actor: Actor, { book, faults, now }: RecordDeps): boolean {
  const { access, existence, lastCheck } = book.of(patientId);
  if (access !== 'valide' || existence !== 'actif' || lastCheck === undefined) return false;
  // The right of access is that of the user who asked.
  if (lastCheck.user !== actor.user && !faults.has('dmp-acces-du-collegue')) return false;
  return now().getTime() - lastCheck.at.getTime() < FRESH_MS;
}

/**
 * What every reading of the record goes through: consent of the patient, then existence and access.
 *
 * @throws {Refusal} `CONSULTATION_OPPOSEE`, `CONSENTEMENT_ATTENDU`, `DMP_INACCESSIBLE`
 */
export async function requireReading(patientId: string, actor: Actor, deps: RecordDeps): Promise<void> {
  const { book, faults, journal, now } = deps;
  const { consent } = book.of(patientId);
  const free = faults.has('dmp-consultation-sans-accord');
  const refuse = (code: string, message: string, remedy: string): never => {
    const { user } = actor;
    journal.add({ at: now(), user, patientId, action: 'consultation', outcome: 'bloque', message });
    throw new Refusal(code, message, remedy);
  };
  requireQualified(patientId, deps);
  if (consent === 'opposition' && !free && !faults.has('dmp-consultation-malgre-opposition')) {
    refuse(
      'CONSULTATION_OPPOSEE',
      "Le patient s'oppose à la consultation de son DMP.",
      'Aucune consultation possible.',
    );
  }
  if (consent === 'non-recueilli' && !free) {
    const remedy = 'Recueillez le choix du patient, puis enregistrez-le.';
    refuse('CONSENTEMENT_ATTENDU', "La non-opposition du patient n'est pas enregistrée.", remedy);
  }
  if (faults.has('dmp-consultation-sans-td02') || isFresh(patientId, actor, deps)) return;
  const { exists, access, message } = await checkAccess(patientId, actor, deps);
  if (exists !== 'actif' || access !== 'valide') {
    if (faults.has('dmp-consultation-sans-acces')) return;
    refuse('DMP_INACCESSIBLE', `Le DMP ne peut pas être consulté. ${message}`, '');
  }
}
