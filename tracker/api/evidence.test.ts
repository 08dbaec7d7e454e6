import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CurrentCampaignView, DossierView, EvidenceChangedView, EvidenceListView, EvidenceView } from './index.ts';
import { startTeam, type Answer, type Person, type TeamServer } from './team.fixture.ts';

const REHEARSED = 'INS/va1.01.01.01';
const CAMPAIGN = '/api/campaigns/current';

let team: TeamServer;
let tester: Person;
let slots: readonly string[];

beforeAll(async () => {
  team = await startTeam();
  tester = await team.as('testeur');
  const { body } = await tester.send('GET', `${CAMPAIGN}/dossier`);
  slots = (body as unknown as DossierView).missing
    .filter(({ evidenceClass }) => evidenceClass === 'human')
    .map(({ slot }) => slot);
  expect(slots.length).toBeGreaterThan(20);
});
afterAll(() => team.close());

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

function bring(
  person: Person,
  name: string,
  text: string,
  more: Readonly<Record<string, string>> = {},
  type = 'text/plain',
): Promise<Answer> {
  const query = new URLSearchParams({ name, caption: 'Le journal du test', ...more });
  return person.send('POST', `${CAMPAIGN}/evidence?${query.toString()}`, { bytes: bytesOf(text), type });
}

const changed = ({ body }: Answer): EvidenceChangedView => body as unknown as EvidenceChangedView;

async function stateOf(slot: string): Promise<string> {
  const { body } = await tester.send('GET', `${CAMPAIGN}/slots/${encodeURIComponent(slot)}`);
  return String(body['state']);
}

describe('a piece that somebody brings', () => {
  it('goes to its slots, keeps its bytes, and says who, when and what', async () => {
    const [one = '', other = ''] = slots;
    const brought = await bring(tester, '../C:\\films\\Recherche é.txt', 'rien à cacher', {
      slots: `${one}, ${other}`,
      datedOn: '2026-01-31',
    });
    expect(brought.status).toBe(201);
    const { evidence, moved } = changed(brought);
    expect(moved.map(({ slot, state }) => [slot, state])).toEqual([
      [one, 'recueillie'],
      [other, 'recueillie'],
    ]);
    expect(evidence).toMatchObject({
      name: 'Recherche é.txt',
      mediaType: 'text/plain',
      operator: 'testeur',
      datedOn: '2026-01-31',
      held: false,
      masked: false,
      sha256: hashOf(bytesOf('rien à cacher')),
      product: { name: 'Labo Exemple', version: '7.2' },
      alarms: [],
    });
    expect(brought.headers.get('location')).toBe(`/api/evidence/${evidence.id}`);
    const content = await tester.fetch('GET', evidence.url!);
    expect(await content.text()).toBe('rien à cacher');
    expect(content.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(content.headers.get('content-security-policy')).toContain('sandbox');
    const slot = await tester.send('GET', `${CAMPAIGN}/slots/${encodeURIComponent(one)}`);
    const [filed] = slot.body['evidence'] as readonly EvidenceView[];
    expect(filed).toMatchObject({ id: evidence.id, filings: [{ slot: one, author: 'testeur' }] });
  });

  it('never runs in the pages of the tracker, whatever it says that it is', async () => {
    const page = '<!doctype html><script>document.title = "exécuté"</script>';
    const { evidence } = changed(await bring(tester, 'page.html', page, {}, 'text/html'));
    const content = await tester.fetch('GET', evidence.url!);
    expect(content.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    const { evidence: odd } = changed(await bring(tester, 'x.bin', page, {}, 'text/html\r\nx: y'.slice(0, 9)));
    expect((await tester.fetch('GET', odd.url!)).headers.get('content-type')).toBe('text/plain; charset=utf-8');
  });

  it('is held when the guard sees something, and is masked on demand, the original untouched', async () => {
    const [, , slot = ''] = slots;
    const text = 'debut SECRET-123 fin';
    const { evidence, moved } = changed(await bring(tester, 'journal.txt', text, { slots: slot }));
    expect(moved).toEqual([]);
    expect(evidence).toMatchObject({ held: true, sha256: null, url: null, wanted: [slot] });
    expect(evidence.alarms).toMatchObject([{ code: 'JETON', where: 'journal.txt, octet 6', declared: null }]);
    expect(JSON.stringify(evidence)).not.toContain('SECRET-123');
    expect(await stateOf(slot)).toBe('vide');
    const refused = await tester.send('GET', `/api/evidence/${evidence.id}/content`);
    expect([refused.status, refused.body['code']]).toEqual([409, 'PIECE_RETENUE']);

    const settled = await tester.send('POST', `/api/evidence/${evidence.id}/settlement`, {
      json: { mask: true },
      seen: evidence.revision,
    });
    expect(changed(settled)).toMatchObject({
      evidence: { held: false, masked: true, wanted: [], masks: [{ code: 'JETON' }] },
      moved: [{ slot, state: 'recueillie' }],
    });
    expect(await (await tester.fetch('GET', changed(settled).evidence.url!)).text()).toBe('debut ********** fin');
    expect(await (await tester.fetch('GET', evidence.originalUrl!)).text()).toBe(text);
    const reader = await team.as('lecteur');
    expect((await reader.fetch('GET', evidence.originalUrl!)).status).toBe(403);
    expect((await reader.fetch('GET', changed(settled).evidence.url!)).status).toBe(200);
  });

  it('passes as it is once every alarm is declared false, with a reason that the audit keeps', async () => {
    const [, , , slot = ''] = slots;
    const { evidence } = changed(await bring(tester, 'notes.txt', 'SECRET-1 SECRET-2', { slots: slot }));
    const path = `/api/evidence/${evidence.id}/settlement`;
    const [first, second] = evidence.alarms.map(({ id }) => id) as [string, string];
    const declare = (seen: number, ...alarms: readonly string[]) =>
      tester.send('POST', path, {
        json: { falseAlarms: alarms.map((alarm) => ({ alarm, reason: 'Numéro de ticket, public.' })) },
        seen,
      });
    expect((await tester.send('POST', path, { json: { falseAlarms: [] } })).status).toBe(428);
    expect((await declare(1, 'inconnue')).body['code']).toBe('ALARM_UNKNOWN');
    const short = { falseAlarms: [{ alarm: first, reason: 'non' }] };
    expect((await tester.send('POST', path, { json: short, seen: 1 })).body['code']).toBe('ALARM_REASON_MISSING');
    expect(changed(await declare(1, first))).toMatchObject({ evidence: { held: true }, moved: [] });
    expect((await declare(1, second)).status).toBe(412);
    expect(changed(await declare(2, second))).toMatchObject({ evidence: { held: false, masked: false } });
    expect(await stateOf(slot)).toBe('recueillie');
    const qa = await team.as('qa');
    const { body } = await qa.send('GET', `/api/audit?subject=${evidence.id}`);
    expect(JSON.stringify(body)).toContain('Numéro de ticket, public.');
  });

  it('that cannot be masked says where, and stays held', async () => {
    const { evidence } = changed(await bring(tester, 'rapport.pdf', 'SECRET-9', {}, 'application/pdf'));
    const refused = await tester.send('POST', `/api/evidence/${evidence.id}/settlement`, {
      json: { mask: true },
      seen: 1,
    });
    expect([refused.status, refused.body['code']]).toEqual([409, 'CANNOT_MASK']);
    expect(refused.body['detail']).toContain('rapport.pdf, octet 0');
    const list = (await tester.send('GET', `${CAMPAIGN}/evidence?held=true`)).body as unknown as EvidenceListView;
    expect(list.evidence.map(({ id }) => id)).toEqual([evidence.id]);
    const { body } = await tester.send('GET', `${CAMPAIGN}/dossier`);
    expect(body['held']).toEqual([{ id: evidence.id, name: 'rapport.pdf', wanted: [] }]);
    // Forgotten, its bytes go too.
    const vault = join(team.filled.dataDir, 'coffre', evidence.originalSha256.slice(0, 2));
    expect(readdirSync(vault)).toContain(evidence.originalSha256);
    const gone = await tester.send('POST', `/api/evidence/${evidence.id}/removal`, { json: { reason: 'refaite' } });
    expect(gone.status).toBe(204);
    expect(readdirSync(vault)).not.toContain(evidence.originalSha256);
  });

  it('is withdrawn with a reason, and put elsewhere', async () => {
    const [, , , , slot = '', next = ''] = slots;
    const { evidence } = changed(await bring(tester, 'a.txt', 'un', { slots: slot }));
    const withdrawals = `${CAMPAIGN}/evidence/${evidence.id}/withdrawals`;
    const bare = await tester.send('POST', withdrawals, { json: { slot, reason: '' } });
    expect(bare.body['code']).toBe('REASON_MISSING');
    const withdrawn = await tester.send('POST', withdrawals, { json: { slot, reason: 'mauvais écran' } });
    expect(changed(withdrawn).moved).toMatchObject([{ slot, state: 'vide' }]);
    const filed = await tester.send('POST', `${CAMPAIGN}/evidence/${evidence.id}/filings`, { json: { slots: [next] } });
    expect(changed(filed)).toMatchObject({
      moved: [{ slot: next, state: 'recueillie' }],
      evidence: { filings: [{ slot: next }] },
    });
  });

  it.each([
    ['an unknown slot', { slots: 'INS/va9.99.99.99' }, 404, 'PREUVE_INCONNUE'],
    ['a date that is none', { datedOn: '2026-02-30' }, 400, 'PARAMETRE_REFUSE'],
    ['too many slots', { slots: Array.from({ length: 51 }, (_, rank) => `X${rank}`).join() }, 400, 'CORPS_REFUSE'],
  ])('is refused with %s, and nothing is kept', async (_, more, status, code) => {
    const before = (await tester.send('GET', `${CAMPAIGN}/evidence`)).body['total'];
    const refused = await bring(tester, 'b.txt', 'deux', more);
    expect([refused.status, refused.body['code']]).toEqual([status, code]);
    expect((await tester.send('GET', `${CAMPAIGN}/evidence`)).body['total']).toBe(before);
  });

  it('is refused without a name or without bytes', async () => {
    const nameless = await tester.send('POST', `${CAMPAIGN}/evidence`, { bytes: bytesOf('x'), type: 'text/plain' });
    expect(nameless.body['code']).toBe('CORPS_REFUSE');
    const empty = await bring(tester, 'vide.txt', '');
    expect([empty.status, empty.body['code']]).toEqual([400, 'EVIDENCE_EMPTY']);
  });
});

describe('the dossier', () => {
  it('lacks exactly what the states of the slots say', async () => {
    const dossier = (await tester.send('GET', `${CAMPAIGN}/dossier`)).body as unknown as DossierView;
    const { campaign } = (await tester.send('GET', CAMPAIGN)).body as unknown as CurrentCampaignView;
    const { total, done } = campaign!.slots;
    expect([dossier.total, dossier.ready]).toEqual([total, done]);
    for (const list of ['missing', 'stale', 'rehearsalOnly', 'toReview'] as const) {
      for (const { slot, state } of dossier[list].slice(0, 5)) expect(await stateOf(slot)).toBe(state);
    }
    expect(dossier.chapters.reduce((sum, chapter) => sum + chapter.total, 0)).toBe(total);
    expect(dossier.toReview.map(({ slot }) => slot)).toContain(REHEARSED);
    expect(dossier.complete).toBe(false);
  });
});
