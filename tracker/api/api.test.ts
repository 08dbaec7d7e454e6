import { appendFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTracker } from '../store/index.ts';
import { fillTracker, FINDINGS, type FilledTracker } from './campaign.fixture.ts';
import {
  serveTracker,
  type Calculators,
  type QuoteReportView,
  type CurrentCampaignView,
  type PieceView,
  type ProblemView,
  type RequirementListView,
  type RequirementView,
  type RunListView,
  type RunView,
  type TrackerServer,
} from './index.ts';
import { SCHEMAS } from './schemas/views.ts';

let filled: FilledTracker;
let server: TrackerServer;
const uiDir = mkdtempSync(join(tmpdir(), 'jalon-pages-'));

beforeAll(async () => {
  mkdirSync(join(uiDir, 'assets'));
  writeFileSync(join(uiDir, 'index.html'), '<!doctype html><title>Jalon</title>');
  writeFileSync(join(uiDir, 'assets', 'index-Ab12Cd34.js'), 'export {};');
  filled = await fillTracker();
  server = await serve(filled);
});

afterAll(async () => {
  await server.close();
  await filled.tracker.close();
});

function serve({ tracker, dataDir }: Pick<FilledTracker, 'tracker' | 'dataDir'>): Promise<TrackerServer> {
  return serveTracker({ tracker, dataDir, uiDir, port: 0, version: '0.1.0' });
}

const call = (path: string, init?: RequestInit): Promise<Response> => fetch(new URL(path, server.url), init);

async function read<View>(path: string): Promise<View> {
  const response = await call(path);
  expect(response.status).toBe(200);
  return (await response.json()) as View;
}

async function refusal(path: string, init?: RequestInit): Promise<readonly [number, string]> {
  const response = await call(path, init);
  const view = (await response.json()) as ProblemView;
  expect(view.detail).not.toBe('');
  expect(view.remedy).not.toBe('');
  return [response.status, view.code];
}

const line = (list: RequirementListView, id: string) => list.requirements.find((each) => each.id === id);

describe('campaign', () => {
  it('counts slots and requirements of the declared profiles, by section', async () => {
    const { campaign, benchVersion } = await read<CurrentCampaignView>('/api/campaigns/current');
    expect(benchVersion).toBe('0.1.0');
    expect(campaign).toMatchObject({
      product: { name: 'Labo Exemple', version: '7.2' },
      rem: { official: false },
      profiles: ['Général', "Référentiel d'identités"],
      requirements: { total: 120, exercised: 5, runs: 2 },
      blocking: { total: 3 },
    });
    const total = campaign!.sections.reduce((sum, section) => sum + section.slots.total, 0);
    expect(campaign!.slots.total).toBe(total);
    expect(campaign!.slots.byState).toEqual({ vide: total - 2, recueillie: 1, 'a-revoir': 1 });
    expect(campaign!.sections[0]).toMatchObject({ id: 'INS', state: 'incomplet', nonConforming: 0 });
    expect(campaign!.sections.find(({ id }) => id === 'MSS')).toMatchObject({ nonConforming: 1 });
    expect(campaign!.blocking.first.map(({ requirement }) => requirement)).toEqual([
      'MSS/va1.16',
      'DMP/va1.01',
      'ANN/va1.01',
    ]);
    expect(campaign!.blocking.first[0]?.reason).toBe(`ECO-FROM-LABEL : ${FINDINGS[0]?.remedy}`);
    expect(campaign!.lastRun).toMatchObject({ id: '20260112-143000-bb02', shown: { tone: 'bad' }, unexpected: 1 });
  });

  it('says that nothing was played yet, and what to type', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'jalon-suivi-vide-'));
    const tracker = await openTracker({ dataDir });
    const empty = await serve({ tracker, dataDir });
    const current = await fetch(new URL('/api/campaigns/current', empty.url));
    expect(await current.json()).toEqual({ benchVersion: '0.1.0', campaign: null });
    const list = await fetch(new URL('/api/campaigns/current/requirements', empty.url));
    expect(list.status).toBe(404);
    expect(((await list.json()) as ProblemView).remedy).toContain('npm start');
    const runs = await fetch(new URL('/api/runs', empty.url));
    expect(await runs.json()).toEqual({ total: 0, next: null, runs: [] });
    await empty.close();
    await tracker.close();
  });
});

describe('requirements', () => {
  it('gives the state of each from its slots, and the verdict from the latest scenarios', async () => {
    const list = await read<RequirementListView>('/api/campaigns/current/requirements');
    expect(list.requirements).toHaveLength(120);
    expect(list.sections[0]).toEqual({ id: 'INS', title: 'Identité nationale de santé' });
    expect(line(list, 'INS/va1.60')).toMatchObject({ verdict: 'conforme', classes: ['bench', 'human'] });
    expect(line(list, 'MSS/va1.16')).toMatchObject({ verdict: 'non-conforme', state: 'vide' });
    expect(line(list, 'INS/va1.02')).toMatchObject({ verdict: null, state: 'vide', classes: ['human'] });
  });

  it.each([
    ['section=MSS', 'MSS/va1.16', 'INS/va1.60'],
    ['state=a-revoir', undefined, 'MSS/va1.16'],
    ['verdict=non-conforme', 'MSS/va1.16', 'INS/va1.60'],
    ['verdict=non-jouee', 'INS/va1.02', 'INS/va1.60'],
    ['class=bench', 'INS/va1.60', 'INS/va1.02'],
    ['q=NAISSANCE%20d%C3%A9but', 'INS/va1.02', 'INS/va1.01'],
    ['q=mss%2Fva1.16&section=', 'MSS/va1.16', 'MSS/va1.15'],
  ])('filters by %s', async (query, kept, left) => {
    const list = await read<RequirementListView>(`/api/campaigns/current/requirements?${query}`);
    expect(list.total).toBe(120);
    if (kept) expect(line(list, kept)).toBeDefined();
    expect(line(list, left)).toBeUndefined();
  });

  it('refuses filters that it does not know', async () => {
    expect(await refusal('/api/campaigns/current/requirements?state=gris')).toEqual([400, 'PARAMETRE_REFUSE']);
    expect(await refusal('/api/campaigns/current/requirements?couleur=bleu')).toEqual([400, 'PARAMETRE_REFUSE']);
    expect(await refusal(`/api/campaigns/current/requirements?q=${'x'.repeat(201)}`)).toEqual([
      400,
      'PARAMETRE_REFUSE',
    ]);
    expect(await refusal('/api/runs?limit=0')).toEqual([400, 'PARAMETRE_REFUSE']);
  });

  it('shows a slot with its pieces, those of the latest run first', async () => {
    const view = await read<RequirementView>('/api/campaigns/current/requirements/INS%2Fva1.60');
    const slot = view.scenarios.flatMap(({ slots }) => slots).find(({ id }) => id === 'INS/va1.60.01.03');
    expect(slot).toMatchObject({ state: 'recueillie', run: '20260112-143000-bb02', evidenceClass: 'bench' });
    expect(slot!.pieces.map(({ run, file }) => [run, file])).toEqual([
      ['20260112-143000-bb02', '01-requete-insi.xml'],
      ['20260112-143000-bb02', '02-fiche.html'],
      ['20260110-090000-aa01', '01-requete-insi.xml'],
    ]);
    expect(slot!.pieces[0]).toMatchObject({
      text: true,
      product: { name: 'Labo Exemple', version: '7.2', build: '4411' },
    });
    expect(view).toMatchObject({ applicable: true, statement: '', played: [{ id: 'ins/recherche-par-traits#1' }] });
    expect(view.previous).not.toBeNull();
    expect(view.next).not.toBeNull();
  });

  it('shows findings with the scenario that made them, worst first', async () => {
    const view = await read<RequirementView>('/api/campaigns/current/requirements/MSS%2Fva1.16');
    expect(view.findings).toEqual(
      FINDINGS.map((finding) => ({
        ...finding,
        scenario: 'mss/envoi#1',
        scenarioName: view.played[0]?.name,
        run: '20260112-143000-bb02',
      })),
    );
  });

  it('knows a requirement of a profile that is not declared, and says so', async () => {
    expect(await read<RequirementView>('/api/campaigns/current/requirements/MSS%2Fva1.34')).toMatchObject({
      applicable: false,
      previous: null,
      next: null,
    });
    expect(await refusal('/api/campaigns/current/requirements/ZZZ%2Fva1.99')).toEqual([404, 'EXIGENCE_INCONNUE']);
  });
});

describe('runs', () => {
  it('lists them, newest first, as many as asked', async () => {
    const list = await read<RunListView>('/api/runs?limit=1');
    expect(list.total).toBe(2);
    expect(list.runs).toMatchObject([
      { id: '20260112-143000-bb02', pieces: 4, scenarios: { total: 5, conforme: 1, 'non-verifiable': 2 } },
    ]);
  });

  it('shows one run: worst scenarios first, causes apart, unexpected operations', async () => {
    const view = await read<RunView>('/api/runs/20260112-143000-bb02');
    expect(view.dir).toBe(filled.runDir);
    expect(view.causes).toEqual({ produit: 1, configuration: 1 });
    expect(view.results.map(({ verdict }) => verdict)).toEqual([
      'non-conforme',
      'non-verifiable',
      'non-verifiable',
      'a-verifier',
      'conforme',
    ]);
    expect(view.results[0]).toMatchObject({
      pieces: [{ file: '01-requete-insi.xml' }],
      steps: [{}, {}, { status: 'failed' }],
    });
    expect(view.unexpectedOperations).toHaveLength(1);
    expect(await refusal('/api/runs/inconnue')).toEqual([404, 'EXECUTION_INCONNUE']);
  });
});

describe('what computes', () => {
  const report: QuoteReportView = {
    verdict: 'conforme',
    documents: ['Devis'],
    findings: [],
    scales: 's',
    calendar: 'c',
  };
  const sent: unknown[] = [];
  const calculators: Calculators = {
    quoteForm: () => ({
      kinds: [],
      couloirs: [],
      categories: [],
      payers: [],
      signatures: [],
      stateLabel: '',
      controls: [],
    }),
    checkQuoteTyped: async (document) => {
      sent.push(document);
      return report;
    },
    checkQuoteFile: async ({ name, bytes }) => {
      sent.push([name, Buffer.from(bytes).toString()]);
      return report;
    },
    quoteTemplate: async () => new Uint8Array([0x50, 0x4b]),
    sunes: async ({ name }) => ({
      data: { version: '1', source: name },
      establishments: [],
      unknown: [],
      kept: 0,
      rows: 0,
      errors: [],
    }),
    sunesTemplate: () => 'a;b',
  };
  let computing: TrackerServer;
  beforeAll(async () => {
    computing = await serveTracker({ ...filled, uiDir, port: 0, version: '0.1.0', calculators });
  });
  afterAll(() => computing.close());
  const post = (path: string, body: string, type = 'application/json'): Promise<Response> =>
    fetch(new URL(path, computing.url), { method: 'POST', headers: { 'content-type': type }, body });
  const code = async (answer: Promise<Response>): Promise<readonly [number, string]> => {
    const response = await answer;
    return [response.status, ((await response.json()) as ProblemView).code];
  };

  it('takes a document typed or a file, and keeps nothing', async () => {
    expect(await (await post('/api/quote-checks', '{"document":{"kind":"quote"}}')).json()).toEqual(report);
    await post('/api/quote-checks', JSON.stringify({ file: { name: 'é.csv', content: 'YWJj' } }));
    expect(sent).toEqual([{ kind: 'quote' }, ['é.csv', 'abc']]);
    const answer = await post('/api/sunes', JSON.stringify({ file: { name: 'x', content: '' } }));
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('gives forms and templates', async () => {
    const get = (path: string): Promise<Response> => fetch(new URL(path, computing.url));
    expect((await get('/api/quote-checks/form')).status).toBe(200);
    expect((await get('/api/quote-checks/template')).headers.get('content-disposition')).toContain('modele-devis.xlsx');
    expect(await (await get('/api/sunes/template')).text()).toBe('a;b');
  });

  it('refuses what is no such body, another type, another method, and too much', async () => {
    const both = '{"document":{},"file":{"name":"a","content":""}}';
    for (const body of ['', '{', '[]', '{}', both, '{"file":{"name":"a","content":"é"}}', '{"document":1}']) {
      expect([body, await code(post('/api/quote-checks', body))]).toEqual([body, [400, 'CORPS_REFUSE']]);
    }
    expect(await code(post('/api/sunes', '{"document":{}}'))).toEqual([400, 'CORPS_REFUSE']);
    expect(await code(post('/api/quote-checks', '{"document":{}}', 'text/plain'))).toEqual([415, 'TYPE_REFUSE']);
    expect(await code(post('/api/quote-checks/form', '{}'))).toEqual([405, 'METHODE_REFUSEE']);
    const large = JSON.stringify({ file: { name: 'a', content: 'A'.repeat(25 * 1024 * 1024) } });
    expect(await code(post('/api/quote-checks', large))).toEqual([413, 'CORPS_TROP_GRAND']);
  });

  it('says that it was opened without', async () => {
    expect(await refusal('/api/quote-checks/form')).toEqual([404, 'CALCUL_ABSENT']);
  });
});

describe('pieces', () => {
  const pieces = async (): Promise<readonly PieceView[]> =>
    (await read<RunView>('/api/runs/20260112-143000-bb02')).results.flatMap((result) => result.pieces);
  const named = async (file: string): Promise<PieceView> => (await pieces()).find((piece) => piece.file === file)!;

  it('serves XML and HTML as text that runs nothing', async () => {
    for (const file of ['01-requete-insi.xml', '02-fiche.html']) {
      const response = await call((await named(file)).url);
      expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      expect(response.headers.get('content-security-policy')).toContain('sandbox');
      expect(response.headers.get('content-disposition')).toBe(`inline; filename="${file}"`);
      expect(await response.text()).toContain('<');
    }
  });

  it('serves a download and the provenance sheet', async () => {
    const piece = await named('01-requete-insi.xml');
    const download = await call(`${piece.url}?download`);
    expect(download.headers.get('content-type')).toBe('application/octet-stream');
    expect(download.headers.get('content-disposition')).toContain('attachment');
    const sheet = await (await call(piece.provenanceUrl)).text();
    expect(sheet).toContain(piece.sha256);
  });

  it('refuses what is no piece, in whatever form', async () => {
    for (const id of ['999', 'abc', '-1', '1e3', '9'.repeat(16), '..%2F..%2Fsuivi.sqlite', '%2e%2e']) {
      const [status] = await refusal(`/api/pieces/${id}`);
      expect(status).toBe(404);
    }
  });

  it('refuses a piece that is no longer the sealed one, left the folder, or is gone', async () => {
    const altered = await fillTracker();
    const other = await serve(altered);
    const run = (await (await fetch(new URL('/api/runs/20260112-143000-bb02', other.url))).json()) as RunView;
    const piece = run.results.flatMap((result) => result.pieces).find(({ file }) => file === '02-fiche.html')!;
    const code = async (): Promise<string> =>
      ((await (await fetch(new URL(piece.url, other.url))).json()) as ProblemView).code;
    const path = join(altered.runDir, 'preuves', 'INS_va1.60.01.03', '02-fiche.html');
    appendFileSync(path, ' ');
    expect(await code()).toBe('PIECE_MODIFIEE');
    rmSync(path);
    expect(await code()).toBe('PIECE_ABSENTE');
    symlinkSync(join(altered.dataDir, 'suivi.sqlite'), path);
    expect(await code()).toBe('PIECE_ABSENTE');
    await other.close();
    await altered.tracker.close();
  });
});

describe('server', () => {
  it('serves the pages, their files, and the application for every path of its own', async () => {
    for (const path of ['/', '/exigences', '/exigences/INS%2Fva1.60', '/executions/x']) {
      const response = await call(path);
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(response.headers.get('content-security-policy')).toContain("script-src 'self'");
    }
    const script = await call('/assets/index-Ab12Cd34.js');
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(script.headers.get('cache-control')).toContain('immutable');
    expect(await refusal('/assets/autre.js')).toEqual([404, 'PAGE_INCONNUE']);
    expect(await refusal('/..%2f..%2fetc%2fpasswd.txt')).toEqual([404, 'PAGE_INCONNUE']);
  });

  it('reads only, and knows its routes', async () => {
    expect(await refusal('/api/money', { method: 'POST' })).toEqual([405, 'METHODE_REFUSEE']);
    expect(await refusal('/api/autre')).toEqual([404, 'ROUTE_INCONNUE']);
    expect((await call('/api/runs')).headers.get('access-control-allow-origin')).toBeNull();
  });

  it('refuses another Host: a name that was pointed at this machine', async () => {
    const { port } = new URL(server.url);
    const status = (host: string): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        request({ host: '127.0.0.1', port, path: '/api/runs', headers: { host } }, (response) => {
          response.resume();
          resolve(response.statusCode);
        })
          .on('error', reject)
          .end();
      });
    expect(await status('attaquant.example')).toBe(403);
    expect(await status(`attaquant.example:${port}`)).toBe(403);
    expect(await status(`localhost:${port}`)).toBe(200);
  });

  it('alone, changes what its own pages ask for, and nothing for another site', async () => {
    const path = '/api/campaigns/current/requirements/INS%2Fva1.02/remarks';
    const say = (headers: Readonly<Record<string, string>>) =>
      call(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ kind: 'commentaire', text: 'Vu' }),
      });
    for (const headers of [
      { origin: 'https://autre.example' },
      { origin: 'null' },
      { origin: `http://localhost:${Number(new URL(server.url).port) + 1}` },
      { 'sec-fetch-site': 'cross-site' },
    ]) {
      expect((await say(headers as Readonly<Record<string, string>>)).status).toBe(403);
    }
    const said = await say({ origin: new URL(server.url).origin, 'sec-fetch-site': 'same-origin' });
    expect(said.status).toBe(201);
    expect(await said.json()).toMatchObject({ remarks: [{ author: 'poste local' }] });
    expect((await say({ 'content-type': 'text/plain' })).status).toBe(415);
    expect(await read('/api/session')).toMatchObject({ team: false, role: 'administrateur', via: 'poste' });
    expect(await refusal('/api/accounts')).toEqual([404, 'ROUTE_INCONNUE']);
  });

  it('names a port that is taken, and a folder without pages', async () => {
    const { port } = new URL(server.url);
    const options = { tracker: filled.tracker, dataDir: filled.dataDir, uiDir, port: Number(port), version: '0' };
    await expect(serveTracker(options)).rejects.toMatchObject({
      code: 'PORT_IN_USE',
      message: expect.stringContaining(port),
      remedy: expect.stringContaining('--port'),
    });
    await expect(serveTracker({ ...options, port: 0, uiDir: join(uiDir, 'assets') })).rejects.toMatchObject({
      code: 'PAGES_MISSING',
    });
  });
});

describe('published description', () => {
  const ajv = new Ajv({ strict: false });
  formats.default(ajv);
  ajv.addSchema({ $id: 'api', components: { schemas: SCHEMAS } });
  const conforms = (name: string, answer: unknown): void => {
    const valid = ajv.validate({ $ref: `api#/components/schemas/${name}` }, answer);
    expect(valid ? [] : ajv.errors).toEqual([]);
  };

  it('describes every answer exactly', async () => {
    conforms('CurrentCampaign', await read('/api/campaigns/current'));
    conforms('RequirementList', await read('/api/campaigns/current/requirements'));
    conforms('Requirement', await read('/api/campaigns/current/requirements/INS%2Fva1.60'));
    conforms('Requirement', await read('/api/campaigns/current/requirements/MSS%2Fva1.16'));
    conforms('RunList', await read('/api/runs'));
    conforms('Run', await read('/api/runs/20260112-143000-bb02'));
  });
});
