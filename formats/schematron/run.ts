import { emptyScope, matcherOf, prepareXPath, stringOf, treeOf, XPathError } from '#formats/xpath/index.ts';
import type {
  Compiled,
  Delayed,
  Document,
  Documents,
  Engine,
  Focus,
  Items,
  Matcher,
  Node,
  Scope,
  Static,
  Variables,
} from '#formats/xpath/index.ts';
import { locationOf } from './location.ts';
import type { Assertion, Let, MessagePart, Pattern, Rule, Schema } from './types.ts';

/** An assertion that failed, a report that was made, or what could not be evaluated. */
export interface Failure {
  readonly kind: 'assert' | 'report' | 'error';
  /** Message of the schema, spaces normalised; for an error, what the engine says. */
  readonly text: string;
  /** XPath with positions and local names. */
  readonly where: string;
  /** Rank of the element among those of the document, from 0; -1 for the document node. */
  readonly element: number;
  readonly test: string;
  readonly context: string;
  readonly pattern: string;
  /** File of the pack. */
  readonly file: string;
  readonly rule?: string;
  readonly id?: string;
  readonly role?: string;
}

/** A schema that is ready to judge documents; what it compiles is kept from one to the next. */
export interface Interpreter {
  /** In document order. */
  readonly judge: (document: Document) => readonly Failure[];
  readonly schema: Schema;
}

export interface InterpreterOptions {
  /** `fontoxpath` leaves our closures out: tests compare the two. */
  readonly engine?: Engine;
}

type Step =
  | { readonly kind: 'let'; readonly slot: number; readonly value: Compiled }
  | { readonly kind: 'check'; readonly assertion: Assertion; readonly test: Compiled; readonly known: Static };

interface ReadyRule {
  readonly rule: Rule;
  readonly matcher: Matcher;
  /** Compiled when the rule first fires: most never do. */
  steps?: readonly Step[];
}

interface Ready {
  readonly pattern: Pattern;
  readonly rules: readonly ReadyRule[];
}

/** @param documents what the expressions of the schema may open */
export function interpret(schema: Schema, documents: Documents, options: InterpreterOptions = {}): Interpreter {
  const engine = options.engine ?? 'both';
  const namespaces = (prefix: string): string | null => schema.namespaces.get(prefix) ?? null;
  const knownWith = (scope: Scope): Static => ({ namespaces, documents, scope });
  const globals: { readonly slot: number; readonly value: Compiled }[] = [];
  let scope = emptyScope();
  for (const { name, value } of schema.lets) {
    const compiled = prepareXPath(value === '' ? "''" : value, knownWith(scope), engine);
    const added = scope.with(name, compiled.constant ? compiled : undefined);
    scope = added.scope;
    globals.push({ slot: added.slot, value: compiled });
  }
  const known = knownWith(scope);
  const patterns: readonly Ready[] = schema.patterns.map((pattern) => ({
    pattern,
    rules: pattern.rules.map((rule): ReadyRule => ({ rule, matcher: matcherOf(rule.context, known, engine) })),
  }));
  const stepsOf = (rule: Rule): readonly Step[] => {
    let inside = scope;
    return rule.steps.map((step): Step => {
      const here = knownWith(inside);
      if (step.kind !== 'let')
        return { kind: 'check', assertion: step, test: prepareXPath(step.test, here, engine), known: here };
      const { compiled, slot, next } = declared(step, inside, here, engine);
      inside = next;
      return { kind: 'let', slot, value: compiled };
    });
  };

  return {
    schema,
    judge(document) {
      const failures: { readonly order: number; readonly failure: Failure }[] = [];
      const shared: Variables = [];
      const atRoot: Focus = { item: document, position: 1, size: 1, variables: shared };
      for (const { slot, value } of globals) shared[slot] = delay(value, atRoot);
      const tree = treeOf(document);
      for (const { pattern, rules } of patterns) {
        const taken = new Set<Node>();
        for (const ready of rules) {
          const told = (failure: Omit<Failure, 'where' | 'element' | 'context' | 'pattern'>, node: Node): void => {
            failures.push({
              order: tree.order(node),
              failure: {
                ...failure,
                ...locationOf(node),
                context: ready.rule.context,
                pattern: pattern.id,
                ...(ready.rule.id === undefined ? {} : { rule: ready.rule.id }),
              },
            });
          };
          let isTold = false;
          const failed = (error: unknown): void => {
            if (isTold) return;
            isTold = true;
            const { context, file } = ready.rule;
            told({ kind: 'error', text: reasonOf(error), test: context, file }, document);
          };
          for (const node of ready.matcher.nodes(document, shared, failed)) {
            if (taken.has(node)) continue;
            taken.add(node);
            ready.steps ??= stepsOf(ready.rule);
            fire(ready.steps, node, shared, (failure) => told(failure, node), engine);
          }
        }
      }
      return failures.sort((one, other) => one.order - other.order).map(({ failure }) => failure);
    },
  };
}

function declared(
  { name, value }: Let,
  scope: Scope,
  known: Static,
  engine: Engine,
): { readonly compiled: Compiled; readonly slot: number; readonly next: Scope } {
  const compiled = prepareXPath(value === '' ? "''" : value, known, engine);
  const added = scope.with(name, compiled.constant ? compiled : undefined);
  return { compiled, slot: added.slot, next: added.scope };
}

/** Evaluates a variable when it is first read, as the reference implementation does: an error nobody reads is none. */
function delay(value: Compiled, focus: Focus): Delayed {
  let known: Items | undefined;
  let isForcing = false;
  return {
    delayed: true,
    force() {
      if (known !== undefined) return known;
      if (isForcing) throw new XPathError('XTDE0640', 'une variable se définit par elle-même');
      isForcing = true;
      try {
        known = value.items(focus);
      } finally {
        isForcing = false;
      }
      return known;
    },
  };
}

function fire(
  steps: readonly Step[],
  node: Node,
  shared: Variables,
  tell: (failure: Omit<Failure, 'where' | 'element' | 'context' | 'pattern'>) => void,
  engine: Engine,
): void {
  const variables = [...shared];
  const focus: Focus = { item: node, position: 1, size: 1, variables };
  for (const step of steps) {
    if (step.kind === 'let') {
      variables[step.slot] = delay(step.value, focus);
      continue;
    }
    const { assertion, test, known } = step;
    const { kind, file, id, role } = assertion;
    const traits = {
      test: assertion.test,
      file,
      ...(id === undefined ? {} : { id }),
      ...(role === undefined ? {} : { role }),
    };
    try {
      if (test.test(focus) === (kind === 'assert')) continue;
      tell({ kind, text: messageOf(assertion.message, focus, known, engine), ...traits });
    } catch (error) {
      tell({ kind: 'error', text: reasonOf(error), ...traits });
    }
  }
}

function messageOf(parts: readonly MessagePart[], focus: Focus, known: Static, engine: Engine): string {
  const text = parts.map((part) => {
    if (part.kind === 'text') return part.text;
    const source = part.kind === 'value' ? part.select : `name(${part.path === '' ? '.' : part.path})`;
    try {
      return prepareXPath(source, known, engine).items(focus).map(stringOf).join(' ');
    } catch (error) {
      return `[${reasonOf(error)}]`;
    }
  });
  return text
    .join('')
    .replace(/[ \t\n\r]+/gu, ' ')
    .replace(/^ | $/gu, '');
}

function reasonOf(error: unknown): string {
  if (error instanceof XPathError) return error.message;
  if (error instanceof RangeError) return 'l’expression demande plus de mémoire que le banc n’en donne';
  return error instanceof Error ? error.message : String(error);
}
