import { createHash, randomBytes } from 'node:crypto';
import { appendFileSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { folderVault, scanVault, type Vault } from './index.ts';

const folder = (): string => mkdtempSync(join(tmpdir(), 'jalon-coffre-'));
const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const text = (written: string): Uint8Array => new TextEncoder().encode(written);

async function all(vault: Vault, sha256: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of vault.read(sha256)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

describe('a vault in a folder', () => {
  it('gives back what was put, however it came, under the hash of its bytes', async () => {
    const vault = folderVault(folder());
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 5_000 }), fc.integer({ min: 1, max: 700 }), async (bytes, size) => {
        const sealed = await vault.put(pieces(bytes, size));
        expect(sealed).toEqual({ sha256: digest(bytes), size: bytes.length });
        expect(await vault.put(bytes)).toEqual(sealed);
        expect(await all(vault, sealed.sha256)).toEqual(Buffer.from(bytes));
      }),
      { numRuns: 40 },
    );
    const scan = await scanVault(vault);
    expect(scan).toMatchObject({ problems: [], leftovers: 0 });
  });

  it('keeps one piece of the same bytes, put at the same time', async () => {
    const dir = folder();
    const vault = folderVault(dir);
    const bytes = randomBytes(200_000);
    const sealed = await Promise.all(Array.from({ length: 10 }, () => vault.put(pieces(bytes, 10_000))));
    expect(new Set(sealed.map(({ sha256 }) => sha256)).size).toBe(1);
    expect(await scanVault(vault)).toEqual({ pieces: 1, size: bytes.length, problems: [], leftovers: 0 });
    expect(readdirSync(join(dir, 'en-cours'))).toEqual([]);
    expect(statSync(join(dir, digest(bytes).slice(0, 2), digest(bytes))).mode & 0o777).toBe(0o600);
  });

  it('tells a piece that is missing, altered or cut, and mends it when it is put again', async () => {
    const dir = folder();
    const vault = folderVault(dir);
    const [one, two, three] = await Promise.all(['un', 'deux', 'trois'].map((written) => vault.put(text(written))));
    const place = (sha256: string): string => join(dir, sha256.slice(0, 2), sha256);
    appendFileSync(place(one!.sha256), ' ');
    writeFileSync(place(two!.sha256), '');
    rmSync(place(three!.sha256));
    const expected = [one!, two!, three!].map(({ sha256 }) => sha256);
    const { problems } = await scanVault(vault, expected);
    expect(new Map(problems.map(({ sha256, code }) => [sha256, code]))).toEqual(
      new Map([
        [one!.sha256, 'VAULT_PIECE_ALTERED'],
        [two!.sha256, 'VAULT_PIECE_ALTERED'],
        [three!.sha256, 'VAULT_PIECE_MISSING'],
      ]),
    );
    await expect(all(vault, one!.sha256)).rejects.toMatchObject({ code: 'VAULT_PIECE_ALTERED' });
    await expect(all(vault, three!.sha256)).rejects.toMatchObject({ code: 'VAULT_PIECE_MISSING' });
    expect(await vault.stat(three!.sha256)).toBeUndefined();
    for (const written of ['un', 'deux', 'trois']) await vault.put(text(written));
    expect((await scanVault(vault, expected)).problems).toEqual([]);
  });

  it.each(['', '..', '../../etc/passwd', 'A'.repeat(64), '0'.repeat(63), `${'0'.repeat(64)}/x`])(
    'has nothing under %j',
    async (name) => {
      const vault = folderVault(folder());
      await expect(vault.stat(name)).rejects.toMatchObject({ code: 'VAULT_PIECE_MISSING' });
      await expect(async () => all(vault, name)).rejects.toMatchObject({ code: 'VAULT_PIECE_MISSING' });
    },
  );

  it('keeps nothing of a source that fails, and says what the source said', async () => {
    const dir = folder();
    const vault = folderVault(dir);
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield text('le début');
      throw new RangeError('la source est coupée');
    }
    await expect(vault.put(broken())).rejects.toThrow(new RangeError('la source est coupée'));
    expect(await scanVault(vault)).toEqual({ pieces: 0, size: 0, problems: [], leftovers: 0 });
  });

  it('says which folder cannot be written', async () => {
    const file = join(folder(), 'fichier');
    writeFileSync(file, '');
    await expect(folderVault(join(file, 'coffre')).put(text('x'))).rejects.toMatchObject({
      code: 'VAULT_UNWRITABLE',
      message: expect.stringContaining(file),
    });
    await expect(folderVault('/dev/full').put(text('x'))).rejects.toMatchObject({ code: 'VAULT_UNWRITABLE' });
  });
});
