import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { loadCatalogue } from '#dsr/catalogue/index.ts';
import { parseRem, readRem, type Category, type Rem, type RemMessage, type Wave } from '#dsr/rem/index.ts';
import { applyOverrules } from '#dsr/proof-kinds/index.ts';
import { EXIT } from '#tracker/domain/index.ts';
import { CliError } from './errors.ts';
import { readOverrules } from './overrules.ts';

/** No published REM comes near this size: a larger file is another file. */
const MAX_BYTES = 64 * 1024 * 1024;

export interface LoadedRem {
  readonly rem: Rem;
  readonly messages: readonly RemMessage[];
}

/**
 * The REM of a command: the embedded catalogue, a workbook of the authority, or a REM that `rem import` kept (`.json`).
 *
 * @throws {CliError} `REM_ILLISIBLE` with the first reason when the file is not a REM; system errors when it cannot be read
 */
export async function loadRem(
  file: string | undefined,
  category: Category,
  wave: Wave,
  dataDir?: string,
): Promise<LoadedRem> {
  const loaded = await readSource(file, category, wave);
  if (dataDir === undefined) return loaded;
  // An overrule of another couloir names slots that this Rem does not have: that is no fault of either.
  return { ...loaded, rem: applyOverrules(loaded.rem, await readOverrules(dataDir)).rem };
}

async function readSource(file: string | undefined, category: Category, wave: Wave): Promise<LoadedRem> {
  if (file === undefined) return { rem: loadCatalogue(category, wave), messages: [] };
  await refuseUnreadable(file);
  return remOfBytes(file, await readFile(file), category, wave);
}

/**
 * The REM of bytes: a workbook of the authority, or a REM that `rem import` kept.
 *
 * @param file its name; `.json` for a kept one
 * @throws {CliError} as {@link loadRem}
 */
export async function remOfBytes(file: string, bytes: Buffer, category: Category, wave: Wave): Promise<LoadedRem> {
  if (file.toLowerCase().endsWith('.json')) return { rem: parseKept(file, bytes.toString('utf8')), messages: [] };
  const reading = await readRem(bytes, { category, wave, fileName: basename(file) });
  if (reading.ok) return { rem: reading.rem, messages: reading.messages };
  const [first] = reading.messages;
  throw new CliError(
    first?.code ?? 'REM_ILLISIBLE',
    EXIT.usage,
    `« ${file} » ne se lit pas comme une REM : ${first?.message ?? 'aucune exigence trouvée'}`,
    first?.remedy ?? 'Donnez le classeur .xlsx publié par l’ANS.',
  );
}

/** Asked before anything is read: a pipe or a device may never end, and a huge file would fill the memory. */
async function refuseUnreadable(file: string): Promise<void> {
  const found = await stat(file);
  const refuse = (code: string, why: string): never => {
    throw new CliError(code, EXIT.usage, `« ${file} » ${why}`, 'Donnez le classeur .xlsx publié par l’ANS.');
  };
  // A folder is left to the reading, whose error names it.
  if (!found.isFile() && !found.isDirectory()) {
    refuse('REM_PAS_UN_FICHIER', "n'est pas un fichier ordinaire (tube, périphérique ou prise) : il n'est pas lu.");
  }
  if (found.size > MAX_BYTES) {
    refuse('REM_TROP_GROS', `pèse ${Math.round(found.size / 1024 / 1024)} Mio : ce n'est pas un classeur de REM.`);
  }
}

function parseKept(file: string, text: string): Rem {
  try {
    return parseRem(text);
  } catch (cause) {
    throw new CliError(
      'REM_ILLISIBLE',
      EXIT.usage,
      `« ${file} » n'est pas une REM gardée par Jalon.`,
      'Donnez le classeur .xlsx publié par l’ANS, ou le fichier écrit par « npm run jalon -- rem import ».',
      { cause },
    );
  }
}
