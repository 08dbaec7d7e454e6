import { readContentType } from '#formats/mime/index.ts';
import { embedBase64 } from './base64.ts';
import { headerView } from './escapes.ts';
import { quotedPrintableView } from './quoted-printable.ts';
import { latin1View, textView } from './text.ts';
import type { Child, Reading, Unseen, View } from './types.ts';

/**
 * A mail, or an HTTP message: its headers, then its parts where they stand, so that each can be covered in place. What does not follow the rules is
 * read all the same, as text: nothing hides behind a missing boundary.
 *
 * @param where of the message in the piece
 * @param maxParts the rest is told as unseen
 */
export function readMessage(bytes: Buffer, where: string, maxParts: number): Reading {
  const views: View[] = [];
  const children: Child[] = [];
  const unseen: Unseen[] = [];
  const text = bytes.toString('latin1');
  walk({ from: 0, to: bytes.length, path: '' });
  return { views, children, unseen };

  function walk({ from, to, path }: { readonly from: number; readonly to: number; readonly path: string }): void {
    const place = path === '' ? where : `${where}${where === '' ? '' : ', '}partie ${path}`;
    if (views.length + children.length >= maxParts) {
      if (unseen.length === 0) unseen.push({ where: place, why: `plus de ${maxParts} parties` });
      return;
    }
    const body = bodyAfter(text, from, to);
    const headers = latin1(from, body);
    views.push(headerView(textView(bytes.subarray(from, body), place, from)));
    const type = readContentType(fieldOf(headers, 'content-type') ?? '');
    const boundary = type?.type.startsWith('multipart/') === true ? type.parameters['boundary'] : undefined;
    if (boundary !== undefined && boundary !== '') {
      const parts = partsBetween(text, body, to, boundary);
      if (parts.length > 0) {
        // What stands before the first part and after the last one is shown by no mail reader.
        for (const [start, end] of gaps(body, to, parts))
          views.push(textView(bytes.subarray(start, end), place, start));
        for (const [rank, [start, end]] of parts.entries()) {
          walk({ from: start, to: end, path: path === '' ? String(rank + 1) : `${path}.${rank + 1}` });
        }
        return;
      }
    }
    leaf(body, to, headers, place, type?.type ?? '');
  }

  function leaf(from: number, to: number, headers: string, place: string, mediaType: string): void {
    const encoding = (fieldOf(headers, 'content-transfer-encoding') ?? '').trim().toLowerCase();
    const raw = bytes.subarray(from, to);
    const name = /name\*?="?([^";\r\n]{1,200})/iu.exec(headers)?.[1] ?? '';
    if (encoding === 'quoted-printable') {
      views.push(quotedPrintableView(raw, place, from), latin1View(raw, place, from));
      return;
    }
    if (encoding === 'base64') {
      const written = text.slice(from, to);
      children.push({
        where: place,
        bytes: Buffer.from(written, 'base64'),
        mediaType,
        name,
        embed: (holder, masked) => embedBase64(holder, masked, from, written.trimEnd()),
      });
      return;
    }
    children.push({
      where: place,
      bytes: raw,
      mediaType,
      name,
      embed: (holder, masked) => Buffer.concat([holder.subarray(0, from), masked, holder.subarray(to)]),
    });
  }

  function latin1(from: number, to: number): string {
    return text.slice(from, to);
  }
}

/** Where the body begins: after the first empty line. */
function bodyAfter(text: string, from: number, to: number): number {
  const empty = /\r?\n\r?\n/gu;
  empty.lastIndex = Math.max(0, from - 2);
  for (let found = empty.exec(text); found !== null && found.index < to; found = empty.exec(text)) {
    const body = found.index + found[0].length;
    if (body >= from) return Math.min(body, to);
  }
  return to;
}

/** Unfolded value of a field of the headers. */
function fieldOf(headers: string, name: string): string | undefined {
  const found = new RegExp(`^${name}:((?:[^\\r\\n]|\\r?\\n[ \\t])*)`, 'imu').exec(headers)?.[1];
  return found?.replaceAll(/\r?\n[ \t]/gu, ' ').trim();
}

/** Parts between the lines of a boundary, without the line break before each. */
function partsBetween(
  text: string,
  from: number,
  to: number,
  boundary: string,
): readonly (readonly [number, number])[] {
  const mark = `--${boundary}`;
  const parts: (readonly [number, number])[] = [];
  let start: number | undefined;
  for (let at = text.indexOf(mark, from); at >= 0 && at < to; at = text.indexOf(mark, at + mark.length)) {
    if (at > 0 && text[at - 1] !== '\n') continue;
    if (start !== undefined) parts.push([start, Math.max(start, at - (text[at - 2] === '\r' ? 2 : 1))]);
    const end = text.indexOf('\n', at);
    if (text.startsWith('--', at + mark.length)) return parts;
    start = end < 0 ? to : Math.min(end + 1, to);
  }
  if (start !== undefined) parts.push([start, to]);
  return parts;
}

function gaps(
  from: number,
  to: number,
  parts: readonly (readonly [number, number])[],
): readonly (readonly [number, number])[] {
  const first = parts[0]?.[0] ?? to;
  const last = parts.at(-1)?.[1] ?? to;
  return [
    [from, first],
    [last, to],
  ];
}
