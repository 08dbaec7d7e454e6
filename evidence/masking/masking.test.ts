import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { nirKey } from '#formats/nir/index.ts';
import { drawnPdf } from '#formats/pdf-pages/pages.fixture.ts';
import { allHits, lookInto, type KnownPeople } from '../guard/index.ts';
import { maskPiece } from './index.ts';

const KNOWN: KnownPeople = { ins: new Set(), names: new Set(), domains: [] };
const ALL = (): boolean => true;

/** Something secret, and how a text that holds it would be written. */
interface Planted {
  readonly secret: string;
  readonly text: string;
}

const word = fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{14,40}7$/u);
const hard = fc
  .stringMatching(/^[A-Za-z0-9&<>'^~é|]{8,20}$/u)
  .filter((one) => /[A-Za-z0-9é]{3}/u.test(one) && !one.startsWith('<'));

/** Secrets of every family, as they stand in a text. */
const planted: fc.Arbitrary<Planted> = fc.oneof(
  word.map((secret) => ({ secret, text: `le jeton : Bearer ${secret}` })),
  word.map((secret) => ({ secret, text: `https://x.test/rappel?code=${secret}&x=1` })),
  hard.map((secret) => ({ secret, text: `\npassword = ${secret}\n` })),
  fc
    .tuple(fc.constantFrom('1', '2'), fc.integer({ min: 10, max: 99 }), fc.integer({ min: 10_000, max: 99_999 }))
    .map(([sex, year, rank]) => {
      const body = `${sex}${year}0575${String(rank).padStart(6, '0')}`;
      const secret = `${body}${nirKey(body)}`;
      return { secret, text: `patient ${secret} vu` };
    }),
  fc
    .constantFrom('06 12 34 56 78', '+33612345678', '04.72.34.56.78')
    .map((secret) => ({ secret, text: `au ${secret} ce jour` })),
  fc
    .stringMatching(/^[a-z]{3,10}$/u)
    .map((name) => ({ secret: `${name}@labo-reel.fr`, text: `écrire à ${name}@labo-reel.fr !` })),
);

const PROSE = 'Une ligne de texte ordinaire, avec des accents : é è ç.\r\n';

type Wrap = (text: string) => Promise<Buffer> | Buffer;

const base64Lines = (bytes: Buffer): string => (bytes.toString('base64').match(/.{1,76}/gu) ?? []).join('\r\n');

function quotedPrintable(text: string): string {
  const coded = Array.from(Buffer.from(text, 'utf8'), (byte) =>
    byte === 0x0a || byte === 0x0d
      ? String.fromCharCode(byte)
      : (byte >= 0x21 && byte <= 0x7e && byte !== 0x3d) || byte === 0x20
        ? String.fromCharCode(byte)
        : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`,
  ).join('');
  return coded.replaceAll(/([^\r\n=]{60})(?=[^\r\n]{10})/gu, '$1=\r\n');
}

const mail = (encoding: string, body: string, type = 'text/plain; charset=utf-8'): Buffer =>
  Buffer.from(
    `From: a@b.test\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nbonjour\r\n--b\r\nContent-Type: ${type}\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${body}\r\n--b--\r\n`,
  );

async function zip(name: string, content: Buffer): Promise<Buffer> {
  const file = new ZipFile();
  file.addBuffer(content, name, { mtime: new Date('2020-01-01T00:00:00Z') });
  file.end();
  return buffer(file.outputStream);
}

const xmlEscaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const references = (text: string): string => Array.from(text, (one) => `&#${one.codePointAt(0)};`).join('');

const WRAPS: Readonly<Record<string, Wrap>> = {
  'UTF-8': (text) => Buffer.from(text),
  'UTF-16': (text) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]),
  'Latin-1': (text) => Buffer.from(text, 'latin1'),
  XML: (text) => Buffer.from(`<?xml version="1.0"?>\n<a>${xmlEscaped(text)}</a>`),
  'XML, every character a reference': (text) => Buffer.from(`<a>${references(text)}</a>`),
  CDATA: (text) => Buffer.from(`<a><![CDATA[${text.replaceAll(']]>', '')}]]></a>`),
  JSON: (text) => Buffer.from(JSON.stringify({ note: text })),
  'JSON, every character escaped': (text) =>
    Buffer.from(
      `{"note":"${Array.from({ length: text.length }, (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`).join('')}"}`,
    ),
  HL7: (text) =>
    Buffer.from(
      `MSH|^~\\&|L\rNTE|1||${text.replaceAll('\\', '\\E\\').replaceAll('|', '\\F\\').replaceAll('&', '\\T\\').replaceAll('^', '\\S\\').replaceAll('~', '\\R\\').replaceAll(/\r?\n/gu, '\\X0A\\')}\r`,
    ),
  'a mail in base64': (text) => mail('base64', base64Lines(Buffer.from(text))),
  'a mail in quoted-printable': (text) => mail('quoted-printable', quotedPrintable(text)),
  'a mail as it is': (text) => mail('8bit', text),
  'the subject of a mail': (text) =>
    Buffer.from(
      `From: a@b.test\r\nSubject: =?utf-8?B?${Buffer.from(text.replaceAll(/[<>']/gu, '').replaceAll(/\s+/gu, ' ').trim()).toString('base64')}?=\r\n\r\nbonjour\r\n`,
    ),
  'a mail in a mail': (text) =>
    mail('8bit', mail('base64', base64Lines(Buffer.from(text))).toString('latin1'), 'message/rfc822'),
  'an archive': (text) => zip('note.txt', Buffer.from(text)),
  'an archive in an archive': async (text) => zip('a.zip', await zip('note.txt', Buffer.from(text))),
  'an archive in a mail': async (text) =>
    mail('base64', base64Lines(await zip('n.xml', Buffer.from(`<a>${xmlEscaped(text)}</a>`))), 'application/zip'),
  'a CDA that wraps a text': (text) =>
    Buffer.from(
      `<ClinicalDocument><nonXMLBody><text representation="B64">${Buffer.from(`${PROSE}${text}${PROSE}`).toString('base64')}</text></nonXMLBody></ClinicalDocument>`,
    ),
  'JSON that wraps a mail': (text) => Buffer.from(JSON.stringify({ raw: mail('8bit', text).toString('base64') })),
};

/** Archives are written again. */
const ARCHIVED = /archive/u;

/** Everything that a reader could see of a piece. */
async function everything(bytes: Uint8Array): Promise<readonly string[]> {
  const { looked } = await lookInto({ bytes, mediaType: '', name: 'piece' }, KNOWN);
  const texts = (one: typeof looked): readonly string[] => [
    ...one.reading.views.map(({ text }) => text),
    ...one.children.flatMap(({ looked: below }) => texts(below)),
  ];
  return [Buffer.from(bytes).toString('latin1'), Buffer.from(bytes).toString('utf8'), ...texts(looked)];
}

describe('masking', () => {
  it.each(Object.entries(WRAPS))('leaves nothing of a secret planted in %s, and moves nothing', async (name, wrap) => {
    await fc.assert(
      fc.asyncProperty(planted, fc.nat({ max: 3 }), async ({ secret, text }, lines) => {
        // Latin-1 and the rest write what they can.
        const bytes = await wrap(`${PROSE.repeat(lines)}${text} ${PROSE}`);
        const before = Buffer.from(bytes);
        const piece = { bytes, mediaType: '', name: 'piece' };
        const { bytes: shared, masks, unmaskable } = await maskPiece(piece, KNOWN, ALL);
        expect([name, secret, masks.length > 0, unmaskable]).toEqual([name, secret, true, []]);
        for (const seen of await everything(shared)) expect(seen).not.toContain(secret);
        for (const shift of [0, 1, 2]) {
          const coded = Buffer.from(`${'x'.repeat(shift)}${secret}`)
            .toString('base64')
            .slice(shift === 0 ? 0 : 4, -4);
          if (coded.length >= 12) expect(Buffer.from(shared).toString('latin1')).not.toContain(coded);
        }
        expect(before.equals(bytes)).toBe(true);
        if (ARCHIVED.test(name)) return;
        expect(shared.length).toBe(bytes.length);
        const breaks = (all: Uint8Array): string =>
          Buffer.from(all)
            .toString('latin1')
            .replaceAll(/[^\r\n]/gu, '.');
        expect(breaks(shared)).toBe(breaks(bytes));
      }),
      { numRuns: 60 },
    );
  });

  it('keeps XML well formed, JSON readable, and what was declared false', async () => {
    const xml = '<a><password>p&amp;ss</password><mail>x@labo-reel.fr</mail></a>';
    const piece = { bytes: Buffer.from(xml), mediaType: '', name: 'a.xml' };
    const { looked } = await lookInto(piece, KNOWN);
    const kept = allHits(looked).find(({ code }) => code === 'ADRESSE_ELECTRONIQUE')!.id;
    const { bytes, masks } = await maskPiece(piece, KNOWN, ({ id }) => id !== kept);
    expect(Buffer.from(bytes).toString()).toBe('<a><password>********</password><mail>x@labo-reel.fr</mail></a>');
    expect(masks).toEqual([{ where: 'a.xml, ligne 1', code: 'MOT_DE_PASSE' }]);
    const note = Buffer.from('<note>\npassword = p&lt;ss</note>');
    const { bytes: noted } = await maskPiece({ bytes: note, mediaType: '', name: 'n.xml' }, KNOWN, ALL);
    expect(Buffer.from(noted).toString()).toBe('<note>\npassword = *******</note>');
    const text = Buffer.from(JSON.stringify({ note: 'x\npassword = secret', suite: 'fin' }));
    const { bytes: said } = await maskPiece({ bytes: text, mediaType: '', name: 'n.json' }, KNOWN, ALL);
    expect(JSON.parse(Buffer.from(said).toString())).toEqual({ note: 'x\npassword = ******', suite: 'fin' });
    const json = Buffer.from('{"password":"a\\"b","autre":1}');
    const { bytes: masked } = await maskPiece({ bytes: json, mediaType: '', name: 'a.json' }, KNOWN, ALL);
    expect(JSON.parse(Buffer.from(masked).toString())).toEqual({ password: '****', autre: 1 });
  });

  it('says what it cannot mask: the text of a PDF, what is compressed', async () => {
    const pdf = await drawnPdf((document) => document.text('écrire à jeanne@labo-reel.fr'));
    const { unmaskable } = await maskPiece({ bytes: pdf, mediaType: '', name: 'lettre.pdf' }, KNOWN, ALL);
    expect(unmaskable).toMatchObject([{ code: 'ADRESSE_ELECTRONIQUE', where: 'page 1, ligne 1', maskable: false }]);
    const wrapped = Buffer.from(
      `<ClinicalDocument><text representation="B64">${pdf.toString('base64')}</text></ClinicalDocument>`,
    );
    const inside = await maskPiece({ bytes: wrapped, mediaType: '', name: 'cr.xml' }, KNOWN, ALL);
    expect(inside.unmaskable.map(({ where }) => where)).toEqual(['base64 n° 1, page 1, ligne 1']);
  });

  it('leaves every byte of what raises no alarm', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
        const { bytes: shared, masks } = await maskPiece({ bytes, mediaType: '', name: 'x' }, KNOWN, ALL);
        if (masks.length === 0) expect(Buffer.from(shared).equals(Buffer.from(bytes))).toBe(true);
      }),
    );
  });

  it('is not held up, nor thrown off, by what was made to hurt', async () => {
    const bomb = await zip('zeros', Buffer.alloc(300 * 1024 * 1024));
    const deep = await Array.from({ length: 30 }).reduce<Promise<Buffer>>(
      async (inner) => zip('a.zip', await inner),
      Promise.resolve(Buffer.from('x')),
    );
    for (const bytes of [
      bomb,
      deep,
      bomb.subarray(0, 200),
      Buffer.from('PK\u0003\u0004'),
      Buffer.from('%PDF-1.7'),
      mail('base64', '===='),
    ]) {
      const { looked, unseen } = await lookInto({ bytes, mediaType: '', name: 'x' }, KNOWN);
      expect(allHits(looked)).toEqual([]);
      if (bytes.length > 20 && !bytes.toString('latin1').startsWith('From')) expect(unseen.length).toBeGreaterThan(0);
    }
  });
});
