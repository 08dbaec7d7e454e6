import type { HttpExchange } from './types.ts';

/** An HTTP exchange for a test: what the test does not say is plain. */
export function httpExchange(said: Pick<HttpExchange, 'service'> & Partial<HttpExchange>): HttpExchange {
  return {
    id: 'e1',
    protocol: 'http',
    startedAt: '2026-01-05T10:00:00.000Z',
    durationMs: 1,
    peer: { address: '127.0.0.1', port: 1 },
    operation: '',
    attribution: {},
    expected: true,
    outcome: '',
    request: { method: 'POST', url: 'https://localhost/service', headers: [], body: new Uint8Array() },
    ...said,
  };
}
