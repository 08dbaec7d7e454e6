import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wireAddresses } from './addresses.ts';
import { wireBodyStructure } from './body-structure.ts';
import { wireEnvelope } from './envelope.ts';
import { findSection, type Section } from './section.ts';
import { readStructure, type MailPart } from './structure.ts';

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

function read(
  source: Buffer,
  path: readonly number[],
  text: Section['text'] = 'whole',
  fields: string[] = [],
): string | undefined {
  const found = findSection(source, readStructure(source), { path, text, fields });
  if (found === undefined) return undefined;
  return ('bytes' in found ? found.bytes : source.subarray(found.start, found.end)).toString('latin1');
}

/** A part to be written: its body, or its parts, or the mail inside it. */
type Written = { readonly body: string } | { readonly parts: readonly Written[] } | { readonly mail: Written };

const leaf = fc
  .array(fc.constantFrom('texte', '', '--', '--b', '---- b1', '.', 'é', '--b1x', 'From: x', '\0'), { maxLength: 5 })
  .map((lines): Written => ({ body: lines.join('\r\n') }));
const { tree } = fc.letrec<{ tree: Written }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    fc.array(tie('tree'), { minLength: 1, maxLength: 4 }).map((parts): Written => ({ parts })),
    tie('tree').map((mail): Written => ({ mail })),
  ),
}));

/** Writes a part with a boundary that no body holds; notes what each number must give. */
function write(part: Written, path: readonly number[], isMail: boolean, expected: Map<string, string>): string {
  const header = isMail ? 'Subject: x\r\nMIME-Version: 1.0\r\n' : '';
  if ('parts' in part) {
    const boundary = `b${path.join('.')}=${isMail ? 'm' : 'p'}`;
    const inner = part.parts.map((one, index) => write(one, [...path, index + 1], false, expected));
    const body = `avant\r\n${inner.map((one) => `--${boundary}\r\n${one}\r\n`).join('')}--${boundary}--\r\naprès`;
    if (!isMail) expected.set(path.join('.'), body);
    return `${header}Content-Type: multipart/mixed; boundary="${boundary}"\r\n\r\n${body}`;
  }
  const own = isMail ? [...path, 1] : path;
  if ('mail' in part) {
    const body = write(part.mail, own, true, expected);
    expected.set(own.join('.'), body);
    return `${header}Content-Type: message/rfc822\r\n\r\n${body}`;
  }
  expected.set(own.join('.'), part.body);
  return `${header}Content-Type: text/plain\r\n\r\n${part.body}`;
}

describe('sections', () => {
  it('BODY[n] is the part that was put there, in any mail', () => {
    fc.assert(
      fc.property(tree, (written) => {
        const expected = new Map<string, string>();
        const source = bytes(write(written, [], true, expected));
        for (const [path, body] of expected)
          expect([path, read(source, path.split('.').map(Number))]).toEqual([path, body]);
      }),
      { numRuns: 300 },
    );
  });

  it('give headers, fields, MIME headers and texts, of the mail and of a mail inside', () => {
    const inner = 'Subject: dedans\r\nX-A: 1\r\n\r\ncorps';
    const source = bytes(
      `Subject: un\r\n deux\r\nTo: b\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nrien\r\n--x\r\nContent-Type: message/rfc822\r\nX-P: 2\r\n\r\n${inner}\r\n--x--\r\n`,
    );
    expect(read(source, [], 'fields', ['subject', 'x-none'])).toBe('Subject: un\r\n deux\r\n\r\n');
    expect(read(source, [], 'fields-not', ['subject', 'content-type'])).toBe('To: b\r\n\r\n');
    expect(read(source, [2], 'mime')).toBe('Content-Type: message/rfc822\r\nX-P: 2\r\n\r\n');
    expect(read(source, [2], 'header')).toBe('Subject: dedans\r\nX-A: 1\r\n\r\n');
    expect(read(source, [2], 'fields', ['x-a'])).toBe('X-A: 1\r\n\r\n');
    expect(read(source, [2], 'text')).toBe('corps');
    expect(read(source, [2, 1])).toBe('corps');
    expect(read(source, [1], 'mime')).toBe('\r\n');
    expect(read(source, [1], 'header')).toBeUndefined();
    for (const path of [[3], [1, 1], [2, 2], [2, 1, 1]]) expect(read(source, path)).toBeUndefined();
  });

  it('end a header without a blank line where the mail ends', () => {
    expect(read(bytes('Subject: x'), [], 'fields', ['subject'])).toBe('Subject: x\r\n\r\n');
    expect(read(bytes('Subject: x'), [1])).toBe('');
    expect(read(bytes(''), [])).toBe('');
  });
});

describe('readStructure', () => {
  it('reads any bytes, inside their bounds', () => {
    const check = (part: MailPart, start: number, end: number): void => {
      expect(part.start).toBeGreaterThanOrEqual(start);
      expect(part.bodyStart).toBeGreaterThanOrEqual(part.start);
      expect(part.end).toBeGreaterThanOrEqual(part.bodyStart);
      expect(part.end).toBeLessThanOrEqual(end);
      for (const child of part.children) check(child, part.bodyStart, part.end);
      if (part.message !== undefined) check(part.message, part.bodyStart, part.end);
    };
    const piece = fc.constantFrom(
      'Content-Type: multipart/mixed; boundary=b\r\n',
      'Content-Type: message/rfc822\n',
      'Content-Type: multipart/digest;\r\n boundary="b"\r\n',
      '\r\n',
      '\n',
      '--b\r\n',
      '--b--\n',
      '--b ',
      'x',
      ' ; name=(é "',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const source = bytes(pieces.join(''));
        const root = readStructure(source);
        check(root, 0, source.length);
        expect(wireBodyStructure(source, root, true)).toMatch(/^\(.*\)$/su);
        expect(wireEnvelope(source, 0, root.bodyStart)).toMatch(/^\(.*\)$/su);
      }),
      { numRuns: 300 },
    );
  });

  it('bounds depth and number of parts', () => {
    const nested = Array.from(
      { length: 60 },
      (_, at) => `Content-Type: multipart/mixed; boundary=b${at}\r\n\r\n--b${at}\r\n`,
    );
    let depth = 0;
    for (let part: MailPart | undefined = readStructure(bytes(nested.join(''))); part; [part] = part.children)
      depth += 1;
    expect(depth).toBe(25);
    const wide = readStructure(
      bytes(`Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\nx\r\n'.repeat(5000)}`),
    );
    expect(wide.children.length).toBeLessThanOrEqual(1000);
  });

  it('takes a delimiter only when the line is that delimiter', () => {
    const source = bytes(
      'Content-Type: multipart/mixed; boundary=b\r\n\r\n--b \t\r\n\r\n--bx\r\nx--b\r\n--b--x\r\n--b--\r\n--b\r\n',
    );
    expect(read(source, [1])).toBe('--bx\r\nx--b\r\n--b--x');
    expect(read(source, [2])).toBeUndefined();
  });
});

describe('replies', () => {
  it('BODYSTRUCTURE has parameters, disposition, languages, and the mail inside a mail', () => {
    const source = bytes(
      [
        'Content-Type: multipart/mixed; boundary=x; charset="utf-8"',
        '',
        '--x',
        'Content-Type: text/plain; charset=UTF-8; format=flowed',
        'Content-Language: fr, en',
        '',
        'a',
        'b',
        '--x',
        'Content-Type: application/zip; name="IHE_XDM.ZIP"',
        "Content-Disposition: attachment; filename*=utf-8''IHE%5FXDM.ZIP (archive)",
        'Content-Transfer-Encoding: base64',
        'Content-ID: <c@banc>',
        'Content-MD5: Q2hlY2s=',
        '',
        'UEs=',
        '--x',
        'Content-Type: message/rfc822',
        '',
        'Subject: dedans',
        '',
        'c',
        '--x--',
      ].join('\r\n'),
    );
    const root = readStructure(source);
    expect(wireBodyStructure(source, root, true)).toBe(
      '(("TEXT" "PLAIN" ("CHARSET" "UTF-8" "FORMAT" "flowed") NIL NIL "7BIT" 4 1 NIL NIL ("fr" "en") NIL)' +
        `("APPLICATION" "ZIP" ("NAME" "IHE_XDM.ZIP") "<c@banc>" NIL "BASE64" 4 "Q2hlY2s=" ("ATTACHMENT" ("FILENAME*" "utf-8''IHE%5FXDM.ZIP")) NIL NIL)` +
        '("MESSAGE" "RFC822" NIL NIL NIL "7BIT" 20 (NIL "dedans" NIL NIL NIL NIL NIL NIL NIL NIL) ("TEXT" "PLAIN" NIL NIL NIL "7BIT" 1 0 NIL NIL NIL NIL) 2 NIL NIL NIL NIL)' +
        ' "MIXED" ("BOUNDARY" "x" "CHARSET" "utf-8") NIL NIL NIL)',
    );
    expect(wireBodyStructure(source, root, false)).toMatch(/"7BIT" 4 1\)\(.* "MIXED"\)$/u);
  });

  it('ENVELOPE falls back on From, keeps encoded words, joins what is folded', () => {
    const header = bytes(
      'Date: Mon, 5 Jan 2026 10:00:00 +0100\r\nSubject: =?utf-8?Q?=C3=A9?=\r\n suite\r\nFrom: "Dr A \\"B\\"" <a@banc.test>\r\nSender:\r\nTo: b@banc.test\r\nTo: <c@banc.test>\r\nMessage-ID: <1@banc>\r\n\r\n',
    );
    const from = String.raw`(("Dr A \"B\"" NIL "a" "banc.test"))`;
    expect(wireEnvelope(header, 0, header.length)).toBe(
      `("Mon, 5 Jan 2026 10:00:00 +0100" "=?utf-8?Q?=C3=A9?= suite" ${from} ${from} ${from} ((NIL NIL "b" "banc.test")(NIL NIL "c" "banc.test")) NIL NIL NIL "<1@banc>")`,
    );
  });

  it.each([
    ['a@b', '((NIL NIL "a" "b"))'],
    ['Nom Prénom <a@b>, (note) c@d (x (y))', '(({10}\r\nNom Prénom NIL "a" "b")(NIL NIL "c" "d"))'],
    ['"Nom, Prenom" <"a b"@c>', '(("Nom, Prenom" NIL "a b" "c"))'],
    ['<@r1,@r2:a@b>', '((NIL NIL "a" "b"))'],
    ['Groupe: a@b, c@d;', '((NIL NIL "Groupe" NIL)(NIL NIL "a" "b")(NIL NIL "c" "d")(NIL NIL NIL NIL))'],
    ['undisclosed-recipients:;', '((NIL NIL "undisclosed-recipients" NIL)(NIL NIL NIL NIL))'],
    ['', 'NIL'],
    [' , ,', 'NIL'],
    ['seul', '((NIL NIL "seul" ""))'],
    ['"sans fin <a@b', '((NIL NIL "sans fin <a" "b"))'],
  ])('addresses: %s', (value, expected) => {
    expect(wireAddresses(value)).toBe(expected);
  });
});
