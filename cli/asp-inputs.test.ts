import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pieceReader } from './asp-inputs.ts';
import { workFolder } from './testing.ts';

const TEXT = new TextEncoder();
const OUTSIDE = { ok: false, outside: true };

/** `work/list` is the folder of the list; `work/secret` is not. */
function desk() {
  const work = workFolder();
  const base = join(work, 'list');
  mkdirSync(join(base, 'pieces'), { recursive: true });
  mkdirSync(join(work, 'list-other'));
  writeFileSync(join(work, 'secret'), 'secret');
  writeFileSync(join(work, 'list-other', 'secret'), 'secret');
  writeFileSync(join(base, 'pieces', 'bon.pdf'), 'bon');
  return { work, base, read: pieceReader(base) };
}

describe('the pieces of a list', () => {
  it('are read in its folder, by a path that stays in it', () => {
    const { base, read } = desk();
    const found = { ok: true, content: TEXT.encode('bon') };
    writeFileSync(join(base, '..bon.pdf'), 'bon');
    for (const path of ['pieces/bon.pdf', './pieces/../pieces/bon.pdf', '..bon.pdf', join(base, 'pieces/bon.pdf')]) {
      expect([path, read(path, 10)]).toEqual([path, found]);
    }
    expect(read('pieces/bon.pdf', 2)).toEqual({ ok: true, content: undefined, bytes: 3 });
    expect(read('pieces/autre.pdf', 10)).toEqual({ ok: false, detail: 'aucun fichier à ce chemin' });
    expect(read('pieces', 10)).toEqual({ ok: false, detail: 'ce n’est pas un fichier' });
  });

  it('are not read elsewhere', () => {
    const { work, read } = desk();
    for (const path of [
      '../secret',
      'pieces/../../secret',
      join(work, 'secret'),
      '/etc/hostname',
      '..',
      '../list-other/secret',
    ]) {
      expect([path, read(path, 10)]).toMatchObject([path, OUTSIDE]);
    }
    // Whether such a file exists is nobody's business either.
    expect(read('../absent', 10)).toMatchObject(OUTSIDE);
  });

  it('are not read through a link that leads elsewhere', () => {
    const { work, base, read } = desk();
    symlinkSync(join(work, 'secret'), join(base, 'bon.pdf'));
    symlinkSync(work, join(base, 'dossier'));
    symlinkSync('boucle', join(base, 'boucle'));
    symlinkSync(join('pieces', 'bon.pdf'), join(base, 'dedans.pdf'));
    expect(read('bon.pdf', 10)).toMatchObject(OUTSIDE);
    expect(read('dossier/secret', 10)).toMatchObject(OUTSIDE);
    expect(read('boucle', 10)).toEqual({ ok: false, detail: 'lien symbolique sans fin' });
    expect(read('dedans.pdf', 10)).toMatchObject({ ok: true });
  });

  it('may be in a folder that is itself behind a link', () => {
    const { work, base } = desk();
    const link = join(work, 'lien');
    symlinkSync(base, link);
    expect(realpathSync(link)).toBe(realpathSync(base));
    expect(pieceReader(link)('pieces/bon.pdf', 10)).toMatchObject({ ok: true });
    expect(pieceReader(join(work, 'absent'))('bon.pdf', 10)).toMatchObject({ ok: false });
  });
});
