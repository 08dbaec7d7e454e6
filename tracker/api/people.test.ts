import { afterAll, beforeAll, expect, it } from 'vitest';
import { onBothStores } from '../store/both-stores.fixture.ts';
import { startTeam, type Answer, type Person, type TeamServer } from './team.fixture.ts';

const FILE = '/api/campaigns/current/requirements/INS%2Fva1.60/file';
const SLOT = '/api/campaigns/current/slots/INS%2Fva1.60.01.03';

const statuses = (answers: readonly Answer[]): readonly number[] =>
  answers.map(({ status }) => status).toSorted((one, other) => one - other);

onBothStores('what people decide through the API', (place) => {
  let team: TeamServer;
  let qa: Person;
  let tester: Person;
  let lead: Person;

  beforeAll(async () => {
    team = await startTeam({ place: await place() });
    [qa, tester, lead] = await Promise.all([team.as('qa'), team.as('testeur'), team.as('chef-de-projet')]);
  });

  afterAll(() => team.close());

  it('leaves a requirement out with its condition and reason, and counts it no more', async () => {
    const before = await qa.send('GET', FILE);
    expect(before.headers.get('etag')).toBe('"0"');
    const current = async () =>
      (await qa.send('GET', '/api/campaigns/current')).body['campaign'] as {
        readonly notApplicable: number;
        readonly slots: { readonly total: number };
      };
    const { total } = (await current()).slots;
    const asked = { condition: 'Si le produit crée des identités', reason: 'Il les reçoit du référentiel du site.' };
    const left = await qa.send('PUT', `${FILE}/not-applicable`, { json: asked, seen: 0 });
    expect(left).toMatchObject({
      status: 200,
      body: {
        applicability: { applicable: false, why: 'declared', decision: { author: 'qa', ...asked } },
        revision: 1,
      },
    });
    expect(left.headers.get('etag')).toBe('"1"');
    const campaign = await current();
    expect(campaign.notApplicable).toBe(1);
    expect(campaign.slots.total).toBeLessThan(total);
    const { body } = await qa.send('GET', '/api/campaigns/current/requirements?state=non-applicable');
    expect(body).toMatchObject({ shown: 1, requirements: [{ id: 'INS/va1.60', applicable: false }] });
    const back = await qa.send('DELETE', `${FILE}/not-applicable`, { seen: 1 });
    expect(back).toMatchObject({ status: 200, body: { applicability: { applicable: true }, revision: 2 } });
  });

  it('says who carries a requirement and whose it is, and refuses what the rules refuse', async () => {
    const { revision } = (await qa.send('GET', FILE)).body as { revision: number };
    const partner = { kind: 'partenaire', product: 'Pivot', editor: 'Éditions P', reference: 'NIL-1' };
    const carried = await qa.send('PUT', `${FILE}/carrier`, { json: partner, seen: revision });
    expect(carried.body).toMatchObject({ carrier: partner, revision: revision + 1 });
    const unnamed = await qa.send('PUT', `${FILE}/carrier`, {
      json: { ...partner, reference: ' ' },
      seen: revision + 1,
    });
    expect(unnamed).toMatchObject({ status: 422, body: { code: 'CARRIER_REFERENCE_MISSING' } });
    const assigned = await lead.send('PATCH', `${FILE}/assignment`, {
      json: { owner: 'Camille', due: '2026-03-01', halfDays: 3 },
      seen: revision + 1,
    });
    expect(assigned.body).toMatchObject({ assignment: { owner: 'Camille', due: '2026-03-01', halfDays: 3 } });
    const late = await lead.send('GET', '/api/campaigns/current/requirements?late=true&owner=Camille');
    expect(late.body).toMatchObject({ shown: 1, requirements: [{ id: 'INS/va1.60', carrier: /Pivot/ }] });
  });

  it('never lets somebody write over what they have not seen', async () => {
    const { revision } = (await qa.send('GET', FILE)).body as { revision: number };
    const writes = await Promise.all(
      ['Un', 'Deux', 'Trois', 'Quatre'].map((owner) =>
        lead.send('PATCH', `${FILE}/assignment`, { json: { owner }, seen: revision }),
      ),
    );
    expect(statuses(writes)).toEqual([200, 412, 412, 412]);
    const winner = writes.find(({ status }) => status === 200)!;
    expect((await qa.send('GET', FILE)).body).toMatchObject({
      revision: revision + 1,
      assignment: winner.body['assignment'],
    });
    const blind = await lead.send('PATCH', `${FILE}/assignment`, { json: { owner: 'Cinq' } });
    expect(blind).toMatchObject({ status: 428, body: { code: 'REVISION_ABSENTE' } });
    const odd = await lead.send('PATCH', `${FILE}/assignment`, {
      json: { owner: 'Six' },
      headers: { 'if-match': '*' },
    });
    expect(odd.status).toBe(428);
  });

  it('assigns many at once, and tells those that it could not', async () => {
    const path = '/api/campaigns/current/assignments';
    const requirements = ['INS/va1.01', 'INS/va1.02'];
    const done = await lead.send('POST', path, { json: { requirements, change: { owner: 'Dominique' } } });
    expect(done.body).toEqual({ changed: requirements, refused: [] });
    const wrong = await lead.send('POST', path, { json: { requirements, change: { due: 'demain' } } });
    expect(wrong.body).toMatchObject({ changed: [], refused: [{ code: 'DUE_INVALID' }, { code: 'DUE_INVALID' }] });
    const unknown = await lead.send('POST', path, { json: { requirements: ['X/1'], change: { owner: 'D' } } });
    expect(unknown).toMatchObject({ status: 404, body: { code: 'EXIGENCE_INCONNUE' } });
  });

  it('keeps questions and answers, each taken back by its author only', async () => {
    const path = '/api/campaigns/current/requirements/INS%2Fva1.02/remarks';
    const asked = await tester.send('POST', path, { json: { kind: 'question', text: 'Quel écran ?' } });
    const [question] = asked.body['remarks'] as readonly { id: string }[];
    expect(asked).toMatchObject({ status: 201, body: { open: [question!.id] } });
    const list = await qa.send('GET', '/api/campaigns/current/requirements?questions=true');
    expect(list.body).toMatchObject({ shown: 1, requirements: [{ id: 'INS/va1.02', openQuestions: 1 }] });
    const answer = { kind: 'reponse', text: 'La fiche.', answers: question!.id };
    expect((await qa.send('POST', path, { json: answer })).body).toMatchObject({ open: [] });
    expect(await qa.send('DELETE', `${path}/${question!.id}`)).toMatchObject({
      status: 403,
      body: { code: 'REMARK_OF_ANOTHER' },
    });
    expect((await tester.send('DELETE', `${path}/${question!.id}`)).status).toBe(200);
    const empty = await tester.send('POST', path, { json: { kind: 'question', text: '  ' } });
    expect(empty).toMatchObject({ status: 422, body: { code: 'REMARK_EMPTY' } });
  });

  it('moves a slot through its life, with four eyes when the campaign asks for them', async () => {
    const settings = await lead.send('GET', '/api/campaigns/current/settings');
    const revision = Number(settings.body['revision']);
    await lead.send('PATCH', '/api/campaigns/current/settings', { json: { fourEyes: true }, seen: revision });
    const link = { kind: 'gazelle-link', value: 'https://interop.esante.gouv.fr/EVSClient/report.seam?oid=1.2' };
    const start = await qa.send('GET', SLOT);
    const filed = await qa.send('POST', `${SLOT}/moves`, {
      json: { move: 'verser', reference: link },
      seen: Number(start.body['revision']),
    });
    expect(filed).toMatchObject({ status: 200, body: { state: 'recueillie', warning: null } });
    const seen = Number(filed.body['revision']);
    const own = await qa.send('POST', `${SLOT}/moves`, { json: { move: 'valider' }, seen });
    expect(own).toMatchObject({ status: 403, body: { code: 'FOUR_EYES' } });
    const admin = await team.as('administrateur');
    const other = await admin.send('POST', `${SLOT}/moves`, { json: { move: 'valider' }, seen });
    expect(other.body).toMatchObject({ state: 'validee-interne', revision: seen + 1 });
    const sentBack = await qa.send('POST', `${SLOT}/moves`, { json: { move: 'renvoyer' }, seen: seen + 1 });
    expect(sentBack).toMatchObject({ status: 422, body: { code: 'REASON_MISSING' } });
    const sent = await lead.send('POST', `${SLOT}/moves`, { json: { move: 'deposer' }, seen: seen + 1 });
    expect(sent.body).toMatchObject({ state: 'deposee' });
    const stale = await lead.send('POST', `${SLOT}/moves`, { json: { move: 'accepter' }, seen: seen + 1 });
    expect(stale).toMatchObject({ status: 412, body: { code: 'CHANGED_MEANWHILE' } });
    const empty = await qa.send('POST', `${SLOT}/moves`, { json: { move: 'verser' }, seen: seen + 2 });
    expect(empty).toMatchObject({ status: 400, body: { code: 'CORPS_REFUSE' } });
    const malformed = await qa.send('POST', `${SLOT}/moves`, {
      json: { move: 'verser', reference: { kind: 'gazelle-link', value: 'javascript:alert(1)' } },
      seen: seen + 2,
    });
    expect(malformed).toMatchObject({ status: 422, body: { code: 'REFERENCE_MALFORMED' } });
    const chapter = await lead.send('POST', '/api/campaigns/current/chapters/INS/moves', { json: { move: 'deposer' } });
    expect(chapter).toMatchObject({ status: 409, body: { code: 'CHAPTER_NOT_READY' } });
    const nowhere = await lead.send('POST', '/api/campaigns/current/chapters/ZZZ/moves', { json: { move: 'deposer' } });
    expect(nowhere).toMatchObject({ status: 404, body: { code: 'CHAPITRE_INCONNU' } });
  });

  it('follows a request of the authority from its reception to its end', async () => {
    const path = '/api/campaigns/current/complements';
    const received = {
      subject: { kind: 'exigence', requirement: 'INS/va1.60' },
      text: 'Montrez la fiche après le rapatriement.',
      receivedAt: '2026-01-20T09:00:00.000Z',
      answerDue: { date: '2026-02-03', time: '18:00' },
    };
    const entered = await qa.send('POST', path, { json: received });
    expect(entered).toMatchObject({
      status: 201,
      body: { state: 'recu', remaining: { kind: 'depasse' }, revision: 1 },
    });
    const id = String(entered.body['id']);
    const wrong = { ...received, subject: { kind: 'preuve', slot: 'X/1' } };
    expect(await qa.send('POST', path, { json: wrong })).toMatchObject({ body: { code: 'COMPLEMENT_SUBJECT' } });
    const early = { ...received, answerDue: { date: '2026-01-01' } };
    expect(await qa.send('POST', path, { json: early })).toMatchObject({ body: { code: 'COMPLEMENT_DUE' } });
    const moves = (json: object, seen: number) => qa.send('POST', `${path}/${id}/moves`, { json, seen });
    expect(await moves({ kind: 'repondre', text: '' }, 1)).toMatchObject({ body: { code: 'ANSWER_EMPTY' } });
    const answers = await Promise.all([1, 2, 3].map((n) => moves({ kind: 'repondre', text: `Voici ${n}.` }, 1)));
    expect(statuses(answers)).toEqual([200, 412, 412]);
    expect(await moves({ kind: 'clore', outcome: 'satisfait', note: '' }, 2)).toMatchObject({
      body: { state: 'clos' },
    });
    expect(await moves({ kind: 'repondre', text: 'Encore.' }, 3)).toMatchObject({
      body: { code: 'COMPLEMENT_MOVE_REFUSED' },
    });
    const open = await qa.send('GET', `${path}?state=recu`);
    expect(open.body).toMatchObject({ total: 0, complements: [] });
    const view = await qa.send('GET', '/api/campaigns/current/requirements/INS%2Fva1.60');
    expect(view.body).toMatchObject({ complements: [{ id, state: 'clos' }] });
  });

  it('opens and settles campaigns, with profiles that go together', async () => {
    const asked = { product: 'Labo Exemple', version: '8.0', category: 'SGL', wave: 'va1', remOf: 'current' };
    const both = { ...asked, profiles: ['general', 'referentiel-identites', 'esclave-identite'] };
    const refused = await lead.send('POST', '/api/campaigns', { json: both });
    expect(refused).toMatchObject({ status: 422, body: { code: 'PROFILES_REFUSED' } });
    const opened = await lead.send('POST', '/api/campaigns', { json: { ...asked, profiles: ['general'] } });
    expect(opened).toMatchObject({ status: 201, body: { version: '8.0', profiles: ['general'] } });
    const again = await lead.send('POST', '/api/campaigns', { json: { ...asked, profiles: ['general'] } });
    expect(again).toMatchObject({ status: 409, body: { code: 'CAMPAIGN_EXISTS' } });
    const list = await lead.send('GET', '/api/campaigns?limit=1');
    expect(list.body).toMatchObject({ total: 2, campaigns: [{ version: '8.0' }] });
    const rest = await lead.send('GET', `/api/campaigns?limit=1&after=${String(list.body['next'])}`);
    expect(rest.body).toMatchObject({ next: null, campaigns: [{ version: '7.2' }] });
    expect((await lead.send('GET', '/api/campaigns?after=YWJj')).body).toMatchObject({ code: 'PAGE_PERDUE' });
    const exclusive = await lead.send('POST', `/api/campaigns/${String(opened.body['id'])}/next`, {
      json: { version: '9.0', profiles: ['referentiel-identites', 'esclave-identite'] },
    });
    expect(exclusive).toMatchObject({ status: 422, body: { code: 'PROFILES_REFUSED' } });
    const planned = await lead.send('POST', `/api/campaigns/${String(opened.body['id'])}/next`, {
      json: { version: '9.0' },
    });
    expect(planned.body).toMatchObject({ version: '9.0', kinds: ['version'], campaign: null });
    expect((await lead.send('GET', '/api/campaigns')).body).toMatchObject({ total: 2 });
    const next = await lead.send('POST', `/api/campaigns/${String(opened.body['id'])}/next?dryRun=false`, {
      json: { version: '9.0' },
    });
    expect(next.body).toMatchObject({ version: '9.0', campaign: expect.any(String) });
  });

  it('tells in the audit who did what, and holds', async () => {
    const { body } = await qa.send('GET', '/api/audit?subject=INS%2Fva1.60&limit=2');
    const lines = body['lines'] as readonly { readonly actor: string; readonly id: number }[];
    expect(lines).toHaveLength(2);
    expect(new Set(lines.map(({ actor }) => actor)).has('chef-de-projet')).toBe(true);
    const more = await qa.send('GET', `/api/audit?subject=INS%2Fva1.60&limit=2&after=${String(body['next'])}`);
    expect((more.body['lines'] as readonly { readonly id: number }[])[0]!.id).toBeLessThan(lines[1]!.id);
    expect(await team.tracker.verifyAudit()).toBeUndefined();
  });
});
