import { Validator } from '@seriousme/openapi-schema-validator';
import { OpenAPIClientAxios, type Document } from 'openapi-client-axios';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestOf, newToken, PERMISSIONS } from '../access/index.ts';
import { startTeam, type TeamServer } from './team.fixture.ts';

/** A client that a library makes from the published document, and from nothing else. */
type Operation = (
  parameters?: object | null,
  data?: unknown,
  config?: object,
) => Promise<{ readonly status: number; readonly data: Readonly<Record<string, unknown>>; readonly headers: object }>;

let team: TeamServer;
let client: Readonly<Record<string, Operation>>;
let definition: Document;

const call = (id: string): Operation => {
  const operation = client[id];
  if (operation === undefined) throw new Error(`le document ne décrit pas ${id}`);
  return operation;
};

beforeAll(async () => {
  team = await startTeam();
  const secret = newToken();
  await team.tracker.addToken(
    {
      id: 't',
      account: 'administrateur',
      label: 'client',
      hash: digestOf(secret),
      scopes: PERMISSIONS,
      expiresAt: '2099-01-01T00:00:00.000Z',
    },
    { by: 'test', at: '2026-02-03T10:00:00.000Z' },
  );
  definition = (await (await fetch(`${team.origin}/api/openapi.json`)).json()) as Document;
  const api = new OpenAPIClientAxios({
    definition,
    axiosConfigDefaults: { headers: { authorization: `Bearer ${secret}` }, validateStatus: () => true },
  });
  client = (await api.init()) as unknown as Readonly<Record<string, Operation>>;
});

afterAll(() => team.close());

describe('a client made from the published document', () => {
  it('which is OpenAPI 3.1', async () => {
    const judged = await new Validator().validate(structuredClone(definition) as unknown as Record<string, unknown>);
    expect(judged).toEqual({ valid: true });
    expect(definition.openapi).toBe('3.1.0');
  });

  it('knows every operation by its name, each once', () => {
    const ids = Object.values(definition.paths ?? {}).flatMap((methods) =>
      Object.values(methods as Record<string, { readonly operationId: string }>).map(({ operationId }) => operationId),
    );
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(55);
    for (const id of ids) expect(client[id]).toBeTypeOf('function');
  });

  it('reads, changes against a revision, and is refused as everybody is', async () => {
    const { data: current } = await call('currentCampaign')();
    const { id: campaign } = current['campaign'] as { readonly id: string };
    const place = { campaign, requirement: 'INS/va1.60' };
    const { data: list } = await call('requirements')({ campaign, section: 'INS', limit: 5 });
    expect(list['requirements']).toHaveLength(5);
    const { data: file, headers } = await call('requirementFile')(place);
    expect(headers).toMatchObject({ etag: `"${String(file['revision'])}"` });
    const changed = await call('assign')({ ...place, 'If-Match': '"0"' }, { owner: 'Camille' });
    expect([changed.status, changed.data['assignment']]).toEqual([200, { owner: 'Camille' }]);
    const late = await call('assign')({ ...place, 'If-Match': '"0"' }, { owner: 'Autre' });
    expect([late.status, late.data['code']]).toEqual([412, 'CHANGED_MEANWHILE']);
    const remark = await call('addRemark')(place, { kind: 'commentaire', text: 'Par le client' });
    expect(remark.status).toBe(201);
    const { data: slot } = await call('slot')({ campaign, slot: 'INS/va1.60.01.03' });
    const moved = await call('moveSlot')(
      { campaign, slot: 'INS/va1.60.01.03', 'If-Match': `"${String(slot['revision'])}"` },
      { move: 'valider' },
    );
    expect([moved.status, moved.data['state']]).toEqual([200, 'validee-interne']);
    const { data: webhook } = await call('addWebhook')(null, { url: 'https://suivi.exemple.fr/cle-secrete?x=1' });
    expect(webhook['webhook']).toMatchObject({ url: 'https://suivi.exemple.fr/…', active: true });
    const { data: refused } = await call('addWebhook')(null, { url: 'ftp://x' });
    expect(refused['code']).toBe('WEBHOOK_ADRESSE');
    const { status } = await call('removeWebhook')({ webhook: (webhook['webhook'] as { readonly id: string }).id });
    expect(status).toBe(204);
  });

  it('is given what every operation that only reads promises', async () => {
    const brought = await call('bringEvidence')({ campaign: 'current', name: 'note.txt' }, 'rien à cacher', {
      headers: { 'content-type': 'text/plain' },
    });
    expect(brought.status).toBe(201);
    const places: Readonly<Record<string, string>> = {
      evidence: (brought.data['evidence'] as { readonly id: string }).id,
      campaign: 'current',
      requirement: 'INS/va1.60',
      slot: 'INS/va1.60.01.03',
      run: '20260112-143000-bb02',
      piece: '1',
      account: 'qa',
    };
    // The server holds each answer to its schema before it leaves: 500 would tell.
    for (const [path, methods] of Object.entries(definition.paths ?? {})) {
      const operation = (methods as Record<string, { readonly operationId: string; readonly responses: object }>)[
        'get'
      ];
      if (
        operation === undefined ||
        /events|oidc|quote|sunes|orders\/\{|dossier\/builds|dossiers\//.test(path) ||
        path === '/api/tokens'
      )
        continue;
      const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
      const { status } = await call(operation.operationId)(
        Object.fromEntries(names.map((name) => [name, places[name] ?? ''])),
      );
      expect([path, status]).toEqual([path, 200]);
    }
  });
});
