import type { Comparison } from './ast.ts';
import { traits } from './traits.ts';
import type { Compiled, Focus } from './types.ts';
import { atMostOne, atomic, compared, comparesGenerally, isNode, NONE, Untyped, valueOf } from './values.ts';
import type { Atomic, Items } from './values.ts';

function result(left: Compiled, right: Compiled, test: (focus: Focus) => boolean): Compiled {
  return { ...traits([left, right]), items: (focus) => [test(focus)], test, maybeNumber: false };
}

/** `=` and its kin: true when some pair of values is. */
export function generalComparison(op: Comparison, left: Compiled, right: Compiled): Compiled {
  if (op === '=' && right.constant) return result(left, right, amongConstants(left, right));
  if (op === '=' && left.constant) return result(left, right, amongConstants(right, left));
  return result(left, right, (focus) => {
    const others = right.items(focus);
    if (others.length === 0) return false;
    const atoms = others.map(atomic);
    return left.items(focus).some((item) => {
      const one = atomic(item);
      return atoms.some((other) => comparesGenerally(op, one, other));
    });
  });
}

/** Long lists of codes are on one side: they are a set. */
function amongConstants(varying: Compiled, constant: Compiled): (focus: Focus) => boolean {
  let atoms: readonly Atomic[] | undefined;
  let texts: ReadonlySet<string> | undefined;
  const learn = (focus: Focus): readonly Atomic[] => {
    const found = constant.items(focus).map(atomic);
    const strings = found.flatMap((one) =>
      typeof one === 'string' ? [one] : one instanceof Untyped ? [one.text] : [],
    );
    if (strings.length === found.length) texts = new Set(strings);
    atoms = found;
    return found;
  };
  const { each } = varying;
  return (focus) => {
    const known = atoms ?? learn(focus);
    const set = texts;
    if (set === undefined)
      return varying.items(focus).some((item) => {
        const one = atomic(item);
        return known.some((other) => comparesGenerally('=', one, other));
      });
    if (each !== undefined) return each(focus, (node) => set.has(valueOf(node)));
    return varying.items(focus).some((item) => {
      if (isNode(item)) return set.has(valueOf(item));
      if (typeof item === 'string') return set.has(item);
      if (item instanceof Untyped) return set.has(item.text);
      return known.some((other) => comparesGenerally('=', item, other));
    });
  };
}

/** `eq` and its kin: nothing when a side has no value. */
export function valueComparison(op: Comparison, left: Compiled, right: Compiled): Compiled {
  const items = (focus: Focus): Items => {
    const one = atMostOne(left.items(focus));
    const other = atMostOne(right.items(focus));
    return one === undefined || other === undefined ? NONE : [compared(op, atomic(one), atomic(other))];
  };
  return { ...result(left, right, (focus) => items(focus)[0] === true), items };
}
