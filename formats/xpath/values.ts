import type { Attr, Document, Element, Node } from 'slimdom';
import type { Comparison } from './ast.ts';
import { DateTime, dateTimeOf } from './date-time.ts';

export type { Attr, Document, Element, Node } from 'slimdom';

/** A value that came from a node: it is compared as what stands on the other side (XPath 2.0 §3.5.2). */
export class Untyped {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export class QName {
  readonly namespace: string;
  readonly local: string;
  readonly prefix: string;
  constructor(namespace: string, local: string, prefix: string) {
    this.namespace = namespace;
    this.local = local;
    this.prefix = prefix;
  }
}

export type Atomic = string | number | boolean | Untyped | QName | DateTime;
export type Item = Node | Atomic;
export type Items = readonly Item[];

/** A dynamic or type error of XPath, with its code: the expression has no value on this document. */
export class XPathError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(`${code} : ${message}`);
    this.code = code;
  }
}

export const NONE: Items = [];
const ATTRIBUTE = 2;
const DOCUMENT = 9;

export function isNode(item: Item): item is Node {
  return typeof item === 'object' && 'nodeType' in item;
}

export function isElement(node: Node): node is Element {
  return node.nodeType === 1;
}

export function documentOf(node: Node): Document {
  return node.nodeType === DOCUMENT ? (node as Document) : (node.ownerDocument as Document);
}

/** String value of a node (XPath data model): text of the descendants, comments and processing instructions left out. */
export function valueOf(node: Node): string {
  switch (node.nodeType) {
    case ATTRIBUTE:
      return (node as Attr).value;
    case 1:
    case DOCUMENT:
      return textOf(node);
    default:
      return node.nodeValue ?? '';
  }
}

function textOf(node: Node): string {
  const { childNodes } = node;
  if (childNodes.length === 1 && childNodes[0]?.nodeType === 3) return childNodes[0].nodeValue ?? '';
  let text = '';
  for (const child of childNodes) {
    if (child.nodeType === 3 || child.nodeType === 4) text += child.nodeValue ?? '';
    else if (child.nodeType === 1) text += textOf(child);
  }
  return text;
}

export function atomic(item: Item): Atomic {
  return isNode(item) ? new Untyped(valueOf(item)) : item;
}

/** Characters of an item, as the function `string` gives them. */
export function stringOf(item: Item): string {
  if (typeof item === 'string') return item;
  if (typeof item === 'number') return numberText(item);
  if (typeof item === 'boolean') return item ? 'true' : 'false';
  if (item instanceof Untyped || item instanceof DateTime) return item.text;
  if (item instanceof QName) return item.prefix === '' ? item.local : `${item.prefix}:${item.local}`;
  return valueOf(item);
}

function numberText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'INF' : '-INF';
  if (value === 0 || (Math.abs(value) >= 1e-6 && (Math.abs(value) < 1e6 || Number.isInteger(value))))
    return String(value);
  const [mantissa = '', exponent = '0'] = value.toExponential().split('e');
  return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}E${Number(exponent)}`;
}

/** As `fn:number`: NaN when the characters are not a number. */
export function numberOf(item: Item): number {
  if (typeof item === 'number') return item;
  if (typeof item === 'boolean') return item ? 1 : 0;
  const text = stringOf(item).trim();
  if (/^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/.test(text)) return Number(text);
  if (text === 'INF') return Infinity;
  return text === '-INF' ? -Infinity : Number.NaN;
}

/** Effective boolean value (XPath 2.0 §2.4.3). */
export function truth(items: Items): boolean {
  const [first] = items;
  if (first === undefined) return false;
  if (isNode(first)) return true;
  if (items.length > 1) throw new XPathError('FORG0006', 'une suite de plusieurs valeurs n’est ni vraie ni fausse');
  if (typeof first === 'boolean') return first;
  if (typeof first === 'number') return first !== 0 && !Number.isNaN(first);
  if (typeof first === 'string') return first !== '';
  if (first instanceof Untyped) return first.text !== '';
  throw new XPathError('FORG0006', 'cette valeur n’est ni vraie ni fausse');
}

/** The item of an operand that takes at most one. */
export function atMostOne(items: Items): Item | undefined {
  if (items.length > 1) throw new XPathError('XPTY0004', `${items.length} valeurs là où il en faut une au plus`);
  return items[0];
}

/** Compares two atomic values of a general comparison (XPath 2.0 §3.5.2). */
export function comparesGenerally(op: Comparison, left: Atomic, right: Atomic): boolean {
  if (left instanceof Untyped) {
    if (right instanceof Untyped) return ordered(op, left.text, right.text);
    return compared(op, castLike(left, right), right);
  }
  return compared(op, left, right instanceof Untyped ? castLike(right, left) : right);
}

function castLike(value: Untyped, other: Atomic): Atomic {
  if (typeof other === 'number') {
    const number = numberOf(value);
    if (Number.isNaN(number) && value.text.trim() !== 'NaN')
      throw new XPathError('FORG0001', `« ${value.text.slice(0, 80)} » n’est pas un nombre`);
    return number;
  }
  if (other instanceof DateTime) return toDateTime(value);
  if (typeof other !== 'boolean') return value.text;
  const text = value.text.trim();
  if (text === 'true' || text === '1') return true;
  if (text === 'false' || text === '0') return false;
  throw new XPathError('FORG0001', `« ${value.text.slice(0, 80)} » n’est pas un booléen`);
}

/** As `xs:dateTime(…)`. */
export function toDateTime(item: Item): DateTime {
  const found = item instanceof DateTime ? item : dateTimeOf(stringOf(item));
  if (found !== undefined) return found;
  throw new XPathError('FORG0001', `« ${stringOf(item).slice(0, 80)} » n’est pas une date et heure`);
}

/** Compares two atomic values of a value comparison: what came from a node is a string. */
export function compared(op: Comparison, left: Atomic, right: Atomic): boolean {
  const one = left instanceof Untyped ? left.text : left;
  const other = right instanceof Untyped ? right.text : right;
  if (one instanceof QName && other instanceof QName) {
    const same = one.local === other.local && one.namespace === other.namespace;
    if (op === '=') return same;
    if (op === '!=') return !same;
  } else if (one instanceof DateTime && other instanceof DateTime)
    return ordered(op, one.milliseconds, other.milliseconds);
  else if (typeof one !== 'object' && typeof other !== 'object' && typeof one === typeof other)
    return ordered(op, one, other);
  throw new XPathError('XPTY0004', 'deux valeurs de types différents ne se comparent pas');
}

function ordered<T extends string | number | boolean>(op: Comparison, one: T, other: T): boolean {
  switch (op) {
    case '=':
      return one === other;
    case '!=':
      return one !== other;
    case '<':
      return one < other;
    case '<=':
      return one <= other;
    case '>':
      return one > other;
    default:
      return one >= other;
  }
}
