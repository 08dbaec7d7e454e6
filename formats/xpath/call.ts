import { FUNCTIONS } from './functions.ts';
import { Unsupported } from './lexer.ts';
import { traits } from './traits.ts';
import type { Compiled, Focus, Static } from './types.ts';
import { atMostOne, stringOf, truth, XPathError } from './values.ts';
import type { Items } from './values.ts';

const NUMBERS: ReadonlySet<string> = new Set(['count', 'number', 'string-length', 'sum', 'abs', 'round', 'floor']);

/** Compiles a call. @throws {Unsupported} when only the other engine has the function */
export function callOf(name: string, args: readonly Compiled[], known: Static): Compiled {
  return condition(name, args) ?? focusCall(name, args) ?? documentCall(name, args, known) ?? plainCall(name, args);
}

/** Those that need not know every item. */
function condition(name: string, args: readonly Compiled[]): Compiled | undefined {
  const [first] = args;
  const made = (test: (focus: Focus) => boolean): Compiled => ({
    ...traits(args),
    items: (focus) => [test(focus)],
    test,
    maybeNumber: false,
  });
  if (first === undefined) {
    if (name === 'true') return made(() => true);
    return name === 'false' ? made(() => false) : undefined;
  }
  if (args.length !== 1) return undefined;
  const isThere =
    first.each === undefined ? (focus: Focus) => first.items(focus).length > 0 : (focus: Focus) => first.test(focus);
  switch (name) {
    case 'not':
      return made((focus) => !first.test(focus));
    case 'boolean':
      return made((focus) => first.test(focus));
    case 'exists':
      return made(isThere);
    case 'empty':
      return made((focus) => !isThere(focus));
    default:
      return undefined;
  }
}

function focusCall(name: string, args: readonly Compiled[]): Compiled | undefined {
  if (args.length > 0 || (name !== 'position' && name !== 'last')) return undefined;
  const items = ({ position, size }: Focus): Items => [name === 'position' ? position : size];
  return {
    items,
    test: (focus) => truth(items(focus)),
    constant: false,
    usesFocus: true,
    readsPosition: true,
    maybeNumber: true,
  };
}

function documentCall(name: string, args: readonly Compiled[], { documents }: Static): Compiled | undefined {
  const [reference] = args;
  if (!['doc', 'document', 'doc-available'].includes(name) || reference === undefined || args.length !== 1)
    return undefined;
  const items = (focus: Focus): Items => {
    const found = reference.items(focus);
    if (name === 'document') return found.map((one) => documents.open(stringOf(one)));
    const one = atMostOne(found);
    if (name === 'doc') return one === undefined ? [] : [documents.open(stringOf(one))];
    return [one !== undefined && documents.exists(stringOf(one))];
  };
  return { ...traits(args), items, test: (focus) => truth(items(focus)), maybeNumber: false };
}

function plainCall(name: string, args: readonly Compiled[]): Compiled {
  const found = FUNCTIONS[name];
  if (found === undefined || args.length > found.most || args.length < found.least)
    throw new Unsupported(`fonction ${name}, ${args.length} arguments`);
  const { call } = found;
  const takesContext = args.length === 0;
  const items = (focus: Focus): Items => {
    if (!takesContext) return call(args.map((argument) => argument.items(focus)));
    if (focus.item === undefined) throw new XPathError('XPDY0002', 'il n’y a pas de nœud courant');
    return call([[focus.item]]);
  };
  return {
    ...traits(args),
    ...(takesContext ? { constant: false, usesFocus: true } : {}),
    items,
    test: (focus) => truth(items(focus)),
    maybeNumber: NUMBERS.has(name),
  };
}
