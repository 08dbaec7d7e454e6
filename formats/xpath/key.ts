import type { Expr, Step } from './ast.ts';
import { namespaceOf } from './steps.ts';
import { treeOf } from './tree.ts';
import type { Compiled, Focus, Static } from './types.ts';
import { isNode, stringOf, Untyped } from './values.ts';
import type { Node } from './values.ts';

/** Below, a key costs more than it spares. */
const MIN_ELEMENTS = 16;

/**
 * Candidates of `//Concept[@code = $code and …]` by an index of the document, instead of every element. Every predicate is
 * still to be tested on them.
 *
 * @returns undefined when the step is not of this form; the function gives undefined when the index does not serve
 */
export function keyOf(
  step: Step,
  known: Static,
  inner: (expression: Expr) => Compiled,
): ((focus: Focus, node: Node) => readonly Node[] | undefined) | undefined {
  if (step.kind !== 'axis' || step.axis !== 'descendant' || step.test.kind !== 'name') return undefined;
  const { local } = step.test;
  const [predicate] = step.predicates;
  if (local === '*' || predicate === undefined) return undefined;
  for (const { attribute, value } of equalities(predicate)) {
    const wanted = inner(value);
    if (wanted.usesFocus || namespaceOf(attribute.prefix, known.namespaces) !== null) continue;
    return (focus, node) => {
      const tree = treeOf(node);
      if (node !== tree.document || tree.named(local).length < MIN_ELEMENTS) return undefined;
      const items = wanted.items(focus);
      const [only] = items;
      if (only === undefined) return [];
      if (items.length > 1 || !(isNode(only) || only instanceof Untyped || typeof only === 'string')) return undefined;
      const text = stringOf(only);
      // An absent attribute is indexed under no character.
      return text === '' ? undefined : tree.keyed(local, attribute.local, text);
    };
  }
  return undefined;
}

interface Equality {
  readonly attribute: { readonly prefix: string; readonly local: string };
  readonly value: Expr;
}

/** `@name = value`, among what must all be true. */
function equalities(predicate: Expr): readonly Equality[] {
  if (predicate.kind === 'and') return [...equalities(predicate.left), ...equalities(predicate.right)];
  if (predicate.kind !== 'general' || predicate.op !== '=') return [];
  const sides = [
    [predicate.left, predicate.right],
    [predicate.right, predicate.left],
  ] as const;
  return sides.flatMap(([one, value]): readonly Equality[] => {
    if (one.kind !== 'path' || one.root || one.steps.length !== 1) return [];
    const [step] = one.steps;
    if (step?.kind !== 'axis' || step.axis !== 'attribute' || step.predicates.length > 0) return [];
    const { test } = step;
    return test.kind === 'name' && test.local !== '*' && test.prefix !== '*' ? [{ attribute: test, value }] : [];
  });
}
