import { checkLines, notAMail } from './lines.ts';
import { MailRefused, readPart } from './parts.ts';
import type { PartReader } from './parts.ts';
import { decodeText } from './words.ts';
import type { Mail, MailFault, MailHeader, MailLimits, MailPart, MailProblem, MailReading } from './types.ts';

/** Mon espace santé takes 25 MB; base64 and headers add a third. */
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * Reads a mail source (RFC 5322, MIME). Dot-stuffing is already undone. Lines may end in CRLF or LF, headers may hold
 * 8-bit bytes: what is tolerated is listed in `problems`.
 * @returns a fault when there is no header at all or when a bound is passed; never throws
 */
export function readMail(source: Uint8Array, limits: MailLimits = {}): MailReading {
  const maxBytes = limits.maxBytes ?? MAX_BYTES;
  if (source.length === 0) return refuse('MAIL_EMPTY', 'Le message est vide.');
  if (source.length > maxBytes) return refuse('MAIL_TOO_LARGE', `Le message dépasse ${maxBytes} octets.`);
  const other = notAMail(source);
  if (other !== undefined) return refuse('MAIL_NO_HEADER', other);
  const problems: MailProblem[] = [];
  const reader: PartReader = {
    source,
    problems,
    maxDepth: limits.maxDepth ?? 16,
    maxHeaders: limits.maxHeaders ?? 1000,
    partsLeft: limits.maxParts ?? 500,
  };
  try {
    const root = readPart(reader, { start: 0, end: source.length, line: 1 }, '', 0);
    if (root.headers.length === 0) return refuse('MAIL_NO_HEADER', 'Aucun en-tête : ce n’est pas une source de mail.');
    const flood = problems.find(({ code }) => code === 'MAIL_TOO_MANY_HEADERS');
    if (flood !== undefined) return refuse('MAIL_TOO_MANY_HEADERS', flood.message);
    checkLines(source, problems);
    return { ok: true, mail: assemble(root, problems) };
  } catch (error) {
    if (error instanceof MailRefused) return { ok: false, fault: error.fault };
    throw error;
  }
}

/** First value of a header, by name without case. */
export function header(mail: Mail, name: string): string | undefined {
  return headers(mail, name)[0]?.value;
}

/** Every header of that name, in order. */
export function headers(mail: Mail, name: string): readonly MailHeader[] {
  const wanted = name.toLowerCase();
  return mail.headers.filter((candidate) => candidate.name.toLowerCase() === wanted);
}

/** Every leaf, in order. */
export function leaves(part: MailPart): readonly MailPart[] {
  return part.parts.length === 0 ? [part] : part.parts.flatMap(leaves);
}

function assemble(root: MailPart, problems: readonly MailProblem[]): Mail {
  const all = root.contentType?.type.startsWith('multipart/') && root.parts.length === 0 ? [] : leaves(root);
  const isBody = (part: MailPart, type: string): boolean =>
    (part.contentType?.type ?? 'text/plain') === type &&
    part.disposition !== 'attachment' &&
    part.fileName === undefined;
  const plain = all.find((part) => isBody(part, 'text/plain'));
  const html = all.find((part) => isBody(part, 'text/html'));
  return {
    headers: root.headers,
    root,
    attachments: all.filter((part) => part !== plain && part !== html),
    text: plain ? textOf(plain) : undefined,
    html: html ? textOf(html) : undefined,
    problems,
  };
}

function textOf(part: MailPart): string {
  return decodeText(part.content, part.contentType?.parameters['charset']);
}

function refuse(code: MailFault['code'], message: string): MailReading {
  return { ok: false, fault: { code, message } };
}
