/**
 * Feeding of the DMP (TD2.1) as a ratio, so that it means the same on any machine: lots per second and the time of one,
 * against a plain node:http server of the same process that only reads the same bodies.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent as PlainAgent, createServer, request as plainRequest } from 'node:http';
import { Agent, request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startMocks, type Bench } from '#mocks/index.ts';
import { type Caller, feeding } from '#mocks/dmp/testing/messages.ts';

const LOTS = 200;
const AT_ONCE = 8;
const ROUNDS = 3;

type Print = (value: number, digits?: number) => string;

interface Message {
  readonly contentType: string;
  readonly body: Uint8Array;
}

interface Measure {
  readonly perSecond: number;
  /** Milliseconds, of one alone. */
  readonly middle: number;
  readonly slowest: number;
}

/** Prints figures and ratios. */
export async function benchDmp(fr: Print): Promise<void> {
  const data = mkdtempSync(join(tmpdir(), 'jalon-bench-dmp-'));
  const bench = await startMocks({ dataDir: data, journalDir: join(data, 'journal') });
  const plain = await startReader();
  const url = `${bench.addresses.dmp.base}/repository`;
  const client = bench.pki.clients['ORG_AUTH_CLI'];
  if (!client) throw new Error('no ORG_AUTH_CLI');
  const tls = { ca: bench.pki.caPem, cert: client.certificatePem, key: client.keyPem };
  let rank = 0;
  const lots = (count: number): Message[] => Array.from({ length: count }, () => lotOf(bench, (rank += 1)));
  process.stdout.write(
    `alimentations TD2.1, ${LOTS} par tour, ${AT_ONCE} à la fois, ${ROUNDS} tours (écho : node:http qui lit le corps)\n`,
  );
  for (let round = 1; round <= ROUNDS; round += 1) {
    // A lot is fed once: the ones measured are made before the clock starts.
    const several = lots(LOTS);
    const alone = lots(LOTS / 4);
    const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE, ...tls });
    const fed = await measure(several, alone, (message) => send(request(url, optionsOf(agent, message)), message));
    agent.destroy();
    const plainAgent = new PlainAgent({ keepAlive: true, maxSockets: AT_ONCE });
    const read = await measure(several, alone, (message) =>
      send(plainRequest(plain.url, optionsOf(plainAgent, message)), message),
    );
    plainAgent.destroy();
    process.stdout.write(
      `  tour ${round} : ${fr(fed.perSecond, 0)} lots/s, lecture seule ${fr(read.perSecond, 0)}/s, rapport ${fr(fed.perSecond / read.perSecond, 3)} ; ` +
        `un lot seul ${fr(fed.middle)} ms (le plus lent ${fr(fed.slowest)}), lecture seule ${fr(read.middle, 2)} ms, rapport ${fr(fed.middle / read.middle, 0)}\n`,
    );
  }
  await plain.close();
  await bench.close();
  rmSync(data, { recursive: true, force: true });
}

function lotOf({ pki, population }: Bench, rank: number): Message {
  const patients = population.patients.filter(({ situation }) => situation === 'nominal');
  const patient = patients[rank % patients.length];
  const [professional] = population.professionals;
  if (!patient || !professional) throw new Error('no population');
  const caller: Caller = { pki, patient, professional, structure: population.laboratory.id, now: new Date() };
  return feeding(caller, { lotOid: `1.2.250.1.999.4.${rank}`, documentOid: `1.2.250.1.999.5.${rank}` });
}

async function measure(
  several: readonly Message[],
  alone: readonly Message[],
  post: (message: Message) => Promise<void>,
): Promise<Measure> {
  let next = 0;
  const one = async (): Promise<void> => {
    for (let message = several[next++]; message; message = several[next++]) await post(message);
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  const seconds = (performance.now() - started) / 1000;
  const times: number[] = [];
  for (const message of alone) {
    const from = performance.now();
    await post(message);
    times.push(performance.now() - from);
  }
  times.sort((left, right) => left - right);
  return {
    perSecond: several.length / seconds,
    middle: times[Math.floor(times.length / 2)] ?? 0,
    slowest: times.at(-1) ?? 0,
  };
}

function optionsOf<Kind>(agent: Kind, { contentType }: Message) {
  return { method: 'POST', agent, headers: { 'content-type': contentType } };
}

/** @throws when the lot is refused: what is measured is the whole work */
function send(call: ReturnType<typeof request>, { body }: Message): Promise<void> {
  return new Promise((resolve, reject) => {
    call.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        if (response.statusCode === 200 && text.includes('Success')) resolve();
        else reject(new Error(`HTTP ${String(response.statusCode)} ${text.slice(0, 500)}`));
      });
    });
    call.on('error', reject);
    call.end(body);
  });
}

/** A server that reads what it gets and does nothing else. */
async function startReader(): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer((incoming, outgoing) => {
    incoming.resume();
    incoming.on('end', () => outgoing.end('Success'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
