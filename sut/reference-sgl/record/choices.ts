import { FEED_USER } from '../identity/index.ts';
import { Refusal } from '../model/index.ts';
import type { Actor, RecordDeps } from './types.ts';

/** What the patient said about the reading of his record; he may change his mind at any time (CONF.06, UX.06). */
export function recordConsent(
  patientId: string,
  choice: 'accord' | 'opposition',
  actor: Actor,
  deps: RecordDeps,
): { message: string } {
  const { book, faults, journal, now, patients } = deps;
  const { id } = patients.get(patientId);
  const { consent } = book.of(id);
  if (consent !== 'non-recueilli' && consent !== choice && faults.has('dmp-consentement-fige')) {
    throw new Refusal('CONSENTEMENT_FIGE', 'Le choix du patient est déjà enregistré.');
  }
  // A choice that changes is no longer what the last access test was made under.
  book.set(id, { consent: choice, ...(consent !== choice && { access: 'inconnue' }) });
  const message =
    choice === 'accord'
      ? 'Non-opposition du patient à la consultation de son DMP enregistrée.'
      : 'Opposition du patient à la consultation de son DMP enregistrée : plus aucune consultation.';
  if (!faults.has('dmp-consentement-sans-trace')) {
    const { user } = actor;
    journal.add({ at: now(), user, patientId: id, action: 'consentement', outcome: 'reussite', message });
  }
  return { message };
}

/**
 * The choices that another system collected and tells (DMP/UX.06): those that change are recorded, like those made here. An
 * opposition to the feeding blocks it until it is lifted there; a block made here stays.
 */
export function takeConsent(
  patientId: string,
  told: { readonly feeding?: boolean; readonly consultation?: boolean },
  deps: RecordDeps,
): void {
  const { book, config, faults } = deps;
  if (faults.has('hl7-choix-ignore')) return;
  const by: Actor = { user: FEED_USER, person: config.biologist };
  const { consent, blocked, opposedToFeeding = false } = book.of(patientId);
  const choice = told.consultation === undefined ? consent : told.consultation ? 'accord' : 'opposition';
  if (choice !== 'non-recueilli' && choice !== consent) recordConsent(patientId, choice, by, deps);
  if (told.feeding === undefined || told.feeding !== opposedToFeeding) return;
  book.set(patientId, { opposedToFeeding: !told.feeding });
  if (!told.feeding && !blocked) blockFeeding(patientId, true, by, deps);
  if (told.feeding && blocked) blockFeeding(patientId, false, by, deps);
}

/** Feeding of the DMP blocked for a patient, for a legitimate reason, or allowed again (DMP/va1.22, HISTO.06). */
export function blockFeeding(patientId: string, on: boolean, actor: Actor, deps: RecordDeps): { message: string } {
  const { book, journal, now, patients } = deps;
  const { id } = patients.get(patientId);
  book.set(id, { blocked: on });
  const message = on
    ? "Alimentation du DMP bloquée pour ce patient : ses comptes rendus n'y sont pas versés."
    : 'Alimentation du DMP permise à nouveau pour ce patient.';
  journal.add({ at: now(), user: actor.user, patientId: id, action: 'blocage', outcome: 'reussite', message });
  return { message };
}

/** Shown on the lines that a block holds. */
export const BLOCKED = "Bloqué : l'alimentation du DMP est bloquée pour ce patient.";
