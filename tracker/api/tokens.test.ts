import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Person, startTeam, type Answer, type TeamServer } from './team.fixture.ts';

let team: TeamServer;
beforeAll(async () => {
  team = await startTeam();
});
afterAll(() => team.close());

const inDays = (days: number): string => new Date(team.now().getTime() + days * 24 * 3600_000).toISOString();

async function made(role: 'testeur' | 'qa', scopes: readonly string[], days = 30): Promise<Answer> {
  const person = await team.as(role);
  return person.send('POST', '/api/tokens', { json: { label: 'ci', scopes, expiresAt: inDays(days) } });
}

const bearer = (secret: unknown) => ({ authorization: `Bearer ${String(secret)}` });
const call = (method: string, path: string, secret: unknown, json?: unknown): Promise<Answer> =>
  new Person(team.origin).send(method, path, { headers: bearer(secret), ...(json === undefined ? {} : { json }) });

describe('a token', () => {
  it('does what its scopes allow, without a session nor its token, and is told in the audit', async () => {
    const { body, status } = await made('testeur', ['lire', 'commenter']);
    expect(status).toBe(201);
    expect(body['secret']).toMatch(/^jalon_[\w-]{43}$/);
    expect(JSON.stringify(body['token'])).not.toContain(String(body['secret']));
    const path = '/api/campaigns/current/requirements/INS%2Fva1.02/remarks';
    const said = await call('POST', path, body['secret'], { kind: 'commentaire', text: 'Depuis la CI' });
    expect(said).toMatchObject({ status: 201, body: { remarks: [{ author: 'testeur (jeton ci)' }] } });
    const beyond = await call('POST', '/api/runs', body['secret']);
    expect(beyond).toMatchObject({ status: 403, body: { code: 'DROIT_ABSENT' } });
    const { tokens } = (await (await team.as('testeur')).send('GET', '/api/tokens')).body as {
      readonly tokens: readonly { readonly usedAt?: string }[];
    };
    expect(tokens[0]?.usedAt).toMatch(/:00:00\.000Z$/);
  });

  it('may not be made beyond its account, nor for ever, nor by another token', async () => {
    expect((await made('testeur', ['lire', 'relire'])).body['code']).toBe('TOKEN_SCOPES');
    expect((await made('testeur', [])).body['code']).toBe('CORPS_REFUSE');
    expect((await made('testeur', ['lire'], 400)).body['code']).toBe('TOKEN_EXPIRY');
    expect((await made('testeur', ['lire'], 0)).body['code']).toBe('TOKEN_EXPIRY');
    const { body } = await made('qa', ['lire']);
    for (const [method, path] of [
      ['GET', '/api/tokens'],
      ['POST', '/api/tokens'],
      ['PUT', '/api/session/password'],
    ] as const) {
      expect((await call(method, path, body['secret'])).body['code']).toBe('SESSION_DEMANDEE');
    }
  });

  it('ends when it is revoked, over, or its account loses the right', async () => {
    const admin = await team.as('administrateur');
    const [first, second, third] = [
      await made('qa', ['lire-audit']),
      await made('qa', ['lire-audit'], 1),
      await made('qa', ['lire-audit']),
    ];
    const opens = async ({ body }: Answer): Promise<number> => (await call('GET', '/api/audit', body['secret'])).status;
    expect([await opens(first), await opens(second), await opens(third)]).toEqual([200, 200, 200]);
    const { id } = first.body['token'] as { readonly id: string };
    const tester = await team.as('testeur');
    expect((await tester.send('DELETE', `/api/tokens/${id}`)).body['code']).toBe('TOKEN_UNKNOWN');
    expect((await admin.send('DELETE', `/api/tokens/${id}`)).body).toMatchObject({ revokedAt: expect.any(String) });
    expect(await opens(first)).toBe(401);
    team.pass(25 * 3600_000);
    expect([await opens(second), await opens(third)]).toEqual([401, 200]);
    await admin.logIn('administrateur');
    await admin.send('PATCH', '/api/accounts/qa', { json: { role: 'testeur' }, seen: 1 });
    expect(await opens(third)).toBe(403);
    await admin.send('PATCH', '/api/accounts/qa', { json: { disabled: true }, seen: 2 });
    expect(await opens(third)).toBe(401);
  });

  it('is refused whatever is written instead', async () => {
    for (const written of ['', 'x', 'jalon_', `jalon_${'x'.repeat(43)}`, "jalon_' OR 1=1 --"]) {
      const { status } = await call('GET', '/api/runs', written);
      expect(status).toBe(401);
    }
  });
});
