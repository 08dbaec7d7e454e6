import { fieldsOf } from './fields.ts';
import type { MailPart } from './structure.ts';

/** What stands between the brackets of `BODY[…]`. */
export interface Section {
  /** Part numbers; none for the mail itself. */
  readonly path: readonly number[];
  readonly text: 'whole' | 'header' | 'fields' | 'fields-not' | 'text' | 'mime';
  /** Lower-case names, for `fields` and `fields-not`. */
  readonly fields: readonly string[];
}

const LF = 0x0a;

/** Bytes of a section: a place in the source, or bytes put together. */
export type SectionBytes = { readonly start: number; readonly end: number } | { readonly bytes: Buffer };

/**
 * Finds a section in a mail (RFC 3501 §6.4.5).
 * @returns undefined when the mail has no such part, which is answered NIL
 */
export function findSection(source: Buffer, root: MailPart, section: Section): SectionBytes | undefined {
  const { path, text } = section;
  const part = findPart(root, path);
  if (part === undefined) return undefined;
  if (text === 'whole')
    return path.length === 0 ? { start: 0, end: source.length } : { start: part.bodyStart, end: part.end };
  if (text === 'mime') return { start: part.start, end: part.bodyStart };
  const message = path.length === 0 ? root : part.message;
  if (message === undefined) return undefined;
  if (text === 'text') return { start: message.bodyStart, end: message.end };
  if (text === 'header') return { start: message.start, end: message.bodyStart };
  return { bytes: chosenFields(source, message.start, message.bodyStart, section) };
}

/** The fields chosen, in the order of the header, then a blank line. */
export function chosenFields(source: Buffer, start: number, end: number, section: Section): Buffer {
  const wanted = new Set(section.fields);
  const kept = fieldsOf(source, start, end)
    .filter((field) => wanted.has(field.name) === (section.text === 'fields'))
    .map((field) => source.subarray(field.start, field.end))
    .map((field) => (field.at(-1) === LF ? field : Buffer.concat([field, Buffer.from('\r\n')])));
  return Buffer.concat([...kept, Buffer.from('\r\n')]);
}

/** Follows part numbers: the body of a mail that is no multipart is its part 1, a mail inside numbers its own parts. */
function findPart(root: MailPart, path: readonly number[]): MailPart | undefined {
  let part = root;
  let isMail = true;
  for (const number of path) {
    if (!isMail && part.message !== undefined) [part, isMail] = [part.message, true];
    const child = part.children[number - 1];
    if (child !== undefined) [part, isMail] = [child, false];
    else if (part.children.length === 0 && isMail && number === 1) isMail = false;
    else return undefined;
  }
  return part;
}
