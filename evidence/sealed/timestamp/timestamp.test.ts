import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSigner, verifySealed, writeSealed } from '../index.ts';
import { judgeTimestamp, timestampClient } from './index.ts';
import { startTsa, type TestTsa, type TsaFaults } from './tsa.fixture.ts';

const MANIFEST = new TextEncoder().encode('un manifeste');
const OPENSSL = (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, 'openssl')));

async function withTsa<T>(faults: TsaFaults, use: (tsa: TestTsa) => Promise<T>): Promise<T> {
  const tsa = await startTsa(faults);
  try {
    return await use(tsa);
  } finally {
    await tsa.close();
  }
}

describe('a time-stamp', () => {
  it('says when the manifest existed, and by whom; trusted only through a certificate that the reader gives', async () => {
    await withTsa({}, async ({ url, root }) => {
      const answer = await timestampClient({ url, authorities: [root] })(MANIFEST);
      const judged = await judgeTimestamp(answer, MANIFEST, [root]);
      expect(judged).toMatchObject({
        ok: true,
        timestamp: { trusted: true, authority: expect.stringContaining('TEST Horodatage') },
      });
      expect(await judgeTimestamp(answer, MANIFEST, [])).toMatchObject({ ok: true, timestamp: { trusted: false } });
      expect(await judgeTimestamp(answer, new TextEncoder().encode('un autre'), [])).toMatchObject({
        ok: false,
        problem: 'l’horodatage porte sur un autre manifeste',
      });
      await withTsa({}, async (other) => {
        expect(await judgeTimestamp(answer, MANIFEST, [other.root])).toMatchObject({
          ok: false,
          problem: expect.stringContaining('ne remonte à aucune des autorités'),
        });
      });
    });
  });

  const bad: readonly (readonly [string, TsaFaults, string, string])[] = [
    ['refuses', { status: 'rejection' }, 'TIMESTAMP_REFUSED', 'politique inconnue'],
    ['answers another request', { nonce: 'other' }, 'TIMESTAMP_INVALID', 'nonce'],
    ['forgets the nonce', { nonce: 'none' }, 'TIMESTAMP_INVALID', 'nonce'],
    ['stamps something else', { imprint: 'other' }, 'TIMESTAMP_INVALID', 'autre manifeste'],
    ['signs with another key', { key: 'other' }, 'TIMESTAMP_INVALID', 'la signature de l’autorité'],
    ['names another certificate', { names: 'other' }, 'TIMESTAMP_INVALID', 'ne nomme pas le certificat'],
    ['names no certificate', { names: 'none' }, 'TIMESTAMP_INVALID', 'ne nomme pas le certificat'],
    ['has a certificate for nothing', { usage: 'none' }, 'TIMESTAMP_INVALID', 'n’est pas fait pour horodater'],
    [
      'has a usage that is not critical',
      { usage: 'not-critical' },
      'TIMESTAMP_INVALID',
      'n’est pas fait pour horodater',
    ],
    ['has a certificate of a web site', { usage: 'server' }, 'TIMESTAMP_INVALID', 'n’est pas fait pour horodater'],
    ['has an expired certificate', { certificate: 'expired' }, 'TIMESTAMP_EXPIRED', 'n’était pas valable'],
    ['keeps its certificate', { certificate: 'absent' }, 'TIMESTAMP_INVALID', 'n’est pas dans le jeton'],
    ['answers nonsense', { answer: 'garbage' }, 'TIMESTAMP_INVALID', 'ne se lit pas'],
    ['answers nothing', { answer: 'empty' }, 'TIMESTAMP_INVALID', 'ne se lit pas'],
    ['gives no token', { answer: 'no-token' }, 'TIMESTAMP_INVALID', 'pas donné de jeton'],
    ['is down', { answer: 'error' }, 'TIMESTAMP_UNREACHABLE', 'HTTP 503'],
    ['never ends', { answer: 'endless' }, 'TIMESTAMP_UNREACHABLE', 'trop longue'],
    ['is silent', { answer: 'silent' }, 'TIMESTAMP_UNREACHABLE', 'le délai est passé'],
  ];
  it.each(bad)('of an authority that %s is refused, and says what to do', async (_, faults, code, said) => {
    await withTsa(faults, async ({ url, root }) => {
      const asked = timestampClient({ url, authorities: [root], timeoutMs: 500 })(MANIFEST);
      const error = (await asked.catch((one: unknown) => one)) as { code: string; message: string; remedy: string };
      expect(error.code).toBe(code);
      expect(error.message).toContain(said);
      expect(error.remedy).not.toBe('');
    });
  });

  it('of an authority that is not there says so', async () => {
    const tsa = await startTsa();
    await tsa.close();
    await expect(timestampClient({ url: tsa.url })(MANIFEST)).rejects.toMatchObject({
      code: 'TIMESTAMP_UNREACHABLE',
      message: expect.stringContaining('ECONNREFUSED'),
    });
  });

  it('is sealed with the dossier, and judged with it', async () => {
    await withTsa({}, async ({ url, root }) => {
      const folder = await mkdtemp(join(tmpdir(), 'jalon-horodatage-'));
      const signer = await openSigner(join(folder, 'cle.pem'));
      const archive = join(folder, 'dossier.zip');
      await writeSealed(archive, [], {}, { signer, timestamp: timestampClient({ url, authorities: [root] }) });
      expect(await verifySealed(archive, { authorities: [root] })).toMatchObject({
        valid: true,
        timestamp: { trusted: true },
      });
      const bytes = await readFile(archive);
      const at = bytes.indexOf('HORODATAGE.tsr') + 'HORODATAGE.tsr'.length;
      for (let flip = 0; flip < 700; flip += 7) {
        const changed = Buffer.from(bytes);
        changed[at + flip] = (changed[at + flip] ?? 0) ^ 0x04;
        await writeFile(archive, changed);
        expect([flip, (await verifySealed(archive)).valid]).toEqual([flip, false]);
      }
      // Nothing is left of a dossier that could not be stamped.
      await withTsa({ answer: 'error' }, async (down) => {
        const timestamp = timestampClient({ url: down.url });
        await expect(writeSealed(join(folder, 'non.zip'), [], {}, { signer, timestamp })).rejects.toMatchObject({
          code: 'TIMESTAMP_UNREACHABLE',
        });
        expect((await readdir(folder)).filter((name) => name.startsWith('non'))).toEqual([]);
      });
    });
  });

  it.skipIf(!OPENSSL)(`is one for OpenSSL too${OPENSSL ? '' : ' (passé : openssl n’est pas là)'}`, async () => {
    await withTsa({}, async ({ url, root }) => {
      const folder = await mkdtemp(join(tmpdir(), 'jalon-horodatage-'));
      const answer = await timestampClient({ url, authorities: [root] })(MANIFEST);
      await writeFile(join(folder, 'HORODATAGE.tsr'), answer);
      await writeFile(join(folder, 'AUTORITE.pem'), root);
      await writeFile(join(folder, 'MANIFESTE.json'), MANIFEST);
      const said = execFileSync(
        'openssl',
        ['ts', '-verify', '-data', 'MANIFESTE.json', '-in', 'HORODATAGE.tsr', '-CAfile', 'AUTORITE.pem'],
        { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
      );
      expect(said).toContain('Verification: OK');
    });
  });
});
