import { FUNCTIONS } from './functions.ts';
import type { Documents } from './types.ts';
import { isNode, NONE, QName, stringOf } from './values.ts';
import type { Item, Items } from './values.ts';

interface Missing {
  /** Types of the arguments: nodes come as their characters. The engine may have a function of this name, of another arity. */
  readonly takes: readonly ('xs:string?' | 'xs:string*' | 'node()?')[];
  readonly gives: 'node()*' | 'xs:boolean' | 'xs:string' | 'xs:string?' | 'xs:string*';
  readonly call: (args: readonly Items[], documents: Documents) => unknown;
}

const texts = (items: Items = NONE): readonly string[] => items.map(stringOf);

/** Of ours, on the values of the other engine. */
function ours(name: string, args: readonly Items[]): Items {
  const found = FUNCTIONS[name];
  if (found === undefined) throw new Error(`la fonction ${name} n’est pas définie`);
  return found.call(args);
}

/** A qualified name has no counterpart among the values that the engine takes: it travels as `{namespace}local`. */
function clark(item: Item | undefined): string | null {
  return item instanceof QName ? `{${item.namespace}}${item.local}` : null;
}

function part(items: Items | undefined, name: 'namespace' | 'local'): string | null {
  const [item] = items ?? NONE;
  if (item === undefined || isNode(item)) return null;
  return /^\{(?<namespace>[^}]*)\}(?<local>.*)$/su.exec(stringOf(item))?.groups?.[name] ?? null;
}

const one = (found: Items): unknown => found[0] ?? null;

/** Functions of XPath 2.0 that official schematrons call and that fontoxpath has not. */
export const MISSING: Readonly<Record<string, Missing>> = {
  doc: { takes: ['xs:string*'], gives: 'node()*', call: ([uris], { open }) => texts(uris).map((uri) => open(uri)) },
  document: {
    takes: ['xs:string*'],
    gives: 'node()*',
    call: ([uris], { open }) => texts(uris).map((uri) => open(uri)),
  },
  'doc-available': {
    takes: ['xs:string*'],
    gives: 'xs:boolean',
    call: ([uris], { exists }) => uris !== undefined && uris.length > 0 && texts(uris).every((uri) => exists(uri)),
  },
  'resolve-QName': {
    takes: ['xs:string?', 'node()?'],
    gives: 'xs:string?',
    call: (args) => clark(ours('resolve-QName', args)[0]),
  },
  QName: { takes: ['xs:string?', 'xs:string?'], gives: 'xs:string?', call: (args) => clark(ours('QName', args)[0]) },
  'namespace-uri-from-QName': { takes: ['xs:string?'], gives: 'xs:string?', call: ([name]) => part(name, 'namespace') },
  'local-name-from-QName': { takes: ['xs:string?'], gives: 'xs:string?', call: ([name]) => part(name, 'local') },
  'iri-to-uri': { takes: ['xs:string?'], gives: 'xs:string', call: (args) => one(ours('iri-to-uri', args)) },
  matches: {
    takes: ['xs:string?', 'xs:string?', 'xs:string?'],
    gives: 'xs:boolean',
    call: (args) => one(ours('matches', args)),
  },
  replace: {
    takes: ['xs:string?', 'xs:string?', 'xs:string?', 'xs:string?'],
    gives: 'xs:string',
    call: (args) => one(ours('replace', args)),
  },
  tokenize: {
    takes: ['xs:string?', 'xs:string?', 'xs:string?'],
    gives: 'xs:string*',
    call: (args) => ours('tokenize', args),
  },
};
