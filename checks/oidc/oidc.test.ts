import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { httpExchange } from '#formats/exchange/exchange.fixture.ts';
import type { HttpExchange, RawHeader } from '#formats/exchange/index.ts';
import { checkPscLogin, RULES, type PscLoginOptions } from './index.ts';

interface Login {
  authorization: Record<string, string>;
  token: Record<string, string>;
  tokenHeaders: RawHeader[];
  tokenQuery: string;
  userinfoHeaders: RawHeader[];
  userinfoQuery: string;
}

function login(n = 1): Login {
  const verifier = `verifier-${n}-`.padEnd(50, 'x');
  return {
    authorization: {
      response_type: 'code',
      client_id: 'mon-sgl',
      redirect_uri: 'https://sgl.test/retour',
      scope: 'openid scope_all',
      acr_values: 'eidas1',
      state: `state-${n}-0123456789abcdef`,
      nonce: `nonce-${n}-0123456789abcdef`,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    },
    token: {
      grant_type: 'authorization_code',
      code: `code-${n}`,
      redirect_uri: 'https://sgl.test/retour',
      client_id: 'mon-sgl',
      client_secret: 'secret',
      code_verifier: verifier,
    },
    tokenHeaders: [['Content-Type', 'application/x-www-form-urlencoded']],
    tokenQuery: '',
    userinfoHeaders: [['Authorization', 'Bearer abc.def.ghi']],
    userinfoQuery: '',
  };
}

let count = 0;
function exchange(part: {
  operation: string;
  method: string;
  url: string;
  headers?: readonly RawHeader[];
  body?: string;
  location?: string;
}): HttpExchange {
  count += 1;
  return httpExchange({
    id: `e${count}`,
    service: 'psc',
    operation: part.operation,
    request: {
      method: part.method,
      url: part.url,
      headers: part.headers ?? [],
      body: Buffer.from(part.body ?? ''),
    },
    ...(part.location === undefined
      ? {}
      : { response: { status: 302, headers: [['Location', part.location]] as const, body: Buffer.from('') } }),
  });
}

function exchanges(one: Login): HttpExchange[] {
  const { state = '' } = one.authorization;
  return [
    exchange({ operation: 'authorization', method: 'GET', url: `/auth?${new URLSearchParams(one.authorization)}` }),
    exchange({
      operation: 'login',
      method: 'POST',
      url: '/login',
      location: `https://sgl.test/retour?${new URLSearchParams({ state, code: one.token['code'] ?? '' })}`,
    }),
    exchange({
      operation: 'token',
      method: 'POST',
      url: `/token${one.tokenQuery}`,
      headers: one.tokenHeaders,
      body: String(new URLSearchParams(one.token)),
    }),
    exchange({
      operation: 'userinfo',
      method: 'GET',
      url: `/userinfo${one.userinfoQuery}`,
      headers: one.userinfoHeaders,
    }),
  ];
}

function rules(all: readonly HttpExchange[], options?: PscLoginOptions): string[] {
  return [...new Set(checkPscLogin(all, options).map((finding) => finding.rule))];
}

const without = (record: Record<string, string>, name: string): Record<string, string> =>
  Object.fromEntries(Object.entries(record).filter(([key]) => key !== name));

/** Each change breaks one rule and no other. */
const BREAKERS: readonly (readonly [rule: string, change: (one: Login) => void])[] = [
  ['PSC-AUTHORIZATION-PARAMETERS', (one) => (one.authorization['response_type'] = 'code id_token')],
  ['PSC-AUTHORIZATION-PARAMETERS', (one) => (one.authorization['scope'] = 'openid')],
  ['PSC-AUTHORIZATION-PARAMETERS', (one) => (one.authorization['acr_values'] = 'eidas3')],
  ['PSC-AUTHORIZATION-PARAMETERS', (one) => (one.authorization = without(one.authorization, 'client_id'))],
  ['PSC-STATE', (one) => (one.authorization = without(one.authorization, 'state'))],
  ['PSC-STATE', (one) => (one.authorization['state'] = '1')],
  ['PSC-NONCE', (one) => (one.authorization = without(one.authorization, 'nonce'))],
  ['PSC-PKCE', (one) => (one.authorization = without(one.authorization, 'code_challenge'))],
  [
    'PSC-PKCE',
    (one) => {
      one.authorization['code_challenge_method'] = 'plain';
      one.authorization['code_challenge'] = one.token['code_verifier'] ?? '';
    },
  ],
  ['PSC-SECRET-FRONT-CHANNEL', (one) => (one.authorization['client_secret'] = 'secret')],
  ['PSC-SECRET-FRONT-CHANNEL', (one) => (one.tokenQuery = '?client_secret=secret')],
  ['PSC-TOKEN-REQUEST', (one) => (one.tokenHeaders = [['Content-Type', 'application/json']])],
  ['PSC-TOKEN-REQUEST', (one) => (one.token = without(one.token, 'code'))],
  ['PSC-TOKEN-SERVER-SIDE', (one) => one.tokenHeaders.push(['Origin', 'https://sgl.test'])],
  ['PSC-TOKEN-SERVER-SIDE', (one) => one.tokenHeaders.push(['Sec-Fetch-Mode', 'cors'])],
  ['PSC-REDIRECT-URI', (one) => (one.token['redirect_uri'] = 'https://sgl.test/retour/')],
  ['PSC-CODE-VERIFIER', (one) => (one.token['code_verifier'] = 'y'.repeat(50))],
  ['PSC-CODE-VERIFIER', (one) => (one.token = without(one.token, 'code_verifier'))],
  ['PSC-USERINFO-BEARER', (one) => (one.userinfoHeaders = [])],
  ['PSC-USERINFO-BEARER', (one) => (one.userinfoQuery = '?access_token=abc')],
];

describe('checkPscLogin', () => {
  it('has nothing to say about conforming logins', () => {
    expect(rules(exchanges(login()))).toEqual([]);
    expect(rules([...exchanges(login(1)), ...exchanges(login(2))])).toEqual([]);
    expect(rules(exchanges(login()).slice(0, 1), { completed: false })).toEqual([]);
  });

  it('tells two interleaved logins apart by their state', () => {
    const [first, second] = [exchanges(login(1)), exchanges(login(2))];
    const authorizations = [first[0], second[0]].filter((one) => one !== undefined);
    expect(rules([...authorizations, ...second.slice(1), ...first.slice(1)])).toEqual([]);
  });

  it('leaves refreshes and polls of CIBA alone', () => {
    const others = ['refresh_token', 'urn:openid:params:grant-type:ciba'].map((grant) =>
      exchange({
        operation: 'token',
        method: 'POST',
        url: '/token',
        headers: [['content-type', 'application/x-www-form-urlencoded; charset=utf-8']],
        body: `grant_type=${encodeURIComponent(grant)}`,
      }),
    );
    expect(rules([...exchanges(login()), ...others])).toEqual([]);
  });

  for (const [index, [rule, change]] of BREAKERS.entries()) {
    it(`${rule} (${index})`, () => {
      const one = login();
      change(one);
      expect(rules(exchanges(one))).toEqual([rule]);
    });
  }

  it.each([
    ['PSC-STATE', 'state'],
    ['PSC-NONCE', 'nonce'],
  ])('%s reused', (rule, name) => {
    const second = login(2);
    second.authorization[name] = login(1).authorization[name] ?? '';
    // The codes come back with the same state: the last authorization is then the one meant.
    expect(rules([...exchanges(login(1)), ...exchanges(second)])).toContain(rule);
  });

  it('PSC-CODE-ONCE, even after a failure', () => {
    const all = exchanges(login());
    expect(rules([...all, ...all.slice(2, 3)])).toEqual(['PSC-CODE-ONCE']);
  });

  it('says what never came', () => {
    const all = exchanges(login());
    expect(rules([])).toEqual(['PSC-AUTHORIZATION-PRESENT', 'PSC-TOKEN-PRESENT', 'PSC-USERINFO-PRESENT']);
    expect(rules(all.slice(0, 2))).toEqual(['PSC-TOKEN-PRESENT', 'PSC-USERINFO-PRESENT']);
  });

  it('keeps secrets out of findings', () => {
    const one = login();
    one.authorization['client_secret'] = 'tres-secret';
    one.token['code_verifier'] = 'z'.repeat(50);
    one.userinfoQuery = '?access_token=jeton-secret';
    const text = JSON.stringify(checkPscLogin(exchanges(one)));
    for (const secret of ['tres-secret', 'z'.repeat(50), 'jeton-secret']) expect(text).not.toContain(secret);
  });

  it('warns only about PKCE', () => {
    expect(RULES.filter((rule) => rule.severity === 'warning').map((rule) => rule.id)).toEqual(['PSC-PKCE']);
  });

  it('has a breaker for each rule', () => {
    const elsewhere = ['PSC-CODE-ONCE', 'PSC-AUTHORIZATION-PRESENT', 'PSC-TOKEN-PRESENT', 'PSC-USERINFO-PRESENT'];
    const broken = new Set([...BREAKERS.map(([rule]) => rule), ...elsewhere]);
    expect(RULES.map((rule) => rule.id).filter((id) => !broken.has(id))).toEqual([]);
  });
});
