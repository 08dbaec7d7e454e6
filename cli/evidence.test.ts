import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { fillTracker } from '#tracker/api/campaign.fixture.ts';
import { jalon, workFolder, type Ended } from './testing.ts';

const SLOT = 'INS/va1.02.01.01';
const OTHER = 'INS/va1.02.02.01';
/** Key right, and of nobody: nor of the bench, nor published. */
const FOREIGN = '185027511600210';

let data: string;
let folder: string;

beforeAll(async () => {
  folder = workFolder();
  data = join(folder, 'suivi');
  await mkdir(data);
  const { tracker } = await fillTracker(data);
  await tracker.close();
});

const evidence = (...args: readonly string[]): Promise<Ended> => jalon('evidence', ...args, '--data', data, '--json');

async function fileOf(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

interface Document {
  readonly id: string;
  readonly held: boolean;
  readonly slots: readonly string[];
  readonly sha256: string | null;
  readonly originalSha256: string;
}
const documents = ({ out }: Ended): readonly Document[] =>
  (JSON.parse(out) as { readonly evidence: readonly Document[] }).evidence;

describe('jalon evidence', () => {
  it('brings several files at once, in several slots, and lists them', async () => {
    const text = 'une attestation';
    const files = [await fileOf('attestation.txt', text), await fileOf('ecran.png', '\u0089PNG')];
    const added = await evidence(
      'add',
      ...files,
      '--slot',
      SLOT,
      '--slot',
      OTHER,
      '--caption',
      'Signée',
      '--by',
      'camille',
    );
    expect([added.err, added.code]).toEqual(['', 0]);
    const [statement, picture] = documents(added);
    expect(statement).toMatchObject({
      held: false,
      slots: [SLOT, OTHER],
      sha256: createHash('sha256').update(text).digest('hex'),
    });
    expect(picture).toMatchObject({ notLookedInto: [{ where: 'ecran.png' }] });
    const listed = documents(await evidence('list'));
    expect(listed.map(({ id }) => id)).toEqual(expect.arrayContaining([statement!.id, picture!.id]));
    const shown = await jalon('evidence', 'list', '--data', data);
    expect(shown.out).toContain(statement!.id);
  });

  it('says that the guard holds a file, why, and what to do; the slot stays empty', async () => {
    const third = 'INS/va1.02.03.01';
    const path = await fileOf('vrai.txt', `Patient ${FOREIGN}\n`);
    const held = await jalon('evidence', 'add', path, '--slot', third, '--data', data);
    expect(held.code).toBe(5);
    expect(held.out).toContain('est retenue');
    expect(held.out).not.toContain(FOREIGN);
    const [one] = documents(await evidence('list', '--held'));
    expect(one).toMatchObject({ held: true, slots: [], wanted: [third] });
    const short = await evidence('declare', one!.id, '--reason', 'non');
    expect([short.code, JSON.parse(short.out)]).toMatchObject([2, { error: { code: 'ALARM_REASON_MISSING' } }]);
    const declared = await evidence('declare', one!.id, '--reason', 'Numéro fabriqué pour ce test.');
    expect([declared.code, JSON.parse(declared.out)]).toMatchObject([
      0,
      { moved: [{ slot: third, state: 'recueillie' }] },
    ]);
  });

  it('withdraws, files elsewhere and forgets', async () => {
    const [one] = documents(await evidence('add', await fileOf('doublon.txt', 'doublon'), '--slot', SLOT));
    expect((await evidence('remove', one!.id, '--reason', 'doublon')).code).toBe(2);
    expect((await evidence('withdraw', one!.id, '--slot', SLOT, '--reason', 'doublon')).code).toBe(0);
    expect((await evidence('file', one!.id, '--slot', OTHER)).code).toBe(0);
    expect((await evidence('withdraw', one!.id, '--slot', OTHER, '--reason', 'doublon')).code).toBe(0);
    expect((await evidence('remove', one!.id, '--reason', 'doublon')).code).toBe(0);
    expect((await evidence('remove', one!.id, '--reason', 'doublon')).code).toBe(2);
  });

  it('finds one altered byte among everything that it keeps, and mends nothing in silence', async () => {
    expect((await evidence('verify')).code).toBe(0);
    const [one] = documents(await evidence('add', await fileOf('scelle.txt', 'scellé'), '--slot', SLOT));
    const hash = one!.originalSha256;
    const place = join(data, 'coffre', hash.slice(0, 2), hash);
    await writeFile(place, 'scellE');
    const broken = await evidence('verify');
    expect([broken.code, JSON.parse(broken.out)]).toMatchObject([
      5,
      { valid: false, problems: [{ piece: hash, code: 'VAULT_PIECE_ALTERED' }] },
    ]);
    await writeFile(place, 'scellé');
    const run = join(data, 'runs', '20260112-143000-bb02', 'preuves', 'INS_va1.60.01.03');
    const piece = join(run, '01-requete-insi.xml');
    const before = await readFile(piece);
    await writeFile(piece, 'autre chose');
    expect(JSON.parse((await evidence('verify')).out)).toMatchObject({
      problems: [{ piece: '20260112-143000-bb02/preuves/INS_va1.60.01.03/01-requete-insi.xml' }],
    });
    await writeFile(piece, before);
    await mkdir(join(data, 'coffre', 'en-cours'), { recursive: true });
    await writeFile(join(data, 'coffre', 'en-cours', 'x.part'), 'reste');
    expect(JSON.parse((await evidence('verify', '--clean')).out)).toMatchObject({
      valid: true,
      vault: { leftovers: 1 },
    });
    expect(JSON.parse((await evidence('verify')).out)).toMatchObject({
      valid: true,
      vault: { leftovers: 0, unnamed: 0 },
    });
  });

  it.each([
    ['a slot that the list does not have', ['--slot', 'INS/va9.99.99.99'], 'PREUVE_INCONNUE'],
    ['a campaign that is not there', ['--campaign', 'inconnue'], 'CAMPAGNE_INCONNUE'],
    ['a date that is none', ['--dated-on', '31/02/2026'], 'USAGE'],
  ])('refuses %s', async (_, options, code) => {
    const refused = await evidence('add', await fileOf('a.txt', 'a'), ...options);
    expect([refused.code, JSON.parse(refused.out)]).toMatchObject([2, { error: { code } }]);
  });

  it('refuses a file that is not there before it takes the others, and a folder without a tracker', async () => {
    const before = documents(await evidence('list')).length;
    const refused = await evidence('add', await fileOf('b.txt', 'b'), join(folder, 'absent.txt'));
    expect([refused.code, JSON.parse(refused.out)]).toMatchObject([2, { error: { code: 'FICHIER_ABSENT' } }]);
    expect(documents(await evidence('list'))).toHaveLength(before);
    const nowhere = await jalon('evidence', 'list', '--data', join(folder, 'vide'), '--json');
    expect([nowhere.code, JSON.parse(nowhere.out)]).toMatchObject([2, { error: { code: 'TRACKER_ABSENT' } }]);
  });

  it('goes with its campaign to another machine', async () => {
    const { out } = await jalon('tracker', 'list', '--data', data, '--json');
    const [{ id }] = JSON.parse(out) as [{ readonly id: string }];
    const archive = join(folder, 'campagne.zip');
    const exported = await jalon('tracker', 'export', id, archive, '--data', data, '--json');
    expect([exported.code, JSON.parse(exported.out)]).toMatchObject([0, { missing: [] }]);
    const elsewhere = join(folder, 'ailleurs');
    const imported = await jalon('tracker', 'import', archive, '--data', elsewhere, '--json');
    expect([imported.code, JSON.parse(imported.out)]).toMatchObject([0, { missing: [] }]);
    const verified = await jalon('evidence', 'verify', '--data', elsewhere, '--json');
    expect(JSON.parse(verified.out)).toMatchObject({ valid: true });
    const there = await jalon('evidence', 'list', '--data', elsewhere, '--json');
    expect(documents(there).length).toBeGreaterThan(2);
  });
});
