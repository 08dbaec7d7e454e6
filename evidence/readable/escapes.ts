import type { View } from './types.ts';

/** A way of writing characters that a reader does not see as such. */
export interface Escape {
  /** Global; each match is one written form. */
  readonly pattern: RegExp;
  /** What it stands for; undefined when it is not one after all. */
  readonly decode: (written: string) => string | undefined;
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00A0' };

/** Character references of XML and HTML; the marks of CDATA stand for nothing. */
const XML: Escape = {
  pattern: /&(?:#\d{1,7}|#x[0-9a-f]{1,6}|amp|lt|gt|quot|apos|nbsp);|<!\[CDATA\[|\]\]>/giu,
  decode(written) {
    if (!written.startsWith('&')) return '';
    const name = written.slice(1, -1).toLowerCase();
    if (!name.startsWith('#')) return NAMED[name];
    const code = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
  },
};

const JSON_SHORT: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

const JSON_STRINGS: Escape = {
  pattern: /\\(?:u[0-9a-fA-F]{4}|["\\/bfnrt])/gu,
  decode: (written) =>
    written[1] === 'u'
      ? String.fromCharCode(Number.parseInt(written.slice(2), 16))
      : (JSON_SHORT[written[1] ?? ''] ?? written[1]),
};

/** What is written so is data, not a separator: it is read as a look-alike, so that nobody takes it for one. */
const HL7_MARKS: Readonly<Record<string, string>> = { F: '¦', S: 'ˆ', T: '&', R: '~', E: '⧵' };

/** HL7 v2.5 §2.7: separators and hexadecimal bytes between backslashes. */
const HL7: Escape = {
  pattern: /\\(?:[FSTRE]|X(?:[0-9A-F]{2}){1,40})\\/gu,
  decode(written) {
    const inner = written.slice(1, -1);
    return inner.startsWith('X') ? Buffer.from(inner.slice(1), 'hex').toString('utf8') : HL7_MARKS[inner];
  },
};

/** `application/x-www-form-urlencoded`, and addresses. */
const URL_CODED: Escape = {
  pattern: /(?:%[0-9a-f]{2})+/giu,
  decode: (written) => Buffer.from(written.replaceAll('%', ''), 'hex').toString('utf8'),
};

/** RFC 2047: a word of a header, and the blanks between two of them, which stand for nothing. */
const WORDS: Escape = {
  pattern: /=\?[\w*-]{1,40}\?[bq]\?[^?\s]{0,500}\?=(?:\s+(?==\?))?/giu,
  decode(written) {
    const [, charset = '', encoding = '', text = ''] =
      /^=\?([^?*]+)(?:\*[^?]*)?\?([bq])\?([^?]*)\?=/iu.exec(written) ?? [];
    const bytes =
      encoding.toLowerCase() === 'b'
        ? Buffer.from(text, 'base64')
        : Buffer.from(
            text
              .replaceAll('_', ' ')
              .replaceAll(/=([0-9a-f]{2})/giu, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
            'latin1',
          );
    try {
      return new TextDecoder(charset).decode(bytes);
    } catch {
      return bytes.toString('latin1');
    }
  },
};

/** A backslash means one thing in HL7, another in JSON. */
const IN_HL7: readonly Escape[] = [XML, HL7];
const ELSEWHERE: readonly Escape[] = [XML, JSON_STRINGS, URL_CODED];

/** Further readings of a text, each with one way of escaping undone; only those that change something. */
export function unescapedViews(view: View): readonly View[] {
  const escapes = /(?:^|[\r\n\v])(?:MSH|FHS|BHS)\|/u.test(view.text) ? IN_HL7 : ELSEWHERE;
  return escapes.flatMap((escape) => unescaped(view, escape) ?? []);
}

/** Headers of a mail with their words read. */
export function headerView(view: View): View {
  return unescaped(view, WORDS) ?? view;
}

/** Decoded text, with where each stretch comes from: a character of an escape stands for the whole of it. */
function unescaped(view: View, { pattern, decode }: Escape): View | undefined {
  /** Where stretches begin: in the decoded text, in the written one, and how long the escape before is. */
  const decodedAt: number[] = [0];
  const writtenAt: number[] = [0];
  const parts: string[] = [];
  let length = 0;
  let last = 0;
  const escapes: { readonly from: number; readonly to: number; readonly start: number; readonly end: number }[] = [];
  for (const { 0: written, index } of view.text.matchAll(pattern)) {
    const read = decode(written);
    if (read === undefined) continue;
    parts.push(view.text.slice(last, index), read);
    length += index - last;
    escapes.push({ from: length, to: length + read.length, start: index, end: index + written.length });
    length += read.length;
    last = index + written.length;
    decodedAt.push(length);
    writtenAt.push(last);
  }
  if (escapes.length === 0) return undefined;
  parts.push(view.text.slice(last));
  const written = (index: number, end: boolean): number => {
    // An end stands after the character before it.
    const rank = lastAtMost(decodedAt, end ? index - 1 : index);
    const escape =
      escapes[
        lastAtMost(
          escapes.map(({ from }) => from),
          end ? index - 1 : index,
        )
      ];
    const place = end ? index - 1 : index;
    if (escape !== undefined && place >= escape.from && place < escape.to) return end ? escape.end : escape.start;
    return (writtenAt[rank] ?? 0) + (index - (decodedAt[rank] ?? 0));
  };
  const { bytesOf, cover, where } = view;
  return {
    where,
    text: parts.join(''),
    ...(bytesOf === undefined ? {} : { bytesOf: (from, to) => bytesOf(written(from, false), written(to, true)) }),
    ...(cover === undefined ? {} : { cover }),
  };
}

/** Rank of the last value that is not above; -1 when there is none. */
function lastAtMost(values: readonly number[], wanted: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? 0) <= wanted) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
