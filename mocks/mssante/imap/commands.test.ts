import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Mailbox } from '../../types.ts';
import { startImapBench } from './imap-bench.fixture.ts';
import type { RawImap } from './raw-client.fixture.ts';

/** Ten o'clock today: the certificates of the tests begin the day before they are made. */
const NOW = new Date(`${new Date().toISOString().slice(0, 10)}T10:00:00Z`);
/** As IMAP writes it: `22-Nov-2026`. */
const TODAY = NOW.toUTCString().replace(/^\w+, (\d+) (\w+) (\d+) .*$/u, '$1-$2-$3');
/** With the blank that a day of one digit has in INTERNALDATE. */
const DAY = TODAY.replace(/^0/u, ' ');
const bench = await startImapBench({ maxBytes: 1000 }, { now: () => NOW });
const { context, running } = bench;
let mailbox: Mailbox;
let client: RawImap;

beforeEach(async () => {
  // Each test has a mailbox of its own: the server is started once.
  mailbox = bench.mailboxWith();
  client = await bench.open(mailbox);
});
afterAll(() => bench.close());

const mail = (subject: string, more = ''): string =>
  `From: <a@banc.test>\r\nSubject: ${subject}\r\n${more}\r\ncorps\r\n`;
const deposit = (...subjects: readonly string[]): void =>
  bench.deposit(mailbox, ...subjects.map((subject) => mail(subject)));
const append = (folder: string, source: string, before = ''): Promise<string> =>
  client.run(`APPEND ${folder} ${before}{${source.length}+}\r\n${source}`);
/** UIDVALIDITY varies from a start to the next. */
const steady = (replies: string): string =>
  replies.replaceAll(/(UIDVALIDITY|APPENDUID|COPYUID) \d+/gu, (_, name: string) => `${name} 1`);

describe('opening folders', () => {
  it('says everything that RFC 3501 asks of SELECT', async () => {
    deposit('un', 'deux');
    expect(steady(await client.run('SELECT inbox'))).toBe(
      [
        String.raw`* FLAGS (\Answered \Flagged \Deleted \Seen \Draft)`,
        '* 2 EXISTS',
        '* 2 RECENT',
        '* OK [UNSEEN 1] First unseen message',
        String.raw`* OK [PERMANENTFLAGS (\Answered \Flagged \Deleted \Seen \Draft \*)] Flags that stay`,
        '* OK [UIDVALIDITY 1] UIDs are valid',
        '* OK [UIDNEXT 3] Next UID',
        'OK [READ-WRITE] SELECT completed\r\n',
      ].join('\r\n'),
    );
    const again = await client.run('EXAMINE "INBOX"');
    expect(again).toContain('* 0 RECENT');
    expect(again).toContain('PERMANENTFLAGS ()');
    expect(again).toContain('OK [READ-ONLY]');
    expect(await client.run(String.raw`STORE 1 +FLAGS (\Seen)`)).toMatch(/^NO \[CANNOT\]/u);
  });

  it('leaves the folder that was open when the new one does not exist', async () => {
    await client.run('SELECT INBOX');
    expect(await client.run('SELECT Ailleurs')).toBe('NO [NONEXISTENT] No such mailbox\r\n');
    expect(await client.run('FETCH 1 FLAGS')).toBe('BAD No mailbox is selected\r\n');
  });

  it('lists, with wildcards, special uses and states', async () => {
    expect(await client.run('LIST "" ""')).toContain(String.raw`* LIST (\Noselect) "/" ""`);
    expect((await client.run('LIST "" *')).match(/\* LIST/gu)).toHaveLength(6);
    expect(await client.run('LIST "" "%"')).toContain(String.raw`* LIST (\HasNoChildren \Sent) "/" Sent`);
    const special = await client.run('LIST (SPECIAL-USE) "" "*" RETURN (SUBSCRIBED CHILDREN STATUS (MESSAGES UNSEEN))');
    expect(special).not.toContain('INBOX');
    expect(special).toContain(String.raw`* LIST (\HasNoChildren \Trash \Subscribed) "/" Trash`);
    expect(special).toContain('* STATUS Trash (MESSAGES 0 UNSEEN 0)');
    expect(await client.run('LIST "" ("inbox" "Dra%")')).toMatch(/INBOX\r\n.*Drafts\r\nOK/su);
    expect(await client.run('LIST (NOPE) "" *')).toMatch(/^BAD/u);
  });

  it('makes, renames, subscribes and deletes folders, with accents in modified UTF-7', async () => {
    expect(await client.run('CREATE "R&AOk-sultats/2026"')).toBe('OK CREATE completed\r\n');
    expect(await client.run('LIST "" "R*"')).toContain(String.raw`* LIST (\HasChildren) "/" R&AOk-sultats`);
    expect(await client.run('LSUB "" "*"')).not.toContain('sultats');
    expect(await client.run('SUBSCRIBE R&AOk-sultats/2026')).toContain('OK');
    expect(await client.run('LSUB "" "*"')).toContain('* LSUB (\\HasNoChildren) "/" R&AOk-sultats/2026');
    expect(await client.run('DELETE R&AOk-sultats')).toMatch(/^NO \[HASCHILDREN\]/u);
    expect(await client.run('RENAME R&AOk-sultats Rangement/R&AOk-sultats')).toContain('OK');
    expect(await client.run('STATUS Rangement/R&AOk-sultats/2026 (MESSAGES UIDNEXT SIZE)')).toContain(
      '* STATUS Rangement/R&AOk-sultats/2026 (MESSAGES 0 UIDNEXT 1 SIZE 0)',
    );
    expect(await client.run('CREATE Rangement')).toMatch(/^NO \[ALREADYEXISTS\]/u);
    expect(await client.run('CREATE "R\u00e9sultats"')).toMatch(/^NO \[CANNOT\]/u);
    expect(await client.run('CREATE a//b')).toMatch(/^NO \[CANNOT\]/u);
    expect(await client.run('DELETE INBOX')).toMatch(/^NO \[CANNOT\]/u);
    expect(await client.run('UNSUBSCRIBE Nulle/part')).toMatch(/^NO \[NONEXISTENT\]/u);
    await client.run('SELECT Rangement/R&AOk-sultats/2026');
    expect(await client.run('DELETE Rangement/R&AOk-sultats/2026')).toBe('OK DELETE completed\r\n');
    expect(await client.run('NOOP')).toBe('OK NOOP completed\r\n');
  });

  it('moves the mails of INBOX when it is renamed', async () => {
    deposit('un');
    await client.run('SELECT INBOX');
    expect(await client.run('RENAME INBOX Anciens')).toContain('* 1 EXPUNGE');
    expect(await client.run('STATUS Anciens (MESSAGES)')).toContain('(MESSAGES 1)');
  });
});

describe('mails', () => {
  it('takes them with flags, date, 8-bit bytes, and both kinds of literals', async () => {
    const source = mail('é', 'X: \u00e9\r\n');
    expect(steady(await append('Sent', source, String.raw`(\Seen $MDNSent) " 5-Jan-2026 11:00:00 +0100" `))).toBe(
      'OK [APPENDUID 1 1] APPEND completed\r\n',
    );
    client.send(`a APPEND Sent {${source.length}}\r\n`);
    expect(await client.until(/\r\n/u)).toBe('+ Ready for literal data\r\n');
    client.send(`${source}\r\n`);
    expect(steady(await client.tagged('a'))).toBe('OK [APPENDUID 1 2] APPEND completed\r\n');
    await client.run('SELECT Sent');
    expect(await client.run('FETCH 1:* (FLAGS INTERNALDATE RFC822)')).toBe(
      `* 1 FETCH (FLAGS (\\Seen $MDNSent \\Recent) INTERNALDATE " 5-Jan-2026 10:00:00 +0000" RFC822 {${source.length}}\r\n${source})\r\n` +
        `* 2 FETCH (FLAGS (\\Seen \\Recent) INTERNALDATE "${DAY} 10:00:00 +0000" RFC822 {${source.length}}\r\n${source})\r\n` +
        'OK FETCH completed\r\n',
    );
  });

  it('refuses what it cannot take, and says why', async () => {
    expect(await append('Nulle', mail('x'))).toMatch(/^NO \[TRYCREATE\]/u);
    expect(await append('Sent', mail('x'), '"hier" ')).toMatch(/^BAD Expected a date/u);
    expect(await append('Sent', mail('x'), String.raw`(\Recent) `)).toMatch(/^BAD/u);
    expect(await append('Sent', 'a\0b')).toMatch(/^BAD NUL/u);
    client.send('a APPEND Sent {5000}\r\n');
    expect(await client.tagged('a')).toMatch(/^NO \[TOOBIG\]/u);
    const refused = context.journal.list({ operation: 'append', about: mailbox.address }).at(-1);
    expect(refused?.outcome).toBe('APPEND : NO, plus de 1000 octets');
    // What nobody asked leave for can only be stopped by closing.
    client.send('b APPEND Sent {5000+}\r\n');
    expect(await client.rest()).toBe('* BYE Literal too long\r\n');
  });

  it('changes flags in every way, and tells a new keyword before it is seen', async () => {
    deposit('un', 'deux');
    await client.run('SELECT INBOX');
    expect(await client.run(String.raw`STORE 1 FLAGS (\flagged Urgent)`)).toBe(
      String.raw`* FLAGS (\Answered \Flagged \Deleted \Seen \Draft Urgent)` +
        '\r\n' +
        String.raw`* 1 FETCH (FLAGS (\Flagged Urgent \Recent))` +
        '\r\nOK STORE completed\r\n',
    );
    expect(await client.run(String.raw`UID STORE 1:2 -FLAGS.SILENT \Flagged Urgent`)).toBe(
      'OK UID STORE completed\r\n',
    );
    expect(await client.run(String.raw`UID STORE 2 +FLAGS \Deleted`)).toContain(
      String.raw`* 2 FETCH (UID 2 FLAGS (\Deleted \Recent))`,
    );
    expect(await client.run('STORE 3 +FLAGS x')).toMatch(/^BAD/u);
    expect(await client.run('UID STORE 3 +FLAGS x')).toBe('OK UID STORE completed\r\n');
    expect(await client.run('UID EXPUNGE 1')).toBe('OK UID EXPUNGE completed\r\n');
    expect(await client.run('UID EXPUNGE 1:*')).toBe('* 2 EXPUNGE\r\nOK UID EXPUNGE completed\r\n');
  });

  it('copies and moves, telling the new UIDs', async () => {
    deposit('un', 'deux', 'trois');
    await client.run('SELECT INBOX');
    expect(steady(await client.run('COPY 1,3 Archive'))).toBe('OK [COPYUID 1 1,3 1:2] COPY completed\r\n');
    expect(steady(await client.run('UID MOVE 2:3 Trash'))).toBe(
      '* OK [COPYUID 1 2:3 1:2] Moved\r\n* 2 EXPUNGE\r\n* 2 EXPUNGE\r\nOK MOVE completed\r\n',
    );
    expect(await client.run('MOVE 1 Nulle')).toMatch(/^NO \[TRYCREATE\]/u);
    expect(await client.run('STATUS Trash (MESSAGES RECENT)')).toContain('(MESSAGES 2 RECENT 2)');
    expect(running.delivered(mailbox.address)).toHaveLength(3);
  });

  it('expunges without a word at CLOSE, and not at UNSELECT nor from EXAMINE', async () => {
    deposit('un', 'deux');
    await client.run('SELECT INBOX');
    await client.run(String.raw`STORE 1 +FLAGS.SILENT (\Deleted)`);
    expect(await client.run('UNSELECT')).toBe('OK UNSELECT completed\r\n');
    expect(await client.run('EXAMINE INBOX')).toContain('* 2 EXISTS');
    expect(await client.run('EXPUNGE')).toMatch(/^NO/u);
    await client.run('CLOSE');
    await client.run('SELECT INBOX');
    expect(await client.run('CLOSE')).toBe('OK CLOSE completed\r\n');
    expect(await client.run('SELECT INBOX')).toContain('* 1 EXISTS');
  });

  it('reads sections and pieces of them, and sets \\Seen only without PEEK', async () => {
    deposit('titre');
    await client.run('SELECT INBOX');
    expect(await client.run('FETCH 1 (BODY.PEEK[HEADER.FIELDS (subject)]<0.9> BODY.PEEK[2])')).toBe(
      '* 1 FETCH (BODY[HEADER.FIELDS (subject)]<0> {9}\r\nSubject:  BODY[2] NIL)\r\nOK FETCH completed\r\n',
    );
    expect(await client.run('FETCH 1 BODY[TEXT]')).toBe(
      `* 1 FETCH (BODY[TEXT] {7}\r\ncorps\r\n FLAGS (\\Seen \\Recent))\r\nOK FETCH completed\r\n`,
    );
    expect(await client.run('FETCH 1 BODY[1.MIME]<500.10>')).toContain('BODY[1.MIME]<500> {0}\r\n)');
    expect(await client.run('UID FETCH 1 FAST')).toMatch(
      new RegExp(
        String.raw`^\* 1 FETCH \(UID 1 FLAGS \(\\Seen \\Recent\) INTERNALDATE "${DAY} 10:00:00 \+0000" RFC822\.SIZE \d+\)`,
        'u',
      ),
    );
    expect(await client.run('FETCH 1 (FLAGS NOPE)')).toMatch(/^BAD Unknown FETCH item/u);
    expect(await client.run('FETCH 1 BODY[MIME]')).toMatch(/^BAD/u);
    expect(await client.run('UID FETCH 5:* UID')).toContain('* 1 FETCH (UID 1)');
  });
});

describe('SEARCH', () => {
  it.each([
    ['ALL', '1 2 3'],
    ['1:2', '1 2'],
    ['UID 3', '3'],
    ['UNSEEN', '1 2 3'],
    ['NEW', '1 2 3'],
    ['OLD', ''],
    ['FLAGGED', ''],
    ['SUBJECT "CR d\'examens"', '1'],
    ['SUBJECT "pr\u00c3\u00a9nom"', ''],
    ['CHARSET UTF-8 SUBJECT {7+}\r\nr\u00c3\u00a9sult', '2'],
    ['TEXT "GLYC\u00c3\u00a9mie"', '2'],
    ['BODY "corps"', '1 3'],
    ['BODY Subject', ''],
    ['HEADER X-MSS-INS ""', '1'],
    ['HEADER X-MSS-INS O', '1'],
    ['FROM a@banc.test TO nobody', ''],
    ['OR SUBJECT examens SUBJECT trois', '1 3'],
    ['NOT (OR 1 3)', '2'],
    ['LARGER 130', '2'],
    ['SMALLER 60', '3'],
    ['SENTON 5-Jan-2026', '1'],
    ['SENTBEFORE 6-Jan-2026 SENTSINCE "4-Jan-2026"', '1'],
    [`ON ${TODAY}`, '1 2 3'],
    [`BEFORE ${TODAY}`, ''],
    ['KEYWORD Urgent', ''],
    ['UNKEYWORD Urgent UNDELETED', '1 2 3'],
  ])('%s', async (keys, expected) => {
    running.deposit(
      mailbox.address,
      Buffer.from(mail("CR d'examens", 'X-MSS-INS: O\r\nDate: Mon, 5 Jan 2026 23:50:00 -0800\r\n')),
    );
    running.deposit(
      mailbox.address,
      Buffer.from(
        'From: <a@banc.test>\r\nSubject: =?utf-8?Q?R=C3=A9sultats?=\r\nContent-Type: text/plain; charset=iso-8859-1\r\n' +
          'Content-Transfer-Encoding: quoted-printable\r\n\r\nglyc=E9mie\r\n',
      ),
    );
    deposit('trois');
    await client.run('SELECT INBOX');
    const found = /^\* SEARCH(.*)\r\n/u.exec(await client.run(`SEARCH ${keys}`))?.[1];
    expect(found?.trim()).toBe(expected);
  });

  it('gives the extremes, the count and the set (ESEARCH), refuses charsets it cannot read', async () => {
    deposit('un', 'deux', 'trois');
    await client.run('SELECT INBOX');
    expect(await client.run('UID SEARCH RETURN (MIN MAX COUNT ALL) ALL')).toMatch(
      /^\* ESEARCH \(TAG "t\d+"\) UID MIN 1 MAX 3 COUNT 3 ALL 1:3\r\nOK/u,
    );
    expect(await client.run('SEARCH RETURN () SEEN')).toMatch(/^\* ESEARCH \(TAG "t\d+"\)\r\nOK/u);
    expect(await client.run('SEARCH CHARSET KOI8-R ALL')).toMatch(/^NO \[BADCHARSET \(US-ASCII UTF-8\)\]/u);
    for (const keys of ['', 'SINCE hier', 'NOPE', '()', 'OR 1', `${'NOT '.repeat(600)}ALL`]) {
      expect(await client.run(`SEARCH ${keys}`)).toMatch(/^BAD/u);
    }
  });
});

describe('what makes no sense', () => {
  it('is answered BAD, and ends the session when it goes on', async () => {
    expect(await client.run('FETCH')).toMatch(/^BAD/u);
    expect(await client.run('LOGIN a b')).toMatch(/^BAD Logged in already/u);
    expect(await client.run('STARTTLS')).toMatch(/^BAD TLS is active/u);
    expect(await client.run('UID NOOP')).toMatch(/^BAD/u);
    expect(await client.run('NOOP ')).toMatch(/^BAD/u);
    expect(await client.run('CAPABILITY')).toContain('MOVE');
    client.send('\r\n'.repeat(30));
    const rest = await client.rest();
    expect(rest.match(/^\* BAD/gmu)).toHaveLength(20);
    expect(rest).toMatch(/\* BYE [^\r]+\r\n$/u);
  });

  it('does not show a password, even out of place', async () => {
    await client.run(`LOGIN ${mailbox.user} ${mailbox.password}`);
    await client.run('LOGOUT');
    const told = context.journal
      .list({ about: mailbox.address })
      .flatMap((one) => (one.protocol === 'imap' ? [one] : []));
    const bytes = told.map((one) => Buffer.from(one.received).toString('latin1')).join('');
    expect(bytes).toContain(`LOGIN ${mailbox.user} ***`);
    expect(bytes).not.toContain(mailbox.password);
  });
});
