import type { Arithmetic } from './ast.ts';
import { dateTimeOf } from './date-time.ts';
import { Unsupported } from './lexer.ts';
import { traits } from './traits.ts';
import type { Compiled, Focus } from './types.ts';
import { atMostOne, NONE, numberOf, stringOf, truth, XPathError } from './values.ts';
import type { Items } from './values.ts';

const CASTABLE: Readonly<Record<string, RegExp>> = {
  'xs:integer': /^\s*[+-]?\d+\s*$/,
  'xs:decimal': /^\s*[+-]?(?:\d+(?:\.\d*)?|\.\d+)\s*$/,
  'xs:double': /^\s*(?:[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|-?INF|NaN)\s*$/,
  'xs:boolean': /^\s*(?:true|false|0|1)\s*$/,
  'xs:language': /^\s*[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*\s*$/,
  'xs:string': /^/,
  // Any characters: what XSD 1.1 says, and the reference implementation with it.
  'xs:anyURI': /^/,
};

/** `castable as`, from what a node or a string holds. @throws {Unsupported} on another type */
export function castable(operand: Compiled, type: string, optional: boolean): Compiled {
  const lexical = CASTABLE[type];
  if (lexical === undefined && type !== 'xs:dateTime') throw new Unsupported(`type ${type}`);
  const isOne = (text: string): boolean => lexical?.test(text) ?? dateTimeOf(text) !== undefined;
  const test = (focus: Focus): boolean => {
    const items = operand.items(focus);
    if (items.length > 1) return false;
    const [item] = items;
    return item === undefined ? optional : (typeof item === 'number' && lexical !== undefined) || isOne(stringOf(item));
  };
  return { ...traits([operand]), items: (focus) => [test(focus)], test, maybeNumber: false };
}

/** The six operations, on numbers. */
export function arithmetic(op: Arithmetic, left: Compiled, right: Compiled): Compiled {
  return numeric([left, right], (focus) => {
    const one = operand(left, focus);
    const other = operand(right, focus);
    return one === undefined || other === undefined ? undefined : computed(op, one, other);
  });
}

export function negate(operandExpression: Compiled): Compiled {
  return numeric([operandExpression], (focus) => {
    const value = operand(operandExpression, focus);
    return value === undefined ? undefined : -value;
  });
}

export function range(left: Compiled, right: Compiled): Compiled {
  const items = (focus: Focus): Items => {
    const from = operand(left, focus);
    const to = operand(right, focus);
    if (from === undefined || to === undefined || to < from) return NONE;
    if (to - from > 1_000_000) throw new XPathError('FOAR0002', 'intervalle trop grand');
    return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  };
  return { ...traits([left, right]), items, test: (focus) => truth(items(focus)), maybeNumber: true };
}

function numeric(operands: readonly Compiled[], value: (focus: Focus) => number | undefined): Compiled {
  const items = (focus: Focus): Items => {
    const found = value(focus);
    return found === undefined ? NONE : [found];
  };
  return { ...traits(operands), items, test: (focus) => truth(items(focus)), maybeNumber: true };
}

function operand(expression: Compiled, focus: Focus): number | undefined {
  const item = atMostOne(expression.items(focus));
  if (item === undefined) return undefined;
  if (typeof item === 'string' || typeof item === 'boolean')
    throw new XPathError('XPTY0004', 'une opération attend des nombres');
  const value = numberOf(item);
  if (Number.isNaN(value) && typeof item !== 'number' && stringOf(item).trim() !== 'NaN')
    throw new XPathError('FORG0001', `« ${stringOf(item).slice(0, 80)} » n’est pas un nombre`);
  return value;
}

function computed(op: Arithmetic, one: number, other: number): number {
  switch (op) {
    case '+':
      return one + other;
    case '-':
      return one - other;
    case '*':
      return one * other;
    case 'div':
      return one / other;
    case 'mod':
      return one % other;
    default:
      if (other === 0) throw new XPathError('FOAR0001', 'division par zéro');
      return Math.trunc(one / other);
  }
}
