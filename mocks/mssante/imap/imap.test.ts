import net from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MssanteOptions } from '../index.ts';
import { imapClient, mailboxOf, smtpClient, type ClientOptions } from '../testing.ts';
import { startImapBench, type ImapBench } from './imap-bench.fixture.ts';

let bench: ImapBench;
let context: ImapBench['context'];
let running: ImapBench['running'];

async function start(options: MssanteOptions = {}): Promise<void> {
  bench = await startImapBench(options);
  ({ context, running } = bench);
}
beforeEach(() => start());
afterEach(() => bench.close());

const laboratory = () => mailboxOf(running, context.population.laboratory.mailbox);
const certificate = () => context.pki.clients['ORG_AUTH_CLI'];
const client = (options: Partial<ClientOptions> = {}) =>
  imapClient(running, context, { mailbox: laboratory(), credential: certificate(), ...options });

/** Every byte value, so that a charset conversion anywhere shows. */
const everyByte = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)).toString('latin1');
const mail = (subject: string, body = 'corps\r\n'): Uint8Array =>
  Buffer.from(
    `From: <a@banc.mssante.test>\r\nTo: <${laboratory().address}>\r\nSubject: ${subject}\r\n\r\n${body}`,
    'latin1',
  );

async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return '';
  } catch (error) {
    return error instanceof Error ? `${error.message} ${JSON.stringify(error)}` : String(error);
  }
}

describe('reading a mailbox', () => {
  it('gives the very bytes that were dropped in, marks \\Seen, and finds mails again at the next session', async () => {
    const source = mail('octets', `${everyByte}\r\n`);
    running.deposit(laboratory().address, source);
    const first = client();
    await first.connect();
    const box = await first.mailboxOpen('INBOX');
    expect(box.exists).toBe(1);
    const message = await first.fetchOne('1', { source: true, flags: true, envelope: true });
    expect(message).toMatchObject({ envelope: { subject: 'octets' } });
    expect(message === false ? undefined : message.source?.equals(source)).toBe(true);
    await first.messageFlagsAdd('1', ['\\Seen']);
    expect(await first.search({ seen: true })).toEqual([1]);
    await first.logout();
    const second = client();
    await second.connect();
    const again = await second.mailboxOpen('INBOX');
    expect(again.uidValidity).toEqual(box.uidValidity);
    expect(await second.search({ seen: true })).toEqual([1]);
    await second.logout();
  });

  it('tells the bench what its reader left in it, and what he marked', async () => {
    const { address } = laboratory();
    for (const subject of ['lu', 'supprimé']) running.deposit(address, mail(subject));
    const reader = client();
    await reader.connect();
    await reader.mailboxOpen('INBOX');
    await reader.messageFlagsAdd('1', ['\\Seen']);
    await reader.messageDelete('2');
    await reader.logout();
    expect(running.inbox(address).map(({ source, flags }) => [Buffer.from(source).includes('lu'), [...flags]])).toEqual(
      [[true, ['\\Seen']]],
    );
    expect(running.delivered(address)).toHaveLength(2);
    expect(() => running.inbox('personne@banc.mssante.test')).toThrow(/n'existe pas/);
  });

  it('shows a mail that was sent through the submission side, and only to its recipient', async () => {
    const [doctor] = context.population.professionals;
    const to = doctor?.mailbox ?? '';
    const raw = `From: <${laboratory().address}>\r\nTo: <${to}>\r\nSubject: bonjour\r\n\r\nx\r\n`;
    await smtpClient(running, context, { mailbox: laboratory(), credential: certificate() }).sendMail({
      envelope: { from: laboratory().address, to },
      raw,
    });
    const theirs = client({ mailbox: mailboxOf(running, to) });
    await theirs.connect();
    expect((await theirs.mailboxOpen('INBOX')).exists).toBe(1);
    await theirs.logout();
    const mine = client();
    await mine.connect();
    expect((await mine.mailboxOpen('INBOX')).exists).toBe(0);
    await mine.logout();
  });

  it('tells an open session of a new mail', async () => {
    const session = client();
    await session.connect();
    await session.mailboxOpen('INBOX');
    const arrived = new Promise<number>((resolve) => session.on('exists', ({ count }) => resolve(count)));
    running.deposit(laboratory().address, mail('nouveau'));
    await session.noop();
    expect(await arrived).toBe(1);
    await session.logout();
  });

  it('is empty again after a reset', async () => {
    running.deposit(laboratory().address, mail('oublié'));
    running.reset();
    const session = client();
    await session.connect();
    expect((await session.mailboxOpen('INBOX')).exists).toBe(0);
    await session.logout();
  });
});

describe('journal', () => {
  it('tells login, fetch and logout, attributed to the mailbox, without the password', async () => {
    running.deposit(laboratory().address, mail('journal'));
    const session = client();
    await session.connect();
    await session.mailboxOpen('INBOX');
    await session.fetchOne('1', { source: true });
    await session.logout();
    const about = context.journal.list({ service: 'mssante', about: laboratory().address });
    const told = about.flatMap((one) => (one.protocol === 'imap' ? [one] : []));
    expect(told.map((one) => one.operation)).toEqual(expect.arrayContaining(['login', 'select', 'fetch', 'logout']));
    const fetched = told.find((one) => one.operation === 'fetch');
    expect(Buffer.from(fetched?.sent ?? []).toString('latin1')).toContain('Subject: journal');
    expect(fetched).toMatchObject({ outcome: 'FETCH : OK, 1 réponse(s)', peer: { tls: { authorized: true } } });
    for (const one of told) {
      const bytes = Buffer.from(one.received).toString('latin1');
      expect(bytes).not.toContain(laboratory().password);
      expect(bytes).not.toContain(
        Buffer.from(`\u0000${laboratory().user}\u0000${laboratory().password}`).toString('base64'),
      );
    }
  });
});

describe('what the operator refuses', () => {
  it('a login before STARTTLS, by any command', async () => {
    const replies = await talk(running.addresses.imap.port, [
      'a CAPABILITY',
      `b LOGIN ${laboratory().user} ${laboratory().password}`,
      'c AUTHENTICATE PLAIN AGEAYg==',
      'd SELECT INBOX',
      'e LOGOUT',
    ]);
    expect(replies).toContain('* CAPABILITY IMAP4rev1 LITERAL+ ID STARTTLS LOGINDISABLED');
    expect(replies).toContain('b NO [PRIVACYREQUIRED] Use STARTTLS first');
    expect(replies).toContain('c NO [PRIVACYREQUIRED] Use STARTTLS first');
    expect(replies).toContain('d BAD Log in first');
    const journaled = context.journal.list({ operation: 'login' });
    expect(journaled).toHaveLength(2);
    expect(JSON.stringify(journaled)).not.toContain(laboratory().password);
  });

  it('commands slipped in behind STARTTLS', async () => {
    const replies = await talk(running.addresses.imap.port, ['a STARTTLS\r\nb CAPABILITY']);
    expect(replies.filter((line) => line.startsWith('b '))).toEqual([]);
  });

  it.each([
    ['no certificate', undefined, /aucun certificat client/u],
    ['an expired certificate', 'EXPIRED', /expiré/u],
    ['a revoked certificate', 'REVOKED', /révoqué/u],
  ])('%s, told with its reason', async (_, name, reason) => {
    const credential = name === undefined ? undefined : context.pki.clients[name];
    expect(await refusal(client({ credential }).connect())).not.toBe('');
    const exchange = await context.journal.waitFor({ service: 'mssante', operation: 'tls' }, 5000);
    expect(exchange.outcome).toMatch(reason);
  });

  it('a wrong password, with the code of RFC 5530', async () => {
    expect(await refusal(client({ password: 'faux' }).connect())).toContain('AUTHENTICATIONFAILED');
    expect(context.journal.list({ operation: 'login' }).at(-1)?.outcome).toBe('refusé : mot de passe faux');
  });

  it('an endless line before login', async () => {
    const replies = await talk(running.addresses.imap.port, [`a LOGIN ${'x'.repeat(70_000)}`]);
    expect(replies.at(-1)).toBe('* BYE Line too long');
  });
});

describe('XOAUTH2', () => {
  it('opens the mailbox of the professional of the token', async () => {
    await running.close();
    const nationalId = context.population.professionals[3]?.nationalId ?? '';
    await start({ clientCertificate: 'requested', verifyToken: async () => ({ professional: nationalId }) });
    const mailbox = mailboxOf(running, context.population.professionals[3]?.mailbox ?? '');
    const session = client({ mailbox, credential: undefined, accessToken: 'jeton' });
    await session.connect();
    expect((await session.mailboxOpen('INBOX')).exists).toBe(0);
    await session.logout();
  });

  it('refuses a dead token after the challenge', async () => {
    const dead = client({ accessToken: 'jeton' });
    expect(await refusal(dead.connect())).toContain('AUTHENTICATIONFAILED');
    expect(context.journal.list({ operation: 'login' }).at(-1)?.outcome).toContain('XOAUTH2 non relié');
  });
});

describe('situations', () => {
  it('imap-auth-no refuses once', async () => {
    context.situations.set({ service: 'mssante', about: laboratory().address, situation: 'imap-auth-no', times: 1 });
    expect(await refusal(client().connect())).toContain('AUTHENTICATIONFAILED');
    const session = client();
    await session.connect();
    await session.logout();
  });

  it('imap-coupure cuts at login', async () => {
    context.situations.set({ service: 'mssante', situation: 'imap-coupure', times: 1 });
    expect(await refusal(client().connect())).not.toBe('');
    expect(context.journal.list({ operation: 'login' }).at(-1)?.outcome).toContain('coupée sans réponse');
  });

  it('certificat-expire is shown at the next STARTTLS', async () => {
    context.situations.set({ service: 'mssante', situation: 'certificat-expire', times: 1 });
    expect(await refusal(client().connect())).toMatch(/expired/iu);
  });
});

/** Speaks plain IMAP, one command per reply, until the server closes or has answered everything. */
function talk(port: number, commands: readonly string[]): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    const replies: string[] = [];
    const waiting = [...commands];
    let buffer = '';
    const socket = net.connect(port, '127.0.0.1');
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => {
      buffer += chunk;
      const lines = buffer.split('\r\n');
      buffer = lines.pop() ?? '';
      for (const line of lines) {
        replies.push(line);
        if (line.startsWith('* ') && !line.startsWith('* OK')) continue;
        const next = waiting.shift();
        if (next === undefined) socket.end();
        else socket.write(`${next}\r\n`);
      }
    });
    socket.on('close', () => resolve(replies));
    socket.on('error', reject);
  });
}
