import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadCatalogue } from '#dsr/catalogue/index.ts';
import { readRem, serialiseRem, type Rem } from '#dsr/rem/index.ts';
import { readWorkbook } from '#formats/xlsx/index.ts';
import { writeRemWorkbook } from '#reports/rem-workbook/index.ts';
import { openTracker } from '#tracker/store/index.ts';
import type { RunRecord } from '#tracker/types.ts';
import { jalon, workFolder } from './testing.ts';

const REM = loadCatalogue('SGL', 'va1');

interface Report {
  readonly file: string;
  readonly rows: number;
  readonly campaign: string | null;
  readonly carried: { readonly slots: number; readonly filled: number } | null;
  readonly rem: { readonly source: string; readonly sha256: string; readonly officialTexts: boolean };
  readonly other: { readonly options: string } | null;
}

/** A working folder with what is asked for in it, and a way to export from it. */
function bench() {
  const folder = workFolder();
  const data = join(folder, 'donnees');
  const out = join(folder, 'sortie.xlsx');
  const exported = (...args: readonly string[]) =>
    jalon('--json', '--data', data, 'rem', 'export', '--layout', 'wave2', '--out', out, ...args);
  const report = async (...args: readonly string[]): Promise<Report> => {
    const ended = await exported(...args);
    expect(ended.code, ended.err).toBe(0);
    return JSON.parse(ended.out) as Report;
  };
  return { folder, data, out, exported, report };
}

/** A run of a product on a Rem, which makes its campaign. */
async function recordRun(data: string, rem: Rem, version = '7.2'): Promise<string> {
  mkdirSync(data, { recursive: true });
  const tracker = await openTracker({ dataDir: data });
  const [requirement] = rem.requirements;
  const slot = requirement?.scenarios[0]?.proofs[0]?.id ?? '';
  const run: RunRecord = {
    id: `run-${version}`,
    category: 'SGL',
    wave: 'va1',
    profiles: ['general', 'referentiel-identites'],
    rem: { source: rem.source, sha256: rem.sha256 },
    product: { name: 'Labo', version },
    driver: 'reference',
    faults: [],
    benchVersion: '0',
    startedAt: `2026-01-1${version.at(-1)}T09:00:00.000Z`,
    endedAt: `2026-01-1${version.at(-1)}T09:05:00.000Z`,
    lifecycle: 'finished',
    verdict: 'non-conforme',
    durationMs: 1,
    scenarios: [
      {
        id: 'essai#1',
        feature: 'Essai',
        name: 'essai',
        requirements: [requirement?.id ?? ''],
        slots: [slot],
        verdict: 'non-conforme',
        reason: 'vu',
        durationMs: 1,
        findings: [],
        otherFindings: [],
        steps: [],
        pieces: [],
      },
    ],
    unexpected: [],
  };
  await tracker.recordRun({ run, rem, runDir: join(data, 'runs', run.id) });
  const campaign = await tracker.currentCampaign();
  await tracker.close();
  return campaign?.id ?? '';
}

/** Cells of the exported table under a header. */
async function column(file: string, header: string): Promise<readonly string[]> {
  const reading = await readWorkbook(readFileSync(file));
  if (!reading.ok) throw new Error(reading.fault.message);
  const [headers = [], ...rows] = reading.sheets[0]?.rows ?? [];
  return rows.map((row) => row[headers.indexOf(header)] ?? '');
}

describe('jalon rem export', () => {
  it('writes the embedded catalogue when nothing was imported, and leaves no tracker behind', async () => {
    const { data, out, report } = bench();
    expect(await report()).toMatchObject({
      file: out,
      layout: 'rem-wave2',
      category: 'SGL',
      wave: 'va1',
      requirements: REM.requirements.length,
      campaign: null,
      rem: { source: 'catalogue embarqué', sha256: REM.sha256, officialTexts: false },
    });
    const reading = await readRem(readFileSync(out), { category: 'SGL', wave: 'va1', fileName: 'sortie.xlsx' });
    expect(reading.ok && reading.rem.requirements.map(({ id }) => id)).toEqual(REM.requirements.map(({ id }) => id));
    expect(existsSync(data)).toBe(false);
  });

  it('says in French what it wrote, and that official texts are absent', async () => {
    const { data, out } = bench();
    const ended = await jalon('--data', data, 'rem', 'export', '--layout', 'convergence', '--out', out);
    expect(ended).toMatchObject({ code: 0, err: '' });
    for (const words of ['126 exigences', 'Textes officiels absents', 'ne remplace pas le classeur', 'Sans campagne']) {
      expect(ended.out).toContain(words);
    }
  });

  it('takes the last REM imported, whatever its couloir', async () => {
    const { folder, data, report } = bench();
    const source = join(folder, 'REM-LGC.xlsx');
    await writeRemWorkbook(
      source,
      { ...REM, category: 'LGC', requirements: REM.requirements.slice(0, 5) },
      'rem-wave1',
    );
    const imported = await jalon('--data', data, 'rem', 'import', source, '--category', 'LGC', '--wave', 'va1');
    expect(imported.code, imported.err).toBe(0);
    expect(await report()).toMatchObject({
      category: 'LGC',
      requirements: 5,
      rem: { source: 'REM-LGC.xlsx', officialTexts: true },
    });
    for (const name of readdirSync(join(data, 'rem')).filter((file) => file.endsWith('.json'))) {
      writeFileSync(join(data, 'rem', name), 'abîmé');
    }
    const ended = await jalon('--data', data, 'rem', 'export', '--layout', 'wave1', '--out', join(folder, 'b.xlsx'));
    expect(ended).toMatchObject({ code: 2, out: '' });
    expect(ended.err).toContain('[REM_ILLISIBLE]');
  });

  it('takes the REM of the campaign in progress, of another one when it is named, no state when asked', async () => {
    const { data, out, report } = bench();
    const first = await recordRun(data, REM, '7.1');
    const second = await recordRun(data, { ...REM, sha256: 'b'.repeat(64) }, '7.2');
    expect(await report()).toMatchObject({ campaign: second, rem: { sha256: 'b'.repeat(64) }, carried: null });
    expect(await report('--force', '--campaign', first)).toMatchObject({
      campaign: first,
      rem: { sha256: REM.sha256 },
    });
    expect((await column(out, 'Jalon · Conforme'))[0]).toBe('non conforme');
    expect(new Set(await column(out, 'Jalon · Applicable'))).toEqual(new Set(['oui', 'non']));
    expect(await report('--force', '--no-campaign')).toMatchObject({ campaign: null });
    expect(new Set(await column(out, 'Jalon · Conforme'))).toEqual(new Set(['']));
  });

  it('takes the REM that a campaign follows, kept or not, and says when a newer import differs', async () => {
    const { folder, data, out, report } = bench();
    const followed: Rem = { ...REM, layout: 'rem-wave1', source: 'suivie.xlsx', sha256: 'd'.repeat(64) };
    const campaign = await recordRun(data, followed);
    expect(await report()).toMatchObject({ campaign, rem: { source: 'suivie.xlsx', origin: 'campaign' }, other: null });

    const source = join(folder, 'REM-SGL.xlsx');
    await writeRemWorkbook(source, REM, 'rem-wave1');
    const imported = await jalon('--data', data, 'rem', 'import', source, '--category', 'SGL', '--wave', 'va1');
    expect(imported.code, imported.err).toBe(0);
    const { other, ...rest } = await report('--force');
    expect(rest).toMatchObject({ campaign, rem: { source: 'suivie.xlsx' } });
    expect(other).toMatchObject({ origin: 'import', source: 'REM-SGL.xlsx' });
    const ended = await jalon('--data', data, 'rem', 'export', '--layout', 'wave2', '--out', out, '--force');
    expect(ended.out).toContain('Cette REM est celle de la campagne (« suivie.xlsx »)');
    expect(ended.out).toContain(`pour l’exporter, ajoutez ${other?.options}`);
    const file = /--rem "(.+)"/u.exec(other?.options ?? '')?.[1] ?? '';
    const absolute = join(data, 'rem', file.split('/').at(-1) ?? '');
    expect(await report('--force', '--rem', absolute)).toMatchObject({ rem: { source: 'REM-SGL.xlsx' } });
  });

  it('takes an import rather than the catalogue that a campaign follows, and says so', async () => {
    const { folder, data, report } = bench();
    const campaign = await recordRun(data, REM);
    const source = join(folder, 'REM-SGL.xlsx');
    await writeRemWorkbook(source, REM, 'rem-wave1');
    await jalon('--data', data, 'rem', 'import', source, '--category', 'SGL', '--wave', 'va1');
    expect(await report()).toMatchObject({
      rem: { source: 'REM-SGL.xlsx', origin: 'import' },
      other: { origin: 'campaign', options: `--campaign ${campaign}` },
    });
    expect(await report('--force', '--campaign', campaign)).toMatchObject({ rem: { sha256: REM.sha256 } });
  });

  it('carries the states of a campaign on another REM where the texts agree, and says how to follow this one', async () => {
    const { folder, data, out, report } = bench();
    const like: Rem = { ...REM, layout: 'rem-wave1', source: 'suivie.xlsx', sha256: 'd'.repeat(64) };
    const campaign = await recordRun(data, like);
    const [first] = like.requirements;
    const other = (name: string, rem: Rem): string => {
      const file = join(folder, name);
      writeFileSync(file, serialiseRem(rem));
      return file;
    };
    const same = other('pareille.json', { ...like, source: 'pareille.xlsx', sha256: 'c'.repeat(64) });
    expect(await report('--rem', same)).toMatchObject({ campaign, carried: { source: 'suivie.xlsx', compared: true } });
    expect((await column(out, 'Jalon · Conforme'))[0]).toBe('non conforme');
    const again = ['rem', 'export', '--layout', 'wave2', '--out', out, '--force', '--rem', same];
    const ended = await jalon('--data', data, ...again);
    expect(ended.out).toContain(`Suivi de la campagne ${campaign} (Labo 7.2) : `);
    expect(ended.out).toContain(
      `la campagne ${campaign} suit « suivie.xlsx » ; npm run jalon -- rem adopt "${same}" --campaign ${campaign} la fait suivre celle-ci`,
    );

    const reworded = other('autre.json', {
      ...like,
      sha256: 'e'.repeat(64),
      requirements: like.requirements.map((requirement) =>
        requirement === first
          ? { ...requirement, statement: 'Une tout autre exigence que celle du début.' }
          : requirement,
      ),
    });
    expect(await report('--force', '--rem', reworded, '--campaign', campaign)).toMatchObject({ campaign });
    expect((await column(out, 'Jalon · Conforme'))[0]).toBe('');
    expect((await column(out, 'Jalon · État des preuves'))[0]).toBe('');
  });

  it('refuses the states of a campaign of another wave', async () => {
    const { folder, data, exported } = bench();
    const campaign = await recordRun(data, REM);
    const other = join(folder, 'autre.json');
    writeFileSync(other, serialiseRem({ ...REM, wave: 'va2', sha256: 'c'.repeat(64) }));
    const ended = await exported('--rem', other, '--campaign', campaign);
    expect(ended.code).toBe(2);
    expect(ended.err).toContain('[CAMPAGNE_AUTRE_REM]');
  });
});

describe('what jalon rem export refuses, without writing anything', () => {
  it('a file that exists, unless --force', async () => {
    const { out, exported, report } = bench();
    writeFileSync(out, 'le travail de l’éditeur');
    const ended = await exported();
    expect(ended.code).toBe(2);
    expect(ended.err).toContain('[FICHIER_EXISTANT]');
    expect(readFileSync(out, 'utf8')).toBe('le travail de l’éditeur');
    expect((await report('--force')).rows).toBeGreaterThan(100);
  });

  it('the workbook it reads, even with --force', async () => {
    const { folder, out, exported, report } = bench();
    await report();
    const source = join(folder, 'publie.xlsx');
    copyFileSync(out, source);
    const before = readFileSync(source);
    const args = ['--rem', source, '--category', 'SGL', '--wave', 'va1', '--out', source, '--force'];
    const ended = await exported(...args);
    expect(ended.code).toBe(2);
    expect(ended.err).toContain('[FICHIER_LU]');
    expect(readFileSync(source).equals(before)).toBe(true);
  });

  it.each([
    ['another extension', ['--out', 'sortie.csv'], '.xlsx'],
    ['a folder that is not there', ['--out', 'nulle-part/sortie.xlsx'], "n'existe pas"],
    ['an unknown layout', ['--layout', 'vague-3'], 'wave1, wave2, convergence'],
    ['an unknown campaign', ['--campaign', 'zz'], '[CAMPAGNE_INCONNUE]'],
    ['an unknown profile', ['--profiles', 'zz'], '[PROFILE_UNKNOWN]'],
    ['a workbook of no couloir', ['--rem', 'x.xlsx'], '--category'],
  ])('%s', async (_, args, words) => {
    const { out, exported } = bench();
    const ended = await exported(...args);
    expect(ended.code).toBe(2);
    expect(ended.err).toContain(words);
    expect(existsSync(out)).toBe(false);
  });
});
