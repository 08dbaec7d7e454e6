import { Buffer } from 'node:buffer';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';

import { openZip, readZip } from './index.ts';

async function zipOf(files: readonly (readonly [string, Uint8Array])[]): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, bytes] of files) zip.addBuffer(Buffer.from(bytes), name);
  zip.end();
  return buffer(zip.outputStream);
}

const renamed = (zip: Buffer, from: string, to: string): Buffer =>
  Buffer.from(zip.toString('latin1').replaceAll(from, to), 'latin1');

const SAMPLE: readonly (readonly [string, Uint8Array])[] = [
  ['a.txt', Buffer.from('un.')],
  ['dossier/b.txt', Buffer.from('deux!')],
];

const CENTRAL = Buffer.from([0x50, 0x4b, 0x01, 0x02]);

describe('openZip', () => {
  it('lists the files without inflating them', async () => {
    const opened = await openZip(await zipOf(SAMPLE));
    expect(opened.ok && opened.files.map(({ name, size }) => [name, size])).toEqual([
      ['a.txt', 3],
      ['dossier/b.txt', 5],
    ]);
  });

  it('inflates in any order, several times', async () => {
    const opened = await openZip(await zipOf(SAMPLE));
    if (!opened.ok) throw new Error(opened.fault.code);
    const [first, second] = opened.files;
    expect(Buffer.from((await second?.read()) ?? []).toString()).toBe('deux!');
    expect(Buffer.from((await first?.read()) ?? []).toString()).toBe('un.');
    expect(Buffer.from((await second?.read()) ?? []).toString()).toBe('deux!');
  });

  it('stops an entry that is longer than announced', async () => {
    const zip = await zipOf([['a', Buffer.alloc(100_000)]]);
    const at = zip.indexOf(CENTRAL);
    zip.writeUInt32LE(10, at + 24);
    const opened = await openZip(zip);
    if (!opened.ok) throw new Error(opened.fault.code);
    await expect(opened.files[0]?.read()).rejects.toThrow();
  });
});

describe('readZip', () => {
  it('gives the files in the order of the directory', async () => {
    const reading = await readZip(await zipOf(SAMPLE));
    expect(reading.ok && reading.entries.map((one) => [one.name, Buffer.from(one.bytes).toString()])).toEqual([
      ['a.txt', 'un.'],
      ['dossier/b.txt', 'deux!'],
    ]);
  });

  it.each(['../aaa.txt', '/aaaaa.txt', 'C:/aaa.txt', 'aaa\\aa.txt', './aaaa.txt'])('leaves out %s', async (name) => {
    const plain = 'x'.repeat(name.length);
    const reading = await readZip(renamed(await zipOf([[plain, Buffer.from('mal')]]), plain, name));
    expect(reading).toMatchObject({ ok: true, entries: [], problems: [{ code: 'ZIP_ENTRY_PATH', where: name }] });
  });

  it('reports an entry that is encrypted, doubled, of another method or damaged', async () => {
    const good = await zipOf([['a.txt', Buffer.from('a'.repeat(100))]]);
    const at = good.indexOf(CENTRAL);
    const changed = async (offset: number, value: number): Promise<unknown> => {
      const zip = Buffer.from(good);
      zip.writeUInt16LE(value, at + offset);
      const reading = await readZip(zip);
      return reading.ok ? reading.problems.map((one) => one.code) : reading.fault.code;
    };
    expect(await changed(8, good.readUInt16LE(at + 8) | 1)).toEqual(['ZIP_ENTRY_ENCRYPTED']);
    expect(await changed(10, 12)).toEqual(['ZIP_ENTRY_METHOD']);
    const damaged = Buffer.from(good);
    damaged.fill(0xff, 35, 37);
    expect(await readZip(damaged)).toMatchObject({ entries: [], problems: [{ code: 'ZIP_ENTRY_UNREADABLE' }] });
    const twice = renamed(
      await zipOf([
        ['aaa', Buffer.from('1')],
        ['bbb', Buffer.from('2')],
      ]),
      'bbb',
      'aaa',
    );
    expect(await readZip(twice)).toMatchObject({
      entries: [{ name: 'aaa', bytes: Buffer.from('1') }],
      problems: [{ code: 'ZIP_ENTRY_DUPLICATE', where: 'aaa' }],
    });
  });

  it('leaves out an entry whose bytes are not those that were written, as receivers do', async () => {
    const zip = await zipOf(SAMPLE);
    const at = zip.indexOf(CENTRAL);
    zip.writeUInt32LE((zip.readUInt32LE(at + 16) ^ 0xff) >>> 0, at + 16);
    expect(await readZip(zip)).toMatchObject({
      entries: [{ name: 'dossier/b.txt' }],
      problems: [
        {
          code: 'ZIP_ENTRY_UNREADABLE',
          where: 'a.txt',
          message: 'Cette entrée ne peut pas être décompressée (sa somme de contrôle est fausse).',
        },
      ],
    });
  });

  it('leaves out a symbolic link, that leads out of the archive whatever its name', async () => {
    const zip = await zipOf(SAMPLE);
    const at = zip.indexOf(CENTRAL);
    zip[at + 5] = 3;
    zip.writeUInt32LE((0o120777 << 16) >>> 0, at + 38);
    expect(await readZip(zip)).toMatchObject({
      entries: [{ name: 'dossier/b.txt' }],
      problems: [{ code: 'ZIP_ENTRY_PATH', where: 'a.txt', message: expect.stringContaining('lien symbolique') }],
    });
  });

  it('refuses what passes the bounds', async () => {
    const bomb = await zipOf([['a', Buffer.alloc(8 * 1024 * 1024)]]);
    expect(await readZip(bomb)).toMatchObject({ ok: false, fault: { code: 'ZIP_RATIO' } });
    expect(await readZip(bomb, { maxTotalBytes: 1000 })).toMatchObject({ fault: { code: 'ZIP_TOO_LARGE' } });
    expect(await readZip(bomb, { maxEntries: 0 })).toMatchObject({ fault: { code: 'ZIP_TOO_MANY_ENTRIES' } });
    expect(await readZip(new Uint8Array())).toMatchObject({ fault: { code: 'ZIP_EMPTY' } });
    expect(await readZip(Buffer.from('pas un zip'))).toMatchObject({ fault: { code: 'ZIP_NOT_A_ZIP' } });
  });

  it('says causes and sizes in French, and keeps what the library said apart', async () => {
    const zip = await zipOf([['a.txt', Buffer.alloc(2 * 1024 * 1024, 'ab')]]);
    expect(await readZip(zip, { maxTotalBytes: 1.5 * 1024 * 1024 })).toMatchObject({
      fault: { message: 'Le contenu décompressé dépasse 1,5 Mio.' },
    });
    expect(await readZip(zip, { maxTotalBytes: 1000 })).toMatchObject({
      fault: { message: 'Le contenu décompressé dépasse 1\u202f000 octets.' },
    });
    expect(await readZip(zip.subarray(0, 100))).toEqual({
      ok: false,
      fault: {
        code: 'ZIP_NOT_A_ZIP',
        message: 'Ce n’est pas une archive ZIP lisible (sa fin manque : autre format, ou fichier tronqué).',
        detail: expect.stringContaining('End of central directory'),
      },
    });
    const at = zip.indexOf(CENTRAL);
    const broken = Buffer.from(zip);
    broken.writeUInt32LE(0, at);
    expect(await readZip(broken)).toMatchObject({
      fault: {
        message: 'Cette archive ZIP ne peut pas être lue (son répertoire est endommagé).',
        detail: expect.stringContaining('central directory'),
      },
    });
    const short = Buffer.from(zip);
    short.writeUInt32LE(10, at + 24);
    expect(await readZip(short)).toMatchObject({
      problems: [
        {
          message: 'Cette entrée ne peut pas être décompressée (sa taille n’est pas celle que le répertoire annonce).',
          detail: expect.stringContaining('too many bytes'),
        },
      ],
    });
  });

  it('never throws, whatever the damage', async () => {
    const good = await zipOf(SAMPLE);
    await fc.assert(
      fc.asyncProperty(fc.nat(good.length - 1), fc.nat(255), async (at, byte) => {
        const damaged = Buffer.from(good);
        damaged[at] = byte;
        expect(typeof (await readZip(damaged)).ok).toBe('boolean');
      }),
      { numRuns: 150 },
    );
  });
});
