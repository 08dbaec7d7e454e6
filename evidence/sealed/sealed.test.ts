import { execFileSync } from 'node:child_process';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  openSigner,
  SEAL,
  trustedFingerprint,
  verifySealed,
  writeSealed,
  type SealedEntry,
  type Signer,
} from './index.ts';

const ABOUT = { product: 'Labo Exemple', version: '7.2' };

const tool = (name: string): string | undefined =>
  (process.env['PATH'] ?? '').split(delimiter).find((folder) => existsSync(join(folder, name)));
const skipped = (name: string): string => (tool(name) === undefined ? ` (passé : ${name} n’est pas là)` : '');

let folder: string;
let signer: Signer;
let archive: string;
let bytes: Buffer;

function entry(path: string, content: string | Uint8Array): SealedEntry {
  const all = Buffer.from(content);
  return {
    path,
    size: all.length,
    async *open() {
      yield all.subarray(0, Math.ceil(all.length / 2));
      yield all.subarray(Math.ceil(all.length / 2));
    },
  };
}

const ENTRIES = [
  entry('index.html', '<!doctype html><title>Dossier</title>'),
  entry('01_INS/INS_va1.02.01.01/piece é.txt', 'une pièce'),
  entry('01_INS/vide.txt', ''),
];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jalon-scelle-'));
  signer = await openSigner(join(folder, 'cle.pem'));
  archive = join(folder, 'dossier.zip');
  await writeSealed(archive, ENTRIES, ABOUT, { signer });
  bytes = await readFile(archive);
});

/** Without any tool of the machine: the sealed form is simple enough. */
async function unpack(to: string): Promise<void> {
  for (let at = 0; bytes.readUInt32LE(at) === 0x04034b50;) {
    const size = bytes.readUInt32LE(at + 22);
    const nameLength = bytes.readUInt16LE(at + 26);
    const name = bytes.toString('utf8', at + 30, at + 30 + nameLength);
    const from = at + 30 + nameLength + bytes.readUInt16LE(at + 28);
    const path = join(to, name);
    await mkdir(join(path, '..'), { recursive: true });
    await writeFile(path, bytes.subarray(from, from + size));
    at = from + size;
  }
}

describe('a sealed archive', () => {
  it('verifies as a zip and as a folder, and says what it is and who signed it', async () => {
    const whole = await verifySealed(archive);
    expect(whole).toEqual({
      valid: true,
      problems: [],
      files: ENTRIES.length + 5,
      about: ABOUT,
      signer: { fingerprint: signer.fingerprint, trusted: false },
    });
    const unpacked = join(folder, 'plat');
    await unpack(unpacked);
    expect(await verifySealed(unpacked, { key: signer.publicKey })).toEqual({
      ...whole,
      signer: { fingerprint: signer.fingerprint, trusted: true },
    });
  });

  it('is the same bytes for the same input', async () => {
    const again = join(folder, 'encore.zip');
    const { sha256, size } = await writeSealed(again, ENTRIES, ABOUT, { signer });
    expect((await readFile(again)).equals(bytes)).toBe(true);
    expect([sha256, size]).toEqual([createHash('sha256').update(bytes).digest('hex'), bytes.length]);
  });

  it('shows every flip of every byte, and names the file that was hit', async () => {
    const place = join(folder, 'mute.zip');
    const ranges: { readonly name: string; readonly from: number; readonly to: number }[] = [];
    for (let at = 0; bytes.readUInt32LE(at) === 0x04034b50;) {
      const nameLength = bytes.readUInt16LE(at + 26);
      const from = at + 30 + nameLength;
      const to = from + bytes.readUInt32LE(at + 22);
      ranges.push({ name: bytes.toString('utf8', at + 30, from), from, to });
      at = to;
    }
    for (let at = 0; at < bytes.length; at += 1) {
      for (const flip of [0x01, 0xff]) {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ flip;
        await writeFile(place, changed);
        const { valid, problems } = await verifySealed(place);
        expect([at, flip, valid]).toEqual([at, flip, false]);
        const hit = ranges.find(({ from, to }) => at >= from && at < to);
        // A file of the seal is what the others are compared with: whichever of the two is told names the seal.
        const seal = new Set<string>(Object.values(SEAL));
        if (hit !== undefined && !seal.has(hit.name)) expect(problems.map(({ path }) => path)).toContain(hit.name);
        else if (hit !== undefined) expect(problems.some(({ path }) => seal.has(path))).toBe(true);
      }
    }
  }, 120_000);

  it.each(['cut', 'longer', 'before', 'twice'])('shows an archive that is %s', async (how) => {
    const place = join(folder, 'autre.zip');
    const pad = Buffer.from('x');
    const changed = {
      cut: bytes.subarray(0, -1),
      longer: Buffer.concat([bytes, pad]),
      before: Buffer.concat([pad, bytes]),
      twice: Buffer.concat([bytes, bytes]),
    }[how]!;
    await writeFile(place, changed);
    expect((await verifySealed(place)).valid).toBe(false);
  });

  it('never throws for what an archive may hold', async () => {
    const place = join(folder, 'hostile.zip');
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 300 }),
        fc.nat({ max: bytes.length }),
        fc.nat({ max: bytes.length }),
        async (noise, from, length) => {
          await writeFile(place, Buffer.concat([bytes.subarray(0, from), noise, bytes.subarray(from + length)]));
          const { valid } = await verifySealed(place);
          const same = (await readFile(place)).equals(bytes);
          expect(valid).toBe(same);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('an unpacked archive', () => {
  const changes: readonly (readonly [string, string, (place: string) => Promise<void>])[] = [
    ['a file that changed', '01_INS/vide.txt', (place) => writeFile(join(place, '01_INS/vide.txt'), 'x')],
    ['a file that is gone', 'index.html', (place) => rm(join(place, 'index.html'))],
    ['a file that was added', '01_INS/ajout.txt', (place) => writeFile(join(place, '01_INS/ajout.txt'), 'x')],
    [
      'a file that was renamed',
      'accueil.html',
      (place) => rename(join(place, 'index.html'), join(place, 'accueil.html')),
    ],
    ['an empty folder that was added', 'vide', (place) => mkdir(join(place, 'vide'))],
    ['a link', 'lien', (place) => symlink('/etc/hostname', join(place, 'lien'))],
    ['a signature that is gone', SEAL.signature, (place) => rm(join(place, SEAL.signature))],
    ['instructions that changed', SEAL.how, (place) => writeFile(join(place, SEAL.how), 'tout va bien')],
  ];
  it.each(changes)('shows %s', async (_, path, change) => {
    const place = await mkdtemp(join(folder, 'plat-'));
    await unpack(place);
    await change(place);
    const { valid, problems } = await verifySealed(place);
    expect(valid).toBe(false);
    expect(problems.map((one) => one.path)).toContain(path);
  });

  it('shows any flip of any file', async () => {
    const place = await mkdtemp(join(folder, 'plat-'));
    await unpack(place);
    const files = (await readdir(place, { recursive: true, withFileTypes: true })).filter((one) => one.isFile());
    for (const { parentPath, name } of files) {
      const file = join(parentPath, name);
      const before = await readFile(file);
      for (let at = 0; at < before.length; at += 1) {
        const after = Buffer.from(before);
        after[at] = (after[at] ?? 0) ^ 0x20;
        await writeFile(file, after);
        expect([name, at, (await verifySealed(place)).valid]).toEqual([name, at, false]);
      }
      await writeFile(file, before);
    }
    expect((await verifySealed(place)).valid).toBe(true);
  }, 120_000);

  it('that was sealed again by somebody else is only told from yours by the key', async () => {
    const other = await openSigner(join(folder, 'autre-cle.pem'));
    const place = join(folder, 'rescelle.zip');
    await writeSealed(place, [entry('index.html', 'autre chose')], ABOUT, { signer: other });
    expect((await verifySealed(place)).valid).toBe(true);
    const { valid, problems, signer: found } = await verifySealed(place, { key: signer.fingerprint });
    expect([valid, found?.trusted]).toEqual([false, false]);
    expect(problems).toEqual([
      { path: SEAL.key, problem: `le dossier est signé par une autre clé que la vôtre : ${other.fingerprint}` },
    ]);
  });
});

describe('whoever has no Jalon', () => {
  it.skipIf(tool('openssl') === undefined || tool('sha256sum') === undefined)(
    `verifies with the commands of ${SEAL.how}${skipped('openssl')}${skipped('sha256sum')}`,
    async () => {
      const place = await mkdtemp(join(folder, 'plat-'));
      await unpack(place);
      const how = await readFile(join(place, SEAL.how), 'utf8');
      const commands = [...how.matchAll(/^ {3}((?:openssl|sha256sum|find|wc) .+)$/gmu)].map(
        ([, command = '']) => command,
      );
      expect(commands).toHaveLength(5);
      const run = (command: string): string => execFileSync('sh', ['-c', command], { cwd: place, encoding: 'utf8' });
      const [signature, digests, there, listed, key] = commands.map(run);
      expect(signature).toContain('Signature Verified Successfully');
      expect(digests).not.toContain('FAILED');
      expect(there?.trim()).toBe(listed?.trim());
      expect(key).toContain(signer.fingerprint);
      await writeFile(join(place, '01_INS/vide.txt'), 'x');
      expect(() => execFileSync('sh', ['-c', commands[1]!], { cwd: place, stdio: 'ignore' })).toThrow();
    },
  );

  it.skipIf(tool('unzip') === undefined)(`unpacks it with any tool${skipped('unzip')}`, async () => {
    const place = await mkdtemp(join(folder, 'plat-'));
    execFileSync('unzip', ['-q', archive, '-d', place]);
    expect((await verifySealed(place)).problems).toEqual([]);
  });

  it.skipIf(tool('python3') === undefined)(`finds a sound zip there${skipped('python3')}`, () => {
    const script = 'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); print(z.testzip(), len(z.namelist()))';
    expect(execFileSync('python3', ['-c', script, archive], { encoding: 'utf8' }).trim()).toBe('None 8');
  });
});

describe('sealing', () => {
  it.each([
    ['../sortie.txt'],
    ['/racine.txt'],
    ['a\\b.txt'],
    ['CON.txt'],
    ['point.'],
    ['MANIFESTE.json'],
    ['manifeste.JSON'],
    ['e\u0301.txt'],
    ['a//b'],
    ['x'.repeat(241)],
  ])('refuses the name %j, and leaves nothing', async (path) => {
    const place = join(folder, 'refuse.zip');
    await expect(writeSealed(place, [entry(path, 'x')], ABOUT, { signer })).rejects.toMatchObject({
      code: 'SEAL_PATH',
    });
    expect((await readdir(folder)).filter((name) => name.startsWith('refuse'))).toEqual([]);
  });

  it('refuses two names that some systems take for one', async () => {
    const twins = [entry('Piece.txt', 'a'), entry('piece.TXT', 'b')];
    await expect(writeSealed(join(folder, 'x.zip'), twins, ABOUT, { signer })).rejects.toMatchObject({
      code: 'SEAL_PATH',
    });
  });

  it.each([
    ['digest', { sha256: 'a'.repeat(64) }],
    ['size', { size: 3 }],
  ])('stops at a file whose %s is not the one that was announced, and leaves the former dossier', async (_, more) => {
    const wrong = [entry('a.txt', 'a'), { ...entry('b.txt', 'b'), ...more }];
    await expect(writeSealed(archive, wrong, ABOUT, { signer })).rejects.toMatchObject({
      code: 'SEAL_BYTES_CHANGED',
      message: expect.stringContaining('b.txt'),
    });
    expect((await readFile(archive)).equals(bytes)).toBe(true);
  });

  it('takes any safe name and any bytes', async () => {
    const place = join(folder, 'libre.zip');
    const name = fc.stringMatching(/^[a-zà-ÿ0-9 _.()-]{0,20}[a-z0-9]$/u).filter((one) => !one.startsWith(' '));
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.tuple(name, fc.uint8Array()), { selector: ([one]) => one.toLowerCase(), maxLength: 6 }),
        async (files) => {
          const entries = files.map(([one, content]) => entry(`d/${one}`, content));
          try {
            await writeSealed(place, entries, ABOUT, { signer });
          } catch (error) {
            expect(error).toMatchObject({ code: 'SEAL_PATH' });
            return;
          }
          expect((await verifySealed(place)).problems).toEqual([]);
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('the key of the vendor', () => {
  it('is made once, for its owner alone, and read again', async () => {
    const file = join(folder, 'neuve.pem');
    const made = await openSigner(file);
    expect((await openSigner(file)).fingerprint).toBe(made.fingerprint);
    expect(trustedFingerprint(made.publicKey)).toBe(made.fingerprint);
    expect(trustedFingerprint(made.fingerprint.replaceAll(/(.{4})/gu, '$1:').toUpperCase())).toBe(made.fingerprint);
    expect(trustedFingerprint('abc')).toBeUndefined();
  });

  it('may be encrypted; its passphrase comes from the environment', async () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    const file = join(folder, 'chiffree.pem');
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'ouvre-toi' });
    await writeFile(file, pem, { mode: 0o600 });
    await expect(openSigner(file, {})).rejects.toMatchObject({ code: 'SEAL_KEY_PASSPHRASE' });
    await expect(openSigner(file, { JALON_KEY_PASSPHRASE: 'non' })).rejects.toMatchObject({
      code: 'SEAL_KEY_PASSPHRASE',
    });
    expect((await openSigner(file, { JALON_KEY_PASSPHRASE: 'ouvre-toi' })).fingerprint).toHaveLength(64);
  });

  it('is refused when others read it, or when it is another kind of key', async () => {
    const file = join(folder, 'ouverte.pem');
    await openSigner(file);
    await chmod(file, 0o644);
    if (process.platform !== 'win32') await expect(openSigner(file)).rejects.toMatchObject({ code: 'SEAL_KEY_OPEN' });
    const rsa = join(folder, 'rsa.pem');
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    await writeFile(rsa, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
    await expect(openSigner(rsa)).rejects.toMatchObject({ code: 'SEAL_KEY' });
    await writeFile(rsa, 'pas une clé', { mode: 0o600 });
    await expect(openSigner(rsa)).rejects.toMatchObject({ code: 'SEAL_KEY' });
  });
});
