import { randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parisDay } from '#dsr/dates/index.ts';
import { applyOverrules } from '#dsr/proof-kinds/index.ts';
import type { Rem } from '#dsr/rem/index.ts';
import { writeWhole } from '#evidence/index.ts';
import { openSigner, verifySealed, writeSealed } from '#evidence/sealed/index.ts';
import { aboutDossier, dossierEntries, mayLeave, standingOf, type Standing } from '#reports/dossier/index.ts';
import type { BuiltDossierView, DossierDesk } from '#tracker/api/index.ts';
import { refusal, type Outcome } from '#tracker/domain/index.ts';
import type { Campaign, Tracker } from '#tracker/store/index.ts';
import { DOSSIER_KEY } from './dossier-key.ts';
import { deskOf, guardOfBench } from './open-desk.ts';
import { readOverrules } from './overrules.ts';
import { VERSION } from './version.ts';

/** Folder of the dossiers that the server wrote. */
const FOLDER = 'dossiers';
const ID = /^[a-z0-9-]{8,60}$/u;
const FIRST_PLACES = 5;

/** Writes, keeps and verifies dossiers beside a tracker. */
export function dossierDesk(tracker: Tracker, dataDir: string, now: () => Date = () => new Date()): DossierDesk {
  const folder = join(dataDir, FOLDER);
  /** One after the other: each reads every piece. */
  let turn: Promise<unknown> = Promise.resolve();
  const views = async (): Promise<readonly BuiltDossierView[]> => {
    const names = await readdir(folder).catch(() => []);
    const found = names.filter((name) => name.endsWith('.json'));
    return Promise.all(
      found.map(async (name) => JSON.parse(await readFile(join(folder, name), 'utf8')) as BuiltDossierView),
    );
  };
  const build: DossierDesk['build'] = async ({ campaign: id, sections, partial, by }) => {
    const campaign = await tracker.campaign(id);
    const kept = campaign && (await tracker.rem(campaign.remSha256));
    if (campaign === undefined || kept === undefined) throw new TypeError(`la campagne ${id} n’est plus là`);
    const { rem } = applyOverrules(kept, await readOverrules(dataDir));
    const unknown = unknownSections(rem, sections ?? []);
    if (unknown !== undefined) return unknown;
    const at = now();
    const { desk } = await deskOf(dataDir);
    const standing = await standingOf(
      { tracker, desk, guard: await guardOfBench() },
      { campaign, rem, today: parisDay(at), benchVersion: VERSION, ...(sections === undefined ? {} : { sections }) },
      { by, at: at.toISOString() },
    );
    if (!mayLeave(standing, partial)) return refused(standing);
    await mkdir(folder, { recursive: true });
    const built = await write(standing, campaign, at, { folder, key: join(dataDir, DOSSIER_KEY), by });
    return { ok: true, value: built };
  };
  return {
    build(order) {
      const made = turn.then(() => build(order));
      turn = made.catch(() => undefined);
      return made;
    },
    async list(campaign) {
      return (await views())
        .filter((view) => view.campaign === campaign)
        .toSorted((one, other) => (one.builtAt < other.builtAt ? 1 : -1));
    },
    async open(id) {
      const view = ID.test(id) ? (await views()).find((one) => one.id === id) : undefined;
      return view && { view, bytes: createReadStream(join(folder, `${id}.zip`)) as AsyncIterable<Uint8Array> };
    },
    async verify(bytes) {
      await mkdir(folder, { recursive: true });
      const place = join(folder, `.verification-${randomBytes(8).toString('hex')}`);
      try {
        await pipeline(bytes, createWriteStream(place, { mode: 0o600 }));
        return await verifySealed(place);
      } finally {
        await rm(place, { force: true });
      }
    },
  };
}

async function write(
  { input, complete }: Standing,
  { id: campaign, product, version }: Campaign,
  at: Date,
  { folder, key, by }: { readonly folder: string; readonly key: string; readonly by: string },
): Promise<BuiltDossierView> {
  const id = `${at.toISOString().slice(0, 19).replaceAll(/[-:]/gu, '').replace('T', '-')}-${randomBytes(3).toString('hex')}`;
  const signer = await openSigner(key);
  const { sha256, size, files, fingerprint } = await writeSealed(
    join(folder, `${id}.zip`),
    dossierEntries(input),
    aboutDossier(input),
    { signer },
  );
  const scope = input.sections === undefined ? '' : `_${input.sections.join('-')}`;
  const file = `dossier_${product}_${version}${scope}${complete ? '' : '_partiel'}.zip`.replaceAll(/[^\w.-]+/gu, '-');
  const sections = input.sections ?? null;
  const builtAt = at.toISOString();
  const view = { id, campaign, builtAt, by, complete, sections, file, size, sha256, files, signer: fingerprint };
  await writeWhole(join(folder, `${id}.json`), `${JSON.stringify(view, null, 2)}\n`);
  return view;
}

function unknownSections(rem: Rem, asked: readonly string[]): Outcome<never> | undefined {
  const known = new Set(rem.requirements.map(({ section }) => section));
  const unknown = asked.filter((section) => !known.has(section));
  if (unknown.length === 0) return undefined;
  return refusal(
    'CHAPTER_UNKNOWN',
    `La REM de la campagne n’a pas de chapitre ${unknown.join(', ').slice(0, 100)}.`,
    `Choisissez parmi ${[...known].join(', ')}.`,
  );
}

function refused({ input, unmasked, broken }: Standing): Outcome<never> {
  const unsafe = [...broken, ...unmasked];
  if (unsafe.length > 0) {
    const first = unsafe.slice(0, FIRST_PLACES).map(({ slot, piece, reason }) => `${slot}, ${piece} : ${reason}`);
    return refusal(
      'DOSSIER_UNSAFE',
      `${unsafe.length} pièce(s) ne peuvent pas partir. ${first.join(' ')}`,
      'Reprenez ou masquez ces pièces, puis recommencez.',
    );
  }
  const { ready, total } = input.readiness;
  return refusal(
    'DOSSIER_INCOMPLETE',
    `Il manque ${total - ready.length} preuve(s) sur ${total}.`,
    'Complétez-les, ou demandez un dossier partiel, marqué comme tel.',
  );
}
