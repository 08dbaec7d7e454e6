import type { AxisStep, Expr } from './ast.ts';
import { compile } from './compile.ts';
import { parsedXPath, prepareXPath } from './engine.ts';
import type { Engine } from './engine.ts';
import { Unsupported } from './lexer.ts';
import { parentOf, testOf } from './steps.ts';
import type { NodePredicate } from './steps.ts';
import { treeOf } from './tree.ts';
import type { Tree } from './tree.ts';
import type { Compiled, Focus, Static, Variables } from './types.ts';
import { isElement, isNode, NONE } from './values.ts';
import type { Attr, Document, Element, Items, Node } from './values.ts';

/** Finds the nodes that a pattern matches, in the sense of XSLT: `a/b` is any b whose parent is an a. */
export interface Matcher {
  /**
   * Each node once; elements, attributes and the document node only.
   * @param failed what is told of a node on which the pattern cannot be evaluated: it does not match (XSLT 2.0 §5.5.4)
   */
  readonly nodes: (document: Document, variables: Variables, failed: (error: unknown) => void) => Iterable<Node>;
}

/** One step of a pattern, the last one first. */
interface Link {
  readonly test: NodePredicate;
  readonly predicates: readonly Compiled[];
  /** Whether it is the parent of the one before, or any ancestor. */
  readonly isParent: boolean;
  /** When a predicate counts positions: nodes of the step from the parent. */
  readonly fromParent?: (focus: Focus, parent: Node) => readonly Node[];
  readonly step: AxisStep;
}

interface Alternative {
  readonly candidates: (tree: Tree) => Iterable<Node>;
  readonly matches: (node: Node, variables: Variables) => boolean;
}

/**
 * Compiles the context of a rule; what is no pattern of ours is evaluated from every node.
 *
 * @param engine `fontoxpath` to leave ours out: tests compare the two
 */
export function matcherOf(source: string, known: Static, engine: Engine = 'both'): Matcher {
  if (engine === 'fontoxpath') return anywhere(source, known, engine);
  const expression = parsedXPath(source);
  const alternatives =
    expression instanceof Unsupported
      ? undefined
      : alternativesOf(expression).map((path) => alternativeOf(path, known));
  if (alternatives === undefined || alternatives.some((one) => one === undefined))
    return anywhere(source, known, engine);
  const all = alternatives.filter((one) => one !== undefined);
  return {
    *nodes(document, variables, failed) {
      const tree = treeOf(document);
      const seen = all.length > 1 ? new Set<Node>() : undefined;
      for (const { candidates, matches } of all)
        for (const node of candidates(tree)) {
          if (seen?.has(node) === true || !isMatched(() => matches(node, variables), failed)) continue;
          seen?.add(node);
          yield node;
        }
    },
  };
}

function isMatched(matches: () => boolean, failed: (error: unknown) => void): boolean {
  try {
    return matches();
  } catch (error) {
    failed(error);
    return false;
  }
}

/** `//(context)`, evaluated as it is. */
function anywhere(source: string, known: Static, engine: Engine): Matcher {
  const compiled = prepareXPath(`/descendant-or-self::node()/(${source})`, known, engine);
  return {
    *nodes(document, variables, failed) {
      let found: Items = NONE;
      try {
        found = compiled.items({ item: document, position: 1, size: 1, variables });
      } catch (error) {
        failed(error);
      }
      for (const item of found) if (isNode(item) && [1, 2, 9].includes(item.nodeType)) yield item;
    },
  };
}

function alternativesOf(expression: Expr): readonly Expr[] {
  return expression.kind === 'union'
    ? [...alternativesOf(expression.left), ...alternativesOf(expression.right)]
    : [expression];
}

function alternativeOf(expression: Expr, known: Static): Alternative | undefined {
  if (expression.kind !== 'path') return undefined;
  const { root, steps } = expression;
  if (steps.length === 0) return { candidates: ({ document }) => [document], matches: () => true };
  const links: Link[] = [];
  let isParent = true;
  let fromAnywhere = !root;
  try {
    for (const [index, step] of steps.entries()) {
      if (step.kind !== 'axis') return undefined;
      const isGap = step.axis === 'descendant-or-self' && step.test.kind === 'node' && step.predicates.length === 0;
      if (isGap) {
        if (index === 0) fromAnywhere = true;
        isParent = false;
        continue;
      }
      if (step.axis !== 'child' && step.axis !== 'attribute') return undefined;
      links.unshift(linkOf(step, isParent, known));
      isParent = true;
    }
  } catch (error) {
    if (error instanceof Unsupported) return undefined;
    throw error;
  }
  const last = links[0];
  if (last === undefined || !isParent) return undefined;
  return {
    candidates: candidatesOf(links, last),
    matches: (node, variables) => hasShape(links, node) && matchesFrom(links, 0, node, variables, fromAnywhere),
  };
}

function linkOf(step: AxisStep, isParent: boolean, known: Static): Link {
  const predicates = step.predicates.map((predicate) => compile(predicate, known));
  const isPositional = predicates.some(({ readsPosition, maybeNumber }) => readsPosition || maybeNumber);
  const link = { test: testOf(step.test, step.axis, known.namespaces), predicates, isParent, step };
  if (!isPositional) return link;
  const all = compile({ kind: 'path', root: false, steps: [step] }, known);
  return { ...link, fromParent: (focus, parent) => all.items({ ...focus, item: parent }) as readonly Node[] };
}

/** The names alone, up to where an ancestor may be any: cheap, and seldom met. */
function hasShape(links: readonly Link[], node: Node): boolean {
  let at: Node | null = node;
  for (const { test, isParent } of links) {
    if (at === null || !test(at)) return false;
    if (!isParent) return true;
    at = parentOf(at);
  }
  return true;
}

/** `isParent` of a link says how the step above it is reached. */
function matchesFrom(
  links: readonly Link[],
  index: number,
  node: Node,
  variables: Variables,
  fromAnywhere: boolean,
): boolean {
  const link = links[index];
  if (link === undefined) return true;
  if (!link.test(node)) return false;
  if (link.fromParent === undefined) {
    const own: Focus = { item: node, position: 1, size: 1, variables };
    for (const predicate of link.predicates) if (!predicate.test(own)) return false;
  } else {
    const parent = parentOf(node);
    if (parent === null || !link.fromParent({ item: parent, position: 1, size: 1, variables }, parent).includes(node))
      return false;
  }
  const parent = parentOf(node);
  if (index === links.length - 1) return fromAnywhere || (link.isParent ? parent?.nodeType === 9 : true);
  if (link.isParent) return parent !== null && matchesFrom(links, index + 1, parent, variables, fromAnywhere);
  for (let up = parent; up !== null; up = parentOf(up))
    if (matchesFrom(links, index + 1, up, variables, fromAnywhere)) return true;
  return false;
}

function candidatesOf(links: readonly Link[], last: Link): Alternative['candidates'] {
  const { step } = last;
  if (step.axis === 'attribute') {
    const { test } = last;
    return (tree) => elementsOf(tree).flatMap((element) => element.attributes.filter((one: Attr) => test(one)));
  }
  const template = childValue(step);
  const local = step.test.kind === 'name' && step.test.local !== '*' ? step.test.local : undefined;
  if (template !== undefined)
    return (tree) => {
      if (local !== undefined && tree.named(local).length < 8) return tree.named(local);
      const { child, attribute, value } = template;
      return new Set(tree.keyed(child, attribute, value).flatMap(({ parentNode }) => parentNode ?? []));
    };
  if (local !== undefined) return (tree) => tree.named(local);
  const above = links[1];
  const parentName = above?.step.test;
  if (last.isParent && parentName?.kind === 'name' && parentName.local !== '*')
    return (tree) => tree.named(parentName.local).flatMap(({ childNodes }) => childNodes.filter(isElement));
  return elementsOf;
}

function elementsOf(tree: Tree): readonly Element[] {
  return [...tree.localNames].flatMap((name) => tree.named(name));
}

/** `…[child/@attribute = 'value']…`: templates are found so. */
function childValue({
  predicates,
}: AxisStep): { readonly child: string; readonly attribute: string; readonly value: string } | undefined {
  for (const predicate of predicates.flatMap(conjuncts)) {
    if (predicate.kind !== 'general' || predicate.op !== '=' || predicate.right.kind !== 'string') continue;
    const { left, right } = predicate;
    if (left.kind !== 'path' || left.root || left.steps.length !== 2) continue;
    const [child, attribute] = left.steps;
    if (child?.kind !== 'axis' || attribute?.kind !== 'axis') continue;
    if (child.axis !== 'child' || attribute.axis !== 'attribute' || attribute.test.kind !== 'name') continue;
    if (child.test.kind !== 'name' || child.test.local === '*' || attribute.test.prefix !== '') continue;
    if (right.value !== '') return { child: child.test.local, attribute: attribute.test.local, value: right.value };
  }
  return undefined;
}

function conjuncts(predicate: Expr): readonly Expr[] {
  return predicate.kind === 'and' ? [...conjuncts(predicate.left), ...conjuncts(predicate.right)] : [predicate];
}
