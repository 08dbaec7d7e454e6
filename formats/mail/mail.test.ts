import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attachment, makeMail } from './mail.fixture.ts';
import { header, headers, readAddresses, readMail } from './index.ts';
import type { Mail, MailLimits } from './index.ts';

function read(source: Uint8Array | string, limits?: MailLimits): Mail {
  const reading = readMail(typeof source === 'string' ? Buffer.from(source, 'utf8') : source, limits);
  if (!reading.ok) throw new Error(reading.fault.code);
  return reading.mail;
}

const crlf = (...lines: readonly string[]): string => lines.join('\r\n');
const codes = (mail: Mail): string[] => mail.problems.map((problem) => problem.code);

describe('headers', () => {
  it('keep order, line, raw text and duplicates', () => {
    const mail = read(crlf('Received: un', 'Subject: a', '\tb', 'received: deux', '', 'corps'));
    expect(mail.headers.map((one) => [one.name, one.value, one.line])).toEqual([
      ['Received', 'un', 1],
      ['Subject', 'a\tb', 2],
      ['received', 'deux', 4],
    ]);
    expect(mail.headers[1]?.raw).toBe('Subject: a\r\n\tb');
    expect(headers(mail, 'RECEIVED').map((one) => one.value)).toEqual(['un', 'deux']);
    expect(header(mail, 'subject')).toBe('a\tb');
  });

  it.each([
    ['=?UTF-8?Q?R=C3=A9sultats_re=C3=A7us?=', 'Résultats reçus'],
    ['=?utf-8?B?UsOpc3VsdGF0cw==?=', 'Résultats'],
    ['=?ISO-8859-1?Q?R=E9sultats?= du jour', 'Résultats du jour'],
    ['=?UTF-8?Q?R=C3?= =?UTF-8?Q?=A9?=', 'Ré'],
    ['=?UTF-8?Q?a?=\r\n =?UTF-8?Q?b?=', 'ab'],
    ['a =?UTF-8?Q?b?= c', 'a b c'],
    ['=?UTF-8*fr?Q?b=C3=A9?=', 'bé'],
    ['=?X-INCONNU?Q?R=E9?=', 'Ré'],
    ['=?UTF-8?Q?pas fini', '=?UTF-8?Q?pas fini'],
  ])('decode %j', (raw, value) => {
    expect(header(read(crlf(`Subject: ${raw}`, '', '')), 'Subject')).toBe(value);
  });

  it('tolerate raw 8-bit and say so', () => {
    const mail = read(crlf('Subject: Résultats', '', ''));
    expect(header(mail, 'Subject')).toBe('Résultats');
    expect(codes(mail)).toEqual(['MAIL_RAW_8BIT_HEADER']);
  });

  it('report a line that is no header, and a lone line feed', () => {
    expect(codes(read('Subject: a\r\npas un en-tete\r\n\r\n'))).toEqual(['MAIL_HEADER_LINE']);
    expect(codes(read('Subject: a\nFrom: b@c.test\n\ncorps'))).toEqual(['MAIL_BARE_LINE_FEED']);
  });

  it('report a line that is too long, and a byte that no mail holds', () => {
    expect(codes(read(crlf(`Subject: ${'a'.repeat(989)}`, '', '')))).toEqual([]);
    expect(codes(read(crlf(`Subject: ${'a'.repeat(990)}`, '', '')))).toEqual(['MAIL_LINE_TOO_LONG']);
    expect(codes(read(crlf('Subject: a', '', 'co\0rps')))).toEqual(['MAIL_NUL']);
  });
});

describe('files that are no source of a mail', () => {
  it.each([
    ['a message of Outlook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), /Outlook/],
    ['an archive', Buffer.from('PK\u0003\u0004'), /archive ZIP/],
    ['a text in UTF-16', Buffer.from('\ufeffSubject: a\r\n\r\n', 'utf16le'), /UTF-16/],
    ['lines ended by CR alone', Buffer.from('Subject: a\rFrom: b@c.test\r\rcorps'), /CR seul/],
    ['a flood of headers', Buffer.from(`${'X-A: b\r\n'.repeat(1001)}\r\n`), /Plus de 1000 en-têtes/],
  ])('are told: %s', (_what, bytes, words) => {
    const reading = readMail(bytes);
    expect(reading.ok ? '' : reading.fault.message).toMatch(words);
  });
});

describe('addresses', () => {
  const addresses = (value: string) => {
    const [first] = read(crlf(`To: ${value}`, '', '')).headers;
    return first ? readAddresses(first) : [];
  };
  it.each([
    ['a@b.test', [['', 'a@b.test']]],
    [
      '"DR_EVA, BIO" <a@b.test>, c@d.test',
      [
        ['DR_EVA, BIO', 'a@b.test'],
        ['', 'c@d.test'],
      ],
    ],
    ['=?UTF-8?Q?DR_=C3=89va=2C_B?= <a@b.test>', [['DR Éva, B', 'a@b.test']]],
    ['"a \\"b\\" c" <a@b.test>', [['a "b" c', 'a@b.test']]],
    [
      'groupe: a@b.test, c@d.test;',
      [
        ['', 'a@b.test'],
        ['', 'c@d.test'],
      ],
    ],
    ['a@b.test (commentaire, avec virgule)', [['', 'a@b.test']]],
  ])('%s', (value, expected) => {
    expect(addresses(value).map((one) => [one.name, one.address])).toEqual(expected);
  });
});

describe('parts', () => {
  it('give text, html and attachments with their bytes', () => {
    const bytes = Uint8Array.from({ length: 300 }, (_, index) => index % 256);
    const mail = read(
      makeMail({
        text: 'Bonjour à tous',
        html: '<p>à</p>',
        attachments: [attachment('IHE_XDM.ZIP', 'application/zip', bytes)],
      }),
    );
    expect(mail.problems).toEqual([]);
    expect(mail.text).toBe('Bonjour à tous');
    expect(mail.html).toBe('<p>à</p>');
    expect(mail.root.parts.map((part) => part.path)).toEqual(['1', '2']);
    expect(mail.root.parts[0]?.parts.map((part) => part.path)).toEqual(['1.1', '1.2']);
    expect(mail.attachments).toHaveLength(1);
    expect(mail.attachments[0]).toMatchObject({ path: '2', fileName: 'IHE_XDM.ZIP', disposition: 'attachment' });
    expect(Uint8Array.from(mail.attachments[0]?.content ?? [])).toEqual(bytes);
  });

  it.each([
    ["filename*=UTF-8''20260105_CR%20d%27%C3%A9tude.pdf", "20260105_CR d'étude.pdf"],
    ["filename*0*=iso-8859-1''r%E9;\r\n filename*1=sultat.pdf", 'résultat.pdf'],
    ['filename="=?UTF-8?Q?r=C3=A9sultat.pdf?="', 'résultat.pdf'],
    ['filename="a;b.pdf"', 'a;b.pdf'],
    ['filename=simple.pdf', 'simple.pdf'],
  ])('read the file name of %s', (parameter, name) => {
    const mail = read(crlf('Content-Type: application/pdf', `Content-Disposition: attachment; ${parameter}`, '', 'x'));
    expect(mail.attachments[0]?.fileName).toBe(name);
  });

  it('fall back on the name of Content-Type', () => {
    const mail = read(crlf('Content-Type: application/zip; name="IHE_XDM.ZIP"', '', 'x'));
    expect(mail.attachments[0]?.fileName).toBe('IHE_XDM.ZIP');
  });

  it('decode quoted-printable with soft breaks, and leave bad escapes alone', () => {
    const mail = read(
      crlf(
        'Content-Type: text/plain; charset=utf-8',
        'Content-Transfer-Encoding: quoted-printable',
        '',
        'R=C3=A9s=',
        'ultat =ZZ',
      ),
    );
    expect(mail.text).toBe('Résultat =ZZ');
  });

  it('decode 8-bit text by its charset', () => {
    const mail = read(
      Buffer.from(crlf('Content-Type: text/plain; charset=iso-8859-15', '', 'é €'), 'latin1').map((byte) =>
        byte === 0xac ? 0xa4 : byte,
      ),
    );
    expect(mail.text).toBe('é €');
  });

  it('take a mail without Content-Type as text', () => {
    const mail = read(crlf('Subject: a', '', 'corps'));
    expect(mail.text).toBe('corps');
    expect(mail.root).toMatchObject({ path: '1', contentType: undefined });
  });

  it('say when a delimiter is missing or not closed, or base64 is broken', () => {
    expect(codes(read(makeMail({ unclosed: true })))).toEqual(['MAIL_BOUNDARY_UNCLOSED']);
    expect(codes(read(makeMail({ headers: { 'Content-Type': 'multipart/mixed' } })))).toEqual([
      'MAIL_BOUNDARY_MISSING',
    ]);
    const broken = makeMail({ attachments: [{ type: 'application/pdf', content: 'JVBE!', encoding: 'BASE64' }] });
    expect(codes(read(broken))).toEqual(['MAIL_BASE64']);
  });

  it('keep a forwarded mail as bytes', () => {
    const mail = read(
      makeMail({ attachments: [{ type: 'message/rfc822', content: 'Subject: dedans\r\n\r\nx', encoding: '8bit' }] }),
    );
    expect(read(mail.attachments[0]?.content ?? '').headers[0]?.value).toBe('dedans');
  });
});

describe('bounds', () => {
  it('refuse nothing, no header, too much', () => {
    const code = (source: string, limits?: MailLimits): string | undefined => {
      const reading = readMail(Buffer.from(source), limits);
      return reading.ok ? undefined : reading.fault.code;
    };
    expect(code('')).toBe('MAIL_EMPTY');
    expect(code('\r\ncorps')).toBe('MAIL_NO_HEADER');
    expect(code('Subject: a\r\n\r\n', { maxBytes: 4 })).toBe('MAIL_TOO_LARGE');
    const many = `Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\n\r\n'.repeat(100)}--b--`;
    expect(code(many, { maxParts: 50 })).toBe('MAIL_TOO_MANY_PARTS');
    let deep = 'Subject: fond\r\n\r\nx';
    for (let level = 0; level < 40; level += 1) {
      deep = `Content-Type: multipart/mixed; boundary=b${level}\r\n\r\n--b${level}\r\n${deep}\r\n--b${level}--`;
    }
    expect(code(deep)).toBe('MAIL_TOO_DEEP');
  });

  it('never throws, whatever is cut or damaged', () => {
    const good = makeMail({
      html: '<p/>',
      attachments: [attachment('é.pdf', 'application/pdf', Buffer.from('%PDF-1.4'))],
    });
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.uint8Array({ maxLength: 12 }), (at, bytes) => {
        const damaged = Buffer.concat([good.subarray(0, at), bytes, good.subarray(at + 2)]);
        expect(typeof readMail(damaged).ok).toBe('boolean');
      }),
      { numRuns: 300 },
    );
  });
});
