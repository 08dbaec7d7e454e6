import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  closeSync,
  mkdtempSync,
  openSync,
  rmdirSync,
  rmSync,
  statfsSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A real file system of a few megabytes, which really gets full. */
export interface SmallDisk {
  readonly folder: string;
  /** Takes all the room but that many bytes. */
  fill(butBytes?: number): void;
  /** Gives the room back. */
  free(): void;
  unmount(): void;
}

function mount(folder: string, megabytes: number): string | undefined {
  const { status, stderr, error } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], {
    encoding: 'utf8',
  });
  return status === 0 ? undefined : (error?.message ?? stderr.trim());
}

function unmount(folder: string): void {
  // Lazily: a test that failed may still hold a file.
  spawnSync('umount', ['-l', folder]);
  rmdirSync(folder);
}

function whyNot(): string | undefined {
  if (process.getuid?.() !== 0) return 'seul root peut monter un petit disque';
  const folder = mkdtempSync(join(tmpdir(), 'jalon-disque-'));
  const refusal = mount(folder, 1);
  if (refusal === undefined) unmount(folder);
  else rmdirSync(folder);
  return refusal === undefined ? undefined : `mount refuse (${refusal})`;
}

/** Why no test has a small disk here; undefined when it has one. */
export const WITHOUT_SMALL_DISK = whyNot();

/** @param owner account that writes there; that of the tests when absent */
export function mountSmallDisk(megabytes: number, owner?: { readonly uid: number; readonly gid: number }): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), 'jalon-disque-'));
  const refusal = mount(folder, megabytes);
  if (refusal !== undefined) throw new Error(refusal);
  // The root of a tmpfs is open to all: SQLite does not mind, the server of PostgreSQL does.
  chmodSync(folder, 0o700);
  if (owner !== undefined) chownSync(folder, owner.uid, owner.gid);
  const ballast = join(folder, 'lest');
  return {
    folder,
    fill(butBytes = 0) {
      const { bavail, bsize } = statfsSync(folder);
      const bytes = bavail * bsize - butBytes;
      const file = openSync(ballast, 'a');
      for (let left = bytes; left > 0; left -= bsize) writeSync(file, Buffer.alloc(Math.min(bsize, left), 1));
      closeSync(file);
    },
    free: () => rmSync(ballast, { force: true }),
    unmount: () => unmount(folder),
  };
}
