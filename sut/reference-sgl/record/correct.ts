import type { DmpEntry, EntryStatus } from '../dmp/index.ts';
import { Refusal, type Confidentiality, type Report, type Result } from '../model/index.ts';
import type { ValidatedReport } from '../validation/index.ts';
import { contextOf, requireQualified } from './access.ts';
import { refusalOf } from './consult.ts';
import type { Actor, Fed, RecordDeps } from './types.ts';

export type DocumentAction = 'masquer' | 'demasquer' | 'montrer-au-patient' | 'archiver' | 'desarchiver';

/**
 * A report is corrected or completed: new documents, each in the place of the one that the DMP has (TD2.1b). No
 * authorisation is asked for (SC.DMP/CONF.05).
 */
export async function replaceReport(
  order: { reportId: string; results: Result[]; title?: string; status?: NonNullable<Report['status']> },
  actor: Actor,
  deps: RecordDeps,
): Promise<ValidatedReport> {
  const { faults, fed, reports } = deps;
  const { reportId, ...changes } = order;
  const { report } = reports().get(reportId);
  if (report.letter) {
    throw new Refusal('DOCUMENT_RECU', "Un document reçu n'est pas corrigé ici.", 'Demandez-le à son auteur.');
  }
  const apart = report.status === 'partiel' && faults.has('dmp-complet-sans-remplacement');
  const replaces = apart ? {} : fed.inForce(reportId);
  return await reports().revise(reportId, { ...changes, operator: actor.person, replaces });
}

/** Takes a report back from the DMP (TD3.3c): `Deleted`, which nothing undoes. */
export async function deleteReport(
  order: { reportId: string; reason?: string },
  actor: Actor,
  deps: RecordDeps,
): Promise<{ message: string }> {
  const { faults, fed, outbox, services } = deps;
  const { reportId, reason } = order;
  const documents = inRecord(reportId, deps);
  outbox().supersede(reportId, 'Non envoyé : le compte rendu est supprimé du DMP.');
  const warnings = new Set<string>();
  for (const document of documents) {
    if (!faults.has('dmp-suppression-locale')) {
      const to = deletedStatus(faults);
      if (faults.has('dmp-td03-suppression')) await services.authorise(contextOf(document.patientId, actor, deps));
      const act: Update = (entry, context) => services.updateStatus(entry, to, context);
      warnings.add(await update(document, 'TD3.3c', actor, deps, act));
    }
    fed.change(document.uniqueId, { status: 'supprime' });
  }
  const why = reason === undefined ? '' : ` Motif : ${reason}.`;
  const message = `Compte rendu ${reportId} supprimé du DMP (${documents.length} document(s)).${why}`;
  return { message: [message, ...warnings].join(' ').trim() };
}

/** `Deleted`, unless a fault takes another status for it. */
function deletedStatus(faults: ReadonlySet<string>): EntryStatus {
  if (faults.has('dmp-suppression-deprecie')) return 'Deprecated';
  return faults.has('dmp-suppression-archive') ? 'Archived' : 'Deleted';
}

/** Masks, shows or archives the documents of a report in the DMP (TD3.3a, TD3.3b, TD3.3d). */
export async function changeDocument(
  order: { reportId: string; action: DocumentAction },
  actor: Actor,
  deps: RecordDeps,
): Promise<{ message: string }> {
  const { faults, fed, services } = deps;
  const { reportId, action } = order;
  const documents = inRecord(reportId, deps);
  const warnings = new Set<string>();
  for (const document of documents) {
    if (action === 'archiver' || action === 'desarchiver') {
      const to = action === 'archiver' ? 'Archived' : 'Approved';
      const act: Update = (entry, context) => services.updateStatus(entry, to, context);
      warnings.add(await update(document, 'TD3.3d', actor, deps, act));
      fed.change(document.uniqueId, { status: action === 'archiver' ? 'archive' : 'actif' });
      continue;
    }
    const wanted = wantedFor(action, document.confidentiality);
    if (!faults.has('dmp-masquage-local')) {
      const transaction = action === 'montrer-au-patient' ? 'TD3.3b' : 'TD3.3a';
      const sent = faults.has('dmp-demasque-tout') ? {} : wanted;
      const act: Update = (entry, context) => services.updateConfidentiality(entry, sent, context);
      warnings.add(await update(document, transaction, actor, deps, act));
    }
    fed.change(document.uniqueId, { confidentiality: wanted });
  }
  return { message: [`${DONE[action]} (${documents.length} document(s)).`, ...warnings].join(' ').trim() };
}

const DONE: Readonly<Record<DocumentAction, string>> = {
  masquer: 'Document masqué aux professionnels dans le DMP',
  demasquer: 'Document visible des professionnels dans le DMP',
  'montrer-au-patient': 'Document visible du patient dans le DMP',
  archiver: 'Document archivé dans le DMP',
  desarchiver: 'Document sorti des archives du DMP',
};

/** @throws {Refusal} `MASQUAGE_INTERDIT`: nobody could read a document hidden from both */
function wantedFor(action: DocumentAction, now: Confidentiality): Confidentiality {
  if (action === 'demasquer') return { ...now, hiddenFromProfessionals: false };
  if (action === 'montrer-au-patient') return { ...now, hiddenFromPatient: false };
  const wanted = { ...now, hiddenFromProfessionals: true };
  requireReadable(wanted);
  return wanted;
}

/** @throws {Refusal} `MASQUAGE_INTERDIT` (DMP integration guide: not both) */
export function requireReadable({ hiddenFromProfessionals, hiddenFromPatient }: Confidentiality): void {
  if (hiddenFromProfessionals !== true || hiddenFromPatient !== true) return;
  throw new Refusal(
    'MASQUAGE_INTERDIT',
    'Un document ne peut pas être à la fois masqué aux professionnels et invisible au patient.',
    "Choisissez l'un ou l'autre.",
  );
}

/** The documents of a report that are in the DMP. @throws {Refusal} `RIEN_DANS_LE_DMP` */
function inRecord(reportId: string, { fed, reports }: RecordDeps): readonly Fed[] {
  const { report } = reports().get(reportId);
  const documents = fed.ofReport(report.id).filter(({ status }) => status === 'actif' || status === 'archive');
  if (documents.length > 0) return documents;
  throw new Refusal('RIEN_DANS_LE_DMP', "Aucun document de ce compte rendu n'est dans le DMP.");
}

type Context = ReturnType<typeof contextOf>;
type Update = (entry: DmpEntry, context: Context) => ReturnType<RecordDeps['services']['updateStatus']>;

/**
 * Asks which entry is in force, then changes it.
 *
 * @returns what the DMP warned of, or nothing
 * @throws {Refusal} `DMP_REFUS` with what the DMP said
 */
async function update(document: Fed, action: string, actor: Actor, deps: RecordDeps, change: Update): Promise<string> {
  const { journal, now, services } = deps;
  const { patientId, uniqueId } = document;
  requireQualified(patientId, deps);
  const context = contextOf(patientId, actor, deps);
  const found = await services.queryDmp('getDocuments', [['$XDSDocumentEntryUniqueId', [uniqueId]]], context);
  const trace = {
    user: actor.user,
    patientId,
    action,
    nationalId: actor.person.nationalId,
    documents: [uniqueId],
  };
  const fail = (message: string): never => {
    journal.add({ at: now(), ...trace, outcome: 'echec', message });
    throw refusalOf(message, deps);
  };
  if (found.outcome === 'refused') return fail(found.detail);
  const entry = found.entries.find(({ status }) => status === 'Approved' || status === 'Archived') ?? found.entries[0];
  if (entry === undefined) return fail(`Le document ${uniqueId} n'est plus dans le DMP.`);
  const verdict = await change(entry, context);
  if (verdict.outcome === 'refused') return fail(verdict.detail);
  const message = ['Demande acceptée par le DMP.', verdict.warning ?? ''].join(' ').trim();
  journal.add({ at: now(), ...trace, outcome: 'reussite', message });
  return verdict.warning ?? '';
}
