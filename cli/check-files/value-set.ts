import { isLoincCode } from '#formats/loinc/index.ts';
import { readTables } from '#formats/table/index.ts';
import { walkXml } from '#formats/xml/index.ts';
import { EXIT } from '#tracker/domain/index.ts';
import { CliError } from '../errors.ts';
import { readWhole } from './read-file.ts';

const MAX_BYTES = 32 * 1024 * 1024;

/**
 * LOINC codes of a value set that the user gives: a list (.csv, .xlsx) with the codes in any column, or a value set of the
 * CI-SIS (XML, one `Concept` per code).
 *
 * @throws {CliError} `CHECK_VALUE_SET_INVALID` when the file cannot be read, or holds no LOINC code
 */
export async function readValueSet(path: string): Promise<ReadonlySet<string>> {
  const reading = await readWhole(path, MAX_BYTES);
  if (!reading.ok) {
    const { received = '' } = reading.outcome.findings[0] ?? {};
    throw wrong(reading.outcome.exitCode ?? EXIT.configuration, path, received);
  }
  const codes = startsLikeXml(reading.bytes)
    ? codesOfXml(reading.bytes, path)
    : await codesOfTable(reading.bytes, path);
  if (codes.size === 0) throw wrong(EXIT.configuration, path, 'aucun code LOINC n’y est');
  return codes;
}

function startsLikeXml(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 64))
    .toString('latin1')
    .replace(/^\xEF\xBB\xBF/u, '')
    .trimStart()
    .startsWith('<');
}

function codesOfXml(bytes: Uint8Array, path: string): ReadonlySet<string> {
  const codes = new Set<string>();
  const walked = walkXml(bytes, {
    open: (name, attribute) => {
      const code = name === 'Concept' ? attribute('code') : undefined;
      if (code !== undefined && isLoincCode(code)) codes.add(code);
      return true;
    },
  });
  if (!walked.ok) throw wrong(EXIT.configuration, path, walked.fault.message);
  return codes;
}

async function codesOfTable(bytes: Uint8Array, path: string): Promise<ReadonlySet<string>> {
  const reading = await readTables(bytes);
  if (!reading.ok) throw wrong(EXIT.configuration, path, reading.fault.message);
  const stopped = reading.tables.find((table) => table.stopped !== undefined)?.stopped;
  // Half a value set would call codes unknown that are not.
  if (stopped !== undefined) throw wrong(EXIT.configuration, path, stopped.message);
  const cells = reading.tables.flatMap(({ rows }) => rows.flatMap((row) => row.cells));
  return new Set(cells.map((cell) => cell.trim()).filter(isLoincCode));
}

function wrong(code: number, path: string, what: string): CliError {
  return new CliError(
    'CHECK_VALUE_SET_INVALID',
    code,
    `Jeu de valeurs ${path} : ${what}.`,
    'Donnez la liste des codes du « circuit de la biologie » (bioloinc.fr), en .csv ou .xlsx, ou un jeu de valeurs CI-SIS en XML.',
  );
}
