import { addProblem } from './problems.ts';
import { readFields, trimLineEnd, unfoldedValue } from './fields.ts';
import { asContentType, readParameters } from './parameters.ts';
import { decodeTransfer } from './transfer.ts';
import type { MailFault, MailHeader, MailPart, MailProblem } from './types.ts';

/** State shared while one mail is read. */
export interface PartReader {
  readonly source: Uint8Array;
  readonly problems: MailProblem[];
  readonly maxDepth: number;
  readonly maxHeaders: number;
  partsLeft: number;
}

/** Thrown inside this folder only, turned into a fault by `readMail`. */
export class MailRefused extends Error {
  readonly fault: MailFault;
  constructor(fault: MailFault) {
    super(fault.message);
    this.fault = fault;
  }
}

interface Slice {
  readonly start: number;
  readonly end: number;
  readonly line: number;
}

/** Reads one part: its fields, then its content or its inner parts. */
export function readPart(reader: PartReader, slice: Slice, path: string, depth: number): MailPart {
  if (depth > reader.maxDepth) {
    throw new MailRefused({
      code: 'MAIL_TOO_DEEP',
      message: `Plus de ${reader.maxDepth} niveaux de multipart imbriqués.`,
    });
  }
  reader.partsLeft -= 1;
  if (reader.partsLeft < 0) throw new MailRefused({ code: 'MAIL_TOO_MANY_PARTS', message: 'Trop de parties MIME.' });
  const block = readFields(reader.source, slice.start, slice.end, slice.line, reader.maxHeaders, reader.problems);
  const type = parametersOf(block.headers, 'Content-Type');
  const disposition = parametersOf(block.headers, 'Content-Disposition');
  const contentType = type ? asContentType(type) : undefined;
  const transferEncoding = parametersOf(block.headers, 'Content-Transfer-Encoding')?.value || '7bit';
  const fileName = disposition?.parameters['filename'] ?? type?.parameters['name'];
  const body: Slice = { start: block.end, end: slice.end, line: block.line };
  const described = {
    contentType,
    disposition: disposition?.value,
    fileName,
    transferEncoding,
    headers: block.headers,
    line: slice.line,
  };
  if (contentType?.type.startsWith('multipart/')) {
    const boundary = contentType.parameters['boundary'];
    if (boundary) {
      const parts = splitParts(reader, body, boundary, path).map((inner, index) =>
        readPart(reader, inner, path === '' ? String(index + 1) : `${path}.${index + 1}`, depth + 1),
      );
      return { path, ...described, content: new Uint8Array(), parts };
    }
    note(reader, 'MAIL_BOUNDARY_MISSING', path, 'Ce multipart n’indique pas de délimiteur (boundary).');
  }
  const leafPath = path === '' ? '1' : path;
  const decoded = decodeTransfer(reader.source.subarray(body.start, body.end), transferEncoding);
  if (decoded.defect) note(reader, decoded.defect.code, leafPath, decoded.defect.message);
  return { path: leafPath, ...described, content: decoded.content, parts: [] };
}

function parametersOf(headers: readonly MailHeader[], name: string): ReturnType<typeof readParameters> | undefined {
  const header = headers.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase());
  return header ? readParameters(unfoldedValue(header)) : undefined;
}

/** Slices between delimiter lines (RFC 2046 §5.1.1); the line end before a delimiter belongs to the delimiter. */
function splitParts(reader: PartReader, body: Slice, boundary: string, path: string): Slice[] {
  const { source } = reader;
  const delimiter = Buffer.from(`--${boundary}`, 'utf8');
  const slices: Slice[] = [];
  let open: { start: number; line: number } | undefined;
  let line = body.line;
  let previousEnd = body.start;
  for (let at = body.start; at < body.end;) {
    const feed = source.indexOf(0x0a, at);
    const next = feed === -1 || feed >= body.end ? body.end : feed + 1;
    const end = trimLineEnd(source, at, next);
    const kind = delimiterKind(source, at, end, delimiter);
    if (kind !== undefined) {
      if (open) slices.push({ start: open.start, end: Math.max(open.start, previousEnd), line: open.line });
      if (kind === 'close') return slices;
      open = { start: next, line: line + 1 };
      if (slices.length > reader.partsLeft) break;
    }
    previousEnd = end;
    at = next;
    line += 1;
  }
  if (open) {
    slices.push({ start: open.start, end: body.end, line: open.line });
    note(reader, 'MAIL_BOUNDARY_UNCLOSED', path, 'Le délimiteur final de ce multipart manque.');
  } else note(reader, 'MAIL_BOUNDARY_MISSING', path, `Le délimiteur « ${boundary} » n’apparaît pas.`);
  return slices;
}

function delimiterKind(
  source: Uint8Array,
  start: number,
  end: number,
  delimiter: Uint8Array,
): 'open' | 'close' | undefined {
  if (end - start < delimiter.length || source[start] !== 0x2d) return undefined;
  for (let index = 0; index < delimiter.length; index += 1) {
    if (source[start + index] !== delimiter[index]) return undefined;
  }
  const tail = Buffer.from(source.subarray(start + delimiter.length, end)).toString('latin1');
  if (/^[ \t]*$/.test(tail)) return 'open';
  return /^--[ \t]*$/.test(tail) ? 'close' : undefined;
}

function note(reader: PartReader, code: MailProblem['code'], path: string, message: string): void {
  addProblem(reader.problems, { code, where: path === '' ? 'corps du message' : `partie ${path}`, message });
}
