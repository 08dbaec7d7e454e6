import { expect, it } from 'vitest';
import { orderOf } from '../orders/orders.fixture.ts';
import { onBothStores, type Places } from './both-stores.fixture.ts';
import { openTracker, type Author, type Tracker, type TrackerPlace } from './index.ts';
import { AT, REM, REQUIREMENT, runOf, SLOT } from './older.fixture.ts';
import { auditOf } from './raw.fixture.ts';

const by = (name: string): Author => ({ by: name, at: '2026-02-03T10:00:00.000Z' });
const PEOPLE = ['camille', 'dominique', 'claude', 'maxime'] as const;

async function opened(place: Places): Promise<{
  readonly where: TrackerPlace;
  readonly tracker: Tracker;
  readonly campaign: string;
}> {
  const where = await place();
  const tracker = await openTracker(where);
  await tracker.recordRun({ run: runOf('r1'), rem: REM, runDir: '/r/1' });
  return { where, tracker, campaign: (await tracker.currentCampaign())!.id };
}

const complement = {
  id: 'C1',
  subject: { kind: 'exigence' as const, requirement: REQUIREMENT },
  text: 'Refaire la vidéo',
  receivedAt: AT,
  state: 'recu' as const,
};

/** What four people do at the same moment, each having seen the same state. */
const GESTURES: Readonly<Record<string, (tracker: Tracker, campaign: string, name: string) => Promise<unknown>>> = {
  'the decision about a requirement': (tracker, campaign, name) =>
    tracker.decide(
      {
        campaign,
        requirement: REQUIREMENT,
        seen: 0,
        action: 'affectation',
        decide: () => ({ ok: true, value: { assignment: { owner: name } } }),
      },
      by(name),
    ),
  'the state of a slot': (tracker, campaign, name) =>
    tracker.moveSlot(
      { campaign, slot: SLOT, move: 'verser', seen: 0, reference: { kind: 'nil', value: `NIL-${name}` } },
      by(name),
    ),
  'the answer to the authority': (tracker, campaign, name) =>
    tracker.moveComplement(
      { campaign, id: 'C1', seen: 1 },
      { kind: 'repondre', text: name, author: name, at: by(name).at },
      by(name),
    ),
  'the settings of a campaign': (tracker, id, name) =>
    tracker.changeCampaign({ id, seen: 1 }, { fourEyes: true }, by(name)),
  'the role of an account': (tracker, _campaign, name) =>
    tracker.changeAccount({ name: 'sacha', seen: 1 }, { role: 'qa' }, by(name)),
};

onBothStores('people who act at the same moment', (place) => {
  it.each(Object.keys(GESTURES))('on %s: one does, the others are told, and only one line is written', async (what) => {
    const { where, tracker, campaign } = await opened(place);
    await tracker.enterComplement(campaign, complement, by('camille'));
    await tracker.addAccount({ name: 'sacha', role: 'testeur' }, by('admin'));
    const before = await auditOf(where);
    const results = await Promise.allSettled(PEOPLE.map((name) => GESTURES[what]!(tracker, campaign, name)));
    const done = PEOPLE.filter((_, rank) => results[rank]?.status === 'fulfilled');
    expect(done).toHaveLength(1);
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'CHANGED_MEANWHILE' });
      else expect(result.value).toMatchObject({ ok: true });
    }
    const added = (await auditOf(where)).slice(before.length);
    // Whoever did it is the one who is told to have, with what it was and what it became.
    expect(new Set(added.map(({ actor }) => actor))).toEqual(new Set(done));
    expect(added.filter(({ after }) => after !== null).length).toBeGreaterThan(0);
    for (const { before: was, after: became } of added) {
      if (became !== null) expect(became).not.toBe(was);
      for (const json of [was, became])
        if (json !== null) expect(() => JSON.parse(String(json)) as unknown).not.toThrow();
    }
    expect(await tracker.references(campaign, SLOT)).toHaveLength(what === 'the state of a slot' ? 1 : 0);
    expect(await tracker.verifyAudit()).toBeUndefined();
    await tracker.close();
  });

  it('say all that they have to say about a requirement', async () => {
    const { tracker, campaign } = await opened(place);
    const at = { campaign, requirement: REQUIREMENT };
    await Promise.all(
      PEOPLE.map((name) =>
        tracker.discuss(
          at,
          { add: { id: `Q-${name}`, kind: 'question', text: name, author: name, at: by(name).at } },
          by(name),
        ),
      ),
    );
    expect((await tracker.remarks(campaign, REQUIREMENT)).map(({ author }) => author)).toEqual(PEOPLE.toSorted());
    await tracker.close();
  });

  it('leave one administrator, make one account of one name, and one campaign of one version', async () => {
    const { tracker } = await opened(place);
    for (const name of ['camille', 'dominique'])
      await tracker.addAccount({ name, role: 'administrateur' }, by('admin'));
    const leave = (name: string) => tracker.changeAccount({ name, seen: 1 }, { disabled: true }, by(name));
    const left = await Promise.all(['camille', 'dominique'].map(leave));
    expect(left.filter(({ ok }) => ok)).toHaveLength(1);
    expect(left.find(({ ok }) => !ok)).toMatchObject({ refusal: { code: 'LAST_ADMINISTRATOR' } });

    const named = ['sacha', 'Sacha', 'SACHA'].map((name) => tracker.addAccount({ name, role: 'qa' }, by('admin')));
    expect((await Promise.all(named)).filter(({ ok }) => ok)).toHaveLength(1);

    const given = { product: 'Labo', version: '2', rem: REM, profiles: ['general'] };
    const made = await Promise.all(PEOPLE.map((name) => tracker.openCampaign(given, by(name))));
    expect(made.filter(({ ok }) => ok)).toHaveLength(1);
    expect((await tracker.campaigns()).filter(({ version }) => version === '2')).toHaveLength(1);
    expect(await tracker.verifyAudit()).toBeUndefined();
    await tracker.close();
  });

  it('bring one run once, and each order of theirs', async () => {
    const { where, tracker } = await opened(place);
    const call = { actor: 'ci', key: 'cle', request: 'abc' };
    const brought = { by: 'ci', at: by('ci').at, call, answer: '{}' };
    const given = { run: runOf('r2'), rem: REM, runDir: '/r/2', brought };
    const results = await Promise.allSettled([1, 2, 3].map(() => tracker.recordRun(given)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'RUN_EXISTS' });
    }
    expect((await tracker.runs()).map(({ id }) => id).toSorted()).toEqual(['r1', 'r2']);
    expect(await tracker.receipt(call)).toBe('{}');
    await expect(tracker.receipt({ ...call, request: 'autre' })).rejects.toMatchObject({ code: 'KEY_REUSED' });

    await Promise.all(
      PEOPLE.map((name) => tracker.importOrders([orderOf({ number: `BC-${name}`, instance: name })], by(name))),
    );
    expect((await tracker.orders()).map(({ instance }) => instance)).toEqual(PEOPLE.toSorted());
    const lines = (await auditOf(where)).filter(({ action }) => action === 'bon de commande ajouté');
    expect(lines.map(({ actor, subject }) => `BC-${String(actor)}` === subject)).toEqual(PEOPLE.map(() => true));
    expect(await tracker.verifyAudit()).toBeUndefined();
    await tracker.close();
  });
});
