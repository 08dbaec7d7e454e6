import { walkXml } from '#formats/xml/index.ts';
import type { Document, Documents } from '#formats/xpath/index.ts';
import { XPathError } from '#formats/xpath/index.ts';
import { joined } from './include.ts';
import { parseXml } from './parse-xml.ts';
import type { PackFiles } from './types.ts';

/** Files of a pack that expressions open, read once for every schema. */
export interface Library {
  /** @param schema path of the main schema: what its expressions name is relative to it, wherever they were included from */
  readonly from: (schema: string) => Documents;
}

/** Above, an element whose text is looked for is not looked for in a tree. */
const SMALL_BYTES = 128 * 1024;
const MAX_FILE_BYTES = 256 * 1024 * 1024;
/** A tree takes some twenty times the size of the file. */
const MAX_TREE_FILE_BYTES = 24 * 1024 * 1024;

/** Opens the value sets and terminologies of a pack; nothing outside of it can be named. */
export function openLibrary(files: PackFiles): Library {
  const documents = new Map<string, Document>();
  const texts = new Map<string, ReadonlySet<string>>();
  const found = new Map<string, string | undefined>();

  const find = (path: string): string | undefined => {
    if (!found.has(path)) found.set(path, files.find(path));
    return found.get(path);
  };

  const open = (path: string): Document => {
    const known = documents.get(path);
    if (known !== undefined) return known;
    const bytes = files.read(path);
    if (bytes.byteLength > MAX_TREE_FILE_BYTES)
      throw new XPathError('FODC0002', `« ${path} » fait ${bytes.byteLength} octets, trop pour un arbre`);
    let document: Document;
    try {
      document = parseXml(bytes);
    } catch (error) {
      throw new XPathError('FODC0002', `« ${path} » n’est pas un document XML : ${String(error).split('\n')[0]}`);
    }
    documents.set(path, document);
    return document;
  };

  const textsOf = (path: string, namespace: string, local: string): ReadonlySet<string> | undefined => {
    const key = `${path} ${namespace} ${local}`;
    const known = texts.get(key);
    if (known !== undefined) return known;
    const set = new Set<string>();
    let depth = 0;
    let text = '';
    /** An element inside has texts of its own: sets of whole texts would not tell them apart. */
    let isPlain = true;
    const { ok } = walkXml(
      files.read(path),
      {
        open: (name, _, at, uri) => {
          if (depth > 0) isPlain = false;
          else if (name === local && uri === namespace) {
            depth = at;
            text = '';
          }
          return isPlain;
        },
        text: (characters) => {
          if (depth > 0) text += characters;
        },
        close: (_, at) => {
          if (at !== depth) return;
          set.add(text);
          depth = 0;
        },
      },
      { maxBytes: MAX_FILE_BYTES },
    );
    if (!ok || !isPlain) return undefined;
    texts.set(key, set);
    return set;
  };

  return {
    from(schema) {
      const resolve = (reference: string): string | undefined => find(joined(schema, reference));
      return {
        open(reference) {
          const path = resolve(reference);
          if (path === undefined) throw new XPathError('FODC0002', `« ${reference} » est introuvable dans le pack`);
          return open(path);
        },
        exists: (reference) => resolve(reference) !== undefined,
        holdsText(reference, { namespace, local }, text) {
          const path = resolve(reference);
          if (path === undefined || documents.has(path)) return undefined;
          const known = texts.get(`${path} ${namespace ?? ''} ${local}`);
          if (known === undefined && files.read(path).byteLength <= SMALL_BYTES) return undefined;
          return textsOf(path, namespace ?? '', local)?.has(text);
        },
      };
    },
  };
}
