import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EXIT } from '#tracker/domain/index.ts';
import { LayoutError, readLayout, type Layout, type RequestKind } from '#tracker/asp/index.ts';
import { CliError } from './errors.ts';

/** The layouts that Jalon proposes; the real ones are the ASP's, and are not public. */
const PROPOSED = fileURLToPath(new URL('../tracker/asp/layouts/proposed-0.1.0', import.meta.url));
const MAX_BYTES = 4 * 1024 * 1024;
const README = 'tracker/asp/layouts/README.md';
/** Problems told in one line; the others are counted. */
const TOLD = 12;

/**
 * The layout of a kind of request: `KIND.mapping.json` of a folder and the schema that it names.
 *
 * @param dir folder given by `--layout`; the proposed layouts when absent
 * @throws {CliError} `ASP_LAYOUT_INVALID` with everything that is wrong, each at its place in the file
 */
export async function loadLayout(kind: RequestKind, dir?: string): Promise<Layout> {
  // What is shipped is named by its place in Jalon, not on this machine.
  const place = dir ?? 'tracker/asp/layouts/proposed-0.1.0';
  const folder = dir ?? PROPOSED;
  const mappingFile = join(place, `${kind}.mapping.json`);
  const mapping = await jsonOf(join(folder, `${kind}.mapping.json`), kind);
  const named = typeof mapping === 'object' && mapping !== null && 'schema' in mapping ? mapping.schema : undefined;
  if (named !== undefined && (typeof named !== 'string' || !/^[\w.-]+\.json$/u.test(named))) {
    throw new CliError(
      'ASP_LAYOUT_INVALID',
      EXIT.usage,
      `${mappingFile}#/schema : un nom de fichier .json du même dossier était attendu.`,
      `Posez le schéma à côté du fichier de correspondance (${README}).`,
    );
  }
  const schemaName = typeof named === 'string' ? named : `${kind}.schema.json`;
  const schemaFile = join(place, schemaName);
  const schema = await jsonOf(join(folder, schemaName), kind);
  try {
    return readLayout(kind, { mappingFile, mapping, schemaFile, schema });
  } catch (error) {
    if (!(error instanceof LayoutError)) throw error;
    const { problems } = error;
    const told = problems.slice(0, TOLD).map(({ where, what, remedy }) => `${where} : ${what} ${remedy}`);
    const rest = problems.length > TOLD ? ` (et ${problems.length - TOLD} autres)` : '';
    throw new CliError(error.code, EXIT.usage, `${told.join(' ; ')}${rest}`, `Le langage est décrit dans ${README}.`, {
      cause: error,
    });
  }
}

async function jsonOf(file: string, kind: RequestKind): Promise<unknown> {
  const found = await stat(file).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new CliError(
      'ASP_LAYOUT_MISSING',
      EXIT.usage,
      `La disposition n’a pas le fichier « ${file} ».`,
      `Une disposition est un dossier avec ${kind}.mapping.json et le schéma que ce fichier nomme (${README}).`,
    );
  });
  if (!found.isFile() || found.size > MAX_BYTES) {
    throw new CliError(
      'ASP_LAYOUT_INVALID',
      EXIT.usage,
      `« ${file} » n’est pas un fichier JSON d’une taille vraisemblable.`,
      `Donnez le schéma et le fichier de correspondance (${README}).`,
    );
  }
  try {
    return JSON.parse((await readFile(file, 'utf8')).replace(/^\uFEFF/u, '')) as unknown;
  } catch (cause) {
    throw new CliError(
      'ASP_LAYOUT_INVALID',
      EXIT.usage,
      `« ${file} » n’est pas un document JSON lisible : ${(cause as Error).message}.`,
      'Corrigez-le à cet endroit.',
      { cause },
    );
  }
}
