import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { readZip } from '#formats/zip/index.ts';
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

describe('jalon tracker', { timeout: 120_000 }, () => {
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

  it('takes a campaign to another machine with its pieces, and refuses one that somebody touched', async () => {
    const data = workFolder();
    const played = await jalon('run', '--tags', '@exigence:LOI/va1.01', '--data', data, '--json');
    expect(played.code, played.err).toBe(0);
    const [{ id }] = JSON.parse((await jalon('tracker', 'list', '--data', data, '--json')).out) as [{ id: string }];
    const file = join(workFolder(), 'campagne.zip');
    const exported = await jalon('tracker', 'export', id, file, '--data', data, '--json');
    expect(exported.code, exported.err).toBe(0);
    expect(JSON.parse(exported.out)).toMatchObject({ runs: 1, missing: [] });
    const other = workFolder();
    const imported = await jalon('tracker', 'import', file, '--data', other, '--json');
    expect(imported.code, imported.err).toBe(0);
    expect(JSON.parse(imported.out)).toMatchObject({ campaign: id, missing: [] });
    const tracker = await openTracker({ dataDir: other });
    const [piece] = await tracker.piecesOf(id, 'LOI/va1.01.01.01');
    expect(readFileSync(join(piece!.dir, piece!.piece.path)).length).toBe(piece!.piece.provenance.size);
    expect(await tracker.verifyAudit()).toBeUndefined();
    await tracker.close();
    expect((await jalon('tracker', 'import', file, '--data', other)).err).toContain('CAMPAIGN_EXISTS');

    const reading = await readZip(readFileSync(file));
    if (!reading.ok) throw new Error(reading.fault.message);
    const entries = new Map(reading.entries.map(({ name, bytes }) => [name, Buffer.from(bytes)]));
    const touched: readonly (readonly [string, (all: Map<string, Buffer>) => void])[] = [
      [
        'CAMPAIGN_FILE_CHANGED',
        (all) =>
          all.set(
            [...all.keys()].find((name) => name.endsWith('.csv'))!,
            Buffer.from('autre'),
          ),
      ],
      ['CAMPAIGN_FILE_UNREADABLE', (all) => all.delete('campagne.json')],
      [
        'CAMPAIGN_FILE_UNREADABLE',
        (all) =>
          all.set(
            'campagne.json',
            Buffer.from(all.get('campagne.json')!.toString('utf8').replaceAll('preuves/', '../')),
          ),
      ],
      [
        'COPY_BROKEN',
        (all) =>
          all.set(
            'campagne.json',
            Buffer.from(all.get('campagne.json')!.toString('utf8').replace(`"campaign":"${id}"`, '"campaign":"autre"')),
          ),
      ],
    ];
    for (const [rank, [code, touch]] of touched.entries()) {
      const all = new Map(entries);
      touch(all);
      const zip = new ZipFile();
      for (const [name, bytes] of all) zip.addBuffer(bytes, name);
      zip.end();
      const one = join(workFolder(), `touche-${rank}.zip`);
      writeFileSync(one, Buffer.concat(await Array.fromAsync(zip.outputStream as AsyncIterable<Buffer>)));
      const fresh = workFolder();
      mkdirSync(join(fresh, 'imports'));
      const refused = await jalon('tracker', 'import', one, '--data', fresh);
      expect(refused.code, refused.err).toBe(3);
      expect(refused.err).toContain(code);
      expect(readdirSync(join(fresh, 'imports'), { recursive: true })).toEqual([]);
    }
  });

  it('shows what the next campaign takes, then opens it', async () => {
    const data = await filled();
    const [{ id }] = JSON.parse((await jalon('tracker', 'list', '--data', data, '--json')).out) as [{ id: string }];
    const next = ['tracker', 'next', id, '--data', data];
    const shown = await jalon(...next, '--wave', 'va2', '--product-version', '2', '--dry-run');
    expect(shown.code, shown.err).toBe(0);
    expect(shown.out).toContain('Campagne qui serait ouverte — Labo 2');
    expect(JSON.parse((await jalon('tracker', 'list', '--data', data, '--json')).out)).toHaveLength(1);
    const opened = await jalon(...next, '--wave', 'va2', '--product-version', '2', '--json');
    expect(opened.code, opened.err).toBe(0);
    expect(JSON.parse(opened.out)).toMatchObject({
      dryRun: false,
      version: '2',
      succession: { kinds: ['version', 'vague'] },
    });
    expect(JSON.parse((await jalon('tracker', 'list', '--data', data, '--json')).out)).toHaveLength(2);
    expect((await jalon(...next)).err).toContain('CAMPAIGN_EXISTS');
    expect((await jalon('tracker', 'next', 'X', '--data', data)).err).toContain('CAMPAIGN_UNKNOWN');
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
