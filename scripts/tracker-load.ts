/** People who read a tracker at once while somebody writes, as pages do: each on a connection that stays open. */
import { Agent, request } from 'node:http';
import { setTimeout } from 'node:timers/promises';

/** A change that the one who writes sends. */
export interface Write {
  readonly path: string;
  readonly body: object;
  /** Whether the answer says that it was written: some changes are refused one by one in an answer that is not. */
  readonly written: (text: string) => boolean;
}

export interface Load {
  /** Of the server, ends with `/`. */
  readonly url: string;
  readonly users: number;
  readonly seconds: number;
  readonly writeEveryMs: number;
  /** What a page asks for, in order; `{campaign}` and `{run}` are each of theirs in turn. */
  readonly routes: readonly string[];
  readonly campaigns: readonly string[];
  readonly runs: readonly string[];
  /** @param rank how many changes were sent before */
  readonly writes: (rank: number) => Write;
}

/** Times in milliseconds, from the call to the last byte. */
export interface Played {
  readonly reads: ReadonlyMap<string, { readonly times: readonly number[]; readonly bytes: number }>;
  readonly writes: readonly number[];
}

/**
 * Each person goes from campaign to campaign and asks for every route of each; nobody waits between two answers.
 *
 * @throws {Error} when the server refuses a call: a refusal is quick, and measures nothing
 */
export async function play(load: Load): Promise<Played> {
  const until = performance.now() + load.seconds * 1000;
  const reads = new Map(load.routes.map((route) => [route, { times: [] as number[], bytes: 0 }]));
  const writes: number[] = [];
  const reader = async (user: number): Promise<void> => {
    const caller = callerOf(load.url);
    try {
      // People do not all begin with the same route, nor with the same campaign.
      for (let turn = user; performance.now() < until; turn += 1) {
        const round = Math.floor(turn / load.routes.length);
        const route = load.routes[turn % load.routes.length] ?? '';
        const { ms, bytes } = await caller.call('GET', placed(route, load, round + user));
        const read = reads.get(route);
        if (read === undefined) continue;
        read.times.push(ms);
        read.bytes = Math.max(read.bytes, bytes);
      }
    } finally {
      caller.close();
    }
  };
  const writer = async (): Promise<void> => {
    const caller = callerOf(load.url);
    try {
      // By the clock: a slow change does not put the next one off.
      for (let due = performance.now(); due < until; due += load.writeEveryMs) {
        await setTimeout(Math.max(0, due - performance.now()));
        const { path, body, written } = load.writes(writes.length);
        const { ms, text } = await caller.call('POST', path, body);
        if (!written(text())) throw new Error(`POST ${path} : rien d’écrit, ${text().slice(0, 300)}`);
        writes.push(ms);
      }
    } finally {
      caller.close();
    }
  };
  await Promise.all([...Array.from({ length: load.users }, (_, user) => reader(user)), writer()]);
  return { reads, writes };
}

/** The path of a route for the campaign and the run of a rank. */
export function placed(route: string, { campaigns, runs }: Pick<Load, 'campaigns' | 'runs'>, rank: number): string {
  return route
    .replace('{campaign}', campaigns[rank % campaigns.length] ?? '')
    .replace('{run}', runs[rank % runs.length] ?? '');
}

export interface Caller {
  /** @returns how long the whole answer took, its size and itself @throws {Error} when it is a refusal */
  call(
    method: string,
    path: string,
    body?: object,
  ): Promise<{ readonly ms: number; readonly bytes: number; readonly text: () => string }>;
  close(): void;
}

/** Somebody with one connection. The client is the plainest there is, so that little of what is measured is its own. */
export function callerOf(url: string): Caller {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return {
    call: (method, path, body) =>
      new Promise((resolve, reject) => {
        const sent = body === undefined ? undefined : JSON.stringify(body);
        const start = performance.now();
        const call = request(new URL(path, url), {
          agent,
          method,
          headers:
            sent === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(sent) },
        });
        call.on('error', reject);
        call.on('response', (response) => {
          const chunks: Buffer[] = [];
          let bytes = 0;
          response.on('data', (chunk: Buffer) => {
            chunks.push(chunk);
            bytes += chunk.length;
          });
          response.on('error', reject);
          response.on('end', () => {
            const ms = performance.now() - start;
            const text = (): string => Buffer.concat(chunks).toString('utf8');
            const { statusCode: status = 0 } = response;
            if (status >= 200 && status < 300) resolve({ ms, bytes, text });
            else reject(new Error(`${method} ${path} : HTTP ${status} ${text().slice(0, 300)}`));
          });
        });
        call.end(sent);
      }),
    close: () => agent.destroy(),
  };
}

export interface Figures {
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
}

/** Percentiles by nearest rank; zeros when there is nothing. */
export function figuresOf(times: readonly number[]): Figures {
  const sorted = times.toSorted((one, other) => one - other);
  const at = (share: number): number => sorted[Math.ceil(sorted.length * share) - 1] ?? 0;
  return { p50: at(0.5), p95: at(0.95), max: at(1) };
}
