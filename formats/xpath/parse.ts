import type { Arithmetic, Axis, AxisStep, Comparison, Expr, NodeTest, Step } from './ast.ts';
import { Cursor } from './cursor.ts';
import { tokens } from './lexer.ts';

const GENERAL: ReadonlySet<string> = new Set(['=', '!=', '<', '<=', '>', '>=']);
const VALUE: Readonly<Record<string, Comparison>> = { eq: '=', ne: '!=', lt: '<', le: '<=', gt: '>', ge: '>=' };
const AXES: ReadonlySet<string> = new Set<Axis>([
  'child',
  'descendant',
  'descendant-or-self',
  'self',
  'parent',
  'ancestor',
  'ancestor-or-self',
  'attribute',
  'following-sibling',
  'preceding-sibling',
  'following',
  'preceding',
]);
const KIND_TESTS: Readonly<Record<string, Exclude<NodeTest['kind'], 'name'>>> = {
  node: 'node',
  text: 'text',
  comment: 'comment',
  element: 'element',
  attribute: 'attribute',
  'processing-instruction': 'pi',
  'document-node': 'document',
};
const ANY_NODE: AxisStep = { kind: 'axis', axis: 'descendant-or-self', test: { kind: 'node' }, predicates: [] };

/**
 * Reads an XPath 2.0 expression.
 *
 * @throws {Unsupported} when it is not in the grammar that official schematrons use: another engine may know it
 */
export function parseXPath(source: string): Expr {
  const reader = new Reader(tokens(source));
  const expression = reader.expression();
  reader.end();
  return expression;
}

class Reader extends Cursor {
  expression(): Expr {
    const items = [this.#single()];
    while (this.take(',')) items.push(this.#single());
    return items.length === 1 && items[0] !== undefined ? items[0] : { kind: 'sequence', items };
  }

  #single(): Expr {
    const { kind, text } = this.peek();
    if (kind === 'name') {
      const next = this.peek(1);
      if (text === 'if' && next.text === '(' && next.kind === 'symbol') return this.#if();
      if ((text === 'for' || text === 'some' || text === 'every') && next.kind === 'variable') return this.#bind(text);
    }
    return this.#or();
  }

  #if(): Expr {
    this.skip();
    this.need('(');
    const test = this.expression();
    this.need(')');
    this.word('then');
    const yes = this.#single();
    this.word('else');
    return { kind: 'if', test, yes, no: this.#single() };
  }

  #bind(kind: 'for' | 'some' | 'every'): Expr {
    const bindings: { name: string; in: Expr }[] = [];
    do {
      this.skip();
      const variable = this.next();
      if (variable.kind !== 'variable') this.fail();
      this.word('in');
      bindings.push({ name: variable.text, in: this.#single() });
    } while (this.peek().text === ',' && this.peek(1).kind === 'variable');
    this.word(kind === 'for' ? 'return' : 'satisfies');
    return { kind, bindings, body: this.#single() };
  }

  #or(): Expr {
    let left = this.#and();
    while (this.takeWord('or')) left = { kind: 'or', left, right: this.#and() };
    return left;
  }

  #and(): Expr {
    let left = this.#comparison();
    while (this.takeWord('and')) left = { kind: 'and', left, right: this.#comparison() };
    return left;
  }

  #comparison(): Expr {
    const left = this.#range();
    const { kind, text } = this.peek();
    if (kind === 'symbol' && GENERAL.has(text)) {
      this.skip();
      return { kind: 'general', op: text as Comparison, left, right: this.#range() };
    }
    const op = kind === 'name' ? VALUE[text] : undefined;
    if (op !== undefined) {
      this.skip();
      return { kind: 'value', op, left, right: this.#range() };
    }
    return left;
  }

  #range(): Expr {
    const left = this.#additive();
    return this.takeWord('to') ? { kind: 'range', left, right: this.#additive() } : left;
  }

  #additive(): Expr {
    let left = this.#multiplicative();
    for (;;) {
      const { kind, text } = this.peek();
      if (kind !== 'symbol' || (text !== '+' && text !== '-')) return left;
      this.skip();
      left = { kind: 'arithmetic', op: text, left, right: this.#multiplicative() };
    }
  }

  #multiplicative(): Expr {
    let left = this.#union();
    for (;;) {
      const { kind, text } = this.peek();
      const isOperator =
        (kind === 'symbol' && text === '*') || (kind === 'name' && ['div', 'idiv', 'mod'].includes(text));
      if (!isOperator) return left;
      this.skip();
      left = { kind: 'arithmetic', op: text as Arithmetic, left, right: this.#union() };
    }
  }

  #union(): Expr {
    let left = this.#intersection();
    while (this.take('|') || this.takeWord('union')) left = { kind: 'union', left, right: this.#intersection() };
    return left;
  }

  #intersection(): Expr {
    let left = this.#typed();
    for (;;) {
      if (this.takeWord('intersect')) left = { kind: 'intersect', left, right: this.#typed() };
      else if (this.takeWord('except')) left = { kind: 'except', left, right: this.#typed() };
      else return left;
    }
  }

  /** `cast as`, `treat as` and `instance of` are left to another engine: what follows is then unexpected. */
  #typed(): Expr {
    const operand = this.#unary();
    if (this.peek().text !== 'castable' || this.peek(1).text !== 'as') return operand;
    this.skip(2);
    const type = this.next();
    if (type.kind !== 'name') this.fail();
    return { kind: 'castable', operand, type: type.text, optional: this.take('?') };
  }

  #unary(): Expr {
    if (this.take('-')) return { kind: 'negate', operand: this.#unary() };
    if (this.take('+')) return { kind: 'negate', operand: { kind: 'negate', operand: this.#unary() } };
    return this.#path();
  }

  #path(): Expr {
    const steps: Step[] = [];
    let root = false;
    if (this.take('/')) {
      if (!this.#beginsStep()) return { kind: 'path', root: true, steps };
      root = true;
    } else if (this.take('//')) {
      root = true;
      steps.push(ANY_NODE);
    }
    steps.push(this.#step());
    for (;;) {
      if (this.take('//')) steps.push(ANY_NODE);
      else if (!this.take('/')) break;
      steps.push(this.#step());
    }
    const [only] = steps;
    if (!root && steps.length === 1 && only?.kind === 'filter' && only.predicates.length === 0) return only.base;
    return { kind: 'path', root, steps };
  }

  #beginsStep(): boolean {
    const { kind, text } = this.peek();
    if (kind === 'end') return false;
    return kind !== 'symbol' || ['(', '@', '.', '..', '*'].includes(text);
  }

  #step(): Step {
    const { kind, text } = this.peek();
    if (kind === 'symbol') {
      if (text === '..') {
        this.skip();
        return { kind: 'axis', axis: 'parent', test: { kind: 'node' }, predicates: this.#predicates() };
      }
      if (text === '@') {
        this.skip();
        return this.#axisStep('attribute');
      }
      if (text === '*') return this.#axisStep('child');
    }
    if (kind === 'name') {
      const next = this.peek(1);
      if (next.kind === 'symbol' && next.text === '::') {
        if (!AXES.has(text)) this.fail();
        this.skip(2);
        return this.#axisStep(text as Axis);
      }
      const isCall = next.kind === 'symbol' && next.text === '(' && KIND_TESTS[text] === undefined;
      if (!isCall) return this.#axisStep(text === 'attribute' && next.text === '(' ? 'attribute' : 'child');
    }
    return { kind: 'filter', base: this.#primary(), predicates: this.#predicates() };
  }

  #axisStep(axis: Axis): AxisStep {
    return { kind: 'axis', axis, test: this.#nodeTest(), predicates: this.#predicates() };
  }

  #nodeTest(): NodeTest {
    const { kind, text } = this.next();
    if (kind === 'symbol' && text === '*') return { kind: 'name', prefix: '*', local: '*' };
    if (kind !== 'name') this.fail();
    const test = KIND_TESTS[text];
    if (test !== undefined && this.take('(')) {
      // A name or a type inside is not in use.
      this.need(')');
      return { kind: test };
    }
    const colon = text.indexOf(':');
    return { kind: 'name', prefix: text.slice(0, Math.max(0, colon)), local: text.slice(colon + 1) };
  }

  #predicates(): readonly Expr[] {
    const found: Expr[] = [];
    while (this.take('[')) {
      found.push(this.expression());
      this.need(']');
    }
    return found;
  }

  #primary(): Expr {
    const { kind, text } = this.next();
    switch (kind) {
      case 'string':
        return { kind: 'string', value: text };
      case 'number':
        return { kind: 'number', value: Number(text), type: numberType(text) };
      case 'variable':
        return { kind: 'variable', name: text };
      case 'name':
        return this.#call(text);
      default:
        if (text === '.' && kind === 'symbol') return { kind: 'context' };
        if (text !== '(' || kind !== 'symbol') this.fail();
        if (this.take(')')) return { kind: 'sequence', items: [] };
        return this.#parenthesised();
    }
  }

  #parenthesised(): Expr {
    const inside = this.expression();
    this.need(')');
    return inside;
  }

  #call(name: string): Expr {
    this.need('(');
    const args: Expr[] = [];
    if (!this.take(')')) {
      do args.push(this.#single());
      while (this.take(','));
      this.need(')');
    }
    return { kind: 'call', name: name.startsWith('fn:') ? name.slice(3) : name, args };
  }
}

function numberType(text: string): 'integer' | 'decimal' | 'double' {
  if (/e/i.test(text)) return 'double';
  return text.includes('.') ? 'decimal' : 'integer';
}
