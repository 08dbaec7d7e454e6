import { expect, it } from 'vitest';
import { loadCatalogue, slotsOf } from '#dsr/catalogue/index.ts';
import { serialiseRem, type Rem } from '#dsr/rem/index.ts';
import type { Piece } from '#evidence/index.ts';
import type { RunRecord } from '../types.ts';
import { onBothStores, type Places } from './both-stores.fixture.ts';
import { openTracker } from './index.ts';
import { MIGRATIONS } from './migrations.ts';
import { auditOf, withRaw } from './raw.fixture.ts';

/** The catalogue as if a workbook held it, so that texts count. */
const OLD: Rem = {
  ...loadCatalogue('SGL', 'va1'),
  layout: 'rem-wave1',
  sha256: '1'.repeat(64),
  source: 'ancienne.xlsx',
};
const [FIRST, SECOND, THIRD] = slotsOf(OLD.requirements).filter(
  ({ slot, requirement }, index, all) =>
    slot.evidenceClass === 'bench' && all.findIndex((other) => other.requirement === requirement) === index,
);
const [KEPT, CHANGED, GONE] = [FIRST!.slot.id, SECOND!.slot.id, THIRD!.slot.id];

/** The second slot is reworded, the requirement of the third is gone. */
const NEW: Rem = {
  ...OLD,
  sha256: '2'.repeat(64),
  source: 'nouvelle.xlsx',
  requirements: OLD.requirements
    .filter(({ id }) => id !== THIRD!.requirement.id)
    .map((requirement) => ({
      ...requirement,
      scenarios: requirement.scenarios.map((scenario) => ({
        ...scenario,
        proofs: scenario.proofs.map((slot) =>
          slot.id === CHANGED ? { ...slot, text: `${slot.text}, commentée` } : slot,
        ),
      })),
    })),
};
const AT = '2026-03-01T00:00:00.000Z';

function run(id: string, slots: readonly string[], rem: Rem): RunRecord {
  const piece = (slot: string): Piece => ({ slot, path: `preuves/${slot}.txt` }) as unknown as Piece;
  return {
    id,
    category: 'SGL',
    wave: 'va1',
    profiles: ['general'],
    rem: { source: rem.source, sha256: rem.sha256 },
    product: { name: 'Labo', version: '1' },
    driver: 'reference',
    faults: [],
    benchVersion: '0',
    startedAt: `2026-01-0${id.length}T00:00:00.000Z`,
    lifecycle: 'finished',
    verdict: 'conforme',
    durationMs: 1,
    scenarios: slots.map((slot) => ({
      id: `essai/${slot}`,
      feature: 'Essai',
      name: 'essai',
      requirements: [],
      slots: [slot],
      verdict: 'conforme',
      reason: '',
      durationMs: 1,
      findings: [],
      otherFindings: [],
      steps: [],
      pieces: [piece(slot)],
    })),
    unexpected: [],
  };
}

async function filled(place: Places) {
  const where = await place();
  const tracker = await openTracker(where);
  await tracker.recordRun({ run: run('a', [KEPT, CHANGED, GONE], OLD), rem: OLD, runDir: '/r/a' });
  const campaign = (await tracker.currentCampaign())!;
  return { where, tracker, campaign };
}

const statesOf = (statuses: readonly { slot: string; state: string }[]) =>
  Object.fromEntries(statuses.map(({ slot, state }) => [slot, state]));

onBothStores('adopting a REM', (place) => {
  it('keeps what reads the same, says why the rest is out of date, and keeps the campaign', async () => {
    const { where, tracker, campaign } = await filled(place);
    const preview = await tracker.previewAdoption(campaign.id, NEW);
    expect((await tracker.currentCampaign())?.remSha256).toBe(OLD.sha256);
    const adoption = await tracker.adoptRem(campaign.id, NEW, AT);
    expect(adoption).toEqual(preview);

    expect(await tracker.campaigns()).toMatchObject([{ id: campaign.id, remSha256: NEW.sha256, updatedAt: AT }]);
    const statuses = await tracker.slotStatuses(campaign.id);
    expect(statesOf(statuses)).toEqual({ [KEPT]: 'recueillie', [CHANGED]: 'perimee', [GONE]: 'perimee' });
    expect(statuses.find(({ slot }) => slot === CHANGED)).toMatchObject({
      run: 'a',
      reason: 'Le texte de la preuve a changé.',
    });
    // Pieces and runs are where they were, those of the vanished slot too.
    for (const slot of [KEPT, CHANGED, GONE]) {
      expect(await tracker.piecesOf(campaign.id, slot)).toMatchObject([{ run: 'a', dir: '/r/a' }]);
    }
    expect(await tracker.runs()).toMatchObject([{ id: 'a', campaign: campaign.id }]);
    await tracker.close();

    const audit = await auditOf(where);
    expect(audit.filter(({ actor }) => actor === 'jalon rem adopt')).toMatchObject([
      { action: 'REM adoptée', subject: campaign.id, detail: expect.stringContaining('ancienne.xlsx') },
      { action: 'état de preuve', subject: CHANGED, detail: 'recueillie → perimee : Le texte de la preuve a changé.' },
      { action: 'preuve disparue', subject: GONE, detail: expect.stringContaining('recueillie → perimee') },
    ]);
  });

  it('keeps a state under another nature, and keeps the note in the audit', async () => {
    const { where, tracker, campaign } = await filled(place);
    const optional: Rem = {
      ...OLD,
      sha256: '4'.repeat(64),
      requirements: OLD.requirements.map((each) =>
        each.id === FIRST!.requirement.id ? { ...each, nature: each.nature === 'DOIT' ? 'PEUT' : 'DOIT' } : each,
      ),
    };
    const { carry } = await tracker.adoptRem(campaign.id, optional, AT);
    const note = carry.slots.find(({ slot }) => slot === KEPT)?.note;
    expect(note).toMatch(/^L’exigence passe de/u);
    expect(statesOf(await tracker.slotStatuses(campaign.id))[KEPT]).toBe('recueillie');
    await tracker.close();
    const audit = await auditOf(where);
    expect(audit.filter(({ action, subject }) => action === 'exigence changée' && subject === KEPT)).toMatchObject([
      { detail: `état recueillie gardé : ${note}` },
    ]);
  });

  it('receives the next run with the new REM, which clears the reason', async () => {
    const { tracker, campaign } = await filled(place);
    await tracker.adoptRem(campaign.id, NEW, AT);
    const statuses = await tracker.recordRun({ run: run('bb', [CHANGED], NEW), rem: NEW, runDir: '/r/bb' });
    expect(statuses.find(({ slot }) => slot === CHANGED)).toEqual({
      slot: CHANGED,
      state: 'recueillie',
      run: 'bb',
      updatedAt: '2026-01-02T00:00:00.000Z',
    });
    expect(statuses.find(({ slot }) => slot === KEPT)?.state).toBe('recueillie');
    expect(await tracker.campaigns()).toHaveLength(1);
    expect(await tracker.piecesOf(campaign.id, CHANGED)).toHaveLength(2);
    await tracker.close();
  });

  it('opens another campaign for a run that still uses the former REM', async () => {
    const { tracker, campaign } = await filled(place);
    await tracker.adoptRem(campaign.id, NEW, AT);
    const statuses = await tracker.recordRun({ run: run('bb', [KEPT], OLD), rem: OLD, runDir: '/r/bb' });
    expect(statuses.find(({ slot }) => slot === GONE)?.state).toBe('vide');
    expect((await tracker.campaigns()).map(({ remSha256 }) => remSha256).toSorted()).toEqual([OLD.sha256, NEW.sha256]);
    expect(statesOf(await tracker.slotStatuses(campaign.id))[GONE]).toBe('perimee');
    await tracker.close();
  });

  it('takes in the campaign that a run with the new REM had already opened', async () => {
    const { tracker, campaign } = await filled(place);
    await tracker.recordRun({ run: run('bb', [CHANGED], NEW), rem: NEW, runDir: '/r/bb' });
    expect(await tracker.campaigns()).toHaveLength(2);
    const { absorbed } = await tracker.adoptRem(campaign.id, NEW, AT);
    expect(absorbed).toHaveLength(1);
    expect((await tracker.campaigns()).map(({ id }) => id)).toEqual([campaign.id]);
    expect((await tracker.runs()).map((line) => [line.id, line.campaign])).toEqual([
      ['bb', campaign.id],
      ['a', campaign.id],
    ]);
    expect(statesOf(await tracker.slotStatuses(campaign.id))).toMatchObject({
      [KEPT]: 'recueillie',
      [CHANGED]: 'recueillie',
    });
    expect((await tracker.piecesOf(campaign.id, CHANGED)).map((piece) => piece.run)).toEqual(['bb', 'a']);
    await tracker.close();
  });

  it('moves pieces with a slot that has a new number, and keeps apart those whose number was taken', async () => {
    const { tracker, campaign } = await filled(place);
    const [{ requirement, scenario, slot }] = slotsOf(OLD.requirements).filter((place) => place.slot.id === KEPT) as [
      ReturnType<typeof slotsOf>[number],
    ];
    const slid: Rem = {
      ...OLD,
      sha256: '3'.repeat(64),
      requirements: OLD.requirements.map((each) =>
        each.id === requirement.id
          ? {
              ...each,
              scenarios: [
                {
                  ...scenario,
                  proofs: [
                    { ...slot, text: 'Une pièce que personne ne demandait' },
                    { ...slot, id: `${scenario.id}.77` },
                  ],
                },
              ],
            }
          : each,
      ),
    };
    await tracker.adoptRem(campaign.id, slid, AT);
    expect(await tracker.piecesOf(campaign.id, KEPT)).toEqual([]);
    expect(await tracker.piecesOf(campaign.id, `${scenario.id}.77`)).toMatchObject([{ run: 'a' }]);
    expect(statesOf(await tracker.slotStatuses(campaign.id))).toMatchObject({ [`${scenario.id}.77`]: 'recueillie' });
    await tracker.close();
  });

  it('takes along what people decided, said and referred to, under its new number', async () => {
    const { tracker, campaign } = await filled(place);
    const former = SECOND!.requirement.id;
    const number = (text: string): string => text.replace(former, `${former}9`);
    const renumbered: Rem = {
      ...OLD,
      sha256: '5'.repeat(64),
      requirements: OLD.requirements.map((one) =>
        one.id === former
          ? {
              ...one,
              id: number(one.id),
              rawId: number(one.id),
              previousIds: [former],
              scenarios: one.scenarios.map((scenario) => ({
                ...scenario,
                id: number(scenario.id),
                proofs: scenario.proofs.map((slot) => ({ ...slot, id: number(slot.id) })),
              })),
            }
          : one,
      ),
    };
    const author = { by: 'camille', at: AT };
    const about = { campaign: campaign.id, requirement: former };
    const decided = { assignment: { owner: 'Camille' } };
    await tracker.decide({ ...about, seen: 0, action: 'essai', decide: () => ({ ok: true, value: decided }) }, author);
    const remark = { id: 'q1', kind: 'question', text: 'Quel écran ?', author: 'camille', at: AT } as const;
    await tracker.discuss(about, { add: remark }, author);
    const { revision: seen = 0 } = (await tracker.slotStatuses(campaign.id)).find(({ slot }) => slot === CHANGED)!;
    const reference = { kind: 'nil', value: 'NIL-123' } as const;
    await tracker.moveSlot({ campaign: campaign.id, slot: CHANGED, move: 'verser', seen, reference }, author);

    // Another campaign of that version already follows the new list, and says something too.
    await tracker.recordRun({ run: run('bb', [KEPT], renumbered), rem: renumbered, runDir: '/r/bb' });
    const other = (await tracker.campaigns()).find(({ id }) => id !== campaign.id);
    const there = { campaign: other!.id, requirement: number(former) };
    const theirs = { assignment: { owner: 'Autre' } };
    await tracker.decide({ ...there, seen: 0, action: 'essai', decide: () => ({ ok: true, value: theirs }) }, author);
    await tracker.discuss(there, { add: { ...remark, id: 'q2' } }, author);

    await tracker.adoptRem(campaign.id, renumbered, AT, 'dominique');
    expect(await tracker.requirementFile(campaign.id, former)).toEqual({ requirement: former, revision: 0 });
    expect(await tracker.requirementFile(campaign.id, number(former))).toMatchObject({ ...decided, revision: 2 });
    expect((await tracker.remarks(campaign.id, number(former))).map(({ id }) => id)).toEqual(['q1', 'q2']);
    expect(await tracker.references(campaign.id, number(CHANGED))).toMatchObject([{ value: 'NIL-123' }]);
    const status = (await tracker.slotStatuses(campaign.id)).find(({ slot }) => slot === number(CHANGED));
    expect(status?.state).toBe('recueillie');
    expect(await tracker.campaigns()).toHaveLength(1);
    const [line] = await tracker.history({ subject: campaign.id, limit: 1 });
    expect(line?.actor).toBe('dominique');
    expect(await tracker.verifyAudit()).toBeUndefined();
    await tracker.close();
  });

  it('refuses another couloir, another wave, the same REM, an unknown campaign, and changes nothing', async () => {
    const { tracker, campaign } = await filled(place);
    const refused = { code: 'ADOPTION_REFUSED' };
    await expect(tracker.adoptRem(campaign.id, { ...NEW, category: 'LGC' }, AT)).rejects.toMatchObject(refused);
    await expect(tracker.adoptRem(campaign.id, { ...NEW, wave: 'va2' }, AT)).rejects.toMatchObject(refused);
    await expect(tracker.adoptRem(campaign.id, OLD, AT)).rejects.toMatchObject(refused);
    await expect(tracker.adoptRem('inconnue', NEW, AT)).rejects.toMatchObject({ code: 'CAMPAIGN_UNKNOWN' });
    expect(await tracker.campaigns()).toEqual([campaign]);
    await tracker.close();
  });

  it('brings a tracker of the first schema up to date and keeps what it holds', async () => {
    const where = await place();
    await withRaw(where, async (raw) => {
      await raw.exec(MIGRATIONS[0]!(raw.spelling));
      await raw.setVersion(1);
      const labo = { product: 'Labo', version: '1', category: 'SGL', wave: 'va1', profiles: '["general"]' };
      const dates = { created_at: AT, updated_at: AT };
      await raw.insert('campaign', { id: 'c1', ...labo, rem_sha256: OLD.sha256, ...dates });
      await raw.insert('rem', { sha256: OLD.sha256, json: serialiseRem(OLD) });
      await raw.insert('slot_state', { campaign: 'c1', slot: CHANGED, state: 'recueillie', run: null, updated_at: AT });
    });
    const tracker = await openTracker(where);
    expect(await tracker.slotStatuses('c1')).toMatchObject([{ slot: CHANGED, state: 'recueillie', updatedAt: AT }]);
    await tracker.adoptRem('c1', NEW, AT);
    expect(await tracker.slotStatuses('c1')).toMatchObject([{ slot: CHANGED, state: 'perimee' }]);
    expect(await tracker.verifyAudit()).toBeUndefined();
    await tracker.close();
  });
});
