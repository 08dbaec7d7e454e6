import type { Element } from 'slimdom';
import { SCHEMATRON } from './include.ts';
import type { Sourced, Sources } from './include.ts';
import type { Assertion, Let, MessagePart, Pattern, Rule } from './types.ts';

const MAX_EXTENDS = 20;

type Substitute = (text: string) => string;
const AS_IS: Substitute = (text) => text;

/** A pattern, and its variables: the reference implementation makes these global. */
interface Expanded {
  readonly pattern: Pattern;
  readonly variables: readonly Let[];
}

/**
 * Reads concrete patterns: those that stand alone, and those made from an abstract one.
 *
 * @param patterns every pattern of the schema: abstract rules may be extended from another pattern
 */
export function patternOf(patterns: readonly Sourced[], sources: Sources): (source: Sourced) => Expanded {
  const abstractPatterns = new Map<string, Sourced>();
  const abstractRules = new Map<string, Sourced>();
  for (const pattern of patterns) {
    if (isAbstract(pattern)) abstractPatterns.set(attribute(pattern.element, 'id'), pattern);
    for (const rule of sources.children(pattern)) {
      if (rule.element.localName !== 'rule' || !isAbstract(rule)) continue;
      const id = attribute(rule.element, 'id');
      if (!abstractRules.has(id)) abstractRules.set(id, rule);
    }
  }

  const missing = (file: string, what: string): void => {
    sources.problems.push({ code: 'abstract-missing', file, message: `${what} n’existe pas.` });
  };

  const stepsOf = (rule: Sourced, substitute: Substitute, depth = 0): readonly (Let | Assertion)[] =>
    sources.children(rule).flatMap(({ element, file }): readonly (Let | Assertion)[] => {
      switch (element.localName) {
        case 'let':
          return [letOf(element, substitute)];
        case 'assert':
        case 'report':
          return [assertionOf(element, file, substitute)];
        case 'extends': {
          const id = attribute(element, 'rule');
          const extended = abstractRules.get(id);
          if (extended === undefined) missing(file, `la règle abstraite « ${id} »`);
          else if (depth < MAX_EXTENDS) return stepsOf(extended, substitute, depth + 1);
          else
            sources.problems.push({ code: 'loop', file, message: `la règle abstraite « ${id} » s’étend elle-même.` });
          return [];
        }
        default:
          return [];
      }
    });

  const read = (source: Sourced, id: string, substitute: Substitute): Expanded => {
    const inside = sources.children(source);
    const rules = inside
      .filter((one) => one.element.localName === 'rule' && !isAbstract(one))
      .map((rule): Rule => {
        const ruleId = rule.element.getAttribute('id');
        return {
          context: substitute(attribute(rule.element, 'context')),
          ...(ruleId === null ? {} : { id: ruleId }),
          steps: stepsOf(rule, substitute),
          file: rule.file,
        };
      });
    const variables = inside
      .filter(({ element }) => element.localName === 'let')
      .map(({ element }) => letOf(element, substitute));
    return { pattern: { id, rules }, variables };
  };

  return (source) => {
    const id = attribute(source.element, 'id');
    const isA = source.element.getAttribute('is-a');
    if (isA === null) return read(source, id, AS_IS);
    const abstract = abstractPatterns.get(isA);
    if (abstract !== undefined) return read(abstract, id, substitution(source, sources));
    missing(source.file, `le motif abstrait « ${isA} »`);
    return { pattern: { id, rules: [] }, variables: [] };
  };
}

/** Replaces `$name` by the value of the parameter; `$path_jdv` is not `$path`. */
function substitution(source: Sourced, sources: Sources): Substitute {
  const values = new Map(
    sources
      .children(source)
      .filter(({ element }) => element.localName === 'param')
      .map(({ element }) => [attribute(element, 'name'), attribute(element, 'value')] as const),
  );
  if (values.size === 0) return AS_IS;
  const names = [...values.keys()].toSorted((one, other) => other.length - one.length);
  const pattern = new RegExp(`\\$(${names.map((name) => RegExp.escape(name)).join('|')})(?![\\p{L}\\p{N}_.-])`, 'gu');
  return (text) => text.replace(pattern, (whole, name: string) => values.get(name) ?? whole);
}

function letOf(element: Element, substitute: Substitute): Let {
  return { kind: 'let', name: attribute(element, 'name'), value: substitute(attribute(element, 'value')) };
}

function assertionOf(element: Element, file: string, substitute: Substitute): Assertion {
  const optional = (name: 'id' | 'role' | 'see'): Partial<Assertion> => {
    const value = element.getAttribute(name);
    return value === null ? {} : { [name]: value };
  };
  return {
    kind: element.localName === 'report' ? 'report' : 'assert',
    test: substitute(attribute(element, 'test')),
    message: messageOf(element, substitute),
    ...optional('id'),
    ...optional('role'),
    ...optional('see'),
    file,
  };
}

/** Text that is only spaces is nothing, as in the style sheet that the reference implementation makes. */
function messageOf(element: Element, substitute: Substitute): readonly MessagePart[] {
  const parts: MessagePart[] = [];
  let text = '';
  const flush = (): void => {
    if (/[^ \t\n\r]/u.test(text)) parts.push({ kind: 'text', text: substitute(text) });
    text = '';
  };
  for (const node of element.childNodes) {
    if (node.nodeType === 3) text += node.nodeValue ?? '';
    if (node.nodeType !== 1) continue;
    flush();
    const inside = node as Element;
    const name = inside.namespaceURI === SCHEMATRON ? inside.localName : '';
    if (name === 'value-of') parts.push({ kind: 'value', select: substitute(attribute(inside, 'select')) });
    else if (name === 'name') parts.push({ kind: 'name', path: substitute(attribute(inside, 'path')) });
    else parts.push(...messageOf(inside, substitute));
  }
  flush();
  return parts;
}

function isAbstract({ element }: Sourced): boolean {
  return element.getAttribute('abstract') === 'true';
}

function attribute(element: Element, name: string): string {
  return element.getAttribute(name) ?? '';
}
