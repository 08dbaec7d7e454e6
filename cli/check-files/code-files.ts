import { readdir, stat } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';
import { overriddenBy, readCodeLists, SHIPPED_CODES, type CodeLists } from '#checks/xds/index.ts';
import { EXIT } from '#tracker/domain/index.ts';
import { CliError } from '../errors.ts';
import { readWhole } from './read-file.ts';

const MAX_FILES = 200;
const MAX_BYTES = 32 * 1024 * 1024;

/** Lists of codes that somebody gives, and where they come from. */
export interface GivenCodes {
  /** Over those that are shipped. */
  readonly lists: CodeLists;
  /** Files in the order in which they take each other's place, without their folder. */
  readonly files: readonly { readonly source: string; readonly sha256: string }[];
}

/**
 * Lists of codes of the user over those that are shipped.
 *
 * @param path a JSON file, or a folder whose .json files are read in the order of their names
 * @throws {CliError} `CHECK_CODES_INVALID`: usage when there is nothing at the path, configuration when a file is wrong
 */
export async function readCodeFiles(path: string): Promise<GivenCodes> {
  let lists = SHIPPED_CODES;
  const files: { source: string; sha256: string }[] = [];
  for (const file of await filesOf(path)) {
    const reading = await readWhole(file, MAX_BYTES);
    if (!reading.ok) {
      const { received = '', remedy = '' } = reading.outcome.findings[0] ?? {};
      throw wrong(reading.outcome.exitCode ?? EXIT.configuration, file, received, remedy);
    }
    const own = readCodeLists(parsed(file, reading.bytes));
    if (!own.ok) {
      throw wrong(EXIT.configuration, file, own.message, 'Suivez le format de checks/xds/README.md.');
    }
    lists = overriddenBy(lists, own.lists);
    files.push(fileOf(file, reading.bytes));
  }
  return { lists, files };
}

/** A file of lists, as a report names it. */
export function fileOf(path: string, bytes: Uint8Array): GivenCodes['files'][number] {
  return { source: basename(path), sha256: createHash('sha256').update(bytes).digest('hex') };
}

async function filesOf(path: string): Promise<readonly string[]> {
  const stats = await stat(path).catch(() => undefined);
  if (stats?.isDirectory() !== true) return [path];
  const names = (await readdir(path)).filter((name) => name.endsWith('.json')).toSorted();
  if (names.length === 0) throw wrong(EXIT.configuration, path, 'aucun fichier .json', 'Placez-y vos listes.');
  if (names.length > MAX_FILES) {
    throw wrong(EXIT.configuration, path, `${names.length} fichiers`, `Gardez-en ${MAX_FILES} au plus.`);
  }
  return names.map((name) => join(path, name));
}

function parsed(file: string, bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    const [, line, column] = /\(line (\d+) column (\d+)\)/.exec(cause instanceof Error ? cause.message : '') ?? [];
    const where = line === undefined ? '' : `, ligne ${line}, colonne ${column ?? ''}`;
    throw wrong(EXIT.configuration, file, `ce n’est pas du JSON en UTF-8${where}`, 'Corrigez le fichier.', cause);
  }
}

function wrong(exitCode: number, file: string, what: string, remedy: string, cause?: unknown): CliError {
  return new CliError('CHECK_CODES_INVALID', exitCode, `Listes de codes ${file} : ${what}.`, remedy, { cause });
}
