import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { figuresOf, play, type Load } from './tracker-load.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

async function serve(listener: RequestListener): Promise<{ readonly url: string; readonly connections: () => number }> {
  const server = createServer(listener);
  servers.push(server);
  let connections = 0;
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, connections: () => connections };
}

const loadOf = (url: string, more: Partial<Load> = {}): Load => ({
  url,
  users: 4,
  seconds: 0.2,
  writeEveryMs: 20,
  routes: ['/a/{campaign}', '/b', '/c/{run}'],
  campaigns: ['x', 'y', 'z'],
  runs: ['r'],
  writes: (rank) => ({ path: '/ecrit', body: { rank }, written: (text) => text === '{}' }),
  ...more,
});

describe('the load of the bench', () => {
  it('asks for every route of every campaign, each person on a connection of its own, while somebody writes', async () => {
    const seen = new Set<string>();
    const { url, connections } = await serve((request, response) => {
      seen.add(`${request.method} ${request.url}`);
      response.end('{}');
    });
    const played = await play(loadOf(url));
    expect([...seen].toSorted()).toEqual(['GET /a/x', 'GET /a/y', 'GET /a/z', 'GET /b', 'GET /c/r', 'POST /ecrit']);
    // Four who read, one who writes.
    expect(connections()).toBe(5);
    expect([...played.reads.keys()]).toEqual(['/a/{campaign}', '/b', '/c/{run}']);
    for (const { times, bytes } of played.reads.values()) {
      expect(times.length).toBeGreaterThan(4);
      expect(bytes).toBe(2);
    }
    expect(played.writes.length).toBeGreaterThan(1);
  });

  it.each([
    ['GET', '/b : HTTP 429'],
    ['POST', '/ecrit : HTTP 429'],
  ])('does not take a refusal of a %s for an answer', async (method, told) => {
    const { url } = await serve((request, response) => {
      const refused = request.method === method && (method === 'POST' || request.url === '/b');
      response.writeHead(refused ? 429 : 200).end('{}');
    });
    await expect(play(loadOf(url))).rejects.toThrow(told);
  });

  it('does not take for written what the answer says was not', async () => {
    const { url } = await serve((request, response) =>
      response.end(request.method === 'POST' ? '{"refused":1}' : '{}'),
    );
    await expect(play(loadOf(url))).rejects.toThrow('/ecrit : rien d’écrit, {"refused":1}');
  });

  it('does not go on without a server', async () => {
    const { url } = await serve((request) => request.socket.destroy());
    await expect(play(loadOf(url))).rejects.toThrow('socket hang up');
  });
});

describe('figures of times', () => {
  it('takes the nearest rank', () => {
    const times = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect(figuresOf(times)).toEqual({ p50: 50, p95: 95, max: 100 });
    expect(figuresOf([7])).toEqual({ p50: 7, p95: 7, max: 7 });
    expect(figuresOf([])).toEqual({ p50: 0, p95: 0, max: 0 });
  });
});
