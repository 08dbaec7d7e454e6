import { natureOf } from '../documents/index.ts';
import { shareableIns } from '../identity/index.ts';
import type { BuiltDocument, Report } from '../model/index.ts';
import type { FeedSession } from '../outbox/index.ts';
import type { ValidatedReport } from '../validation/index.ts';
import { BLOCKED } from './choices.ts';
import { dayBounds } from './times.ts';
import type { Actor, RecordDeps } from './types.ts';

export interface HistoryOrder {
  patientId: string;
  /** Days of the act, both included. */
  from: string;
  to: string;
  kinds?: string[];
  reportIds?: string[];
}

export interface HistoryLine {
  reportId: string;
  state: 'transmis' | 'deja-transmis' | 'refuse' | 'bloque';
  message: string;
}

/**
 * Feeds the DMP with the documents of the past of a patient (SC.DMP/HISTO.03 to .06): dated by the act, those that are
 * there already left out, nothing for a patient who died, whose identity is not qualified or who has his record blocked,
 * no faster than the administrator said. One existence test for all.
 */
export async function feedHistory(order: HistoryOrder, actor: Actor, deps: RecordDeps): Promise<HistoryLine[]> {
  const { faults, settings, wait } = deps;
  const chosen = selected(order, deps);
  const lines: HistoryLine[] = [];
  // The limit counts transactions: a report is one for each of its documents.
  let sent = 0;
  const pace = async (): Promise<void> => {
    sent += 1;
    if (sent > 1) await wait(1_000 / settings.current().dmpHistoryRate);
  };
  const session: FeedSession = faults.has('dmp-historique-sans-limite') ? {} : { pace };
  for (const validated of chosen) {
    lines.push(held(validated, deps) ?? (await feedOne(validated, actor, session, deps)));
  }
  return lines;
}

function selected({ patientId, from, to, kinds, reportIds }: HistoryOrder, deps: RecordDeps): ValidatedReport[] {
  const { id } = deps.patients.get(patientId);
  const { first } = dayBounds(from);
  const { last } = dayBounds(to);
  const { faults } = deps;
  return deps
    .reports()
    .list()
    .filter(({ report }) => report.patient.id === id)
    .filter(
      ({ report: { validatedAt } }) =>
        faults.has('dmp-historique-toutes-dates') ||
        (validatedAt >= first && validatedAt.getTime() < last.getTime() + 1_000),
    )
    .filter(
      ({ report }) =>
        faults.has('dmp-historique-tous-types') || kinds === undefined || kinds.includes(natureOf(report).type.code),
    )
    .filter(
      ({ report }) =>
        faults.has('dmp-historique-sans-choix') || reportIds === undefined || reportIds.includes(report.id),
    );
}

/** What keeps a document here. */
function held({ report }: ValidatedReport, deps: RecordDeps): HistoryLine | undefined {
  const { book, faults, fed, patients } = deps;
  const patient = patients.get(report.patient.id);
  const line = (state: HistoryLine['state'], message: string): HistoryLine => ({ reportId: report.id, state, message });
  const there = fed.ofReport(report.id).find(({ version }) => version === report.version);
  if (there && !faults.has('dmp-historique-redouble')) {
    // What a user took back from the DMP on purpose does not go back there by itself.
    const what = there.status === 'supprime' ? 'Supprimé du DMP par un utilisateur' : 'Déjà dans le DMP';
    return line('deja-transmis', `${what} : non renvoyé.`);
  }
  if (patient.deceased === true && !faults.has('dmp-historique-decede')) {
    return line('bloque', 'Bloqué : le patient est décédé.');
  }
  if (book.of(patient.id).blocked && !faults.has('dmp-blocage-ignore')) return line('bloque', BLOCKED);
  if (!shareableIns(patient) && !faults.has('dmp-historique-non-qualifie'))
    return line('bloque', "Bloqué : l'identité du patient n'est pas qualifiée.");
  return undefined;
}

async function feedOne(
  validated: ValidatedReport,
  actor: Actor,
  session: FeedSession,
  deps: RecordDeps,
): Promise<HistoryLine> {
  const { faults, now, outbox, patients } = deps;
  const { report, documents } = validated;
  const qualified = faults.has('dmp-historique-non-qualifie') ? { status: 'qualifiee' as const } : {};
  const today = faults.has('dmp-historique-date-du-jour') ? { validatedAt: now(), receivedAt: now() } : {};
  // The report was made with the identity of its day; the DMP takes the one that is qualified now.
  const renewed: Report = {
    ...report,
    ...today,
    patient: { ...structuredClone(patients.get(report.patient.id)), ...qualified },
    operator: actor.person,
    authorGone: await hasGone(report, deps),
  };
  const sent = await deps.rebuild(renewed, documents);
  const transmissions = await outbox().feed(renewed, sent, session);
  const failed = transmissions.find(({ state }) => state !== 'transmis');
  const state = failed === undefined ? 'transmis' : failed.state === 'bloque' ? 'bloque' : 'refuse';
  const message = failed?.detail ?? `Versé au DMP à la date du ${report.validatedAt.toISOString().slice(0, 10)}.`;
  return { reportId: report.id, state, message };
}

/** Whether the author is no longer in the RPPS (SC.DMP/HISTO.04). A directory that does not answer says nothing. */
async function hasGone({ biologist }: Report, { findRpps, config }: RecordDeps): Promise<boolean> {
  if (biologist.nationalId === config.biologist.nationalId) return false;
  const rpps = /^8(\d{11})$/.exec(biologist.nationalId)?.[1];
  if (rpps === undefined) return true;
  return (await findRpps(rpps).catch(() => undefined))?.length === 0;
}

export type Rebuild = (report: Report, documents: ValidatedReport['documents']) => Promise<BuiltDocument[]>;
