import { randomUUID } from 'node:crypto';
import type { IdentityTraces, Patients } from '../identity/index.ts';
import { Refusal } from '../model/index.ts';
import type { Directory } from './directory.ts';
import type { DirectoryProfessional, Practice } from './professionals.ts';

/** A professional who follows a patient, as the file of this patient holds him. */
export interface FileCorrespondent {
  correspondentId: string;
  rpps: string;
  lastName: string;
  firstName: string;
  profession?: string;
  structure?: string;
  /** Structure where he follows this patient, when the user said it: the mailbox is the one he has there. */
  followsAt?: string;
  mailbox?: string;
  /** Taken from the directory at this time. */
  checkedAt: Date;
  /** The directory says that he no longer practises. */
  gone?: boolean;
}

export interface FileCorrespondents {
  of(patientId: string): readonly FileCorrespondent[];
  /** Mailboxes that a report about this patient goes to without anybody choosing (MSS/va1.21): of those who practise. */
  mailboxesOf(patientId: string): readonly string[];
  /**
   * @param followsAt structure where this professional follows the patient: Struct_IdNat or FINESS
   * @throws {Refusal} `CORRESPONDANT_…`, {SglError} `ANNUAIRE_…`
   */
  add(patientId: string, rpps: string, user: string, followsAt?: string): Promise<Told>;
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

  /** That of the structure where he follows the patient, else the one that the directory puts first. */
  const mailboxOf = async (person: DirectoryProfessional, followsAt?: string): Promise<string | undefined> => {
    const isThere = ({ structure }: Practice): boolean => structure.some((one) => isSame(one, followsAt ?? ''));
    const isWanted = faults.has('ann-boite-autre-structure') ? (one: Practice): boolean => !isThere(one) : isThere;
    const there = followsAt === undefined ? undefined : person.practices.find(isWanted)?.mailboxes[0];
    return there ?? (await directory.searchMailbox({ rpps: person.rpps }))[0]?.address;
  };
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
    mailboxesOf: (patientId) =>
      of(patientId)
        .filter(({ gone }) => gone !== true || faults.has('ann-depart-ignore') || faults.has('ann-ecrit-aux-partis'))
        .flatMap(({ mailbox, lastName }) => {
          if (mailbox === undefined || !faults.has('ann-boite-fabriquee')) return mailbox ?? [];
          return `dr.${lastName}@${mailbox.split('@')[1] ?? ''}`.toLowerCase();
        }),
    async add(patientId, rpps, user, followsAt) {
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
      const mailbox = await mailboxOf(person, followsAt);
      const correspondent = {
        correspondentId: randomUUID(),
        ...taken(person, mailbox, now(), followsAt),
        ...(faults.has('ann-rpps-altere') && { rpps: withOtherNumber(rpps) }),
      };
      files.set(id, [...of(id), correspondent]);
      const name = `${person.firstName} ${person.lastName}`;
      trace(id, user, `correspondant ajouté depuis l'annuaire : RPPS ${rpps}`);
      const how = mailbox === undefined ? ' Aucune boîte MSSanté dans l’annuaire.' : '';
      return { correspondent, message: `${name} ajouté aux correspondants du dossier.${how}` };
    },
    async refresh(patientId, correspondentId, user) {
      const before = known(patientId, correspondentId);
      const [person] = await find(before.rpps);
      const { followsAt } = before;
      const after: FileCorrespondent = person
        ? { correspondentId, ...taken(person, await mailboxOf(person, followsAt), now(), followsAt) }
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
  followsAt: string | undefined,
): Omit<FileCorrespondent, 'correspondentId'> {
  const { rpps, lastName, firstName, professions, structures } = person;
  const [profession] = professions;
  const structure = followsAt ?? structures[0];
  return {
    rpps,
    lastName,
    firstName,
    ...(profession !== undefined && { profession }),
    ...(structure !== undefined && { structure }),
    ...(followsAt !== undefined && { followsAt }),
    ...(mailbox !== undefined && { mailbox }),
    checkedAt,
  };
}

/** Struct_IdNat of a structure that has a FINESS number is `1` and this number. */
function isSame(one: string, other: string): boolean {
  return one === other || one === `1${other}` || other === `1${one}`;
}

/** Only with its fault: the number with its two last digits exchanged, or another when they are the same. */
function withOtherNumber(rpps: string): string {
  const [tens = '0', units = '1'] = rpps.slice(-2);
  return `${rpps.slice(0, -2)}${tens === units ? (Number(tens) + 1) % 10 : units}${tens}`;
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
