import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Batch } from './asp-write.ts';
import { workFolder } from './testing.ts';

/** No process has this number: the largest that Linux gives is 2^22. */
const DEAD = 2 ** 30;

describe('a batch of files', () => {
  it('makes its folder at once, when all is there', () => {
    const base = workFolder();
    const out = join(base, 'un', 'deux');
    const batch = new Batch(out);
    expect(batch.add('a.json', '{}')).toBe(join(out, 'a.json'));
    batch.add('a.zip', new Uint8Array([1, 2]));
    expect(existsSync(out)).toBe(false);
    batch.commit();
    batch.discard();
    expect(readdirSync(out).toSorted()).toEqual(['a.json', 'a.zip']);
    expect(readdirSync(join(base, 'un'))).toEqual(['deux']);
    expect(readFileSync(join(out, 'a.json'), 'utf8')).toBe('{}');
  });

  it('joins the files of a folder that is there, and replaces those of the same names', () => {
    const out = workFolder();
    writeFileSync(join(out, 'a.json'), 'before');
    writeFileSync(join(out, 'other'), 'other');
    const batch = new Batch(out);
    batch.add('a.json', 'after');
    expect(readFileSync(join(out, 'a.json'), 'utf8')).toBe('before');
    batch.commit();
    expect(readdirSync(out).toSorted()).toEqual(['a.json', 'other']);
    expect(readFileSync(join(out, 'a.json'), 'utf8')).toBe('after');
  });

  it('leaves alone what is there already, to the byte', () => {
    const out = workFolder();
    writeFileSync(join(out, 'a.json'), 'été');
    writeFileSync(join(out, 'b.zip'), new Uint8Array([1, 2]));
    writeFileSync(join(out, 'c.zip'), new Uint8Array([1, 2]));
    const inode = (name: string): number => statSync(join(out, name)).ino;
    const before = ['a.json', 'b.zip', 'c.zip'].map(inode);
    const batch = new Batch(out);
    expect(batch.add('a.json', 'été')).toBe(join(out, 'a.json'));
    batch.add('b.zip', new Uint8Array([1, 2]));
    batch.add('c.zip', new Uint8Array([1, 3]));
    batch.commit();
    expect(['a.json', 'b.zip', 'c.zip'].map(inode).map((one, index) => one === before[index])).toEqual([
      true,
      true,
      false,
    ]);
    expect([...readFileSync(join(out, 'c.zip'))]).toEqual([1, 3]);
  });

  it('joins the files of a folder that another process made in between', () => {
    const out = join(workFolder(), 'out');
    const batch = new Batch(out);
    batch.add('a.json', 'mine');
    mkdirSync(out);
    writeFileSync(join(out, 'b.json'), 'theirs');
    batch.commit();
    expect(readdirSync(out).toSorted()).toEqual(['a.json', 'b.json']);
  });

  it('leaves nothing when it is given up', () => {
    const base = workFolder();
    const batch = new Batch(join(base, 'out'));
    batch.add('a.json', '{}');
    batch.discard();
    expect(readdirSync(base)).toEqual([]);
  });

  it('clears away what a process that died left, and nothing else', () => {
    const base = workFolder();
    const kept = [`.out.jalon-partiel-${process.ppid}`, '.out.jalon-partiel-x', '.other.jalon-partiel-1'];
    for (const name of [...kept, `.out.jalon-partiel-${DEAD}`]) mkdirSync(join(base, name));
    const batch = new Batch(join(base, 'out'));
    batch.commit();
    expect(readdirSync(base).toSorted()).toEqual([...kept, 'out'].toSorted());
    const within = join(base, 'out', `.jalon-partiel-${DEAD}`);
    mkdirSync(within);
    new Batch(join(base, 'out')).discard();
    expect(existsSync(within)).toBe(false);
  });

  it('says what hinders it', () => {
    const file = join(workFolder(), 'file');
    writeFileSync(file, '');
    expect(() => new Batch(file)).toThrow(/ENOTDIR/u);
  });
});
