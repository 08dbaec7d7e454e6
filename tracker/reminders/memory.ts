import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { ReminderError } from './errors.ts';

const FORMAT = 'jalon-rappels/1';

/** What was sent, kept in a file. One process at a time. */
export interface SentMemory {
  readonly keys: ReadonlySet<string>;
  /** Written before it returns: a process killed right after sends nothing twice. @param at ISO 8601 UTC */
  add(keys: readonly string[], at: string): void;
}

/**
 * Opens the list of what was sent; without the file, nothing was.
 *
 * @throws {ReminderError} `REMINDERS_UNREADABLE` when the file is no such list
 */
export function openMemory(file: string): SentMemory {
  const sent = new Map(Object.entries(read(file)));
  return {
    get keys() {
      return new Set(sent.keys());
    },
    add(keys, at) {
      for (const key of keys) sent.set(key, at);
      write(file, `${JSON.stringify({ format: FORMAT, sent: Object.fromEntries(sent) }, null, 1)}\n`);
    },
  };
}

function read(file: string): Readonly<Record<string, string>> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
  const unreadable = (cause?: unknown): ReminderError =>
    new ReminderError(
      'REMINDERS_UNREADABLE',
      `La liste des rappels envoyés « ${file} » n'est pas lisible.`,
      'Mettez ce fichier de côté : les rappels du jour partiront alors une fois de plus.',
      { cause },
    );
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw unreadable(error);
  }
  if (!isMemory(value)) throw unreadable();
  return value.sent;
}

function isMemory(value: unknown): value is { readonly sent: Readonly<Record<string, string>> } {
  if (typeof value !== 'object' || value === null || !('format' in value) || !('sent' in value)) return false;
  const { format, sent } = value;
  return (
    format === FORMAT &&
    typeof sent === 'object' &&
    sent !== null &&
    !Array.isArray(sent) &&
    Object.values(sent).every((at) => typeof at === 'string')
  );
}

function write(file: string, text: string): void {
  const temporary = `${file}.${process.pid}.tmp`;
  const handle = openSync(temporary, 'w', 0o600);
  try {
    writeFileSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(temporary, file);
}
