import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { row, WAVE_1, workbookOf, type Cells } from '#dsr/rem/workbook.fixture.ts';
import { openTracker } from '#tracker/store/index.ts';
import type { RunRecord } from '#tracker/types.ts';
import { loadRem } from './load-rem.ts';
import { start, workFolder } from './testing.ts';

const INS = row('INS/va1.02', 'INS/va1.02.01', 'INS/va1.02.01.01');
const MSS = row('MSS/va1.12', 'MSS/va1.12.01', '12.01.01');

async function workbookFile(folder: string, name: string, ...rows: Cells[]): Promise<string> {
  const file = join(folder, name);
  writeFileSync(file, await workbookOf([{ name: 'Exigences', rows }]));
  return file;
}

const importOf = (file: string, data: string, ...more: string[]) =>
  start(['rem', 'import', file, '--category', 'labo', '--wave', 'va1', '--data', data, ...more]).ended;

describe('jalon rem import', () => {
  it('says what was found where, then what moved since the last import', async () => {
    const folder = workFolder();
    const data = join(folder, 'donnees');
    const first = await workbookFile(folder, 'premiere.xlsx', WAVE_1, INS, MSS);
    const { code, out } = await importOf(first, data, '--json');
    expect(code).toBe(0);
    const report = JSON.parse(out) as { file: string; messages: { code: string }[]; mapping: { sheets: unknown[] } };
    expect(report).toMatchObject({
      category: 'LABO',
      wave: 'va1',
      layout: 'rem-wave1',
      requirements: 2,
      scenarios: 2,
      proofs: 2,
      profiles: ['Général'],
      obsolete: 0,
      previous: null,
      moved: [],
      changes: null,
    });
    expect(report.messages.map((message) => message.code)).toEqual(['J18', 'J05']);
    expect(report.mapping.sheets[0]).toMatchObject({ name: 'Exigences', headerRow: 1 });
    expect(existsSync(report.file)).toBe(true);

    const swap = (cells: Cells): Cells => [cells[1] ?? null, cells[0] ?? null, ...cells.slice(2)];
    const second = await workbookFile(folder, 'seconde.xlsx', ['Titre'], swap(WAVE_1), swap(INS), swap(MSS));
    const again = await importOf(second, data);
    expect(again.code).toBe(0);
    expect(again.out).toContain('La colonne B « Profil » est maintenant A « Profil ».');
    expect(again.out).toContain("La ligne d'en-têtes passe de la ligne 1 à la ligne 2.");
    expect(again.out).toContain('2 exigences, 2 scénarios, 2 preuves');
    expect(again.out).toContain('Aucune exigence n’a changé depuis');
    const log = readFileSync(join(data, 'rem', 'imports.jsonl'), 'utf8')
      .trim()
      .split('\n');
    expect(log.map((line) => (JSON.parse(line) as { source: string }).source)).toEqual([
      'premiere.xlsx',
      'seconde.xlsx',
    ]);

    const third = await workbookFile(folder, 'troisieme.xlsx', WAVE_1, INS);
    const shorter = await importOf(third, data);
    expect(shorter.out).toContain('Exigences : 1 retirée, 1 dont sans mention');
    expect(shorter.out).toContain('1 exigence, 1 scénario, 1 preuve\n');
    expect(shorter.out).toContain('rem diff');
  });

  it('says when the campaign follows another REM, and nothing once it follows this one', async () => {
    const folder = workFolder();
    const data = join(folder, 'donnees');
    mkdirSync(data);
    const [first, second] = [
      await workbookFile(folder, 'premiere.xlsx', WAVE_1, INS, MSS),
      await workbookFile(folder, 'seconde.xlsx', WAVE_1, INS),
    ];
    const campaignOf = async (...args: Parameters<typeof importOf>) =>
      (JSON.parse((await importOf(...args)).out) as { campaign: unknown }).campaign;
    expect(await campaignOf(first, data, '--json')).toBeNull();

    const { rem } = await loadRem(first, 'LABO', 'va1');
    const tracker = await openTracker({ dataDir: data });
    const { category, wave, source, sha256 } = rem;
    const run: RunRecord = {
      id: 'r1',
      category,
      wave,
      profiles: ['general'],
      rem: { source, sha256 },
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
    };
    await tracker.recordRun({ run, rem, runDir: join(data, 'runs', 'r1') });
    const id = (await tracker.currentCampaign())?.id;
    await tracker.close();

    expect(await campaignOf(first, data, '--json')).toEqual({ id, rem: { source, sha256 }, follows: true });
    expect((await importOf(first, data)).out).not.toContain('rem adopt');
    expect(await campaignOf(second, data, '--json')).toEqual({ id, rem: { source, sha256 }, follows: false });
    const { out } = await importOf(second, data);
    expect(out).toContain(`la campagne ${id} suit « premiere.xlsx » ; npm run jalon -- rem adopt "`);
    const kept = /rem adopt "(.+?)"/u.exec(out)?.[1] ?? '';
    const adopted = await start([
      'rem',
      'adopt',
      join(data, 'rem', basename(kept)),
      '--campaign',
      `${id}`,
      '--data',
      data,
    ]).ended;
    expect(adopted.code, adopted.err).toBe(0);
    expect((await importOf(second, data)).out).not.toContain('rem adopt');

    writeFileSync(join(data, 'suivi.sqlite'), 'abîmé');
    const damaged = await importOf(second, data, '--json');
    expect(damaged.code).toBe(0);
    expect(damaged.err).toContain('[TRACKER_UNREADABLE]');
    expect(JSON.parse(damaged.out)).toMatchObject({ campaign: null, requirements: 1 });
  });

  it('keeps healthy rows, names each faulty one, and ends with 0', async () => {
    const folder = workFolder();
    const orphan = [
      'NON',
      'Général',
      'INS',
      'S',
      'B',
      'F',
      'EXIGENCE',
      null,
      'Sans numéro',
      'X.01',
      'S',
      'X.01.01',
      'P',
    ];
    const file = await workbookFile(folder, 'rem.xlsx', WAVE_1, orphan, INS, ['OUI', null, ...MSS.slice(2)]);
    const { code, out } = await importOf(file, join(folder, 'd'));
    expect(code).toBe(0);
    expect(out).toContain('J06 ligne 2, N° exigence');
    expect(out).toContain('C1 ligne 4, Profil');
    expect(out).toContain('2 exigences');
    const verbose = await importOf(file, join(folder, 'd'), '--verbose');
    expect(verbose.out).toContain('J05 ligne 4, N° preuve 1');
    expect(out).not.toContain('J05');
  });

  it('refuses what is not a REM with code 2 and keeps nothing', async () => {
    const folder = workFolder();
    const file = await workbookFile(folder, 'factures.xlsx', ['Date', 'Montant'], ['2026-01-01', 12]);
    const { code, err } = await importOf(file, join(folder, 'd'));
    expect(code).toBe(2);
    expect(err).toContain('REM_NOT_RECOGNISED');
    expect(err).toContain('N° scénario');
    expect(existsSync(join(folder, 'd', 'rem'))).toBe(false);
  });
});
