import { createHash } from 'node:crypto';
import { classified, type DmpEntry, REPOSITORY } from '../dmp/index.ts';
import { Refusal } from '../model/index.ts';
import { ENTRY } from '../xds/index.ts';
import { contextOf, requireReading } from './access.ts';
import { type Criteria, findEntries } from './criteria.ts';
import { localDateTime } from './times.ts';
import type { Actor, RecordDeps } from './types.ts';

export interface FoundDocument {
  uniqueId: string;
  title: string;
  typeCode: string;
  author: string;
  structure: string;
  date: string;
  status: 'actif' | 'archive' | 'remplace';
  alreadyHere: boolean;
}

const STATUS: Readonly<Record<string, FoundDocument['status']>> = {
  Approved: 'actif',
  Archived: 'archive',
  Deprecated: 'remplace',
};
const SIGNATURE = 'E1762';
/** Only for a fault: lines of a screen that forgets the others. */
const PAGE = 20;

/** TD3.1. @throws {Refusal} see {@link requireReading}; `DMP_REFUS` with the code and the label of the DMP */
export async function searchRecord(
  patientId: string,
  criteria: Criteria,
  actor: Actor,
  deps: RecordDeps,
): Promise<{ documents: FoundDocument[]; message: string }> {
  await requireReading(patientId, actor, deps);
  const found = await findEntries(criteria, contextOf(patientId, actor, deps), deps.services.queryDmp);
  const trace = { at: deps.now(), user: actor.user, patientId, action: 'TD3.1', nationalId: actor.person.nationalId };
  if (found.outcome === 'refused') {
    deps.journal.add({ ...trace, outcome: 'echec', message: found.detail });
    throw refusalOf(found.detail, deps);
  }
  // The signature of a submission set is no document for a reader.
  const listed = found.entries.filter((entry) => classified(entry, ENTRY.typeCode)?.code !== SIGNATURE);
  const cut = listed.length > PAGE && deps.faults.has('dmp-liste-coupee');
  const documents = (cut ? listed.slice(0, PAGE) : listed).map((entry) => shown(entry, patientId, deps));
  const message = `${documents.length} document(s) trouvé(s) dans le DMP.`;
  deps.journal.add({ ...trace, outcome: 'reussite', message, documents: documents.map(({ uniqueId }) => uniqueId) });
  return { documents, message };
}

function shown(entry: DmpEntry, patientId: string, deps: RecordDeps): FoundDocument {
  const author = classified(entry, ENTRY.author)?.slots;
  const [, lastName = '', firstName = ''] = (author?.get('authorPerson')?.[0] ?? '').split('^');
  const [structure = ''] = (author?.get('authorInstitution')?.[0] ?? '').split('^');
  const mute = deps.faults.has('dmp-liste-sans-auteur');
  return {
    uniqueId: entry.uniqueId,
    title: entry.title,
    typeCode: classified(entry, ENTRY.typeCode)?.code ?? '',
    author: mute ? '' : `${firstName} ${lastName}`.trim(),
    structure: mute ? '' : structure,
    date: localDateTime(entry.slots.get('creationTime')?.[0] ?? '', deps.faults.has('dmp-recherche-heure-utc')),
    status: STATUS[entry.status] ?? 'actif',
    alreadyHere: isHere(entry.uniqueId, entry.slots.get('hash')?.[0], patientId, deps),
  };
}

/** Fed by us or integrated before: the same number, or the same bytes under another one. */
function isHere(uniqueId: string, hash: string | undefined, patientId: string, deps: RecordDeps): boolean {
  const { book, faults, fed } = deps;
  if (faults.has('dmp-doublon-non-vu')) return false;
  return [...book.of(patientId).integrated, ...fed.list(patientId)].some(
    (one) => one.uniqueId === uniqueId || (hash !== undefined && hash !== '' && one.hash === hash.toLowerCase()),
  );
}

/** TD3.2, and integration in the file of the patient. @throws {Refusal} as {@link searchRecord}, `EMPREINTE_FAUSSE` */
export async function readFromRecord(
  order: { patientId: string; uniqueId: string; integrate: boolean },
  actor: Actor,
  deps: RecordDeps,
): Promise<{ integrated: boolean; alreadyHere: boolean; origin?: string; message: string }> {
  const { patientId, uniqueId, integrate } = order;
  const { book, faults, journal, now, services } = deps;
  await requireReading(patientId, actor, deps);
  const context = contextOf(patientId, actor, deps);
  const trace = {
    user: actor.user,
    patientId,
    action: 'TD3.2',
    nationalId: actor.person.nationalId,
    documents: [uniqueId],
  };
  // Who wrote it and when: without its entry, a document has no origin to show.
  const found = faults.has('dmp-lecture-non-listee')
    ? undefined
    : await findEntries({ uniqueId }, context, services.queryDmp);
  const entry = found?.outcome === 'accepted' ? found.entries.find((one) => one.uniqueId === uniqueId) : undefined;
  const repository = entry?.slots.get('repositoryUniqueId')?.[0] || REPOSITORY;
  const answer = await services.retrieveDocument(uniqueId, repository, context);
  if (answer.outcome === 'refused') {
    journal.add({ at: now(), ...trace, outcome: 'echec', message: answer.detail });
    throw refusalOf(answer.detail, deps);
  }
  const hash = createHash('sha1').update(answer.bytes).digest('hex');
  const expected = entry?.slots.get('hash')?.[0];
  if (expected !== undefined && expected !== '' && expected.toLowerCase() !== hash) {
    const message = "L'empreinte du document reçu n'est pas celle que le DMP annonce : il n'est ni montré ni intégré.";
    journal.add({ at: now(), ...trace, outcome: 'echec', message });
    throw new Refusal('EMPREINTE_FAUSSE', message, 'Demandez à nouveau le document.');
  }
  const document = entry && shown(entry, patientId, deps);
  const origin = originOf(document);
  if (!faults.has('dmp-consultation-sans-trace')) {
    const message = `Document lu (${answer.bytes.byteLength} octets).`;
    journal.add({ at: now(), ...trace, outcome: 'reussite', message });
  }
  const alreadyHere = isHere(uniqueId, hash, patientId, deps);
  if (!integrate) return { integrated: false, alreadyHere, origin, message: 'Document ouvert.' };
  if (alreadyHere) {
    return {
      integrated: false,
      alreadyHere,
      origin,
      message: "Ce document est déjà dans le dossier : il n'est pas repris.",
    };
  }
  const kept = faults.has('dmp-integre-sans-origine') ? 'document' : origin;
  const { integrated } = book.of(patientId);
  const title = document?.title ?? uniqueId;
  const taken = { uniqueId, title, origin: kept, hash, bytes: answer.bytes, mimeType: answer.mimeType };
  book.set(patientId, { integrated: [...integrated, { ...taken, at: now(), user: actor.user }] });
  return { integrated: true, alreadyHere, origin: kept, message: `Document intégré au dossier. Provenance : ${kept}.` };
}

function originOf(document: FoundDocument | undefined): string {
  if (document === undefined) return 'DMP';
  const who = [document.author, document.structure].filter((part) => part !== '').join(', ');
  return `DMP, ${who || 'auteur inconnu'}, ${document.date}`;
}

/** What the DMP said, with its code and its label (DMP integration guide: the user reads them). */
export function refusalOf(detail: string, deps: RecordDeps): Refusal {
  return new Refusal('DMP_REFUS', deps.faults.has('dmp-erreur-muette') ? 'Opération impossible.' : detail);
}
