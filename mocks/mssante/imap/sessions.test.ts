import { afterAll, describe, expect, it } from 'vitest';
import type { Mailbox } from '../../types.ts';
import { startImapBench } from './imap-bench.fixture.ts';
import { RawImap } from './raw-client.fixture.ts';

const bench = await startImapBench();
const { context, running } = bench;
afterAll(() => bench.close());

/** A mailbox of the test's own with these mails, and two sessions that have its INBOX open. */
async function two(...subjects: readonly string[]): Promise<{ mailbox: Mailbox; one: RawImap; other: RawImap }> {
  const mailbox = bench.mailboxWith(...subjects.map(mail));
  const sessions = [await bench.open(mailbox), await bench.open(mailbox)] as const;
  for (const session of sessions) await session.run('SELECT INBOX');
  return { mailbox, one: sessions[0], other: sessions[1] };
}
const mail = (subject: string): string => `Subject: ${subject}\r\n\r\ncorps\r\n`;
const deposit = (mailbox: Mailbox, subject: string): void => bench.deposit(mailbox, mail(subject));

describe('several sessions on one folder', () => {
  it('learn of new mails, flags and expunges, in an order that leaves the numbers right', async () => {
    const { mailbox, one, other } = await two('un', 'deux', 'trois');
    await one.run(String.raw`STORE 1:2 +FLAGS.SILENT (\Deleted)`);
    await one.run(String.raw`STORE 3 +FLAGS.SILENT (\Flagged)`);
    await one.run('EXPUNGE');
    deposit(mailbox, 'quatre');
    // Numbers must not move under a command that uses them; the count of what is not told yet goes on.
    expect(await other.run('FETCH 2 UID')).toBe(
      [
        '* 2 FETCH (UID 2)',
        '* 4 EXISTS',
        '* 1 RECENT',
        String.raw`* 1 FETCH (UID 1 FLAGS (\Deleted))`,
        String.raw`* 2 FETCH (UID 2 FLAGS (\Deleted))`,
        String.raw`* 3 FETCH (UID 3 FLAGS (\Flagged))`,
        'OK FETCH completed\r\n',
      ].join('\r\n'),
    );
    expect(await other.run('SEARCH ALL')).toBe('* SEARCH 1 2 3 4\r\nOK SEARCH completed\r\n');
    expect(await other.run(String.raw`STORE 1 +FLAGS (\Seen)`)).toMatch(/^\* 1 FETCH .*\r\nOK/su);
    expect(await other.run('NOOP')).toBe('* 1 EXPUNGE\r\n* 1 EXPUNGE\r\nOK NOOP completed\r\n');
    expect(await other.run('FETCH 1:* UID')).toBe('* 1 FETCH (UID 3)\r\n* 2 FETCH (UID 4)\r\nOK FETCH completed\r\n');
    expect(await one.run('NOOP')).toBe('* 2 EXISTS\r\n* 1 RECENT\r\nOK NOOP completed\r\n');
  });

  it('still read a mail that another session expunged, until they are told', async () => {
    const { one, other } = await two('gardé');
    await one.run(String.raw`STORE 1 +FLAGS.SILENT (\Deleted)`);
    await one.run('CLOSE');
    expect(await other.run('FETCH 1 BODY.PEEK[TEXT]')).toContain('{7}\r\ncorps\r\n');
    expect(await other.run('COPY 1 Archive')).toBe('* 1 EXPUNGE\r\nOK COPY completed\r\n');
  });

  it('are told as it happens while they IDLE', async () => {
    const { mailbox, one, other } = await two('un');
    other.send('i IDLE\r\n');
    await other.until(/\+ idling\r\n/u);
    deposit(mailbox, 'deux');
    expect(await other.until(/RECENT\r\n/u)).toMatch(/^\* 2 EXISTS\r\n/u);
    await one.run(String.raw`STORE 1 +FLAGS (\Seen)`);
    expect(await other.until(/FETCH .*\r\n/u)).toBe('* 1 FETCH (UID 1 FLAGS (\\Seen))\r\n');
    await one.run('UID MOVE 1 Trash');
    expect(await other.until(/EXPUNGE\r\n/u)).toBe('* 1 EXPUNGE\r\n');
    other.send('done\r\n');
    expect(await other.tagged('i')).toBe('OK IDLE completed\r\n');
    other.send('j IDLE\r\nNOOP\r\n');
    expect(await other.tagged('j')).toMatch(/BAD Expected DONE/u);
    const told = context.journal.list({ operation: 'idle', about: mailbox.address });
    expect(told.map(({ outcome }) => outcome)).toEqual(['IDLE : OK', 'IDLE : BAD, DONE attendu']);
  });

  it('end when their folder is deleted', async () => {
    const { one, other } = await two();
    await one.run('CREATE Fini');
    await other.run('SELECT Fini');
    await one.run('DELETE Fini');
    expect(await other.rest()).toBe('* BYE The selected mailbox was deleted\r\n');
    expect(await one.run('NOOP')).toBe('OK NOOP completed\r\n');
  });

  it('give \\Recent to one session only, EXAMINE to none', async () => {
    const { mailbox, one, other } = await two();
    await other.run('EXAMINE INBOX');
    deposit(mailbox, 'un');
    expect(await other.run('NOOP')).toContain('* 1 RECENT');
    expect(await one.run('NOOP')).toContain('* 1 RECENT');
    expect(await other.run('EXAMINE INBOX')).toContain('* 0 RECENT');
  });
});

describe('UIDVALIDITY', () => {
  const validity = (replies: string): number => Number(/UIDVALIDITY (\d+)/u.exec(replies)?.[1]);

  it('stays during a run, grows at a reset and for a folder made again', async () => {
    const { mailbox, one } = await two('un');
    const before = validity(await one.run('SELECT INBOX'));
    expect(validity(await one.run('EXAMINE INBOX'))).toBe(before);
    await one.run('CREATE Deux');
    const first = validity(await one.run('STATUS Deux (UIDVALIDITY)'));
    await one.run('DELETE Deux');
    await one.run('CREATE Deux');
    expect(validity(await one.run('STATUS Deux (UIDVALIDITY)'))).toBeGreaterThan(first);
    running.reset();
    const again = await bench.open(mailbox);
    const selected = await again.run('SELECT INBOX');
    expect(validity(selected)).toBeGreaterThan(first);
    expect(selected).toContain('* 0 EXISTS');
  });

  it('changes with the situation: the same mails, other numbers', async () => {
    const { mailbox, one, other } = await two('un', 'deux');
    await one.run(String.raw`STORE 1 +FLAGS.SILENT (\Deleted)`);
    await one.run('EXPUNGE');
    const before = validity(await one.run('SELECT INBOX'));
    context.situations.set({ service: 'mssante', about: mailbox.address, situation: 'imap-uidvalidity', times: 1 });
    const played = await one.run('SELECT INBOX');
    expect(validity(played)).toBeGreaterThan(before);
    expect(await one.run('UID FETCH 1:* (UID BODY.PEEK[HEADER.FIELDS (Subject)])')).toContain(
      'UID 1 BODY[HEADER.FIELDS (Subject)] {17}\r\nSubject: deux',
    );
    expect(await other.rest()).toBe('* BYE UIDVALIDITY of the mailbox has changed\r\n');
    expect(validity(await one.run('SELECT INBOX'))).toBe(validity(played));
    const told = context.journal.list({ operation: 'select', about: mailbox.address });
    expect(told.map(({ outcome }) => outcome)).toContain('SELECT : OK, UIDVALIDITY changée (situation)');
  });
});

describe('a connection', () => {
  it('over TLS from its first byte has the certificate judged as with STARTTLS', async () => {
    await expect(RawImap.connect(running, context)).rejects.toThrow('closed');
    await expect(RawImap.connect(running, context, context.pki.clients['REVOKED'])).rejects.toThrow('closed');
    const last = context.journal.list({ operation: 'tls' }).at(-1);
    expect(last?.outcome).toMatch(/révoqué/u);
  });

  it('logs in with literals, with an answer in the command or after it, and may give up', async () => {
    const { mailbox } = await two();
    const plain = Buffer.from(`\0${mailbox.user}\0${mailbox.password}`).toString('base64');
    const first = await bench.connect();
    expect(await first.run('CAPABILITY')).toContain('SASL-IR AUTH=PLAIN AUTH=XOAUTH2');
    expect(await first.run('SELECT INBOX')).toMatch(/^BAD Log in first/u);
    expect(await first.run('AUTHENTICATE NTLM')).toMatch(/^NO \[CANNOT\]/u);
    first.send('p AUTHENTICATE PLAIN\r\n');
    await first.until(/\+ \r\n/u);
    first.send('*\r\n');
    expect(await first.tagged('p')).toMatch(/^BAD Authentication aborted/u);
    expect(await first.run(`AUTHENTICATE XOAUTH2 =`)).toMatch(/^NO \[AUTHENTICATIONFAILED\]/u);
    expect(await first.run(`AUTHENTICATE PLAIN ${plain}`)).toMatch(/^OK \[CAPABILITY IMAP4rev1 .*IDLE/u);
    const second = await bench.connect();
    second.send(`l LOGIN {${mailbox.user.length}}\r\n`);
    await second.until(/\+ Ready.*\r\n/u);
    second.send(`${mailbox.user} {${mailbox.password.length}}\r\n`);
    await second.until(/\+ Ready.*\r\n/u);
    second.send(`${mailbox.password}\r\n`);
    expect(await second.tagged('l')).toMatch(/^OK/u);
    const told = context.journal.list({ operation: 'login' }).flatMap((one) => (one.protocol === 'imap' ? [one] : []));
    const bytes = told.map((one) => Buffer.from(one.received).toString('latin1')).join('');
    expect(bytes).toContain(`l LOGIN ${mailbox.user} ***`);
    expect(bytes).toContain('AUTHENTICATE PLAIN ***');
    for (const secret of [mailbox.password, plain]) expect(bytes).not.toContain(secret);
  });
});
