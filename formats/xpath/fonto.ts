import fontoxpath from 'fontoxpath';
import type { Namespaces } from './steps.ts';
import type { Compiled, Documents, Focus, Static } from './types.ts';
import { MISSING } from './fonto-functions.ts';
import { isNode, QName, Untyped, XPathError } from './values.ts';
import type { Item, Items } from './values.ts';

const { evaluateXPath, registerCustomXPathFunction } = fontoxpath;
const OURS = 'urn:jalon:xpath';
const XS = 'http://www.w3.org/2001/XMLSchema';
const FN = 'http://www.w3.org/2005/xpath-functions';

let isReady = false;

/** Once per process: the register of the engine is global; what differs comes with each evaluation. */
function prepare(): void {
  if (isReady) return;
  isReady = true;
  for (const [localName, { takes, gives, call }] of Object.entries(MISSING))
    registerCustomXPathFunction(
      { namespaceURI: OURS, localName },
      [...takes],
      gives,
      (context: { readonly currentContext: unknown }, ...args: readonly unknown[]) =>
        call(args.map(itemsOf), context.currentContext as Documents),
    );
}

/**
 * An expression evaluated by fontoxpath: what our closures do not know goes there, and tests hold our closures to it. The one
 * place that calls it.
 */
export function byFontoXPath(source: string, { namespaces, documents, scope }: Static): Compiled {
  prepare();
  const names = [...scope.all()].filter(([name]) =>
    new RegExp(`\\$${RegExp.escape(name)}(?![\\p{L}\\p{N}_.-])`, 'u').test(source),
  );
  // A list passes as an array, which the expression opens.
  const opened = `${names.map(([name]) => `let $${name} := $${name}?* return `).join('')}(${source})`;
  const items = (focus: Focus): Items => {
    const variables = Object.fromEntries(
      names.map(([name, { slot, constant }]) => [
        name,
        (constant === undefined ? valueOf(focus.variables[slot]) : constant.items(focus)).map(toFonto),
      ]),
    );
    try {
      const context = focus.item === undefined ? null : toFonto(focus.item);
      const found: unknown = evaluateXPath(opened, context, null, variables, evaluateXPath.ALL_RESULTS_TYPE, {
        namespaceResolver: resolver(namespaces),
        functionNameResolver: resolvedFunction,
        currentContext: documents,
      });
      return found as Items;
    } catch (error) {
      throw error instanceof XPathError ? error : failure(error);
    }
  };
  return {
    items,
    test: (focus) => truthOf(items(focus)),
    constant: false,
    usesFocus: true,
    readsPosition: true,
    maybeNumber: true,
  };
}

/** An argument of at most one item comes alone, and null for none. */
function itemsOf(argument: unknown): Items {
  if (argument === null || argument === undefined) return [];
  return Array.isArray(argument) ? (argument as Items) : [argument as Item];
}

function valueOf(value: Focus['variables'][number] | undefined): Items {
  if (value === undefined) return [];
  return 'delayed' in value ? value.force() : value;
}

function toFonto(item: Item): unknown {
  if (item instanceof QName) throw new XPathError('XPTY0004', 'un nom qualifié ne passe pas d’un moteur à l’autre');
  return item instanceof Untyped ? item.text : item;
}

function truthOf(items: Items): boolean {
  const [first] = items;
  if (first === undefined) return false;
  return isNode(first) || (first !== false && first !== '' && first !== 0 && !Number.isNaN(first));
}

function resolver(namespaces: Namespaces): (prefix: string) => string | null {
  return (prefix) => (prefix === '' ? null : (namespaces(prefix) ?? (prefix === 'xs' ? XS : null)));
}

function resolvedFunction(
  { prefix, localName }: { readonly prefix: string; readonly localName: string },
  arity: number,
): { readonly namespaceURI: string; readonly localName: string } {
  if (prefix === 'xs') return { namespaceURI: XS, localName };
  return { namespaceURI: MISSING[localName]?.takes.length === arity ? OURS : FN, localName };
}

/** The engine quotes the whole expression; its first sentence says what is wrong. */
function failure(error: unknown): XPathError {
  const message = error instanceof Error ? error.message : String(error);
  const [, code = 'XPST0003'] = /\b([A-Z]{4}\d{4})\b/.exec(message) ?? [];
  const said = message.split('\n').find((line) => line.trim() !== '' && !/^\d+:|^Error:?$/.test(line.trim())) ?? '';
  return new XPathError(code, `« ${said.trim().slice(0, 200)} »`);
}
