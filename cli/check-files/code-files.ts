import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { overriddenBy, readCodeLists, SHIPPED_CODES, type CodeLists } from '#checks/xds/index.ts';
import { EXIT } from '#tracker/domain/index.ts';
import { CliError } from '../errors.ts';
import { readWhole } from './read-file.ts';

const MAX_FILES = 200;
const MAX_BYTES = 32 * 1024 * 1024;

/**
 * Lists of codes of the user over those that are shipped.
 *
 * @param path a JSON file, or a folder whose .json files are read in the order of their names
 * @throws CliError when the path, a file or its format is wrong
 */
export async function readCodeFiles(path: string): Promise<CodeLists> {
  let lists = SHIPPED_CODES;
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
  }
  return lists;
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
    throw wrong(EXIT.configuration, file, 'ce n’est pas du JSON en UTF-8', 'Corrigez le fichier.', cause);
  }
}

function wrong(exitCode: number, file: string, what: string, remedy: string, cause?: unknown): CliError {
  return new CliError('CHECK_CODES_INVALID', exitCode, `Listes de codes ${file} : ${what}.`, remedy, { cause });
}
