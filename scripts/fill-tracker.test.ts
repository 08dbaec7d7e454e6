import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { applicableRequirements } from '#dsr/catalogue/index.ts';
import { openTracker, type Tracker } from '#tracker/store/index.ts';
import { fillTracker, SIZE } from './fill-tracker.ts';

/** More requirements than the catalogue has: some are repeated under another number. */
const SMALL = { campaigns: 2, requirements: 150, slots: 500, runs: 3, pieces: 3_000 } as const;

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

async function filled(): Promise<Tracker> {
  const dataDir = mkdtempSync(join(tmpdir(), 'jalon-remplissage-'));
  folders.push(dataDir);
  await fillTracker({ dataDir }, SMALL);
  return openTracker({ dataDir });
}

/** Everything but where the folder is. */
async function contentOf(tracker: Tracker): Promise<unknown> {
  const campaigns = await tracker.campaigns();
  const details = campaigns.map(async ({ id }) => [await tracker.slotStatuses(id), await tracker.requirementFiles(id)]);
  return { campaigns, details: await Promise.all(details), history: await tracker.history({ limit: 100_000 }) };
}

describe('a tracker that was filled for the bench', () => {
  it('is of the size of the issue unless another is asked for', () => {
    expect(SIZE).toMatchObject({ campaigns: 20, requirements: 300, slots: 1_000, pieces: 100_000 });
  });

  it('holds what it was asked for, every requirement and slot of it shown', async () => {
    const tracker = await filled();
    const campaigns = await tracker.campaigns();
    expect(campaigns).toHaveLength(SMALL.campaigns);
    for (const { id, remSha256, profiles } of campaigns) {
      const rem = await tracker.rem(remSha256);
      const shown = rem === undefined ? [] : applicableRequirements(rem, profiles);
      expect(shown).toHaveLength(SMALL.requirements);
      const slots = shown.flatMap(({ scenarios }) => scenarios.flatMap(({ proofs }) => proofs.map((slot) => slot.id)));
      expect(new Set(slots).size).toBe(SMALL.slots);
      expect((await tracker.slotStatuses(id)).map(({ slot }) => slot).toSorted()).toEqual(slots.toSorted());
      expect(await tracker.runsOf(id)).toMatchObject({ total: SMALL.runs });
      expect(await tracker.latestResults(id)).toHaveLength(SMALL.requirements);
      const { last = '' } = await tracker.runsOf(id);
      const { scenarios = [] } = (await tracker.run(last))?.run ?? {};
      expect(scenarios).toHaveLength(SMALL.requirements);
      // A run of the reference product has some 4 Kio of scenario besides its pieces.
      expect(
        JSON.stringify(scenarios.map((one) => ({ ...one, pieces: [] }))).length / scenarios.length,
      ).toBeGreaterThan(2_000);
      const pieces = await tracker.piecesOfCampaign(id, { limit: SMALL.pieces });
      expect(pieces).toHaveLength(SMALL.pieces / SMALL.campaigns);
      expect(new Set(pieces.map(({ piece }) => piece.slot)).size).toBe(SMALL.slots);
      expect(new Set(pieces.map(({ run, piece }) => `${run} ${piece.path}`)).size).toBe(pieces.length);
    }
    expect(await tracker.verifyAudit()).toBeUndefined();
    await tracker.close();
  });

  it('is the same each time', async () => {
    const [one, other] = [await filled(), await filled()];
    expect(await contentOf(one)).toEqual(await contentOf(other));
    await Promise.all([one.close(), other.close()]);
  });
});
