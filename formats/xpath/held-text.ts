import type { Expr, Step } from './ast.ts';
import { namespaceOf } from './steps.ts';
import type { Compiled, Focus, Static } from './types.ts';
import { isNode, stringOf, Untyped } from './values.ts';

/**
 * Whether `doc(…)//name[text() = …]` holds anything, without a tree of the document: terminologies have megabytes.
 *
 * @returns undefined when the path is not of this form; the function gives undefined when it must be evaluated
 */
export function heldText(
  base: Expr,
  steps: readonly Step[],
  { namespaces, documents }: Static,
  inner: (expression: Expr) => Compiled,
): ((focus: Focus) => boolean | undefined) | undefined {
  const { holdsText } = documents;
  const [step] = steps;
  if (holdsText === undefined || base.kind !== 'call' || !['doc', 'document'].includes(base.name)) return undefined;
  if (steps.length !== 1 || step?.kind !== 'axis' || step.axis !== 'descendant') return undefined;
  const { test, predicates } = step;
  const [predicate] = predicates;
  const [argument] = base.args;
  if (test.kind !== 'name' || test.local === '*' || test.prefix === '*' || predicates.length !== 1) return undefined;
  if (predicate?.kind !== 'general' || predicate.op !== '=' || !isText(predicate.left)) return undefined;
  if (argument === undefined || base.args.length !== 1) return undefined;
  const reference = inner(argument);
  const wanted = inner(predicate.right);
  if (wanted.usesFocus) return undefined;
  const name = { namespace: namespaceOf(test.prefix, namespaces), local: test.local };
  return (focus) => {
    const where = reference.items(focus);
    const [path] = where;
    const items = wanted.items(focus);
    const [text] = items;
    if (where.length !== 1 || typeof path !== 'string' || items.length !== 1 || text === undefined) return undefined;
    if (!isNode(text) && !(text instanceof Untyped) && typeof text !== 'string') return undefined;
    return holdsText(path, name, stringOf(text));
  };
}

function isText(expression: Expr): boolean {
  if (expression.kind !== 'path' || expression.root || expression.steps.length !== 1) return false;
  const [step] = expression.steps;
  return step?.kind === 'axis' && step.axis === 'child' && step.test.kind === 'text' && step.predicates.length === 0;
}
