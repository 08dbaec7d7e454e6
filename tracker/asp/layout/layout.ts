import type { RequestKind } from '../types.ts';
import { compile } from './compile.ts';
import { LayoutError, pointer, type LayoutProblem } from './errors.ts';
import { compileSchema, type SchemaFault } from './schema.ts';
import { isRecord, Scribe, type Miss } from './scope.ts';
import type { Model } from './vocabulary.ts';

/** Version of the mapping language; a file says which one it speaks. */
export const LANGUAGE = 1;

export interface LayoutLimits {
  readonly pieceBytes?: number;
  readonly totalBytes?: number;
}

/** What a document became: with misses or faults it must not be handed in. */
export interface Built {
  readonly document: unknown;
  readonly misses: readonly Miss[];
}

/** A layout ready for use: how a request is written, and by which schema it is judged. */
export interface Layout {
  readonly kind: RequestKind;
  readonly name: string;
  readonly version: string;
  /** Whether it is only a proposal: whatever is made with it is a draft. */
  readonly proposed: boolean;
  readonly limits: LayoutLimits;
  build(model: Model): Built;
  check(document: unknown): readonly SchemaFault[];
}

/** Both files of a layout as read from a folder. */
export interface LayoutFiles {
  /** Name shown in what is wrong: `avance.mapping.json`, with its folder. */
  readonly mappingFile: string;
  readonly mapping: unknown;
  readonly schemaFile: string;
  readonly schema: unknown;
}

/** Keys of a mapping file. */
const KEYS = ['$schema', 'language', 'kind', 'name', 'version', 'status', 'source', 'schema', 'limits', 'document'];

/**
 * Reads a mapping and its schema.
 *
 * @throws {LayoutError} with every problem of the mapping, each at its place in the file
 */
export function readLayout(kind: RequestKind, files: LayoutFiles): Layout {
  const { mapping, mappingFile } = files;
  const root = `${mappingFile}#`;
  if (!isRecord(mapping)) {
    const remedy = 'Partez de l’exemple de tracker/asp/layouts/README.md.';
    throw new LayoutError([{ where: root, what: 'Un objet JSON était attendu.', remedy }]);
  }
  const scribe = new Scribe();
  checkHeader(mapping, kind, root, scribe);
  const build = compile(mapping['document'], pointer(root, 'document'), scribe);
  const limits = readLimits(mapping['limits'], pointer(root, 'limits'), scribe);
  const [check, problems] = schemaOf(files);
  if (scribe.problems.length + problems.length > 0) throw new LayoutError([...scribe.problems, ...problems]);
  const schemaProposed = isRecord(files.schema) && files.schema['x-status'] === 'proposed';
  return {
    kind,
    name: String(mapping['name']),
    version: String(mapping['version']),
    proposed: mapping['status'] !== 'official' || schemaProposed,
    limits,
    build(model) {
      const misses: Miss[] = [];
      const document = build({ model, miss: (miss) => misses.push(miss) });
      return { document, misses };
    },
    check,
  };
}

function schemaOf(files: LayoutFiles): readonly [Layout['check'], readonly LayoutProblem[]] {
  try {
    return [compileSchema(files.schema, files.schemaFile), []];
  } catch (error) {
    if (!(error instanceof LayoutError)) throw error;
    return [() => [], error.problems];
  }
}

function checkHeader(
  mapping: Readonly<Record<string, unknown>>,
  kind: RequestKind,
  root: string,
  scribe: Scribe,
): void {
  for (const key of Object.keys(mapping)) {
    if (!KEYS.includes(key)) scribe.refuse(pointer(root, key), 'Clé inconnue.', `Clés : ${KEYS.join(', ')}.`);
  }
  if (mapping['language'] !== LANGUAGE) {
    const remedy = `Écrivez "language": ${LANGUAGE}, la version que ce Jalon parle.`;
    scribe.refuse(pointer(root, 'language'), 'Version du langage absente ou inconnue.', remedy);
  }
  if (mapping['kind'] !== kind) {
    scribe.refuse(pointer(root, 'kind'), 'Ce fichier est d’une autre nature.', `Écrivez "kind": "${kind}".`);
  }
  for (const key of ['name', 'version']) {
    const value = mapping[key];
    if (typeof value === 'string' && value.trim() !== '') continue;
    scribe.refuse(
      pointer(root, key),
      'Un texte était attendu.',
      `Donnez ${key === 'name' ? 'un nom' : 'une version'}.`,
    );
  }
  if (mapping['status'] !== 'official' && mapping['status'] !== 'proposed') {
    const remedy = 'Écrivez "official" pour le modèle distribué par l’ASP, "proposed" pour tout autre.';
    scribe.refuse(pointer(root, 'status'), 'Statut absent ou inconnu.', remedy);
  }
  if (!Object.hasOwn(mapping, 'document')) {
    scribe.refuse(pointer(root, 'document'), 'Aucun document.', 'Décrivez le fichier à écrire.');
  }
}

function readLimits(limits: unknown, where: string, scribe: Scribe): LayoutLimits {
  if (limits === undefined) return {};
  const found: { pieceBytes?: number; totalBytes?: number } = {};
  for (const [key, value] of Object.entries(isRecord(limits) ? limits : { '': limits })) {
    if ((key === 'pieceBytes' || key === 'totalBytes') && Number.isSafeInteger(value) && Number(value) > 0) {
      found[key] = Number(value);
    } else {
      scribe.refuse(pointer(where, key), 'Limite illisible.', 'Donnez pieceBytes et totalBytes en octets.');
    }
  }
  return found;
}
