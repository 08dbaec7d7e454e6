import type { Patients, Worklist } from '../identity/index.ts';
import type { Patient } from '../model/index.ts';
import codes from './integration-codes.json' with { type: 'json' };
import { ArchiveRefused, type ArchivedDocument, readArchive } from './received-archive.ts';
import type { ReceivedDocument } from './types.ts';

/** Why a document was not integrated, as its sender is told. */
export interface IntegrationError {
  readonly code: keyof typeof codes.codes;
  readonly label: string;
}

/** What became of the documents of a mail. */
export interface Integration {
  readonly documents: readonly ReceivedDocument[];
  readonly patientId?: string;
  readonly error?: IntegrationError;
}

/** A document in the file of a patient, or that waits for one. */
export interface KeptDocument extends ArchivedDocument {
  readonly messageId: string;
  state: ReceivedDocument['state'];
  patientId?: string;
  reason?: string;
}

export interface ReceivedDocuments {
  /** Deals with the archives of a mail. */
  receive(
    archives: readonly Buffer[],
    mail: { messageId: string; from: string; subject: string },
  ): Promise<Integration>;
  /** Identities may have been qualified since: what waited for one goes to its file. Gives what changed. */
  retry(): readonly KeptDocument[];
  /** Documents received by mail, of one patient or all. */
  list(patientId?: string): readonly KeptDocument[];
}

const KEPT = 2_000;
/** Authorities that give an INS, tests included (protocols.md §0.1). */
const INS_AUTHORITIES = '1.2.250.1.213.1.4.';
const MATRICULE = /^[0-9]{6}[0-9A-Z][0-9]{8}$/i;

/**
 * Puts the documents received in the files of their patients. The patient is the one whose qualified INS is the
 * `patientId` of METADATA.XML (SC.MSS/CONF.24), never the one that a subject names; where there is none, the document
 * waits for a person. The same document twice is there once.
 */
export function createReceivedDocuments(deps: {
  patients: Patients;
  worklist: Worklist;
  faults: ReadonlySet<string>;
  now: () => Date;
}): ReceivedDocuments {
  const { patients, worklist, faults, now } = deps;
  const kept = new Map<string, KeptDocument>();

  const keep = (document: KeptDocument): void => {
    kept.set(document.uniqueId, document);
    const [oldest] = kept.keys();
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
  };
  const wait = (reason: string, messageId: string): void =>
    worklist.add({ at: now(), kind: 'donnee-non-integree', reason, messageId });

  const place = (document: ArchivedDocument, subject: string): { patient?: Patient; error?: IntegrationError } => {
    const named = faults.has('mss-integre-par-objet') ? bySubject(subject, patients) : undefined;
    if (named) return { patient: named };
    const { matricule, oid } = readCx(document.patientCx);
    if (matricule === '' || !oid.startsWith(INS_AUTHORITIES)) return { error: errorOf(oid === '' ? '905' : '903') };
    if (!MATRICULE.test(matricule)) return { error: errorOf('905') };
    const inCda = document.cdaPatients.filter(({ root }) => root.startsWith(INS_AUTHORITIES));
    if (inCda.length > 0 && !inCda.some(({ extension }) => extension === matricule)) return { error: errorOf('904') };
    const status = faults.has('mss-integre-non-qualifie') ? ['qualifiee', 'validee', 'recuperee'] : ['qualifiee'];
    const patient = patients
      .list()
      .find(({ ins, status: now, mergedInto }) => ins?.matricule === matricule && status.includes(now) && !mergedInto);
    return patient ? { patient } : { error: errorOf('902') };
  };

  const one = (
    document: ArchivedDocument,
    messageId: string,
    subject: string,
  ): { error?: IntegrationError; kept: KeptDocument } => {
    const known = kept.get(document.uniqueId);
    if (known && known.state !== 'refuse' && !faults.has('mss-integre-deux-fois')) {
      const patientId = known.patientId === undefined ? {} : { patientId: known.patientId };
      return { kept: { ...document, messageId, state: 'deja-present', ...patientId, reason: 'Document déjà reçu.' } };
    }
    if (document.level === 'N3' && faults.has('mss-n3-refuse')) {
      return {
        kept: { ...document, messageId, state: 'refuse', reason: 'Document structuré.' },
        error: errorOf('906'),
      };
    }
    const former = document.replaces === undefined ? undefined : kept.get(document.replaces);
    const taken = former && [...kept.values()].some(({ replaces }) => replaces === former.uniqueId);
    const { patient, error = taken ? errorOf('900') : undefined } = place(document, subject);
    if (error === undefined && patient) {
      const added: KeptDocument = { ...document, messageId, state: 'integre', patientId: patient.id };
      keep(added);
      return { kept: added };
    }
    const shown = error ?? errorOf('906');
    const waits = shown.code === '902';
    const added: KeptDocument = {
      ...document,
      messageId,
      state: waits ? 'a-rapprocher' : 'refuse',
      reason: shown.label,
    };
    if (waits) {
      keep(added);
      wait(`Document reçu par MSSanté à rapprocher : « ${document.title} ». ${shown.label}.`, messageId);
    }
    return { kept: added, error: shown };
  };

  return {
    async receive(archives, { messageId, from, subject }) {
      const documents: ArchivedDocument[] = [];
      try {
        for (const archive of archives.slice(0, 5)) documents.push(...(await readArchive(archive, faults)));
        const people = new Set(documents.map(({ patientCx }) => readCx(patientCx).matricule));
        if (people.size > 1 && !faults.has('mss-deux-patients-acceptes')) {
          throw new ArchiveRefused("L'envoi concerne plusieurs patients.");
        }
      } catch (error) {
        if (!(error instanceof ArchiveRefused)) throw error;
        wait(`Archive reçue de ${from} non intégrée. ${error.message}`, messageId);
        const refused = { uniqueId: messageId, state: 'refuse', reason: error.message } as const;
        return { documents: [refused], error: { ...errorOf('906'), label: error.message } };
      }
      const results = documents
        .map((document) => one(document, messageId, subject))
        .filter(({ error }) => error?.code !== '902' || !faults.has('mss-inconnu-perdu'));
      const patientId = results.find(({ kept: { patientId: found } }) => found !== undefined)?.kept.patientId;
      const error = results.find(({ error: found }) => found !== undefined)?.error;
      return {
        documents: results.map(({ kept: document }) => shown(document)),
        ...(patientId !== undefined && { patientId }),
        ...(error && { error }),
      };
    },
    retry() {
      const waiting = [...kept.values()].filter(({ state }) => state === 'a-rapprocher');
      return waiting.filter((document) => {
        const { patient } = place(document, '');
        if (!patient) return false;
        document.state = 'integre';
        document.patientId = patient.id;
        delete document.reason;
        return true;
      });
    },
    list: (patientId) =>
      [...kept.values()].filter((document) => patientId === undefined || document.patientId === patientId),
  };
}

function shown({ uniqueId, title, state, level, patientId, reason }: KeptDocument): ReceivedDocument {
  return {
    uniqueId,
    ...(title !== '' && { title }),
    state,
    ...(level !== undefined && state !== 'refuse' && { level }),
    ...(patientId !== undefined && { patientId }),
    ...(reason !== undefined && { reason }),
  };
}

function errorOf(code: IntegrationError['code']): IntegrationError {
  return { code, label: codes.codes[code] };
}

/** `<matricule>^^^&<OID>&ISO^NH` (HL7 CX). */
function readCx(text: string): { matricule: string; oid: string } {
  const [matricule = '', , , authority = ''] = text.split('^');
  return { matricule, oid: authority.split('&')[1] ?? '' };
}

/** Only with its fault: the patient whom the subject names. */
function bySubject(subject: string, patients: Patients): Patient | undefined {
  return patients.list().find(({ traits }) => subject.toUpperCase().includes(` ${traits.birthName.toUpperCase()} `));
}
