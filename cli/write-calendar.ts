import { closeSync, fsyncSync, openSync, readSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { writeTarget } from './write-target.ts';

/** What a calendar file of ours begins with, whatever its edition. */
const OURS = 'PRODID:-//Jalon//';

/**
 * Writes a calendar file: whole or not at all, since a calendar may be reading it. A former one of ours is replaced
 * without asking: it is written anew each day.
 *
 * @returns absolute path
 * @throws {CliError} when the file is somebody else's and `force` is not set
 */
export function writeCalendar(file: string, text: string, force: boolean): string {
  const out = writeTarget(file, force || isOurs(file));
  const temporary = `${out}.${process.pid}.tmp`;
  const handle = openSync(temporary, 'w');
  try {
    writeFileSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(temporary, out);
  return out;
}

function isOurs(file: string): boolean {
  // A pipe would be waited for; a folder is told by `writeTarget`.
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) return false;
  const handle = openSync(file, 'r');
  try {
    const head = Buffer.alloc(200);
    const length = readSync(handle, head, 0, head.length, 0);
    const start = head.toString('utf8', 0, length);
    return start.startsWith('BEGIN:VCALENDAR') && start.includes(OURS);
  } finally {
    closeSync(handle);
  }
}
