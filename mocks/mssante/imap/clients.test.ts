import { afterAll, describe, expect, it } from 'vitest';
import type { Mailbox } from '../../types.ts';
import { imapClient } from '../testing.ts';
import { startImapBench } from './imap-bench.fixture.ts';
import type { RawImap } from './raw-client.fixture.ts';

const bench = await startImapBench();
const { context, running } = bench;
afterAll(() => bench.close());

const archive = Buffer.from(Array.from({ length: 3000 }, (_, at) => (at * 7) % 256));
const mail = (subject: string): string =>
  [
    'From: "LABO DES CHARMES" <labo@banc.test>',
    'To: <a@banc.test>',
    `Subject: ${subject}`,
    `Message-ID: <${subject}@banc.test>`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary="x"',
    '',
    '--x',
    'Content-Type: text/plain; charset=UTF-8',
    '',
    'Bonjour',
    '--x',
    'Content-Type: application/zip; name="IHE_XDM.ZIP"',
    'Content-Disposition: attachment; filename="IHE_XDM.ZIP"',
    'Content-Transfer-Encoding: base64',
    '',
    archive.toString('base64').replaceAll(/.{76}/gu, '$&\r\n'),
    '--x--',
    '',
  ].join('\r\n');

const mailboxWith = (...subjects: readonly string[]): Mailbox => bench.mailboxWith(...subjects.map(mail));
/** Plays commands, each of which must be answered OK. */
async function play(client: RawImap, commands: readonly string[]): Promise<Map<string, string>> {
  const replies = new Map<string, string>();
  for (const command of commands) {
    const reply = await client.run(command);
    expect([command, /(?:^|\r\n)(OK|NO|BAD) [^\r]*\r\n$/u.exec(reply)?.[1]]).toEqual([command, 'OK']);
    replies.set(command, reply);
  }
  return replies;
}

/** Sequences written from what the RFCs let a client of each family send, to a server that has these capabilities. */
describe('command sequences of desktop clients', () => {
  it('a client that caches headers by UID and idles, as Thunderbird does', async () => {
    const mailbox = mailboxWith('un', 'deux');
    const client = await bench.connect();
    const plain = Buffer.from(`\0${mailbox.user}\0${mailbox.password}`).toString('base64');
    client.send('1 AUTHENTICATE PLAIN\r\n');
    await client.until(/\+ \r\n/u);
    client.send(`${plain}\r\n`);
    await client.tagged('1');
    const size = Buffer.byteLength(mail('un'));
    const replies = await play(client, [
      'CAPABILITY',
      'ID ("name" "Messagerie" "version" "128.0")',
      'NAMESPACE',
      'LIST (SUBSCRIBED) "" "*" RETURN (SPECIAL-USE)',
      'LIST "" "INBOX"',
      'ENABLE UTF8=ACCEPT',
      'SELECT "INBOX"',
      'UID FETCH 1:* (FLAGS)',
      'UID FETCH 1:2 (UID RFC822.SIZE FLAGS BODY.PEEK[HEADER.FIELDS (From To Cc Bcc Subject Date Message-ID Priority X-Priority References Newsgroups In-Reply-To Content-Type Reply-To)])',
      'UID FETCH 2 (UID RFC822.SIZE BODY.PEEK[])',
      `UID FETCH 2 (UID RFC822.SIZE BODY.PEEK[]<0.${size + 1000}>)`,
      String.raw`UID STORE 2 +FLAGS (\Seen)`,
      'UID STORE 2 +FLAGS ($MDNSent)',
      'UID COPY 2 "Trash"',
      String.raw`UID STORE 2 +FLAGS (\Deleted)`,
      'EXPUNGE',
      'CHECK',
    ]);
    expect(replies.get('NAMESPACE')).toContain('* NAMESPACE (("" "/")) NIL NIL');
    expect(replies.get('UID FETCH 1:* (FLAGS)')).toContain('* 2 FETCH (UID 2 FLAGS (\\Recent))');
    expect(replies.get('UID FETCH 2 (UID RFC822.SIZE BODY.PEEK[])')).toContain(
      `{${mail('deux').length}}\r\n${mail('deux')}`,
    );
    expect(replies.get('EXPUNGE')).toBe('* 2 EXPUNGE\r\nOK EXPUNGE completed\r\n');
    client.send('9 IDLE\r\n');
    await client.until(/\+ idling\r\n/u);
    running.deposit(mailbox.address, Buffer.from(mail('trois')));
    expect(await client.until(/RECENT\r\n/u)).toContain('* 2 EXISTS');
    client.send('DONE\r\n10 LOGOUT\r\n');
    expect(await client.rest()).toMatch(/^9 OK[^\r]*\r\n\* BYE[^\r]*\r\n10 OK[^\r]*\r\n$/u);
  });

  it('a client that logs in with literals and polls, as Outlook does', async () => {
    const mailbox = mailboxWith('un', 'deux');
    const client = await bench.connect();
    client.send(`a1 LOGIN {${mailbox.user.length}}\r\n`);
    await client.until(/\+ .*\r\n/u);
    client.send(`${mailbox.user} {${mailbox.password.length}}\r\n`);
    await client.until(/\+ .*\r\n/u);
    client.send(`${mailbox.password}\r\n`);
    await client.tagged('a1');
    const replies = await play(client, [
      'LIST "" ""',
      'LSUB "" "*"',
      'LIST "" "*"',
      'STATUS "INBOX" (MESSAGES UIDNEXT UIDVALIDITY UNSEEN)',
      'STATUS "Sent" (UNSEEN MESSAGES)',
      'SELECT "INBOX"',
      'UID FETCH 1:* (UID FLAGS)',
      'UID FETCH 1,2 (UID FLAGS RFC822.SIZE BODY.PEEK[HEADER] INTERNALDATE)',
      'UID FETCH 1 (UID FLAGS RFC822.SIZE ENVELOPE BODYSTRUCTURE)',
      'UID FETCH 1 (BODY.PEEK[1.MIME] BODY.PEEK[1] BODY.PEEK[2.MIME] BODY.PEEK[2])',
      String.raw`UID STORE 1 +FLAGS.SILENT (\Seen \Deleted)`,
      'UID EXPUNGE 1',
      'NOOP',
      'CLOSE',
      'LOGOUT',
    ]);
    expect(replies.get('STATUS "INBOX" (MESSAGES UIDNEXT UIDVALIDITY UNSEEN)')).toMatch(
      /\* STATUS INBOX \(MESSAGES 2 UIDNEXT 3 UIDVALIDITY \d+ UNSEEN 2\)/u,
    );
    expect(replies.get('UID FETCH 1 (UID FLAGS RFC822.SIZE ENVELOPE BODYSTRUCTURE)')).toContain(
      '("APPLICATION" "ZIP" ("NAME" "IHE_XDM.ZIP") NIL NIL "BASE64"',
    );
    expect(replies.get('UID EXPUNGE 1')).toBe('* 1 EXPUNGE\r\nOK UID EXPUNGE completed\r\n');
  });

  it('a client that reads structures then parts, several commands ahead, as Apple Mail does', async () => {
    const mailbox = mailboxWith('un');
    const client = await bench.connect();
    await play(client, [`LOGIN "${mailbox.user}" "${mailbox.password}"`]);
    client.send(
      '2 NAMESPACE\r\n3 LIST "" "*" RETURN (SPECIAL-USE STATUS (MESSAGES UIDNEXT UIDVALIDITY))\r\n4 SELECT INBOX\r\n' +
        '5 FETCH 1:1 (FLAGS UID BODY.PEEK[HEADER.FIELDS (content-type date from subject x-universally-unique-identifier)] MODSEQ)\r\n' +
        '6 FETCH 1:1 (INTERNALDATE UID RFC822.SIZE FLAGS BODYSTRUCTURE BODY.PEEK[HEADER])\r\n7 UID FETCH 1 BODY.PEEK[2]<1000.500>\r\n',
    );
    for (const tag of ['2', '3', '4']) expect(await client.tagged(tag)).toMatch(/OK \S/u);
    // MODSEQ is of an extension that the server does not announce.
    expect(await client.tagged('5')).toMatch(/^BAD/u);
    expect(await client.tagged('6')).toMatch(/OK FETCH completed\r\n$/u);
    const encoded = archive.toString('base64').replaceAll(/.{76}/gu, '$&\r\n');
    expect(await client.tagged('7')).toContain(`BODY[2]<1000> {500}\r\n${encoded.slice(1000, 1500)})`);
    const sent = mail('parti');
    await play(client, [
      `APPEND Sent (\\Seen) "22-Nov-2026 10:00:00 +0100" {${sent.length}+}\r\n${sent}`,
      'UID SEARCH 1:* NOT DELETED SINCE 1-Jan-2020',
      'UID MOVE 1 Archive',
      'UNSELECT',
    ]);
  });
});

describe('imapflow', () => {
  it('lists, appends, searches, downloads parts, flags, copies, moves, deletes and idles', async () => {
    const mailbox = mailboxWith('un', 'deux', 'trois');
    const client = imapClient(running, context, { mailbox, credential: context.pki.clients['ORG_AUTH_CLI'] });
    await client.connect();
    expect(client.capabilities.has('MOVE')).toBe(true);
    const folders = await client.list({ statusQuery: { messages: true } });
    expect(folders.map(({ path, specialUse }) => [path, specialUse])).toEqual(
      expect.arrayContaining([
        ['INBOX', '\\Inbox'],
        ['Archive', '\\Archive'],
        ['Sent', '\\Sent'],
      ]),
    );
    await client.mailboxCreate(['Résultats', '2026']);
    const appended = await client.append(
      'Résultats/2026',
      Buffer.from(mail('joint')),
      ['\\Seen', '$MDNSent'],
      new Date(),
    );
    expect(appended).toMatchObject({ uid: 1, destination: 'Résultats/2026' });
    await client.mailboxOpen('INBOX');
    expect(await client.search({ subject: 'deux', seen: false }, { uid: true })).toEqual([2]);
    const found = await client.fetchOne('2', {
      bodyStructure: true,
      envelope: true,
      internalDate: true,
      size: true,
      headers: ['subject'],
    });
    expect(found).toMatchObject({
      uid: 2,
      size: mail('deux').length,
      envelope: { subject: 'deux', from: [{ name: 'LABO DES CHARMES', address: 'labo@banc.test' }] },
      bodyStructure: {
        childNodes: [
          { part: '1', type: 'text/plain' },
          { part: '2', encoding: 'base64' },
        ],
      },
    });
    const { content, meta } = await client.download('2', '2', { uid: true });
    const chunks: Buffer[] = [];
    for await (const chunk of content) chunks.push(Buffer.from(chunk as Uint8Array));
    expect(meta.filename).toBe('IHE_XDM.ZIP');
    expect(Buffer.concat(chunks).equals(archive)).toBe(true);
    await client.messageFlagsAdd('1:2', ['\\Flagged', 'Urgent']);
    expect(await client.search({ keyword: 'Urgent' })).toEqual([1, 2]);
    expect(await client.messageCopy('1', 'Archive')).toMatchObject({ destination: 'Archive' });
    const moved = await client.messageMove('2', 'Trash', { uid: true });
    expect(moved === false ? undefined : moved.uidMap?.get(2)).toBe(1);
    await client.messageDelete('3', { uid: true });
    expect(await client.status('INBOX', { messages: true, uidNext: true })).toMatchObject({ messages: 1, uidNext: 4 });
    const arrived = new Promise<number>((resolve) => client.on('exists', ({ count }) => resolve(count)));
    const idling = client.idle();
    running.deposit(mailbox.address, Buffer.from(mail('quatre')));
    expect(await arrived).toBe(2);
    await client.noop();
    await idling;
    await client.mailboxDelete('Résultats/2026');
    await client.logout();
  });
});
