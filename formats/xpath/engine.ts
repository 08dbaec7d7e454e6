import type { Expr } from './ast.ts';
import { compile } from './compile.ts';
import { byFontoXPath } from './fonto.ts';
import { Unsupported } from './lexer.ts';
import { parseXPath } from './parse.ts';
import type { Compiled, Focus, Static } from './types.ts';

/** `fontoxpath` leaves our closures out. */
export type Engine = 'both' | 'fontoxpath';

const parsed = new Map<string, Expr | Unsupported>();

/** Tree of an expression, read once per process. */
export function parsedXPath(source: string): Expr | Unsupported {
  const known = parsed.get(source);
  if (known !== undefined) return known;
  let found: Expr | Unsupported;
  try {
    found = parseXPath(source);
  } catch (error) {
    found = unsupported(error);
  }
  parsed.set(source, found);
  return found;
}

/**
 * Makes an XPath expression ready to be evaluated: by closures of ours, which serve the indexes of the document, or by
 * fontoxpath for what they do not know. A pattern of a regular expression is known only when it is met: what closures then
 * refuse is evaluated by the other engine, for good.
 *
 * @param engine `fontoxpath` to leave ours out: tests compare the two
 */
export function prepareXPath(source: string, known: Static, engine: Engine = 'both'): Compiled {
  const tree = engine === 'both' ? parsedXPath(source) : undefined;
  if (tree === undefined || tree instanceof Unsupported) return byFontoXPath(source, known);
  try {
    return withFallback(compile(tree, known), () => byFontoXPath(source, known));
  } catch (error) {
    unsupported(error);
    return byFontoXPath(source, known);
  }
}

/** An expression nested beyond the stack is not read: evaluated, it then fails alone. */
function unsupported(error: unknown): Unsupported {
  if (error instanceof RangeError) return new Unsupported('expression trop imbriquée');
  if (error instanceof Unsupported) return error;
  throw error;
}

function withFallback(ours: Compiled, make: () => Compiled): Compiled {
  let other: Compiled | undefined;
  const trying =
    <T>(of: (compiled: Compiled) => (focus: Focus) => T) =>
    (focus: Focus): T => {
      if (other !== undefined) return of(other)(focus);
      try {
        return of(ours)(focus);
      } catch (error) {
        if (!(error instanceof Unsupported)) throw error;
        other = make();
        return of(other)(focus);
      }
    };
  const { each: _, ...rest } = ours;
  return { ...rest, items: trying(({ items }) => items), test: trying(({ test }) => test) };
}
