import type { Element } from 'slimdom';
import { elementsOf, parseXml } from './parse-xml.ts';
import type { PackFiles, SchemaProblem } from './types.ts';

export const SCHEMATRON = 'http://purl.oclc.org/dsdl/schematron';
const MAX_DEPTH = 20;

/** An element of a source, and the file that it was read from. */
export interface Sourced {
  readonly element: Element;
  readonly file: string;
}

/** Sources of one schema: each file is parsed once. */
export interface Sources {
  /** Root element; undefined, and a problem kept, when the file is missing or is not XML. */
  readonly root: (path: string, from: string) => Sourced | undefined;
  /** Schematron children of an element, those that it includes put in their place. */
  readonly children: (parent: Sourced) => readonly Sourced[];
  readonly problems: SchemaProblem[];
}

/** Opens the sources of a schema; nothing is read yet. */
export function openSources(files: PackFiles): Sources {
  const parsed = new Map<string, Element | undefined>();
  const inside = new Map<Element, readonly Sourced[]>();
  const problems: SchemaProblem[] = [];

  const root = (path: string, from: string): Sourced | undefined => {
    const found = files.find(path);
    if (found === undefined) {
      problems.push({ code: 'include-missing', file: from, message: `« ${path} » est introuvable dans le pack.` });
      return undefined;
    }
    if (found !== path)
      problems.push({
        code: 'include-case',
        file: from,
        message: `« ${path} » s’écrit « ${found} » sur le disque : la casse diffère.`,
      });
    if (!parsed.has(found)) parsed.set(found, parse(found));
    const element = parsed.get(found);
    return element === undefined ? undefined : { element, file: found };
  };

  const parse = (path: string): Element | undefined => {
    try {
      return parseXml(files.read(path)).documentElement ?? undefined;
    } catch (error) {
      const said = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
      problems.push({ code: 'not-xml', file: path, message: `n’est pas un document XML bien formé : « ${said} ».` });
      return undefined;
    }
  };

  const expand = (parent: Sourced, depth: number): readonly Sourced[] =>
    elementsOf(parent.element).flatMap((element): readonly Sourced[] => {
      if (element.namespaceURI !== SCHEMATRON) return [];
      if (element.localName !== 'include') return [{ element, file: parent.file }];
      if (depth > MAX_DEPTH) {
        const message = `les inclusions se suivent sur plus de ${MAX_DEPTH} niveaux : elles tournent en rond.`;
        problems.push({ code: 'loop', file: parent.file, message });
        return [];
      }
      const included = root(joined(parent.file, element.getAttribute('href') ?? ''), parent.file);
      if (included === undefined) return [];
      // The root of what is included takes the place; of a whole schema, its content.
      return included.element.localName === 'schema' ? expand(included, depth + 1) : [included];
    });

  const children = (parent: Sourced): readonly Sourced[] => {
    const known = inside.get(parent.element);
    if (known !== undefined) return known;
    const found = expand(parent, 0);
    inside.set(parent.element, found);
    return found;
  };

  return { root, children, problems };
}

/** Path of what a file names, from the root of the pack; `..` that would leave it stays, and is then not found. */
export function joined(from: string, href: string): string {
  const parts = from.split('/').slice(0, -1);
  for (const part of decodedPath(href).replaceAll('\\', '/').split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

function decodedPath(href: string): string {
  try {
    return decodeURIComponent(href);
  } catch {
    return href;
  }
}
