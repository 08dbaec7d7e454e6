import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeSheet } from './contract/sheet.ts';
import { startTeam, type TeamServer } from './team.fixture.ts';

let team: TeamServer;
beforeAll(async () => {
  team = await startTeam();
});
afterAll(() => team.close());

const COLUMNS = [{ title: 'Texte', value: (text: string) => text }] as const;

describe('a list as a sheet', () => {
  it('never computes what somebody typed', async () => {
    const texts = ['=1+1', '+1', '-1', '@x', '\tx', 'é;"à"\nb', '=HYPERLINK("http://x")'];
    const { bytes, type, name } = await writeSheet('csv', 'liste', COLUMNS, texts);
    expect([type, name]).toEqual(['text/csv; charset=utf-8', 'liste.csv']);
    expect(Buffer.from(bytes).subarray(0, 3)).toEqual(Buffer.from('\uFEFF'));
    const rows = parse(Buffer.from(bytes), { bom: true, delimiter: ';' }) as readonly (readonly string[])[];
    expect(rows.map(([cell]) => cell)).toEqual([
      'Texte',
      "'=1+1",
      "'+1",
      "'-1",
      "'@x",
      "'\tx",
      'é;"à"\nb',
      '\'=HYPERLINK("http://x")',
    ]);
    const workbook = await writeSheet('xlsx', 'liste', COLUMNS, ['=1+1', 'a\u0000b\uD800', 'x'.repeat(40_000)]);
    expect(Buffer.from(workbook.bytes).subarray(0, 2).toString()).toBe('PK');
    expect(workbook.type).toContain('spreadsheetml');
  });

  it('is given for every list of the API, whole, in both formats', async () => {
    const admin = await team.as('administrateur');
    const { body } = await admin.send('GET', '/api/openapi.json');
    const paths = body['paths'] as Record<
      string,
      Record<string, { readonly parameters?: readonly { readonly name: string }[] }>
    >;
    const lists = Object.entries(paths).filter(([, { get }]) => get?.parameters?.some(({ name }) => name === 'format'));
    expect(lists.map(([path]) => path)).toEqual([
      '/api/campaigns',
      '/api/campaigns/{campaign}/requirements',
      '/api/campaigns/{campaign}/evidence',
      '/api/campaigns/{campaign}/complements',
      '/api/runs',
      '/api/campaigns/{campaign}/pieces',
      '/api/orders',
      '/api/payment-requests',
      '/api/deadlines',
      '/api/audit',
      '/api/accounts',
      '/api/tokens',
      '/api/webhooks',
    ]);
    for (const [path] of lists) {
      for (const format of ['csv', 'xlsx']) {
        const address = `${path.replace('{campaign}', 'current')}?format=${format}&limit=1`;
        const response = await admin.fetch('GET', address);
        expect([address, response.status]).toEqual([address, 200]);
        expect(response.headers.get('content-disposition')).toMatch(
          new RegExp(`^attachment; filename="[\\w-]+\\.${format}"$`),
        );
        const bytes = Buffer.from(await response.arrayBuffer());
        if (format === 'csv') {
          const rows = parse(bytes, { bom: true, delimiter: ';' });
          if (path.endsWith('requirements')) expect(rows).toHaveLength(121);
        }
      }
    }
  });

  it('of filtered requirements holds what was filtered', async () => {
    const qa = await team.as('qa');
    const response = await qa.fetch('GET', '/api/campaigns/current/requirements?section=MSS&format=csv');
    const rows = parse(Buffer.from(await response.arrayBuffer()), {
      bom: true,
      delimiter: ';',
      columns: true,
    }) as readonly Readonly<Record<string, string>>[];
    expect(rows.length).toBeGreaterThan(10);
    expect(new Set(rows.map(({ Section }) => Section))).toEqual(new Set(['MSS']));
  });
});

describe('a calendar', () => {
  it('holds the official dates, the answers owed and the due dates of the team', async () => {
    const [qa, lead] = [await team.as('qa'), await team.as('chef-de-projet')];
    const due = '2099-03-01';
    await lead.send('PATCH', '/api/campaigns/current/requirements/INS%2Fva1.60/file/assignment', {
      json: { owner: 'Camille', due },
      seen: 0,
    });
    await qa.send('POST', '/api/campaigns/current/complements', {
      json: {
        subject: { kind: 'dossier' },
        text: 'Précisez.',
        receivedAt: '2026-01-20T09:00:00.000Z',
        answerDue: { date: '2099-02-01', time: '18:00' },
      },
    });
    const response = await qa.fetch('GET', '/api/deadlines.ics');
    expect(response.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    const calendar = await response.text();
    expect(calendar).toContain('BEGIN:VCALENDAR');
    expect(calendar).toContain('DTSTART;VALUE=DATE:20990301');
    expect(calendar).toContain('DTSTART;TZID=Europe/Paris:20990201T180000');
    const { body } = await qa.send('GET', '/api/deadlines?limit=2000');
    const kinds = new Map(
      (body['deadlines'] as readonly { readonly kind: string; readonly date: string }[]).map(({ kind, date }) => [
        kind,
        date,
      ]),
    );
    expect(kinds.get('complement')).toBe('2099-02-01');
    expect(kinds.get('exigence')).toBe(due);
  });
});

describe('pages of a list', () => {
  it('follow each other and say when they end', async () => {
    const qa = await team.as('qa');
    const ids: string[] = [];
    let after = '';
    for (;;) {
      const { body } = await qa.send('GET', `/api/campaigns/current/requirements?limit=50${after}`);
      ids.push(...(body['requirements'] as readonly { readonly id: string }[]).map(({ id }) => id));
      if (body['next'] === null) break;
      after = `&after=${body['next'] as string}`;
    }
    expect(ids).toHaveLength(120);
    expect(new Set(ids).size).toBe(120);
    const runs = await qa.send('GET', '/api/runs?limit=1');
    expect(runs.body).toMatchObject({ total: 2, runs: [{ id: '20260112-143000-bb02' }] });
    const older = await qa.send('GET', `/api/runs?limit=1&after=${String(runs.body['next'])}`);
    expect(older.body).toMatchObject({ runs: [{ id: '20260110-090000-aa01' }] });
    const piece = await qa.send('GET', '/api/campaigns/current/pieces?limit=2');
    const [first, second] = piece.body['pieces'] as readonly { readonly id: number }[];
    expect(second!.id).toBeLessThan(first!.id);
    const more = await qa.send('GET', `/api/campaigns/current/pieces?limit=2&after=${piece.body['next'] as string}`);
    expect((more.body['pieces'] as readonly { readonly id: number }[])[0]!.id).toBeLessThan(second!.id);
    for (const wrong of ['YWJj', 'W10', '...', 'x'.repeat(300)]) {
      expect((await qa.send('GET', `/api/runs?after=${wrong}`)).body['code']).toBe('PAGE_PERDUE');
    }
  });

  it('are remembered until something changes', async () => {
    const qa = await team.as('qa');
    const first = await qa.send('GET', '/api/campaigns/current/requirements');
    const etag = first.headers.get('etag')!;
    const same = await qa.fetch('GET', '/api/campaigns/current/requirements', { headers: { 'if-none-match': etag } });
    expect([same.status, await same.text()]).toEqual([304, '']);
    await qa.send('POST', '/api/campaigns/current/requirements/INS%2Fva1.02/remarks', {
      json: { kind: 'question', text: 'Laquelle ?' },
    });
    const changed = await qa.send('GET', '/api/campaigns/current/requirements', { headers: { 'if-none-match': etag } });
    expect(changed.status).toBe(200);
    expect(changed.headers.get('etag')).not.toBe(etag);
  });

  it('of what never changes once recorded are remembered whatever changes', async () => {
    const qa = await team.as('qa');
    const runs = await qa.send('GET', '/api/runs');
    const [{ id }] = runs.body['runs'] as readonly [{ readonly id: string }];
    const run = await qa.send('GET', `/api/runs/${id}`);
    await qa.send('POST', '/api/campaigns/current/requirements/INS%2Fva1.02/remarks', {
      json: { kind: 'question', text: 'Et celle-ci ?' },
    });
    const [etag, listed] = [run, runs].map(({ headers }) => headers.get('etag')!);
    const same = await qa.fetch('GET', `/api/runs/${id}`, { headers: { 'if-none-match': etag! } });
    expect(same.status).toBe(304);
    expect((await qa.send('GET', `/api/runs/${id}`)).body).toEqual(run.body);
    expect((await qa.fetch('GET', '/api/runs', { headers: { 'if-none-match': listed! } })).status).toBe(200);
  });

  it('of a campaign are made again when something of it changes, and not when something else does', async () => {
    const [qa, admin] = [await team.as('qa'), await team.as('administrateur')];
    const { body } = await qa.send('GET', '/api/campaigns');
    const [{ id }] = body['campaigns'] as readonly [{ readonly id: string }];
    const status = async (etag: string) =>
      (await qa.fetch('GET', `/api/runs?campaign=${id}`, { headers: { 'if-none-match': etag } })).status;
    const etag = (await qa.send('GET', `/api/runs?campaign=${id}`)).headers.get('etag')!;
    expect(await status(etag)).toBe(304);
    await qa.send('POST', `/api/campaigns/${id}/requirements/INS%2Fva1.02/remarks`, {
      json: { kind: 'commentaire', text: 'Noté.' },
    });
    expect(await status(etag)).toBe(200);
    expect((await admin.send('GET', '/api/runs?campaign=inconnue')).body['runs']).toEqual([]);
  });
});
