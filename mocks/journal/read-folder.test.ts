import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, it } from 'vitest';
import type { Exchange, HttpExchange } from '#formats/exchange/index.ts';
import { testPki } from '../testing.ts';
import { createJournal, readJournal } from './index.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});
function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'jalon-journal-'));
  folders.push(folder);
  return folder;
}

const bytes = (text: string) => new TextEncoder().encode(text);
const base = {
  service: 'insi',
  startedAt: '2026-01-05T10:00:00.000Z',
  durationMs: 3,
  operation: 'recherche',
  attribution: { patient: 'nominal-01' },
  expected: true,
  outcome: 'répondu 00',
} as const;
const tls = { protocol: 'TLSv1.3', cipher: 'x', sni: '', authorized: true, certificate: new Uint8Array([48, 130, 1]) };
const peer = { address: '127.0.0.1', port: 4000, tls };
const exchanges: readonly Exchange[] = [
  {
    ...base,
    id: 'h',
    protocol: 'http',
    peer,
    request: {
      method: 'POST',
      url: '/lps',
      headers: [
        ['B', '1'],
        ['a', '2'],
        ['B', '3'],
      ],
      body: bytes('question'),
    },
    response: { status: 200, headers: [], body: new Uint8Array([0, 255, 13]) },
  },
  {
    ...base,
    id: 'reset',
    protocol: 'http',
    peer,
    request: { method: 'POST', url: '/lps', headers: [], body: bytes('') },
    nearMiss: { service: 'insi', operation: 'x', differences: [], sentence: 'proche' },
  },
  {
    ...base,
    id: 's',
    protocol: 'smtp',
    peer,
    envelope: { from: 'a', to: ['b'] },
    source: bytes('é'),
    transcript: [],
    reply: '250',
  },
  { ...base, id: 'm', protocol: 'mllp', peer, received: bytes('MSH'), sent: bytes('MSA') },
  { ...base, id: 't', protocol: 'tls', peer, error: 'x', alert: { name: 'unknown_ca', from: 'client' } },
];

function written(): string {
  const folder = newFolder();
  const journal = createJournal({ folder });
  for (const one of exchanges) journal.record(one);
  return folder;
}

function fileOf(folder: string, pattern: RegExp): string {
  return join(folder, readdirSync(folder).find((name) => pattern.test(name)) ?? '');
}

describe('a journal folder', () => {
  it('gives back every exchange of every protocol, byte for byte', () => {
    expect(readJournal(written())).toEqual({ exchanges, problems: [] });
  });

  it('tells an exchange whose writing was cut, and loses no other', () => {
    const folder = written();
    writeFileSync(join(folder, '0006-insi-recherche.request.bin'), 'moitié');
    writeFileSync(join(folder, '0006-insi-recherche.json.tmp'), '{"id":');
    const { exchanges: read, problems } = readJournal(folder);
    expect(read).toHaveLength(exchanges.length);
    expect(problems).toEqual([
      { code: 'UNFINISHED', file: '0006-insi-recherche.json.tmp', message: expect.stringContaining('n° 6') as string },
    ]);
  });

  it('tells a torn record, a body that is gone and numbers that are missing', () => {
    const folder = written();
    truncateSync(fileOf(folder, /^0004.*json$/), 40);
    rmSync(fileOf(folder, /^0003.*source/));
    for (const name of readdirSync(folder)) if (name.startsWith('0002')) rmSync(join(folder, name));
    writeFileSync(join(folder, '0006-x.json'), '{"id":"x","protocol":"autre"}');
    const { exchanges: read, problems } = readJournal(folder);
    expect(read.map(({ id }) => id)).toEqual(['h', 't']);
    expect(problems.map(({ code, file }) => [code, file.slice(0, 4)])).toEqual([
      ['BODY_MISSING', '0003'],
      ['UNREADABLE', '0004'],
      ['UNREADABLE', '0006'],
      ['GAP', ''],
    ]);
  });

  it('reads no file outside of itself, whatever a record says', () => {
    const folder = written();
    const record = { ...base, id: 'x', protocol: 'mllp', peer: {}, received: '../../etc/passwd', sent: '/etc/passwd' };
    writeFileSync(join(folder, '0006-x.json'), JSON.stringify(record));
    expect(readJournal(folder).problems.map(({ code }) => code)).toEqual(['UNREADABLE']);
  });

  it('is asked for when there is none', () => {
    expect(() => readJournal(join(newFolder(), 'absent'))).toThrow(
      expect.objectContaining({ code: 'JOURNAL_UNREADABLE' }),
    );
  });
});

/** A bench of one listener, which says its port and answers until it is killed. */
const BENCH = (folder: string): string => `
  import { http } from 'msw';
  import { createJournal } from '#mocks/journal/index.ts';
  import { currentExchange, listenHttps, pause } from '#mocks/network/index.ts';
  import { createTestContext } from '#mocks/testing.ts';
  const journal = createJournal({ folder: ${JSON.stringify(folder)} });
  const answer = async ({ request }) => {
    const exchange = currentExchange();
    exchange.identify('echo');
    await pause(Number(request.headers.get('x-pause')));
    return new Response(exchange.rawBody);
  };
  const definition = { service: 'insi', listener: 'insi', clientCertificate: 'none', handlers: [http.post('/echo', answer)] };
  const { port } = await listenHttps(definition, await createTestContext({ journal }));
  console.log(port);
`;

describe('a bench killed in the middle of traffic', () => {
  it('leaves every exchange that it answered', async () => {
    const folder = newFolder();
    const ca = (await testPki()).pki.caPem;
    const root = join(import.meta.dirname, '..', '..');
    const child = spawn(process.execPath, ['--input-type=module', '--eval', BENCH(folder)], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(child, 'exit');
    const [port] = (await once(createInterface(child.stdout), 'line')) as [string];
    const answered: string[] = [];
    let killed = false;
    const post = (body: string): Promise<void> =>
      new Promise((resolve) => {
        const headers = { 'x-pause': String(body.length % 5) };
        const call = request({ port, host: '127.0.0.1', path: '/echo', method: 'POST', ca, agent: false, headers });
        call.on('error', () => resolve());
        call.on('response', (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', () => resolve());
          response.on('close', () => {
            if (response.complete) answered.push(Buffer.concat(chunks).toString());
            resolve();
          });
        });
        call.end(body);
      });
    // Six clients never stop calling; the bench is killed while they do.
    const client = async (name: number): Promise<void> => {
      for (let turn = 0; !killed; turn += 1) {
        await post(`client ${name} appel ${turn} ${'x'.repeat(turn % 7)}`);
        if (answered.length < 40 || killed) continue;
        killed = true;
        child.kill('SIGKILL');
      }
    };
    await Promise.all([1, 2, 3, 4, 5, 6].map(client));
    await ended;
    expect(answered.length).toBeGreaterThanOrEqual(40);

    const { exchanges: read, problems } = readJournal(folder);
    const kept = new Set((read as readonly HttpExchange[]).map((one) => Buffer.from(one.request.body).toString()));
    expect(answered.filter((body) => !kept.has(body))).toEqual([]);
    for (const one of read as readonly HttpExchange[]) {
      expect(Buffer.from(one.response?.body ?? []).equals(one.request.body)).toBe(true);
    }
    expect(problems.filter(({ code }) => code !== 'UNFINISHED')).toEqual([]);

    // A run that goes on in the same folder keeps all of it.
    const copy = newFolder();
    cpSync(folder, copy, { recursive: true });
    createJournal({ folder: copy }).record(exchanges[0] as Exchange);
    expect(readJournal(copy).exchanges).toHaveLength(read.length + 1);
  }, 60_000);
});
