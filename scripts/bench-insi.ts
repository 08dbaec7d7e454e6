/**
 * The INSi part as ratios, so that they mean the same on any machine: searches per second against a plain HTTPS echo in
 * the same process (mutual TLS, same connections, answer of the same size), a scenario against one search, the selftest
 * of the section against its limit.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Agent, createServer, request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startMocks, type Bench } from '#mocks/index.ts';
import { searchMessage, SOAP_12_MEDIA, traits } from '#mocks/insi/testing.ts';
import type { RunRecord } from '#tracker/types.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const CALLS = 1_000;
const AT_ONCE = 16;
const ROUNDS = 3;
/** Share of the echo that a search must reach; the rest is the journal on disk, two parsings and the judgement. */
const LEAST_SHARE = 0.1;
/** Of `jalon selftest --section INS` on two cores. */
const SELFTEST_SECONDS = 300;

type Print = (value: number, digits?: number) => string;

/** Prints figures, ratios and their share of the limits. */
export async function benchInsi(fr: Print): Promise<void> {
  const data = mkdtempSync(join(tmpdir(), 'jalon-bench-insi-'));
  const search = await benchSearches(data, fr);
  await benchScenarios(data, search, fr);
  await benchSelftest(data, fr);
  rmSync(data, { recursive: true, force: true });
}

/** @returns milliseconds of one search, when several are under way */
async function benchSearches(data: string, fr: Print): Promise<number> {
  const bench = await startMocks({ dataDir: data, journalDir: join(data, 'journal') });
  const messages = bench.population.patients
    .filter(({ situation }) => situation === 'nominal')
    .map((patient) => searchMessage({ criteria: traits({ ...patient, firstNames: patient.firstNames.slice(0, 1) }) }));
  const [sample = ''] = messages;
  const answer = await callsOf(bench, bench.addresses.insi.url, [sample], 1);
  const echo = await startEcho(bench, answer.bytes);
  process.stdout.write(`recherches INSi, ${CALLS} par tour, ${AT_ONCE} à la fois, ${ROUNDS} tours\n`);
  let last = 0;
  for (let round = 1; round <= ROUNDS; round += 1) {
    const plain = await callsOf(bench, echo.url, messages, CALLS);
    const insi = await callsOf(bench, bench.addresses.insi.url, messages, CALLS);
    const share = insi.perSecond / plain.perSecond;
    last = 1_000 / insi.perSecond;
    process.stdout.write(
      `  tour ${round} : ${fr(insi.perSecond, 0)} recherches/s, écho HTTPS ${fr(plain.perSecond, 0)}/s, rapport ${fr(share, 2)} (${fr(share / LEAST_SHARE, 1)} fois le minimum de ${fr(LEAST_SHARE, 2)})\n`,
    );
  }
  await echo.close();
  await bench.close();
  return last;
}

interface Calls {
  readonly perSecond: number;
  /** Size of the last answer. */
  readonly bytes: number;
}

async function callsOf(bench: Bench, url: string, messages: readonly string[], count: number): Promise<Calls> {
  const client = bench.pki.clients['INSI-AUTO'];
  if (!client) throw new Error('no INSI-AUTO');
  const agent = new Agent({
    keepAlive: true,
    maxSockets: AT_ONCE,
    ca: bench.pki.caPem,
    cert: client.certificatePem,
    key: client.keyPem,
  });
  let next = 0;
  let bytes = 0;
  const one = async (): Promise<void> => {
    while (next < count) {
      const message = messages[next % messages.length] ?? '';
      next += 1;
      bytes = await post(url, agent, message);
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, count) }, one));
  const seconds = (performance.now() - started) / 1000;
  agent.destroy();
  return { perSecond: count / seconds, bytes };
}

function post(url: string, agent: Agent, message: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const call = request(url, { method: 'POST', agent, headers: { 'content-type': SOAP_12_MEDIA } }, (response) => {
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
      });
      response.on('error', reject);
      response.on('end', () =>
        response.statusCode === 200 ? resolve(size) : reject(new Error(`HTTP ${String(response.statusCode)}`)),
      );
    });
    call.on('error', reject);
    call.end(message);
  });
}

/** A server that only reads what it gets and answers as many bytes as INSi does. */
async function startEcho(bench: Bench, size: number): Promise<{ readonly url: string; close(): Promise<void> }> {
  const { server: own, caPem } = bench.pki;
  const body = Buffer.alloc(size, 'a');
  const server = createServer(
    { cert: own.certificatePem, key: own.keyPem, ca: caPem, requestCert: true },
    (incoming, outgoing) => {
      incoming.resume();
      incoming.on('end', () => outgoing.end(body));
    },
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `https://127.0.0.1:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function benchScenarios(data: string, search: number, fr: Print): Promise<void> {
  const { output } = await jalon(['run', '--json', '--tags', '@service:insi', '--data', data]);
  const { dir } = JSON.parse(output) as { dir: string };
  const { scenarios } = JSON.parse(readFileSync(join(dir, 'run.json'), 'utf8')) as RunRecord;
  const durations = scenarios.map(({ durationMs }) => durationMs).toSorted((one, other) => one - other);
  const middle = durations[Math.floor(durations.length / 2)] ?? 0;
  process.stdout.write(
    `scénarios INSi : ${durations.length} joués, ${fr(middle, 0)} ms pour celui du milieu (${fr(middle / search)} recherches), ${fr(durations.reduce((sum, each) => sum + each, 0) / 1000)} s en tout\n`,
  );
}

async function benchSelftest(data: string, fr: Print): Promise<void> {
  const { output, seconds } = await jalon(['selftest', '--json', '--section', 'INS', '--data', data]);
  const { faults } = JSON.parse(output) as { faults: readonly { durationMs: number; played: number }[] };
  const played = faults.reduce((sum, fault) => sum + fault.played, 0);
  process.stdout.write(
    `autotest INS, ${availableParallelism()} cœurs : ${faults.length} fautes, ${played} scénarios rejoués, ${fr(seconds, 0)} s (${fr(seconds / SELFTEST_SECONDS, 2)} de la limite de ${SELFTEST_SECONDS} s), ${fr((1_000 * seconds) / Math.max(1, played), 0)} ms le scénario\n`,
  );
}

function jalon(args: readonly string[]): Promise<{ readonly output: string; readonly seconds: number }> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['bin/jalon', ...args], { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8');
    });
    child.on('error', reject);
    child.on('close', () => resolve({ output, seconds: (performance.now() - started) / 1000 }));
  });
}
