import type { Element } from 'slimdom';
import { openSources, SCHEMATRON } from './include.ts';
import type { Sourced, Sources } from './include.ts';
import { patternOf } from './pattern.ts';
import { missingDocuments } from './self-check.ts';
import type { Let, PackFiles, Pattern, Schema } from './types.ts';

/**
 * Reads a schema of a pack as the ISO reference implementation does, with its default phase: includes, abstract patterns
 * and rules are resolved; what cannot be is a problem, and the rest is kept.
 *
 * @param file path of the schema in the pack
 * @returns no schema when the file itself cannot be read; `problems` then says why
 */
export function loadSchema(
  files: PackFiles,
  file: string,
): { readonly schema?: Schema; readonly problems: Schema['problems'] } {
  const sources = openSources(files);
  const root = sources.root(file, file);
  if (root === undefined) return { problems: sources.problems };
  if (root.element.localName !== 'schema' || root.element.namespaceURI !== SCHEMATRON) {
    const message = 'n’est pas un schematron ISO : sa racine n’est pas « schema ».';
    return { problems: [...sources.problems, { code: 'not-xml', file, message }] };
  }
  const schema = assemble(root, sources);
  sources.problems.push(...missingDocuments(files, schema));
  return { schema, problems: sources.problems };
}

function assemble(root: Sourced, sources: Sources): Schema {
  const top = sources.children(root);
  const named = (name: string): readonly Sourced[] => top.filter(({ element }) => element.localName === name);
  const patterns = named('pattern');
  const active = activePatterns(root, top, sources);
  for (const id of active ?? [])
    if (!patterns.some(({ element }) => element.getAttribute('id') === id))
      sources.problems.push({
        code: 'pattern-missing',
        file: root.file,
        message: `la phase active le motif « ${id} », qui n’existe pas.`,
      });
  const expanded = patternOf(patterns, sources);
  const lets = named('let').map(({ element }): Let => ({
    kind: 'let',
    name: element.getAttribute('name') ?? '',
    value: element.getAttribute('value') ?? '',
  }));
  const kept: Pattern[] = [];
  for (const source of patterns) {
    if (source.element.getAttribute('abstract') === 'true') continue;
    if (active !== undefined && !active.has(source.element.getAttribute('id') ?? '')) continue;
    const { pattern, variables } = expanded(source);
    lets.push(...variables);
    kept.push(pattern);
  }
  return {
    file: root.file,
    title: named('title')[0]?.element.textContent?.trim() ?? '',
    namespaces: new Map(
      named('ns').map(({ element }) => [element.getAttribute('prefix') ?? '', element.getAttribute('uri') ?? '']),
    ),
    lets: firstOfEach(lets, root.file, sources),
    patterns: kept,
    problems: sources.problems,
  };
}

/** Ids of the patterns of the default phase; undefined when every pattern is active. */
function activePatterns(root: Sourced, top: readonly Sourced[], sources: Sources): ReadonlySet<string> | undefined {
  const phase = root.element.getAttribute('defaultPhase');
  if (phase === null || phase === '#ALL') return undefined;
  const isChosen = (element: Element): boolean => element.localName === 'phase' && element.getAttribute('id') === phase;
  const chosen = top.find(({ element }) => isChosen(element));
  if (chosen === undefined) {
    const message = `la phase par défaut « ${phase} » n’existe pas : aucun motif n’est actif.`;
    sources.problems.push({ code: 'pattern-missing', file: root.file, message });
    return new Set();
  }
  return new Set(
    sources
      .children(chosen)
      .filter(({ element }) => element.localName === 'active')
      .map(({ element }) => element.getAttribute('pattern') ?? ''),
  );
}

function firstOfEach(lets: readonly Let[], file: string, sources: Sources): readonly Let[] {
  const byName = new Map<string, Let>();
  for (const one of lets) {
    const before = byName.get(one.name);
    if (before === undefined) byName.set(one.name, one);
    else if (before.value !== one.value)
      sources.problems.push({
        code: 'let-twice',
        file,
        message: `la variable globale « ${one.name} » a deux valeurs ; la première est gardée.`,
      });
  }
  return [...byName.values()];
}
