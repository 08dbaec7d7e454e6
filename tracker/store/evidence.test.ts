import { expect, it } from 'vitest';
import { loadCatalogue, slotsOf } from '#dsr/catalogue/index.ts';
import type { CivilDate } from '#dsr/dates/index.ts';
import { referenceLabels } from '#dsr/references/index.ts';
import type { Evidence } from '#evidence/intake/index.ts';
import type { RunRecord } from '../types.ts';
import { onBothStores, type Places } from './both-stores.fixture.ts';
import { openTracker, sharedHashesOf, type Tracker } from './index.ts';

const REM = loadCatalogue('SGL', 'va1');
const HUMAN = slotsOf(REM.requirements).filter(({ slot }) => slot.evidenceClass === 'human');
const [FIRST, SECOND] = HUMAN.map(({ slot }) => slot.id) as [string, string];
const by = (name: string, minute = 0) => ({ by: name, at: `2026-02-03T10:${String(minute).padStart(2, '0')}:00.000Z` });
const sealed = (letter: string) => ({ sha256: letter.repeat(64), size: 12 });

const RUN: RunRecord = {
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
};

const VIDEO: Evidence = {
  id: 'P-1',
  name: 'film.mp4',
  mediaType: 'video/mp4',
  caption: 'La recherche par traits',
  product: { name: 'Labo', version: '1' },
  rem: { category: 'SGL', wave: 'va1', source: 'catalogue', sha256: REM.sha256 },
  benchVersion: '0',
  operator: 'camille',
  addedAt: by('camille').at,
  original: sealed('a'),
  shared: sealed('a'),
  guard: { alarms: [], notLookedInto: [{ where: 'film.mp4', why: 'vidéo' }], falseAlarms: [], masks: [] },
};

const HELD: Evidence = {
  id: 'P-2',
  name: 'journal.txt',
  mediaType: 'text/plain',
  caption: 'Le journal',
  product: VIDEO.product,
  rem: VIDEO.rem,
  benchVersion: '0',
  operator: 'camille',
  addedAt: by('camille', 1).at,
  original: sealed('b'),
  guard: {
    alarms: [{ id: 'A1', code: 'JETON', where: 'ligne 3', message: 'Un jeton.', maskable: true }],
    notLookedInto: [],
    falseAlarms: [],
    masks: [],
  },
};

const wanted = (...slots: readonly string[]) => slots.map((slot) => ({ slot, references: ['Référentiel INS, 2.0'] }));

async function opened(place: Places): Promise<{ readonly tracker: Tracker; readonly campaign: string }> {
  const tracker = await openTracker(await place());
  await tracker.recordRun({ run: RUN, rem: REM, runDir: '/r/1' });
  return { tracker, campaign: (await tracker.currentCampaign())!.id };
}

async function states(tracker: Tracker, campaign: string): Promise<Record<string, string>> {
  return Object.fromEntries((await tracker.slotStatuses(campaign)).map(({ slot, state }) => [slot, state]));
}

onBothStores('pieces of people', (place) => {
  it('fill several slots at once, and leave them one by one', async () => {
    const { tracker, campaign } = await opened(place);
    const added = await tracker.addEvidence({ evidence: VIDEO, campaign, slots: wanted(FIRST, SECOND) }, by('camille'));
    expect(added).toMatchObject({
      ok: true,
      value: { moved: [{ slot: FIRST, state: 'recueillie' }, { slot: SECOND }] },
    });
    const filed = await tracker.evidenceOfSlots(campaign, [FIRST, SECOND]);
    expect(filed.get(FIRST)).toEqual([
      {
        evidence: VIDEO,
        revision: 1,
        filing: {
          evidence: 'P-1',
          campaign,
          slot: FIRST,
          author: 'camille',
          at: by('camille').at,
          references: ['Référentiel INS, 2.0'],
        },
      },
    ]);
    const order = { id: 'P-1', campaign, slot: FIRST, evidenceClass: 'human', reason: 'mauvais film' } as const;
    expect(await tracker.withdrawEvidence({ ...order, reason: ' ' }, by('camille', 2))).toMatchObject({
      refusal: { code: 'REASON_MISSING' },
    });
    expect(await tracker.withdrawEvidence(order, by('camille', 2))).toMatchObject({
      ok: true,
      value: { moved: [{ slot: FIRST, state: 'vide' }], stored: { filings: [{ slot: SECOND }], revision: 2 } },
    });
    expect(await states(tracker, campaign)).toEqual({ [FIRST]: 'vide', [SECOND]: 'recueillie' });
    expect(await tracker.withdrawEvidence(order, by('camille', 3))).toMatchObject({
      refusal: { code: 'EVIDENCE_UNKNOWN' },
    });
    expect(await tracker.verifyAudit()).toBeUndefined();
    await tracker.close();
  });

  it('that the guard holds wait for their slots, and go there once settled', async () => {
    const { tracker, campaign } = await opened(place);
    await tracker.addEvidence({ evidence: HELD, campaign, slots: wanted(FIRST) }, by('camille', 1));
    expect(await states(tracker, campaign)).toEqual({});
    expect(await tracker.fileEvidence({ id: 'P-2', campaign, slots: wanted(SECOND) }, by('camille', 2))).toMatchObject({
      refusal: { code: 'EVIDENCE_HELD' },
    });
    const masked: Evidence = {
      ...HELD,
      shared: sealed('c'),
      guard: { ...HELD.guard, masks: [{ where: 'ligne 3', code: 'JETON' }] },
    };
    const settled = await tracker.settleEvidence({ evidence: masked, seen: 1 }, by('camille', 3));
    expect(settled).toMatchObject({ ok: true, value: { moved: [{ slot: FIRST, state: 'recueillie' }] } });
    await expect(tracker.settleEvidence({ evidence: masked, seen: 1 }, by('dominique', 4))).rejects.toMatchObject({
      code: 'CHANGED_MEANWHILE',
    });
    expect((await tracker.evidence('P-2'))?.wanted).toEqual([]);
    expect(await tracker.evidenceHashes()).toEqual(new Set([sealed('b').sha256, sealed('c').sha256]));
    const said = await tracker.history({ limit: 10, subject: 'P-2' });
    expect(said.map(({ action }) => action)).toEqual(['pièce partageable', 'pièce retenue']);
    await tracker.close();
  });

  it('are all filed, or none: a slot in the hands of the authority refuses the whole', async () => {
    const { tracker, campaign } = await opened(place);
    await tracker.addEvidence({ evidence: VIDEO, campaign, slots: wanted(SECOND) }, by('camille'));
    await tracker.moveSlot({ campaign, slot: SECOND, move: 'valider', seen: 1 }, by('dominique', 1));
    await tracker.moveSlot({ campaign, slot: SECOND, move: 'deposer', seen: 2 }, by('dominique', 2));
    const other: Evidence = { ...VIDEO, id: 'P-3' };
    const refused = await tracker.addEvidence(
      { evidence: other, campaign, slots: wanted(FIRST, SECOND) },
      by('camille', 3),
    );
    expect(refused).toMatchObject({ refusal: { code: 'SLOT_MOVE_REFUSED' } });
    expect(refused.ok ? '' : refused.refusal.message).toContain(SECOND);
    expect(await tracker.evidence('P-3')).toBeUndefined();
    expect(await states(tracker, campaign)).toEqual({ [SECOND]: 'deposee' });
    await tracker.close();
  });

  it('are not validated by who brought them, where four eyes are asked for', async () => {
    const { tracker, campaign } = await opened(place);
    const { revision } = (await tracker.campaign(campaign))!;
    await tracker.changeCampaign({ id: campaign, seen: revision }, { fourEyes: true }, by('dominique'));
    await tracker.addEvidence({ evidence: VIDEO, campaign, slots: wanted(FIRST) }, by('camille'));
    const order = { campaign, slot: FIRST, move: 'valider', seen: 1 } as const;
    expect(await tracker.moveSlot(order, by('camille', 1))).toMatchObject({ refusal: { code: 'FOUR_EYES' } });
    expect(await tracker.moveSlot(order, by('dominique', 1))).toMatchObject({ ok: true });
    await tracker.close();
  });

  it('are only forgotten once no slot holds them, and tell which bytes nobody names any more', async () => {
    const { tracker, campaign } = await opened(place);
    await tracker.addEvidence({ evidence: VIDEO, campaign, slots: wanted(FIRST) }, by('camille'));
    await tracker.addEvidence({ evidence: { ...VIDEO, id: 'P-4' }, campaign, slots: [] }, by('camille'));
    const reason = 'doublon';
    expect(await tracker.removeEvidence({ id: 'P-1', reason }, by('camille'))).toMatchObject({
      refusal: { code: 'EVIDENCE_FILED' },
    });
    expect(await tracker.removeEvidence({ id: 'P-4', reason: '' }, by('camille'))).toMatchObject({
      refusal: { code: 'REASON_MISSING' },
    });
    expect(await tracker.removeEvidence({ id: 'P-4', reason }, by('camille'))).toEqual({ ok: true, value: [] });
    await tracker.withdrawEvidence({ id: 'P-1', campaign, slot: FIRST, evidenceClass: 'human', reason }, by('camille'));
    expect(await tracker.removeEvidence({ id: 'P-1', reason }, by('camille'))).toEqual({
      ok: true,
      value: [sealed('a').sha256],
    });
    await tracker.close();
  });

  it('go with their campaign to another tracker, without the original of what is masked', async () => {
    const { tracker, campaign } = await opened(place);
    const masked: Evidence = { ...HELD, shared: sealed('c') };
    await tracker.addEvidence({ evidence: masked, campaign, slots: wanted(FIRST) }, by('camille'));
    await tracker.addEvidence({ evidence: { ...HELD, id: 'P-5' }, campaign, slots: wanted(SECOND) }, by('camille'));
    const copy = await tracker.dumpCampaign(campaign);
    expect(sharedHashesOf(copy)).toEqual([sealed('c').sha256]);
    const other = await openTracker(await place());
    await other.importCampaign(copy, () => '/r', by('dominique'));
    expect((await other.evidenceOfCampaign(campaign)).map(({ evidence }) => evidence)).toEqual([
      { ...masked, originalElsewhere: true },
    ]);
    expect(await other.evidenceHashes()).toEqual(new Set([sealed('c').sha256]));
    await Promise.all([tracker.close(), other.close()]);
  });

  it('are in a whole copy of the tracker', async () => {
    const { tracker, campaign } = await opened(place);
    await tracker.addEvidence({ evidence: VIDEO, campaign, slots: wanted(FIRST) }, by('camille'));
    const other = await openTracker(await place());
    await other.restore(await tracker.dump());
    expect(await other.evidenceOfCampaign(campaign)).toEqual(await tracker.evidenceOfCampaign(campaign));
    await other.addEvidence({ evidence: { ...VIDEO, id: 'P-6' }, campaign, slots: wanted(SECOND) }, by('camille'));
    await Promise.all([tracker.close(), other.close()]);
  });

  it('grow old with the version of the product, until somebody says that they still hold', async () => {
    const { tracker, campaign } = await opened(place);
    await tracker.addEvidence({ evidence: VIDEO, campaign, slots: wanted(FIRST) }, by('camille'));
    const next = await tracker.openNext({ from: campaign, version: '2' }, by('dominique', 1));
    expect((await tracker.slotStatuses(next.campaign)).find(({ slot }) => slot === FIRST)).toMatchObject({
      state: 'perimee',
      reason: 'La pièce vaut pour la version 1, pas pour la version 2.',
    });
    const [filed] = (await tracker.evidenceOfSlots(next.campaign, [FIRST])).get(FIRST) ?? [];
    expect(filed?.evidence).toEqual(VIDEO);
    const order = (stillHolds?: string) => ({
      id: 'P-1',
      campaign: next.campaign,
      slots: wanted(FIRST).map((one) => ({ ...one, ...(stillHolds === undefined ? {} : { stillHolds }) })),
    });
    expect(await tracker.fileEvidence(order(), by('camille', 2))).toMatchObject({
      refusal: { code: 'EVIDENCE_OTHER_VERSION' },
    });
    expect(await tracker.fileEvidence(order('Écran inchangé.'), by('camille', 2))).toMatchObject({
      ok: true,
      value: { moved: [{ slot: FIRST, state: 'recueillie' }] },
    });
    expect(await refreshed(tracker, next.campaign, '2026-02-04')).toEqual([]);
    await tracker.close();
  });

  it('grow old with a reference document and with their age, once, and the audit says why', async () => {
    const { tracker, campaign } = await opened(place);
    const cited = HUMAN.find(({ requirement }) => (requirement.references ?? []).length > 0)!;
    const [label = ''] = referenceLabels(cited.requirement.references ?? [], 'SGL', 'va1');
    const before = `${label.slice(0, label.lastIndexOf(', '))}, 0.1`;
    await tracker.addEvidence(
      { evidence: VIDEO, campaign, slots: [{ slot: cited.slot.id, references: [before] }] },
      by('camille'),
    );
    const stale = await refreshed(tracker, campaign, '2026-02-04');
    expect(stale.map(({ slot, state }) => [slot, state])).toEqual([[cited.slot.id, 'perimee']]);
    expect(stale[0]?.reason).toContain('0.1 puis ');
    expect(await refreshed(tracker, campaign, '2026-02-05')).toEqual([]);
    expect((await tracker.slotStatuses(campaign))[0]).toMatchObject({ state: 'perimee', reason: stale[0]?.reason });
    const [line] = await tracker.history({ limit: 1, subject: cited.slot.id });
    expect(line).toMatchObject({ action: 'état de preuve', actor: 'dominique' });
    await tracker.close();
  });

  it('of a form of a year ago are too old, by the date that the form bears', async () => {
    const rem = loadCatalogue('SGL', 'va2');
    const form = slotsOf(rem.requirements).find(({ slot }) => slot.kinds.includes('pentest-form'))!.slot.id;
    const tracker = await openTracker(await place());
    const run = { ...RUN, wave: 'va2', rem: { source: rem.source, sha256: rem.sha256 } } as const;
    await tracker.recordRun({ run, rem, runDir: '/r/1' });
    const campaign = (await tracker.currentCampaign())!.id;
    const evidence: Evidence = { ...VIDEO, datedOn: '2025-06-15' };
    await tracker.addEvidence({ evidence, campaign, slots: [{ slot: form, references: [] }] }, by('camille'));
    const order = (today: string) => ({ campaign, rem, today: today as CivilDate });
    expect(await tracker.refreshSlots(order('2026-06-15'), by('dominique'))).toEqual([]);
    expect(await tracker.refreshSlots(order('2026-06-16'), by('dominique'))).toMatchObject([
      { slot: form, state: 'perimee', reason: expect.stringContaining('15/06/2025') },
    ]);
    await tracker.close();
  });
});

const refreshed = (tracker: Tracker, campaign: string, today: string) =>
  tracker.refreshSlots({ campaign, rem: REM, today: today as CivilDate }, by('dominique', 30));
