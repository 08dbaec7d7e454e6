import type { AxisStep, Expr, FilterStep, Step } from './ast.ts';
import { keyOf } from './key.ts';
import { heldText } from './held-text.ts';
import { walkOf } from './steps.ts';
import type { AxisWalk } from './steps.ts';
import { inDocumentOrder } from './tree.ts';
import type { Compiled, Focus, Static, Variables } from './types.ts';
import { documentOf, isNode, truth, XPathError } from './values.ts';
import type { Item, Items, Node } from './values.ts';

type Path = Extract<Expr, { kind: 'path' }>;
const FROM_FOCUS = { constant: false, usesFocus: true, readsPosition: false } as const;

type Compile = (expression: Expr) => Compiled;
/** Visits the nodes of one step from one node, until told to stop. */
type Walk = (focus: Focus, node: Node, visit: (node: Node) => boolean) => boolean;

/** Axes whose nodes come in document order and are not inside one another, from one node. */
const FLAT: ReadonlySet<AxisStep['axis']> = new Set(['child', 'attribute', 'self', 'parent', 'following-sibling']);

/** Compiles a path; a lone filter (`$x[1]`, `(a | b)[@c]`) is one too. */
export function pathOf(path: Path, known: Static, inner: Compile): Compiled {
  const steps = merged(path.steps, inner);
  const [first, ...rest] = steps;
  if (!path.root && first?.kind === 'filter') {
    const base = filtered(first, inner);
    if (rest.length === 0) return base;
    const held = heldText(first.base, rest, known, inner);
    const after = following(rest, known, inner, (focus) => base.items(focus), isSingle(first));
    return {
      ...after,
      ...(held === undefined ? {} : { test: (focus: Focus) => held(focus) ?? after.test(focus) }),
      constant: base.constant && rest.every((step) => isConstant(step, inner)),
      usesFocus: base.usesFocus,
      readsPosition: base.readsPosition,
    };
  }
  const start = path.root
    ? ({ item }: Focus): Items => [documentOf(nodeOf(item))]
    : ({ item }: Focus): Items => [nodeOf(item)];
  if (steps.length === 0) return { items: start, test: () => true, ...FROM_FOCUS, maybeNumber: false };
  return { ...following(steps, known, inner, start, true), ...FROM_FOCUS };
}

/** One for each walk: kept in a closure, it would keep the document that it last saw. */
function focusWith(variables: Variables): Focus {
  return { item: undefined, position: 1, size: 1, variables };
}

function nodeOf(item: Item | undefined): Node {
  if (item === undefined || !isNode(item)) throw new XPathError('XPTY0020', 'un chemin part d’un nœud');
  return item;
}

function following(
  steps: readonly Step[],
  known: Static,
  inner: Compile,
  start: (focus: Focus) => Items,
  single: boolean,
): Pick<Compiled, 'items' | 'test' | 'each' | 'maybeNumber'> {
  const last = steps.at(-1);
  if (last?.kind === 'filter') return valuesAfter(steps.slice(0, -1), last, known, inner, start, single);
  const run = chained(steps.map((step) => walkStep(step, known, inner)));
  const sorted = isSorted(steps, single);
  const each = (focus: Focus, visit: (node: Node) => boolean): boolean => {
    for (const item of start(focus)) if (run(focus, nodeOf(item), visit)) return true;
    return false;
  };
  const items = (focus: Focus): Items => {
    const found: Node[] = [];
    each(focus, (node) => {
      found.push(node);
      return false;
    });
    return sorted ? found : inDocumentOrder(found);
  };
  return { items, each, test: (focus) => each(focus, () => true), maybeNumber: false };
}

/** `a/b/string(.)`: the last step gives any values, one evaluation per node before it. */
function valuesAfter(
  before: readonly Step[],
  last: FilterStep,
  known: Static,
  inner: Compile,
  start: (focus: Focus) => Items,
  single: boolean,
): Pick<Compiled, 'items' | 'test' | 'maybeNumber'> {
  const nodes = before.length === 0 ? undefined : following(before, known, inner, start, single);
  const value = filtered(last, inner);
  const items = (focus: Focus): Items => {
    const contexts = nodes?.items(focus) ?? start(focus);
    const found: Item[] = [];
    const own = focusWith(focus.variables);
    for (const [index, item] of contexts.entries()) {
      own.item = item;
      own.position = index + 1;
      own.size = contexts.length;
      found.push(...value.items(own));
    }
    return found.every(isNode) ? inDocumentOrder(found) : found;
  };
  return { items, test: (focus) => truth(items(focus)), maybeNumber: true };
}

function walkStep(step: Step, known: Static, inner: Compile): Walk {
  if (step.kind === 'filter') {
    const value = filtered(step, inner);
    return (focus, node, visit) => {
      const own = focusWith(focus.variables);
      own.item = node;
      for (const item of value.items(own)) if (visit(nodeOf(item))) return true;
      return false;
    };
  }
  const nodes = walkOf(step, known.namespaces);
  const predicates = step.predicates.map(inner);
  const key = keyOf(step, known, inner);
  return selecting(nodes, predicates, key);
}

function selecting(nodes: AxisWalk, predicates: readonly Compiled[], key: ReturnType<typeof keyOf>): Walk {
  const [only] = predicates;
  if (only === undefined)
    return (_, node, visit) => {
      for (const one of nodes(node)) if (visit(one)) return true;
      return false;
    };
  if (predicates.every((predicate) => !isPosition(predicate)))
    return (focus, node, visit) => {
      const own = focusWith(focus.variables);
      candidates: for (const one of key?.(focus, node) ?? nodes(node)) {
        for (const predicate of predicates) {
          own.item = one;
          if (!predicate.test(own)) continue candidates;
        }
        if (visit(one)) return true;
      }
      return false;
    };
  return (focus, node, visit) => {
    let kept: Items = nodes(node);
    for (const predicate of predicates) kept = keptBy(predicate, kept, focus);
    for (const one of kept) if (visit(one as Node)) return true;
    return false;
  };
}

/** Items that a predicate keeps: a number is a position. */
function keptBy(predicate: Compiled, items: Items, focus: Focus): Items {
  const own = focusWith(focus.variables);
  return items.filter((item, index) => {
    own.item = item;
    own.position = index + 1;
    own.size = items.length;
    if (!isPosition(predicate)) return predicate.test(own);
    const value = predicate.items(own);
    return value.length === 1 && typeof value[0] === 'number' ? value[0] === own.position : truth(value);
  });
}

/** Whether a predicate may depend on the place of the item among the others. */
function isPosition({ readsPosition, maybeNumber }: Compiled): boolean {
  return readsPosition || maybeNumber;
}

function filtered({ base, predicates }: FilterStep, inner: Compile): Compiled {
  const from = inner(base);
  if (predicates.length === 0) return from;
  const tests = predicates.map(inner);
  const items = (focus: Focus): Items => {
    let kept = from.items(focus);
    for (const test of tests) kept = keptBy(test, kept, focus);
    return kept;
  };
  return {
    items,
    test: (focus) => truth(items(focus)),
    constant: false,
    usesFocus: from.usesFocus,
    readsPosition: from.readsPosition,
    maybeNumber: true,
  };
}

function chained(walks: readonly Walk[]): Walk {
  const [first, ...rest] = walks;
  if (first === undefined) return (_, node, visit) => visit(node);
  if (rest.length === 0) return first;
  const next = chained(rest);
  return (focus, node, visit) => first(focus, node, (one) => next(focus, one, visit));
}

/** `//name[…]` in one step, when no predicate counts positions among siblings. */
function merged(steps: readonly Step[], inner: Compile): readonly Step[] {
  const out: Step[] = [];
  for (const step of steps) {
    const before = out.at(-1);
    const isAny =
      before?.kind === 'axis' &&
      before.axis === 'descendant-or-self' &&
      before.test.kind === 'node' &&
      before.predicates.length === 0;
    if (
      isAny &&
      step.kind === 'axis' &&
      step.axis === 'child' &&
      step.predicates.every((predicate) => !isPosition(inner(predicate)))
    )
      out[out.length - 1] = { ...step, axis: 'descendant' };
    else out.push(step);
  }
  return out;
}

/** Whether nodes come out in document order, each once. */
function isSorted(steps: readonly Step[], startsSingle: boolean): boolean {
  let single = startsSingle;
  let flat = startsSingle;
  for (const step of steps) {
    if (step.kind === 'filter') return false;
    const { axis } = step;
    if (axis === 'self' || axis === 'attribute') {
      if (axis === 'attribute') {
        flat = true;
        single = false;
      }
    } else if (!flat) return false;
    else if (axis === 'child') single = false;
    else if (axis === 'descendant' || axis === 'descendant-or-self') {
      single = false;
      flat = false;
    } else if (!single || !FLAT.has(axis)) return false;
    else single = axis === 'parent';
  }
  return true;
}

function isSingle({ base, predicates }: FilterStep): boolean {
  if (base.kind === 'context') return true;
  return predicates.length === 0 && base.kind === 'call' && ['doc', 'document'].includes(base.name);
}

/** Whether the value of a step changes only with its own node. */
function isConstant(step: Step, inner: Compile): boolean {
  if (step.kind === 'filter') return false;
  return step.predicates.every((predicate) => !readsVariables(predicate) && !isPosition(inner(predicate)));
}

function readsVariables(expression: Expr): boolean {
  if (expression.kind === 'variable') return true;
  return Object.values(expression).some(holdsVariables);
}

function holdsVariables(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsVariables);
  if (typeof value !== 'object' || value === null) return false;
  return (value as { kind?: string }).kind === 'variable' || Object.values(value).some(holdsVariables);
}
