import { fork, type ChildProcess } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { ImapFlow } from 'imapflow';
import { createTransport } from 'nodemailer';
import { afterAll, expect, it } from 'vitest';
import type { LoadMemory, LoadServer } from './load-server.fixture.ts';

const MAILS = 200;
const CONNECTIONS = 10;
const SIZE = 2 * 1024 * 1024;
const MIB = 1024 * 1024;
/** Well under the 400 MB that go through: what ten mails under way take, with the slack of the garbage collector. */
const MAX_GROWTH = 256 * MIB;

const server = fork(new URL('load-server.fixture.ts', import.meta.url), { execArgv: [] });
const listening = said<LoadServer>(server);
afterAll(async () => {
  const gone = once(server, 'exit');
  if (server.connected) server.disconnect();
  if (server.exitCode === null) await gone;
});

async function said<Message>(child: ChildProcess): Promise<Message> {
  const [message] = (await once(child, 'message')) as [Message];
  return message;
}
async function memory(): Promise<LoadMemory> {
  const answer = said<LoadMemory>(server);
  server.send('memory');
  return answer;
}
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const body = Buffer.from(
  randomBytes((SIZE * 3) / 4)
    .toString('base64')
    .replaceAll(/.{70}/gu, (line) => `${line}\r\n${line.startsWith('A') ? '.' : ''}`),
);

/** A mail of 2 MB whose bytes are in an order of their own, with lines that begin with a dot. */
function mail(number: number, { from, to }: LoadServer): Buffer {
  const head = `From: <${from.user}>\r\nTo: <${to.user}>\r\nSubject: ${number}\r\n\r\n..\r\n`;
  const middle = body.indexOf('\r\n', number * 1000) + 2;
  return Buffer.concat([Buffer.from(head), body.subarray(middle), Buffer.from('\r\n'), body.subarray(0, middle)]);
}

it('200 mails of 2 MB on 10 connections: none lost, none altered, memory bounded', async () => {
  const addresses = await listening;
  const { ca, cert, key, from, to, smtp, imap } = addresses;
  const tls = { ca, cert, key, servername: 'localhost' };
  const before = await memory();
  const transport = createTransport({
    ...smtp,
    pool: true,
    maxConnections: CONNECTIONS,
    requireTLS: true,
    auth: { user: from.user, pass: from.password },
    tls,
  });
  const sent = new Map<string, number>();
  const numbers = Array.from({ length: MAILS }, (_, number) => number);
  const waiting = [...numbers];
  const send = async (): Promise<void> => {
    for (let number = waiting.shift(); number !== undefined; number = waiting.shift()) {
      const raw = mail(number, addresses);
      sent.set(sha256(raw), number);
      await transport.sendMail({ envelope: { from: from.user, to: to.user }, raw });
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, send));
  transport.close();
  expect(sent.size).toBe(MAILS);

  const sequences = numbers.map((number) => number + 1);
  const read: string[] = [];
  const fetchAll = async (): Promise<void> => {
    const client = new ImapFlow({
      ...imap,
      secure: false,
      doSTARTTLS: true,
      logger: false,
      auth: { user: to.user, pass: to.password },
      tls,
    });
    await client.connect();
    expect(await client.mailboxOpen('INBOX')).toMatchObject({ exists: MAILS });
    for (let sequence = sequences.shift(); sequence !== undefined; sequence = sequences.shift()) {
      const message = await client.fetchOne(String(sequence), { source: true });
      if (message !== false && message.source !== undefined) read.push(sha256(message.source));
    }
    await client.logout();
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, fetchAll));

  expect(read.sort()).toEqual([...sent.keys()].sort());
  const after = await memory();
  expect(after.delivered).toBe(MAILS);
  expect(after.peak - before.now).toBeLessThan(MAX_GROWTH);
}, 600_000);
