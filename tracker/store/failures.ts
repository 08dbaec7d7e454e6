import { statfsSync } from 'node:fs';
import { TrackerStoreError } from './errors.ts';

/** Which store failed, in the words of whoever has to mend it. */
export interface StorePlace {
  readonly kind: 'sqlite' | 'postgres';
  /** Folder of the file, or host and database; never a password. */
  readonly name: string;
}

/** An answer lost while a change is confirmed leaves it kept or not: nobody can tell from here. */
export type Moment = 'confirming' | 'any';

/** Primary result codes of SQLite (sqlite.org/rescode.html). */
const SQLITE_BUSY = 5;
const SQLITE_IOERR = 10;
const SQLITE_FULL = 13;
const SQLITE_CANTOPEN = 14;

/** PostgreSQL, appendix A: disk_full. */
const DISK_FULL = '53100';
/** PostgreSQL, appendix A: what it says while it stops, has crashed or starts. Class 08 is of connections. */
const SERVER_GONE = /^(?:08...|57P01|57P02|57P03|57P05)$/u;
const NETWORK_GONE: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'ENOTFOUND',
  'EAI_AGAIN',
  // The socket folder of a server that is stopped.
  'ENOENT',
]);
/** Errors of the client of PostgreSQL that have no code. */
const CLIENT_GONE =
  /^(?:Connection terminated|Client has encountered a connection error|Client was closed|timeout expired)/u;

/** Below that, SQLite cannot even extend the index of its journal (32 KiB at a time). */
const NO_ROOM_BYTES = 64 * 1024;

/**
 * What a failure of the driver means for whoever works: the disk is full, somebody else writes, the server is away. Errors of the tracker, and those
 * that only a fault of ours explains, come back as they are.
 *
 * @param isFull whether nothing more can be written in that folder; SQLite says the same of a full disk and of a broken one
 */
export function storeFailure(
  error: unknown,
  place: StorePlace,
  moment: Moment = 'any',
  isFull: (folder: string) => boolean = hasNoRoom,
): unknown {
  if (!(error instanceof Error) || error instanceof TrackerStoreError) return error;
  return place.kind === 'sqlite' ? sqliteFailure(error, place, isFull) : postgresFailure(error, place, moment);
}

function sqliteFailure(error: Error, { name }: StorePlace, isFull: (folder: string) => boolean): Error {
  const code = 'errcode' in error && typeof error.errcode === 'number' ? error.errcode : 0;
  // The low byte is the primary code, whatever the extended one says more.
  const primary = code & 0xff;
  const writing = primary === SQLITE_IOERR || primary === SQLITE_CANTOPEN;
  if (primary === SQLITE_FULL || (writing && isFull(name))) {
    return new TrackerStoreError(
      'DISK_FULL',
      `Le disque du dossier « ${name} » est plein : le suivi ne peut plus y écrire.`,
      'Libérez de la place sur ce disque, puis recommencez : rien de ce qui avait été confirmé n’est perdu.',
      error,
    );
  }
  if (primary === SQLITE_BUSY) {
    return new TrackerStoreError(
      'TRACKER_BUSY',
      `Un autre programme écrit dans le suivi du dossier « ${name} », et n’a pas fini à temps.`,
      'Attendez qu’il ait fini, puis recommencez : rien n’est écrit de ce changement.',
      error,
    );
  }
  if (primary !== SQLITE_IOERR) return error;
  return new TrackerStoreError(
    'TRACKER_UNREADABLE',
    `Le disque du dossier « ${name} » refuse une lecture ou une écriture du suivi : ${error.message}.`,
    'Vérifiez ce disque et le quota de votre compte, puis recommencez.',
    error,
  );
}

function postgresFailure(error: Error, { name }: StorePlace, moment: Moment): Error {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (code === DISK_FULL) {
    return new TrackerStoreError(
      'DISK_FULL',
      `Le disque du serveur PostgreSQL (${name}) est plein : le suivi ne peut plus y écrire.`,
      'Libérez de la place sur ce serveur, puis recommencez : rien de ce qui avait été confirmé n’est perdu.',
      error,
    );
  }
  if (!SERVER_GONE.test(code) && !NETWORK_GONE.has(code) && !CLIENT_GONE.test(error.message)) return error;
  return new TrackerStoreError(
    'TRACKER_UNREACHABLE',
    `La base du suivi (${name}) ne répond plus : ${reasonOf(error)}.`,
    moment === 'confirming'
      ? 'Vérifiez que PostgreSQL tourne. La coupure est venue pendant la confirmation : ce changement a pu être gardé, relisez avant de le refaire.'
      : 'Vérifiez que PostgreSQL tourne, puis recommencez : rien de ce qui avait été confirmé n’est perdu.',
    error,
  );
}

/** A name with several addresses fails once for each, and says nothing itself. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const [first] = error instanceof AggregateError ? (error.errors as readonly unknown[]) : [];
  if (error.message !== '') return error.message;
  return first instanceof Error ? first.message : error.name;
}

function hasNoRoom(folder: string): boolean {
  try {
    const { bavail, bsize, files, ffree } = statfsSync(folder);
    // Some file systems count no files: they have none to run out of.
    return bavail * bsize < NO_ROOM_BYTES || (files > 0 && ffree === 0);
  } catch {
    return false;
  }
}
