import { randomUUID } from 'node:crypto';
import type { IdentityTraces, Patients } from '../identity/index.ts';
import { Refusal } from '../model/index.ts';
import type { Directory } from './directory.ts';
import type { DirectoryProfessional } from './professionals.ts';

/** A professional who follows a patient, as the file of this patient holds him. */
export interface FileCorrespondent {
  correspondentId: string;
  rpps: string;
  lastName: string;
  firstName: string;
  profession?: string;
  structure?: string;
  mailbox?: string;
  /** Taken from the directory at this time. */
  checkedAt: Date;
  /** The directory says that he no longer practises. */
  gone?: boolean;
}

export interface FileCorrespondents {
  of(patientId: string): readonly FileCorrespondent[];
  /** @throws {Refusal} `CORRESPONDANT_…`, {SglError} `ANNUAIRE_…` */
  add(patientId: string, rpps: string, user: string): Promise<Told>;
  /** @throws {Refusal} `CORRESPONDANT_INCONNU`, {SglError} `ANNUAIRE_…` */
  refresh(patientId: string, correspondentId: string, user: string): Promise<Told>;
  /** @throws {Refusal} `CORRESPONDANT_INCONNU` */
  remove(patientId: string, correspondentId: string, user: string): { message: string };
  /** The directory was loaded, and these are no longer in it. */
  leave(nationalIds: readonly string[]): void;
}

interface Told {
  correspondent: FileCorrespondent;
  message: string;
}

/** A file holds ten at least (MSS/va1.36); nobody follows more people than this with one patient. */
const MAX_BY_FILE = 200;

/**
 * The correspondents of each file, taken from the directory and refreshed from it (ANN/va1.03), with the trace of what
 * was done with them.
 */
export function createFileCorrespondents(deps: {
  patients: Patients;
  directory: Directory;
  traces: IdentityTraces;
  faults: ReadonlySet<string>;
  now: () => Date;
  /** Active professionals under a number. */
  find: (rpps: string) => Promise<readonly DirectoryProfessional[]>;
}): FileCorrespondents {
  const { patients, directory, traces, faults, now, find } = deps;
  const files = new Map<string, FileCorrespondent[]>();
  const of = (patientId: string): FileCorrespondent[] => files.get(patients.get(patientId).id) ?? [];
  const trace = (patientId: string, user: string, detail: string): void =>
    traces.add({ at: now(), user, patientId, kind: 'modification', detail });

  const mailboxOf = async (rpps: string): Promise<string | undefined> =>
    (await directory.searchMailbox({ rpps }))[0]?.address;
  const known = (patientId: string, correspondentId: string): FileCorrespondent => {
    const found = of(patientId).find((one) => one.correspondentId === correspondentId);
    if (found) return found;
    throw new Refusal(
      'CORRESPONDANT_INCONNU',
      'Ce correspondant n’est pas dans le dossier.',
      'Choisissez-le dans la liste.',
    );
  };
  const replace = (patientId: string, changed: FileCorrespondent): void => {
    const rest = of(patientId).map((one) => (one.correspondentId === changed.correspondentId ? changed : one));
    files.set(patients.get(patientId).id, rest);
  };

  return {
    of,
    async add(patientId, rpps, user) {
      const { id } = patients.get(patientId);
      if (of(id).some((one) => one.rpps === rpps)) {
        throw new Refusal('CORRESPONDANT_PRESENT', 'Ce professionnel est déjà correspondant du dossier.');
      }
      if (of(id).length >= (faults.has('mss-neuf-correspondants') ? 9 : MAX_BY_FILE)) {
        throw new Refusal('CORRESPONDANTS_TROP_NOMBREUX', 'Le dossier ne peut pas avoir davantage de correspondants.');
      }
      const [person] = await find(rpps);
      if (!person) {
        throw new Refusal(
          'CORRESPONDANT_ABSENT',
          "L'annuaire ne connaît aucun professionnel en activité sous ce numéro RPPS.",
          'Vérifiez le numéro.',
        );
      }
      const mailbox = await mailboxOf(rpps);
      const correspondent = { correspondentId: randomUUID(), ...taken(person, mailbox, now()) };
      files.set(id, [...of(id), correspondent]);
      const name = `${person.firstName} ${person.lastName}`;
      trace(id, user, `correspondant ajouté depuis l'annuaire : RPPS ${rpps}`);
      const how = mailbox === undefined ? ' Aucune boîte MSSanté dans l’annuaire.' : '';
      return { correspondent, message: `${name} ajouté aux correspondants du dossier.${how}` };
    },
    async refresh(patientId, correspondentId, user) {
      const before = known(patientId, correspondentId);
      const [person] = await find(before.rpps);
      const after: FileCorrespondent = person
        ? { correspondentId, ...taken(person, await mailboxOf(before.rpps), now()) }
        : { ...before, checkedAt: now(), gone: true };
      if (!person && faults.has('ann-depart-ignore')) delete after.gone;
      const kept = faults.has('ann-correspondant-non-rafraichi') ? { ...before, checkedAt: now() } : after;
      replace(patientId, kept);
      trace(patientId, user, `correspondant relu dans l'annuaire : RPPS ${before.rpps}`);
      return { correspondent: kept, message: messageOf(before, kept) };
    },
    remove(patientId, correspondentId, user) {
      const { rpps, firstName, lastName } = known(patientId, correspondentId);
      files.set(
        patients.get(patientId).id,
        of(patientId).filter((one) => one.correspondentId !== correspondentId),
      );
      trace(patientId, user, `correspondant retiré du dossier : RPPS ${rpps}`);
      return { message: `${firstName} ${lastName} retiré des correspondants du dossier.` };
    },
    leave(nationalIds) {
      const gone = new Set(nationalIds);
      for (const [patientId, file] of files) {
        files.set(
          patientId,
          file.map((one) => (gone.has(`8${one.rpps}`) ? { ...one, gone: true } : one)),
        );
      }
    },
  };
}

function taken(
  person: DirectoryProfessional,
  mailbox: string | undefined,
  checkedAt: Date,
): Omit<FileCorrespondent, 'correspondentId'> {
  const { rpps, lastName, firstName, professions, structures } = person;
  const [profession] = professions;
  const [structure] = structures;
  return {
    rpps,
    lastName,
    firstName,
    ...(profession !== undefined && { profession }),
    ...(structure !== undefined && { structure }),
    ...(mailbox !== undefined && { mailbox }),
    checkedAt,
  };
}

const WATCHED = [
  ['lastName', 'nom'],
  ['firstName', 'prénom'],
  ['profession', 'profession'],
  ['structure', 'structure'],
  ['mailbox', 'boîte MSSanté'],
] as const;

/** What the user is told of a refresh: what changed, from the directory. */
function messageOf(before: FileCorrespondent, after: FileCorrespondent): string {
  if (after.gone) return "L'annuaire dit que ce professionnel n'exerce plus : plus rien ne lui est envoyé.";
  const changes = WATCHED.filter(([field]) => before[field] !== after[field]).map(([, label]) => label);
  return changes.length === 0
    ? "Rien n'a changé dans l'annuaire."
    : `Mis à jour depuis l'annuaire : ${changes.join(', ')}.`;
}
