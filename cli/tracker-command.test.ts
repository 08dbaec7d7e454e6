import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { loadCatalogue } from '#dsr/catalogue/index.ts';
import { openTracker } from '#tracker/store/index.ts';
import { jalon, workFolder } from './testing.ts';

const REM = loadCatalogue('SGL', 'va1');

async function filled(): Promise<string> {
  const dataDir = workFolder();
  const tracker = await openTracker({ dataDir });
  await tracker.recordRun({
    run: {
      id: 'r1',
      category: 'SGL',
      wave: 'va1',
      profiles: ['general'],
      rem: { source: 'catalogue', sha256: REM.sha256 },
      product: { name: 'Labo', version: '1' },
      driver: 'reference',
      faults: [],
      benchVersion: '0',
      startedAt: '2026-01-01T00:00:00.000Z',
      lifecycle: 'finished',
      verdict: 'conforme',
      durationMs: 1,
      scenarios: [],
      unexpected: [],
    },
    rem: REM,
    runDir: '/r/1',
  });
  await tracker.close();
  return dataDir;
}

describe('jalon tracker', () => {
  it('saves a tracker, and gives it back in another folder', async () => {
    const data = await filled();
    const file = join(workFolder(), 'suivi.jsonl.gz');
    expect(await jalon('tracker', 'backup', file, '--data', data)).toMatchObject({ code: 0 });
    const other = workFolder();
    const restored = await jalon('tracker', 'restore', file, '--data', other, '--json');
    expect(restored.code, restored.err).toBe(0);
    expect(JSON.parse(restored.out)).toMatchObject({ rows: { campaign: 1, run: 1 } });
    expect(await jalon('tracker', 'verify', '--data', other)).toMatchObject({ code: 0, out: 'L’audit est entier.\n' });
    const again = await jalon('tracker', 'restore', file, '--data', other);
    expect(again.code).toBe(3);
    expect(again.err).toContain('RESTORE_NOT_EMPTY');
    expect((await jalon('tracker', 'backup', file, '--data', data)).err).toContain('BACKUP_EXISTS');
  });

  it('says which line of the audit somebody changed', async () => {
    const data = await filled();
    const raw = new DatabaseSync(join(data, 'suivi.sqlite'));
    raw.exec("DROP TRIGGER audit_is_never_changed; UPDATE audit SET actor = 'autre' WHERE id = 1");
    raw.close();
    const { code, out } = await jalon('tracker', 'verify', '--data', data, '--json');
    expect(code).toBe(4);
    expect(JSON.parse(out)).toMatchObject({ valid: false, broken: { id: 1 } });
  });

  it('refuses a copy that is cut, that is none, and a folder that has nothing to save', async () => {
    const data = await filled();
    const file = join(workFolder(), 'suivi.jsonl.gz');
    await jalon('tracker', 'backup', file, '--data', data);
    const bytes = readFileSync(file);
    const lines = gunzipSync(bytes).toString('utf8').trimEnd().split('\n');
    const wrong: readonly (readonly [string, Uint8Array])[] = [
      ['COPY_UNREADABLE', bytes.subarray(0, bytes.length - 20)],
      ['COPY_UNREADABLE', Buffer.from('bonjour')],
      ['COPY_UNREADABLE', gzipSync('{"kind":"autre"}\n')],
      ['COPY_BROKEN', gzipSync(`${lines.slice(0, -1).join('\n')}\n`)],
    ];
    for (const [rank, [told, content]] of wrong.entries()) {
      const one = join(workFolder(), `faux-${rank}.gz`);
      writeFileSync(one, content);
      const ended = await jalon('tracker', 'restore', one, '--data', workFolder());
      expect(ended.code, ended.err).toBe(3);
      expect(ended.err).toContain(told);
    }
    expect((await jalon('tracker', 'verify', '--data', workFolder())).err).toContain('TRACKER_ABSENT');
    expect((await jalon('tracker', 'restore', join(data, 'absent.gz'), '--data', workFolder())).code).toBe(2);
  });

  it('never repeats the password of a database', async () => {
    const wrong = await jalon('tracker', 'verify', '--db', 'mysql://compte:secret@machine/base');
    expect(wrong.code).toBe(2);
    const closed = await jalon('tracker', 'verify', '--db', 'postgres://compte:secret@127.0.0.1:9/base');
    expect(closed.code).toBe(3);
    expect(closed.err).toContain('127.0.0.1:9/base');
    for (const { err } of [wrong, closed]) expect(err).not.toContain('secret');
  });
});
