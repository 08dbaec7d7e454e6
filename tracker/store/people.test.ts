import { expect, it } from 'vitest';
import { loadCatalogue, slotsOf } from '#dsr/catalogue/index.ts';
import { assign, declareNotApplicable, readExternalReference, type SlotMove } from '../domain/index.ts';
import type { RunRecord } from '../types.ts';
import { onBothStores, type Places } from './both-stores.fixture.ts';
import { openTracker, type Tracker } from './index.ts';

const REM = loadCatalogue('SGL', 'va1');
const PLACE = slotsOf(REM.requirements).find(({ slot }) => slot.evidenceClass === 'rehearsal')!;
const SLOT = PLACE.slot.id;
const REQUIREMENT = PLACE.requirement.id;
const by = (name: string, minute = 0) => ({ by: name, at: `2026-02-03T10:${String(minute).padStart(2, '0')}:00.000Z` });

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

async function opened(place: Places): Promise<{ readonly tracker: Tracker; readonly campaign: string }> {
  const tracker = await openTracker(await place());
  await tracker.recordRun({ run: RUN, rem: REM, runDir: '/r/1' });
  return { tracker, campaign: (await tracker.currentCampaign())!.id };
}

onBothStores('what people do', (place) => {
  it('is kept with who, when, before and after', async () => {
    const { tracker, campaign } = await opened(place);
    const applicability = {
      condition: 'Si le système imprime',
      reason: 'Le produit n’imprime rien.',
      author: 'camille',
      at: by('camille').at,
    };
    const decided = await tracker.decide(
      {
        campaign,
        requirement: REQUIREMENT,
        seen: 0,
        action: 'non applicable',
        decide(former) {
          const said = declareNotApplicable('Général', [], applicability);
          return said.ok ? { ok: true, value: { ...former, notApplicable: said.value } } : said;
        },
      },
      by('camille'),
    );
    expect(decided).toMatchObject({ ok: true, value: { revision: 1 } });
    const assigned = await tracker.decide(
      {
        campaign,
        requirement: REQUIREMENT,
        seen: 1,
        action: 'affectation',
        decide(former) {
          const said = assign({}, { owner: 'dominique', due: '2026-03-01' });
          return said.ok ? { ok: true, value: { ...former, assignment: said.value } } : said;
        },
      },
      by('dominique', 1),
    );
    expect(assigned).toMatchObject({ ok: true, value: { revision: 2, notApplicable: applicability } });
    expect(await tracker.requirementFiles(campaign)).toEqual([assigned.ok && assigned.value]);
    expect(await tracker.verifyAudit()).toBeUndefined();
    await tracker.close();
  });

  it('never loses the change of another: the second of two is refused, and writes nothing', async () => {
    const { tracker, campaign } = await opened(place);
    const owner = (name: string) =>
      tracker.decide(
        {
          campaign,
          requirement: REQUIREMENT,
          seen: 0,
          action: 'affectation',
          decide: () => ({ ok: true, value: { assignment: { owner: name } } }),
        },
        by(name),
      );
    const results = await Promise.allSettled([owner('camille'), owner('dominique')]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'CHANGED_MEANWHILE' },
    });
    expect((await tracker.requirementFile(campaign, REQUIREMENT)).revision).toBe(1);
    await tracker.close();
  });

  it('moves a slot by its table, with four eyes when the campaign wants them', async () => {
    const { tracker, campaign } = await opened(place);
    const link = readExternalReference('gazelle-link', 'https://interop.esante.gouv.fr/evs/report?oid=1.2');
    if (!link.ok) throw new Error(link.refusal.message);
    const move = (name: SlotMove, seen: number, who: string, more: object = {}) =>
      tracker.moveSlot({ campaign, slot: SLOT, move: name, seen, ...more }, by(who));
    expect(await move('valider', 0, 'camille')).toMatchObject({ ok: false, refusal: { code: 'SLOT_MOVE_REFUSED' } });
    expect(await move('verser', 0, 'camille', { reference: link.value })).toMatchObject({
      value: { state: 'recueillie' },
    });
    const { revision } = (await tracker.campaign(campaign))!;
    await tracker.changeCampaign({ id: campaign, seen: revision }, { fourEyes: true }, by('admin'));
    expect(await move('valider', 1, 'camille')).toMatchObject({ refusal: { code: 'FOUR_EYES' } });
    expect(await move('valider', 1, 'dominique')).toMatchObject({ value: { state: 'validee-interne', revision: 2 } });
    await expect(move('deposer', 1, 'camille')).rejects.toMatchObject({ code: 'CHANGED_MEANWHILE' });
    expect(await move('deposer', 2, 'camille')).toMatchObject({ value: { state: 'deposee' } });
    expect(await move('corriger', 3, 'camille')).toMatchObject({ refusal: { code: 'REASON_MISSING' } });
    expect((await tracker.slotStatuses(campaign)).find(({ slot }) => slot === SLOT)?.state).toBe('deposee');
    expect(await tracker.references(campaign, SLOT)).toMatchObject([{ kind: 'gazelle-link', author: 'camille' }]);
    expect(await tracker.verifyAudit()).toBeUndefined();
    await tracker.close();
  });

  it('discusses a requirement, and follows what the authority asks', async () => {
    const { tracker, campaign } = await opened(place);
    const at = { campaign, requirement: REQUIREMENT };
    const remark = (id: string, kind: 'question' | 'reponse', more: object = {}) => ({
      add: { id, kind, text: `texte ${id}`, author: 'camille', at: by('camille').at, ...more },
    });
    expect(await tracker.discuss(at, remark('Q', 'question'), by('camille'))).toMatchObject({ ok: true });
    expect(await tracker.discuss(at, remark('R', 'reponse', { answers: 'X' }), by('camille'))).toMatchObject({
      refusal: { code: 'QUESTION_UNKNOWN' },
    });
    expect(await tracker.discuss(at, remark('R', 'reponse', { answers: 'Q' }), by('camille'))).toMatchObject({
      ok: true,
    });
    expect(await tracker.discuss(at, { retract: 'R' }, by('dominique'))).toMatchObject({
      refusal: { code: 'REMARK_OF_ANOTHER' },
    });
    expect(await tracker.discuss(at, { retract: 'R' }, by('camille', 5))).toMatchObject({ ok: true });
    expect(await tracker.remarks(campaign, REQUIREMENT)).toMatchObject([
      { id: 'Q' },
      { id: 'R', retracted: by('camille', 5).at },
    ]);

    const complement = {
      id: 'C1',
      subject: { kind: 'exigence' as const, requirement: REQUIREMENT },
      text: 'Refaire la vidéo',
      receivedAt: '2026-02-03T09:00:00.000Z',
      state: 'recu' as const,
    };
    await tracker.enterComplement(campaign, complement, by('camille'));
    const move = (seen: number) =>
      tracker.moveComplement(
        { campaign, id: 'C1', seen },
        { kind: 'repondre', text: 'Refaite', author: 'camille', at: by('camille', 7).at },
        by('camille', 7),
      );
    expect(await move(1)).toMatchObject({ ok: true, value: { revision: 2, complement: { state: 'repondu' } } });
    await expect(move(1)).rejects.toMatchObject({ code: 'CHANGED_MEANWHILE' });
    expect(await move(2)).toMatchObject({ refusal: { code: 'COMPLEMENT_MOVE_REFUSED' } });
    expect(await tracker.complements(campaign)).toMatchObject([{ revision: 2 }]);
    expect(await tracker.verifyAudit()).toBeUndefined();
    await tracker.close();
  });

  it('opens the campaign of the next version with what carries over, and leaves the former one as it was', async () => {
    const { tracker, campaign } = await opened(place);
    const author = by('camille');
    const reference = { kind: 'gazelle-link', value: 'https://interop.esante.gouv.fr/x' } as const;
    await tracker.moveSlot({ campaign, slot: SLOT, move: 'verser', seen: 0, reference }, author);
    await tracker.decide(
      {
        campaign,
        requirement: REQUIREMENT,
        seen: 0,
        action: 'affectation',
        decide: () => ({ ok: true, value: { assignment: { owner: 'camille', halfDays: 2 } } }),
      },
      author,
    );
    const add = { id: 'Q', kind: 'question' as const, text: 'Quelle version ?', author: 'camille', at: author.at };
    await tracker.discuss({ campaign, requirement: REQUIREMENT }, { add }, author);
    const before = await tracker.slotStatuses(campaign);

    const preview = await tracker.previewNext({ from: campaign, version: '2' });
    expect(await tracker.campaigns()).toHaveLength(1);
    const next = await tracker.openNext({ from: campaign, version: '2' }, author);
    expect(next).toMatchObject({ ...preview, version: '2' });
    expect((await tracker.slotStatuses(next.campaign)).filter(({ state }) => state !== 'vide')).toMatchObject([
      { slot: SLOT, state: 'perimee', reason: expect.stringContaining('version 1') },
    ]);
    expect(await tracker.requirementFile(next.campaign, REQUIREMENT)).toMatchObject({
      assignment: { owner: 'camille' },
    });
    expect(await tracker.remarks(next.campaign, REQUIREMENT)).toMatchObject([{ text: 'Quelle version ?' }]);
    expect(await tracker.slotStatuses(campaign)).toEqual(before);
    // The next run of that version is kept there.
    await tracker.recordRun({
      run: { ...RUN, id: 'r2', product: { name: 'Labo', version: '2' } },
      rem: REM,
      runDir: '/r/2',
    });
    expect((await tracker.runs()).find(({ id }) => id === 'r2')?.campaign).toBe(next.campaign);
    await expect(tracker.openNext({ from: campaign, version: '2' }, author)).rejects.toMatchObject({
      code: 'CAMPAIGN_EXISTS',
    });
    await expect(tracker.openNext({ from: campaign }, author)).rejects.toMatchObject({ code: 'CAMPAIGN_EXISTS' });
    await expect(tracker.openNext({ from: 'X' }, author)).rejects.toMatchObject({ code: 'CAMPAIGN_UNKNOWN' });
    expect(await tracker.verifyAudit()).toBeUndefined();
    await tracker.close();
  });
});
