import { Buffer } from 'node:buffer';
import tls from 'node:tls';
import type { ServiceContext } from '../../types.ts';
import type { RunningMssante } from '../index.ts';
import { mailboxOf } from '../testing.ts';

/** A client that says what it is told and nothing else, over TLS from the first byte, logged in as the laboratory. */
export interface RawSmtp {
  /** Sends a line and gives the last line of the reply. */
  say(line: string): Promise<string>;
  /** Last line of the next reply. */
  next(): Promise<string>;
  /** Sends bytes that wait for no reply. */
  push(text: string): Promise<void>;
  /** The connection goes without a word. */
  drop(): void;
  /** Every reply so far. */
  readonly replies: readonly string[];
}

export async function rawSmtp(running: RunningMssante, context: ServiceContext): Promise<RawSmtp> {
  const credential = context.pki.clients['ORG_AUTH_CLI'];
  const { host, port, tlsPort = port } = running.addresses.smtp;
  const socket = tls.connect({
    host,
    port: tlsPort,
    servername: 'localhost',
    ca: context.pki.caPem,
    ...(credential && { cert: credential.certificatePem, key: credential.keyPem }),
  });
  socket.setEncoding('utf8');
  const replies: string[] = [];
  const waiting: ((line: string) => void)[] = [];
  // What waits for a reply that will not come is told so, in place of the reply.
  const lost = (why: string): void => {
    for (const tell of waiting.splice(0)) tell(`connexion perdue : ${why}`);
  };
  socket.on('error', (error: Error) => lost(error.message));
  socket.on('close', () => lost('fermée'));
  const early: string[] = [];
  let buffer = '';
  socket.on('data', (chunk: string) => {
    buffer += chunk;
    const lines = buffer.split('\r\n');
    buffer = lines.pop() ?? '';
    for (const line of lines) {
      replies.push(line);
      if (!/^\d{3} /u.test(line)) continue;
      const next = waiting.shift();
      if (next === undefined) early.push(line);
      else next(line);
    }
  });
  const reply = (): Promise<string> => {
    const [line] = early.splice(0, 1);
    return line === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(line);
  };
  const say = (line: string): Promise<string> => {
    socket.write(`${line}\r\n`);
    return reply();
  };
  const { address, password } = mailboxOf(running, context.population.laboratory.mailbox);
  await reply();
  await say('EHLO produit.test');
  await say(`AUTH PLAIN ${Buffer.from(`\u0000${address}\u0000${password}`).toString('base64')}`);
  return {
    say,
    next: reply,
    push: (text) => new Promise((resolve) => socket.write(text, () => resolve())),
    drop: () => socket.destroy(),
    replies,
  };
}
