import { regexOf } from './regex.ts';
import {
  atMostOne,
  atomic,
  isElement,
  isNode,
  NONE,
  numberOf,
  QName,
  stringOf,
  toDateTime,
  XPathError,
} from './values.ts';
import type { Atomic, Attr, Element, Item, Items, Node } from './values.ts';

export interface XPathFunction {
  /** Fewest arguments; at zero, the context item stands for the one that is missing. */
  readonly least: number;
  readonly most: number;
  readonly call: (args: readonly Items[]) => Items;
}

/** Argument as `xs:string?`: no item is no character. */
function text(items: Items | undefined): string {
  const item = atMostOne(items ?? NONE);
  if (item === undefined) return '';
  if (typeof item === 'number' || typeof item === 'boolean' || item instanceof QName)
    throw new XPathError('XPTY0004', 'une fonction attend des caractères');
  return stringOf(item);
}

function number(items: Items | undefined): number {
  const item = atMostOne(items ?? NONE);
  return item === undefined ? Number.NaN : numberOf(item);
}

function node(items: Items | undefined): Node | undefined {
  const item = atMostOne(items ?? NONE);
  if (item === undefined) return undefined;
  if (!isNode(item)) throw new XPathError('XPTY0004', 'une fonction attend un nœud');
  return item;
}

const define = (least: number, most: number, call: XPathFunction['call']): XPathFunction => ({ least, most, call });

function substring(source: string, from: number, length: number): string {
  const first = Math.round(from);
  const end = first + Math.round(length);
  return Array.from(source)
    .filter((_, index) => index + 1 >= first && index + 1 < end)
    .join('');
}

function cut(source: string, mark: string, side: 'before' | 'after'): string {
  if (mark === '') return side === 'before' ? '' : source;
  const at = source.indexOf(mark);
  if (at === -1) return '';
  return side === 'before' ? source.slice(0, at) : source.slice(at + mark.length);
}

function translate(source: string, from: string, to: string): string {
  const wanted = Array.from(from);
  const others = Array.from(to);
  return Array.from(source)
    .map((letter) => {
      const at = wanted.indexOf(letter);
      return at === -1 ? letter : (others[at] ?? '');
    })
    .join('');
}

const normalized = (source: string): string =>
  source.replace(/^[ \t\n\r]+|[ \t\n\r]+$/g, '').replace(/[ \t\n\r]+/g, ' ');

function nameOf(one: Node | undefined): string {
  if (one === undefined) return '';
  const { prefix = null, localName = null } = one as Partial<Element | Attr>;
  if (one.nodeType === 7) return one.nodeName;
  if (localName === null) return '';
  return prefix === null ? localName : `${prefix}:${localName}`;
}

function replaced(source: string, pattern: string, by: string, flags: string): string {
  const groups = by.replace(/\\(.)|\$(\d)|\$/gu, (_, escaped?: string, group?: string) => {
    if (group !== undefined) return group === '0' ? '$&' : `$${group}`;
    return escaped === undefined || escaped === '$' ? '$$' : escaped;
  });
  return source.replace(regexOf(pattern, flags, true), groups);
}

/** Atomic values, each once, in the order in which they come. */
function distinct(items: Items): Items {
  const seen = new Set<string>();
  return items.map(atomic).filter((one) => {
    const key = keyOf(one);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function keyOf(one: Atomic): string {
  if (typeof one === 'number' || typeof one === 'boolean') return `${typeof one} ${one}`;
  return one instanceof QName ? `Q ${one.namespace} ${one.local}` : `s ${stringOf(one)}`;
}

function resolvedQName(lexical: string, element: Node | undefined): QName {
  const [, prefix = '', local = ''] = /^\s*(?:([^:\s]+):)?([^:\s]+)\s*$/u.exec(lexical) ?? [];
  if (local === '') throw new XPathError('FOCA0002', `« ${lexical.slice(0, 80)} » n’est pas un nom qualifié`);
  const namespace = element !== undefined && isElement(element) ? element.lookupNamespaceURI(prefix || null) : null;
  if (namespace === null && prefix !== '')
    throw new XPathError('FONS0004', `le préfixe « ${prefix} » n’est pas déclaré`);
  return new QName(namespace ?? '', local, prefix);
}

function qname(items: Items | undefined): QName | undefined {
  const item = atMostOne(items ?? NONE);
  if (item === undefined || item instanceof QName) return item;
  throw new XPathError('XPTY0004', 'une fonction attend un nom qualifié');
}

/** Functions of XPath 2.0 in use in official schematrons, by name. */
export const FUNCTIONS: Readonly<Record<string, XPathFunction>> = {
  count: define(1, 1, ([items]) => [items?.length ?? 0]),
  string: define(0, 1, ([items]) => {
    const item = atMostOne(items ?? NONE);
    return [item === undefined ? '' : stringOf(item)];
  }),
  data: define(1, 1, ([items = NONE]) => items.map(atomic)),
  number: define(0, 1, ([items]) => [number(items)]),
  'string-length': define(0, 1, ([items]) => [Array.from(text(items)).length]),
  'normalize-space': define(0, 1, ([items]) => [normalized(text(items))]),
  concat: define(2, 99, (args) => [args.map(concatenated).join('')]),
  contains: define(2, 2, ([one, other]) => [text(one).includes(text(other))]),
  'starts-with': define(2, 2, ([one, other]) => [text(one).startsWith(text(other))]),
  'ends-with': define(2, 2, ([one, other]) => [text(one).endsWith(text(other))]),
  'substring-before': define(2, 2, ([one, other]) => [cut(text(one), text(other), 'before')]),
  'substring-after': define(2, 2, ([one, other]) => [cut(text(one), text(other), 'after')]),
  substring: define(2, 3, ([one, from, length]) => [
    substring(text(one), number(from), length === undefined ? Infinity : number(length)),
  ]),
  // What a URI may not hold is written in UTF-8, as %XX (XPath functions §7.4.11).
  'iri-to-uri': define(1, 1, ([one]) => [
    text(one).replace(/[^\x21\x23-\x3b\x3d\x3f-\x5b\x5d\x5f\x61-\x7a\x7e]/gu, encodeURIComponent),
  ]),
  'xs:dateTime': define(1, 1, ([items]) => {
    const item = atMostOne(items ?? NONE);
    return item === undefined ? NONE : [toDateTime(item)];
  }),
  translate: define(3, 3, ([one, from, to]) => [translate(text(one), text(from), text(to))]),
  'upper-case': define(1, 1, ([one]) => [text(one).toUpperCase()]),
  'lower-case': define(1, 1, ([one]) => [text(one).toLowerCase()]),
  matches: define(2, 3, ([one, pattern, flags]) => [regexOf(text(pattern), text(flags), false).test(text(one))]),
  replace: define(3, 4, ([one, pattern, by, flags]) => [replaced(text(one), text(pattern), text(by), text(flags))]),
  tokenize: define(2, 3, ([one, pattern, flags]) => {
    const source = text(one);
    return source === '' ? NONE : source.split(withoutGroups(regexOf(text(pattern), text(flags), true)));
  }),
  'string-join': define(2, 2, ([items = NONE, separator]) => [items.map((item) => text([item])).join(text(separator))]),
  'distinct-values': define(1, 1, ([items = NONE]) => distinct(items)),
  'local-name': define(0, 1, ([items]) => {
    const one = node(items);
    return [(one as Partial<Element> | undefined)?.localName ?? ''];
  }),
  name: define(0, 1, ([items]) => [nameOf(node(items))]),
  'namespace-uri': define(0, 1, ([items]) => [(node(items) as Partial<Element> | undefined)?.namespaceURI ?? '']),
  QName: define(2, 2, ([namespace, lexical]) => {
    const [prefix = '', local] = text(lexical).split(':');
    return [local === undefined ? new QName(text(namespace), prefix, '') : new QName(text(namespace), local, prefix)];
  }),
  'resolve-QName': define(2, 2, ([lexical = NONE, element]) =>
    lexical.length === 0 ? NONE : [resolvedQName(text(lexical), node(element))],
  ),
  'namespace-uri-from-QName': define(1, 1, ([one]) => fromQName(one, ({ namespace }) => namespace)),
  'local-name-from-QName': define(1, 1, ([one]) => fromQName(one, ({ local }) => local)),
};

function concatenated(items: Items): string {
  const item: Item | undefined = atMostOne(items);
  return item === undefined ? '' : stringOf(item);
}

function withoutGroups(pattern: RegExp): RegExp {
  // `split` gives what groups matched too.
  return new RegExp(
    pattern.source.replace(/\\.|\((?!\?)/gs, (found) => (found === '(' ? '(?:' : found)),
    pattern.flags,
  );
}

function fromQName(items: Items | undefined, part: (name: QName) => string): Items {
  const found = qname(items);
  return found === undefined ? NONE : [part(found)];
}
