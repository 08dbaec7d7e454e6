import net from 'node:net';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { startImapBench } from './imap-bench.fixture.ts';

const bench = await startImapBench({ maxBytes: 2000 });
const { context, running } = bench;
afterAll(() => bench.close());
const [mailbox, other] = [bench.mailboxWith(), bench.mailboxWith()];

/** Words of commands in any order, and bytes that are in none. */
const WORDS = [
  'a',
  'UID',
  'FETCH',
  'SEARCH',
  'STORE',
  'SELECT',
  'INBOX',
  'APPEND',
  'LIST',
  'CREATE',
  'RENAME',
  'IDLE',
  'DONE',
  'COPY',
  '1:*',
  '*',
  '0',
  '4294967296',
  'BODY[',
  'HEADER.FIELDS',
  '(',
  ')',
  ']',
  '<0.1>',
  '\\Seen',
  'FLAGS',
  'OR',
  'NOT',
  'ALL',
  '{3+}\r\nabc',
  '{0+}\r\n',
  '{9}',
  '"',
  '""',
  '"a',
  '\\',
  '\0',
  'é',
  '%',
  '&',
  '&-',
  'RETURN',
  'NIL',
  'BODYSTRUCTURE',
];
const word = fc.constantFrom(...WORDS);
const line = fc.array(word, { maxLength: 8 }).map((words) => words.join(' '));

describe('whatever a client sends', () => {
  it('the server goes on, and has made no error of its own', async () => {
    running.deposit(mailbox.address, Buffer.from('Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nx'));
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 15 }), fc.boolean(), async (lines, loggedIn) => {
        const client = await (loggedIn ? bench.open(mailbox) : bench.connect());
        if (loggedIn) client.send('s SELECT INBOX\r\n');
        client.send(lines.map((one, index) => `x${index} ${one}\r\n`).join(''));
        // Ends whatever waits for a line, then the session.
        client.send('DONE\r\nz LOGOUT\r\nz LOGOUT\r\n');
        const replies = await client.rest();
        expect(replies).toMatch(/\* BYE [^\r]*\r\n/u);
      }),
      { numRuns: 15 },
    );
    const outcomes = context.journal.list({ service: 'mssante' }).map(({ outcome }) => outcome);
    expect(outcomes.filter((outcome) => outcome.startsWith('erreur du banc'))).toEqual([]);
    const client = await bench.open(mailbox);
    expect(await client.run('SELECT INBOX')).toMatch(/OK \[READ-WRITE\]/u);
    client.close();
  }, 60_000);

  it('a client that leaves in the middle of an answer is forgotten, its command told', async () => {
    running.deposit(other.address, Buffer.alloc(20 * 1024 * 1024, 'x'));
    const client = await bench.open(other);
    await client.run('SELECT INBOX');
    client.send('f FETCH * BODY.PEEK[]\r\n');
    await client.until(/FETCH \(BODY\[\] \{20971520\}\r\n/u);
    client.close();
    const told = await context.journal.waitFor({ operation: 'fetch', about: other.address }, 5000);
    expect(told.outcome).toMatch(/^FETCH : connexion perdue avant la fin de la réponse/u);
    expect(told).toMatchObject({
      protocol: 'imap',
      received: expect.objectContaining({ byteLength: 'f FETCH * BODY.PEEK[]\r\n'.length }),
    });
  });

  it('bytes that are no command at all, before TLS', async () => {
    const socket = net.connect(running.addresses.imap.port, '127.0.0.1');
    const closed = new Promise((resolve) => socket.on('close', resolve));
    socket.on('error', () => undefined);
    socket.resume();
    socket.write(Buffer.from(Array.from({ length: 70_000 }, (_, at) => (at * 31) % 256).filter((byte) => byte !== 10)));
    await closed;
    const last = context.journal.list({ operation: 'session' }).at(-1);
    expect(last?.outcome).toBe('session fermée par le serveur : commande trop longue');
  });
});
