import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { EXIT } from '#tracker/domain/index.ts';
import { TABLES, type Copy, type CopyHead, type Row } from '#tracker/store/index.ts';
import { CliError } from './errors.ts';
import { writeBeside } from './write-beside.ts';

type Table = (typeof TABLES)[number];

const KIND = 'jalon-suivi';
/** Longer, a line is none of ours: a record of a run is a few megabytes. */
const MAX_LINE = 256 * 1024 * 1024;

/**
 * Writes a copy: gzip of one JSON document a line, the head first, then each row under the name of its table. Written beside,
 * synced, then renamed: a copy that is there is whole.
 */
export async function writeCopy(copy: Copy, file: string): Promise<void> {
  await writeBeside(file, (to) => pipeline(Readable.from(linesOf(copy)), createGzip(), to));
}

async function* linesOf(copy: Copy): AsyncGenerator<string> {
  yield `${JSON.stringify({ kind: KIND, head: copy.head })}\n`;
  for (const table of TABLES) {
    for (const row of await copy.rows(table)) yield `${JSON.stringify([table, row])}\n`;
  }
}

/**
 * Reads a copy.
 *
 * @throws {CliError} `COPY_UNREADABLE` when the file is none, or is cut
 */
export async function readCopy(file: string): Promise<Copy> {
  const rows = new Map<Table, Row[]>(TABLES.map((table) => [table, []]));
  let head: CopyHead | undefined;
  try {
    await pipeline(
      createReadStream(file),
      createGunzip({ chunkSize: 1024 * 1024 }),
      async (input: AsyncIterable<Uint8Array>) => {
        for await (const line of linesIn(input)) {
          const value = JSON.parse(line) as unknown;
          if (head === undefined) head = headOf(value);
          else addRow(rows, value);
        }
      },
    );
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') throw cause;
    throw unreadable(file, cause);
  }
  if (head === undefined) throw unreadable(file);
  return { head, rows: (table) => Promise.resolve(rows.get(table) ?? []) };
}

async function* linesIn(input: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  for await (const chunk of input) {
    const lines = `${rest}${decoder.decode(chunk, { stream: true })}`.split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > MAX_LINE) throw new SyntaxError('une ligne est trop longue');
    yield* lines;
  }
  if (rest !== '') yield rest;
}

function headOf(value: unknown): CopyHead {
  const { kind, head } = value as { readonly kind?: unknown; readonly head?: Partial<CopyHead> };
  if (kind !== KIND || typeof head?.schema !== 'number' || typeof head.auditHash !== 'string' || !head.rows) {
    throw new SyntaxError('sa première ligne n’est pas celle d’une sauvegarde');
  }
  return { schema: head.schema, auditHash: head.auditHash, rows: head.rows };
}

function addRow(rows: ReadonlyMap<Table, Row[]>, value: unknown): void {
  const [table, row] = value as readonly [Table, Row];
  const own = rows.get(table);
  if (own === undefined || typeof row !== 'object') throw new SyntaxError(`table inconnue : ${table}`);
  own.push(row);
}

function unreadable(file: string, cause?: unknown): CliError {
  const why =
    cause instanceof SyntaxError ? cause.message : 'elle est coupée, ou ce n’est pas un fichier de sauvegarde';
  return new CliError(
    'COPY_UNREADABLE',
    EXIT.configuration,
    `La sauvegarde ${file} ne se lit pas : ${why}.`,
    'Donnez un fichier que « jalon tracker backup » a écrit en entier.',
    { cause },
  );
}
