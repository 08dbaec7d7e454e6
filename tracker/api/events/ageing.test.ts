import { expect, it } from 'vitest';
import { loadCatalogue, slotsOf } from '#dsr/catalogue/index.ts';
import type { Evidence } from '#evidence/intake/index.ts';
import { emptyPages } from '../team.fixture.ts';
import { fillTracker } from '../campaign.fixture.ts';
import { serveTracker } from '../index.ts';
import { ageOnce } from './ageing.ts';

const by = { by: 'camille', at: '2026-02-03T10:00:00.000Z' };
const SLOT = slotsOf(loadCatalogue('SGL', 'va1').requirements).find(({ slot }) => slot.evidenceClass === 'human')!.slot
  .id;

it('is looked for in every campaign when the server starts, and only once', async () => {
  const { tracker, dataDir, rem } = await fillTracker();
  const { id: campaign } = (await tracker.currentCampaign())!;
  const sealed = { sha256: 'a'.repeat(64), size: 1 };
  const evidence: Evidence = {
    id: 'P-1',
    name: 'film.mp4',
    mediaType: 'video/mp4',
    caption: '',
    product: { name: 'Labo Exemple', version: '6.0' },
    rem: { category: rem.category, wave: rem.wave, source: rem.source, sha256: rem.sha256 },
    benchVersion: '0',
    operator: 'camille',
    addedAt: by.at,
    original: sealed,
    shared: sealed,
    guard: { alarms: [], notLookedInto: [], falseAlarms: [], masks: [] },
  };
  await tracker.addEvidence({ evidence, campaign, slots: [{ slot: SLOT, references: [] }] }, by);
  const server = await serveTracker({ tracker, dataDir, uiDir: emptyPages(), port: 0, version: '0' });
  // Closing waits for the turn that is being played.
  await server.close();
  const status = (await tracker.slotStatuses(campaign)).find(({ slot }) => slot === SLOT);
  expect(status).toMatchObject({
    state: 'perimee',
    reason: 'La pièce vaut pour la version 6.0, pas pour la version 7.2.',
  });
  expect(await ageOnce(tracker, new Date())).toEqual([]);
  const [line] = await tracker.history({ limit: 1, subject: SLOT });
  expect(line?.actor).toBe('jalon serve');
  await tracker.close();
});
