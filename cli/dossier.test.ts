import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { startTsa } from '#evidence/sealed/timestamp/tsa.fixture.ts';
import { fillTracker } from '#tracker/api/campaign.fixture.ts';
import { openTracker } from '#tracker/store/index.ts';
import { jalon, workFolder, type Ended } from './testing.ts';

let data: string;
let folder: string;
/** Slots of the chapter that the tests complete. */
let chapter: readonly string[];

interface Slot {
  readonly slot: string;
  readonly section: string;
  readonly state: string;
}
interface Document {
  readonly complete: boolean;
  readonly missing: readonly Slot[];
  readonly stale: readonly Slot[];
  readonly rehearsalOnly: readonly Slot[];
  readonly toReview: readonly Slot[];
  readonly broken: readonly { readonly slot: string; readonly piece: string }[];
  readonly unmasked: readonly { readonly slot: string }[];
  readonly held: readonly { readonly name: string }[];
  readonly sha256: string | null;
}
const documentOf = ({ out }: Ended): Document => JSON.parse(out) as Document;
const dossier = (...args: readonly string[]): Promise<Ended> => jalon('dossier', ...args, '--data', data, '--json');
const outFile = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = workFolder();
  data = join(folder, 'suivi');
  await mkdir(data);
  const { tracker } = await fillTracker(data);
  await tracker.close();
  const { missing } = documentOf(await dossier('status', '--section', 'ANN'));
  chapter = missing.map(({ slot }) => slot);
  expect(chapter.length).toBeGreaterThan(3);
});

async function states(): Promise<ReadonlyMap<string, string>> {
  const tracker = await openTracker({ dataDir: data });
  const { id } = (await tracker.currentCampaign())!;
  const statuses = await tracker.slotStatuses(id);
  await tracker.close();
  return new Map(statuses.map(({ slot, state }) => [slot, state]));
}

describe('jalon dossier', () => {
  it('refuses an incomplete dossier with everything that is missing, as the tracker has it, and writes nothing', async () => {
    const refused = await dossier('build', '--out', outFile('non.zip'));
    const { complete, sha256, missing, stale, rehearsalOnly, toReview } = documentOf(refused);
    expect([refused.code, complete, sha256]).toEqual([5, false, null]);
    expect((await readdir(folder)).filter((name) => name.startsWith('non'))).toEqual([]);
    const known = await states();
    for (const { slot, state } of [...missing, ...stale, ...rehearsalOnly, ...toReview]) {
      expect([slot, state]).toEqual([slot, known.get(slot) ?? 'vide']);
    }
    const lacking = new Set([...missing, ...stale, ...rehearsalOnly, ...toReview].map(({ slot }) => slot));
    for (const [slot, state] of known) if (state === 'a-revoir' || state === 'rejouee') expect(lacking).toContain(slot);
    const said = await jalon('dossier', 'build', '--out', outFile('non.zip'), '--data', data);
    expect(said.err).toContain('--partial');
    for (const slot of chapter) expect(said.err).toContain(slot);
  });

  it('writes a chapter once its proofs are there, the same bytes twice, and anybody verifies it', async () => {
    const form = join(folder, 'attestation.txt');
    await writeFile(form, 'Nous attestons.');
    const slots = chapter.flatMap((slot) => ['--slot', slot]);
    const added = await jalon('evidence', 'add', form, ...slots, '--by', 'camille', '--data', data);
    expect([added.err, added.code]).toEqual(['', 0]);
    const built = await dossier('build', '--section', 'ANN', '--out', outFile('ann.zip'));
    expect([built.err, built.code, documentOf(built).complete]).toEqual(['', 0, true]);
    const again = await dossier('build', '--section', 'ANN', '--out', outFile('ann2.zip'));
    expect(documentOf(again).sha256).toBe(documentOf(built).sha256);

    const { signer } = JSON.parse(built.out) as { readonly signer: string };
    // From an empty folder: the database is not needed.
    const elsewhere = join(folder, 'ailleurs');
    const verified = await jalon(
      'dossier',
      'verify',
      outFile('ann.zip'),
      '--key',
      signer,
      '--data',
      elsewhere,
      '--json',
    );
    expect([verified.code, JSON.parse(verified.out)]).toMatchObject([
      0,
      { valid: true, problems: [], signer: { trusted: true }, about: { complete: true, sections: ['ANN'] } },
    ]);
    await expect(readdir(elsewhere)).rejects.toThrow();

    const bytes = await readFile(outFile('ann.zip'));
    const at = bytes.indexOf('Nous attestons.');
    bytes[at] = (bytes[at] ?? 0) ^ 0x20;
    await writeFile(outFile('change.zip'), bytes);
    const broken = await jalon('dossier', 'verify', outFile('change.zip'));
    expect(broken.code).toBe(5);
    expect(broken.out).toMatch(/01_ANN\/ANN_va1\.\S+attestation\.txt : le fichier a changé/u);
    const foreign = await jalon('dossier', 'verify', outFile('ann.zip'), '--key', 'a'.repeat(64));
    expect([foreign.code, foreign.out]).toEqual([5, expect.stringContaining('une autre clé que la vôtre')]);
  });

  it('writes a partial dossier on demand, which says so inside and outside', async () => {
    const built = await dossier('build', '--partial', '--out', outFile('partiel.zip'));
    expect([built.code, documentOf(built).complete]).toEqual([5, false]);
    expect(documentOf(built).sha256).toMatch(/^[0-9a-f]{64}$/u);
    const verified = await jalon('dossier', 'verify', outFile('partiel.zip'));
    expect([verified.code, verified.out]).toEqual([0, expect.stringContaining('Ce dossier est partiel.')]);
    expect((await readFile(outFile('partiel.zip'))).includes('Partiel')).toBe(true);
    const twice = await dossier('build', '--partial', '--out', outFile('partiel.zip'));
    expect([twice.code, JSON.parse(twice.out)]).toMatchObject([2, { error: { code: 'FICHIER_EXISTANT' } }]);
    expect((await dossier('build', '--partial', '--force', '--out', outFile('partiel.zip'))).code).toBe(5);
  });

  it('does not write a piece that is no longer the one that was sealed, even partially', async () => {
    const piece = join(data, 'runs', '20260112-143000-bb02', 'preuves', 'INS_va1.60.01.03', '01-requete-insi.xml');
    const before = await readFile(piece);
    await writeFile(piece, `${before.toString('utf8')} `);
    const refused = await dossier('build', '--partial', '--out', outFile('non.zip'));
    expect([refused.code, documentOf(refused).broken]).toMatchObject([
      5,
      [{ slot: 'INS/va1.60.01.03', piece: '01-requete-insi.xml' }],
    ]);
    expect((await readdir(folder)).filter((name) => name.startsWith('non'))).toEqual([]);
    await writeFile(piece, before);
  });

  it('names what the guard holds', async () => {
    const path = join(folder, 'vrai.txt');
    await writeFile(path, 'Patient 185027511600210\n');
    await jalon('evidence', 'add', path, '--slot', 'INS/va1.02.01.01', '--data', data);
    expect(documentOf(await dossier('status')).held).toMatchObject([{ name: 'vrai.txt' }]);
  });

  it('is time-stamped where an authority is given', async () => {
    const tsa = await startTsa();
    try {
      const root = join(folder, 'racine.pem');
      await writeFile(root, tsa.root);
      const out = outFile('horodate.zip');
      const built = await dossier('build', '--section', 'ANN', '--out', out, '--tsa', tsa.url, '--tsa-ca', root);
      expect([built.err, built.code]).toEqual(['', 0]);
      const verified = await jalon('dossier', 'verify', out, '--tsa-ca', root, '--json');
      expect(JSON.parse(verified.out)).toMatchObject({ valid: true, timestamp: { trusted: true } });
    } finally {
      await tsa.close();
    }
    const down = await dossier('build', '--section', 'ANN', '--out', outFile('sans.zip'), '--tsa', tsa.url);
    expect([down.code, JSON.parse(down.out)]).toMatchObject([3, { error: { code: 'TIMESTAMP_UNREACHABLE' } }]);
  });

  it.each([
    ['a chapter that is not there', ['build', '--section', 'XYZ', '--out', 'x.zip'], 'CHAPITRE_INCONNU'],
    ['a folder that is not there', ['build', '--out', '/nulle/part/x.zip'], 'USAGE'],
    ['a key that is none', ['verify', 'KEY', '--key', 'abc'], 'USAGE'],
    ['a dossier that is not there', ['verify', 'absent.zip'], 'FICHIER_ABSENT'],
    ['an authority that is no address', ['build', '--section', 'ANN', '--out', 'x.zip', '--tsa', 'ftp://x'], 'USAGE'],
  ])('refuses %s', async (_, args, code) => {
    const refused = await dossier(...args.map((one) => (one === 'KEY' ? outFile('ann.zip') : one)));
    expect([refused.code, JSON.parse(refused.out)]).toMatchObject([2, { error: { code } }]);
  });
});
