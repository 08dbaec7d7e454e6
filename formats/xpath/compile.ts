import type { Expr } from './ast.ts';
import { arithmetic, castable, negate, range } from './arithmetic.ts';
import { callOf } from './call.ts';
import { generalComparison, valueComparison } from './comparison.ts';
import { Unsupported } from './lexer.ts';
import { pathOf } from './path.ts';
import { exceptOf, intersectOf, unionOf } from './sets.ts';
import { traits } from './traits.ts';
import type { Compiled, Focus, Static } from './types.ts';
import { NONE, truth, XPathError } from './values.ts';
import type { Items, Node } from './values.ts';

/**
 * Makes closures from an expression.
 *
 * @throws {Unsupported} when it holds something that only the other engine knows
 */
export function compile(expression: Expr, known: Static): Compiled {
  const compiled = made(expression, known);
  return compiled.constant && (expression.kind === 'path' || expression.kind === 'call') ? once(compiled) : compiled;
}

function made(expression: Expr, known: Static): Compiled {
  const inner = (one: Expr): Compiled => compile(one, known);
  switch (expression.kind) {
    case 'string':
      return literal([expression.value], false);
    case 'number':
      return literal([expression.value], true);
    case 'variable':
      return variable(expression.name, known);
    case 'context':
      return CONTEXT;
    case 'sequence':
      return sequence(expression.items.map(inner));
    case 'if':
      return conditional(inner(expression.test), inner(expression.yes), inner(expression.no));
    case 'for':
    case 'some':
    case 'every':
      return bound(expression, known);
    case 'or':
    case 'and':
      return logical(expression.kind, inner(expression.left), inner(expression.right));
    case 'general':
      return generalComparison(expression.op, inner(expression.left), inner(expression.right));
    case 'value':
      return valueComparison(expression.op, inner(expression.left), inner(expression.right));
    case 'arithmetic':
      return arithmetic(expression.op, inner(expression.left), inner(expression.right));
    case 'negate':
      return negate(inner(expression.operand));
    case 'range':
      return range(inner(expression.left), inner(expression.right));
    case 'union':
      return unionOf(inner(expression.left), inner(expression.right));
    case 'intersect':
      return intersectOf(inner(expression.left), inner(expression.right));
    case 'except':
      return exceptOf(inner(expression.left), inner(expression.right));
    case 'castable':
      return castable(inner(expression.operand), expression.type, expression.optional);
    case 'call':
      return callOf(expression.name, expression.args.map(inner), known);
    default:
      return pathOf(expression, known, inner);
  }
}

function literal(value: Items, maybeNumber: boolean): Compiled {
  const is = truth(value);
  return {
    items: () => value,
    test: () => is,
    constant: true,
    usesFocus: false,
    readsPosition: false,
    maybeNumber,
  };
}

const CONTEXT: Compiled = {
  items: ({ item }) => {
    if (item === undefined) throw new XPathError('XPDY0002', 'il n’y a pas de nœud courant');
    return [item];
  },
  test: ({ item }) => truth(item === undefined ? NONE : [item]),
  constant: false,
  usesFocus: true,
  readsPosition: false,
  maybeNumber: true,
};

function variable(name: string, { scope }: Static): Compiled {
  const found = scope.find(name);
  if (found === undefined) throw new Unsupported(`variable $${name} inconnue`);
  const { slot, constant } = found;
  if (constant !== undefined) return constant;
  const items = ({ variables }: Focus): Items => {
    const value = variables[slot];
    if (value === undefined) return NONE;
    return 'delayed' in value ? value.force() : value;
  };
  return {
    items,
    test: (focus) => truth(items(focus)),
    constant: false,
    usesFocus: false,
    readsPosition: false,
    maybeNumber: true,
  };
}

function sequence(parts: readonly Compiled[]): Compiled {
  const items = (focus: Focus): Items => parts.flatMap((part) => part.items(focus));
  return { ...traits(parts), items, test: (focus) => truth(items(focus)), maybeNumber: true };
}

/** Value of a constant: told once for all documents. */
function once(compiled: Compiled): Compiled {
  let known: Items | undefined;
  const items = (focus: Focus): Items => {
    known ??= compiled.items(focus);
    return known;
  };
  const { each } = compiled;
  return {
    ...compiled,
    items,
    ...(each === undefined ? {} : { each: (focus, visit) => (items(focus) as readonly Node[]).some(visit) }),
  };
}

function conditional(test: Compiled, yes: Compiled, no: Compiled): Compiled {
  const all = [test, yes, no];
  return {
    items: (focus) => (test.test(focus) ? yes : no).items(focus),
    test: (focus) => (test.test(focus) ? yes : no).test(focus),
    ...traits(all),
    maybeNumber: yes.maybeNumber || no.maybeNumber,
  };
}

function logical(kind: 'or' | 'and', left: Compiled, right: Compiled): Compiled {
  const test =
    kind === 'or'
      ? (focus: Focus) => left.test(focus) || right.test(focus)
      : (focus: Focus) => left.test(focus) && right.test(focus);
  return { ...traits([left, right]), items: (focus) => [test(focus)], test, maybeNumber: false };
}

function bound({ kind, bindings, body }: Extract<Expr, { kind: 'for' | 'some' | 'every' }>, known: Static): Compiled {
  let { scope } = known;
  const loops = bindings.map((binding) => {
    const over = compile(binding.in, { ...known, scope });
    const added = scope.with(binding.name);
    scope = added.scope;
    return { over, slot: added.slot };
  });
  const result = compile(body, { ...known, scope });
  /** Calls `use` for each tuple until it answers true. */
  const run = (focus: Focus, use: () => boolean, depth = 0): boolean => {
    const loop = loops[depth];
    if (loop === undefined) return use();
    for (const item of loop.over.items(focus)) {
      focus.variables[loop.slot] = [item];
      if (run(focus, use, depth + 1)) return true;
    }
    return false;
  };
  const all = [...loops.map(({ over }) => over), result];
  const shared = { ...traits(all), constant: false, maybeNumber: kind === 'for' };
  if (kind === 'for') {
    const items = (focus: Focus): Items => {
      const found: Items[] = [];
      run(focus, () => {
        found.push(result.items(focus));
        return false;
      });
      return found.flat();
    };
    return { items, test: (focus) => truth(items(focus)), ...shared };
  }
  const test =
    kind === 'some'
      ? (focus: Focus) => run(focus, () => result.test(focus))
      : (focus: Focus) => !run(focus, () => !result.test(focus));
  return { items: (focus) => [test(focus)], test, ...shared };
}
