import fc from 'fast-check';
import { getResponse, http, HttpResponse, type RequestHandler } from 'msw';
import { describe, expect, it } from 'vitest';
import { indexHandlers } from './handler-index.ts';

const ORIGIN = 'https://127.0.0.1:4443';
const named = (name: string) => () => new HttpResponse(name);

const HANDLERS: readonly RequestHandler[] = [
  http.post('/lps', named('lps')),
  http.get('/lps', named('lps-get')),
  http.get(`${ORIGIN}/whole`, named('whole')),
  http.get('*/end', named('end')),
  http.get('/patients/:id', named('patient')),
  http.get('/patients/list', named('shadowed')),
  http.get('*/a.b', named('dot')),
  http.get('/Casse', named('case')),
  http.all('/all', named('all')),
  http.get('/files/*', named('files')),
  http.get('/accentué', named('accent')),
];

async function answer(handlers: readonly RequestHandler[], method: string, path: string): Promise<string> {
  const response = await getResponse([...handlers], new Request(`${ORIGIN}${path}`, { method }), { baseUrl: ORIGIN });
  return response === undefined ? 'none' : response.text();
}

describe('the index of handlers', () => {
  const candidates = indexHandlers(HANDLERS);

  it('keeps the order and leaves out what cannot match', () => {
    expect(candidates('POST', '/lps')).toContain(HANDLERS[0]);
    expect(candidates('POST', '/lps')).not.toContain(HANDLERS[1]);
    expect(candidates('GET', '/nothing')).not.toContain(HANDLERS[2]);
  });

  it('never changes the answer that msw gives', async () => {
    const piece = fc.constantFrom(
      'lps',
      'LPS',
      'whole',
      'end',
      'patients',
      'list',
      'a.b',
      'axb',
      'casse',
      'all',
      'files',
      'accentu%C3%A9',
      '%6Cps',
      '',
    );
    const path = fc.array(piece, { minLength: 1, maxLength: 3 }).map((pieces) => `/${pieces.join('/')}`);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('GET', 'POST', 'PUT'), path, async (method, asked) => {
        expect(await answer(candidates(method, asked), method, asked)).toBe(await answer(HANDLERS, method, asked));
      }),
      { numRuns: 300 },
    );
  });
});
