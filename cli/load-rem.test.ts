import { execFileSync } from 'node:child_process';
import { symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadRem } from './load-rem.ts';
import { workFolder } from './testing.ts';

const load = (file: string) => loadRem(file, 'SGL', 'va1');

// Read, the first two would never end: the test would run out of time.
describe('what is refused before anything is read', () => {
  it.each(['rem.xlsx', 'rem.json'])('a pipe: %s', async (name) => {
    const file = join(workFolder(), name);
    execFileSync('mkfifo', [file]);
    await expect(load(file)).rejects.toMatchObject({ code: 'REM_PAS_UN_FICHIER', exitCode: 2 });
  });

  it('a device, even behind a link', async () => {
    const file = join(workFolder(), 'rem.xlsx');
    symlinkSync('/dev/zero', file);
    await expect(load(file)).rejects.toMatchObject({ code: 'REM_PAS_UN_FICHIER', exitCode: 2 });
  });

  it('a file of three gigabytes, which no buffer holds', async () => {
    const file = join(workFolder(), 'rem.xlsx');
    writeFileSync(file, '');
    truncateSync(file, 3 * 1024 ** 3);
    await expect(load(file)).rejects.toMatchObject({
      code: 'REM_TROP_GROS',
      exitCode: 2,
      message: expect.stringContaining('3072 Mio'),
    });
  });

  it('a folder and an absent file, with the error of the system', async () => {
    const folder = workFolder();
    await expect(load(folder)).rejects.toMatchObject({ code: 'EISDIR' });
    await expect(load(join(folder, 'absente.xlsx'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
