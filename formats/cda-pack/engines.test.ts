import { describe, expect, it } from 'vitest';
import { loadSchema, openLibrary, parseXml } from '../schematron/index.ts';
import type { Schema } from '../schematron/index.ts';
import { emptyScope, isNode, parsedXPath, prepareXPath, stringOf, Unsupported, XPathError } from '../xpath/index.ts';
import type { Compiled, Document, Documents, Element, Engine, Items, Node, Scope, Variables } from '../xpath/index.ts';
import { openFolder } from './index.ts';
import { mutant } from './mutants.fixture.ts';
import { hasOfficialPack, OFFICIAL_PACK, officialExample, WITHOUT_PACK } from './official.fixture.ts';

/** Elements of each name on which a rule is tried, whether its context matches them or not. */
const MAX_NODES = 1;

interface Prepared {
  readonly source: string;
  readonly ours: Compiled;
  readonly other: Compiled;
}

/** Every expression of a schema in both engines, tried on nodes of a document; gives those on which they differ. */
function differences(schema: Schema, documents: Documents, document: Document, seen: Set<string>): readonly string[] {
  const namespaces = (prefix: string): string | null => schema.namespaces.get(prefix) ?? null;
  const prepare = (source: string, scope: Scope): Prepared => {
    const made = (engine: Engine): Compiled => prepareXPath(source, { namespaces, documents, scope }, engine);
    return { source, ours: made('both'), other: made('fontoxpath') };
  };
  const found: string[] = [];
  const variables: Variables = [];
  /** Both engines read what ours says of a variable: each expression is compared alone. */
  const compare = ({ source, ours, other }: Prepared, node: Node): Items => {
    const focus = { item: node, position: 1, size: 1, variables };
    const [first, second] = [valueOf(() => ours.items(focus)), valueOf(() => other.items(focus))];
    if (first.text !== second.text) found.push(`${source}\n  ${first.text}\n  ${second.text}`);
    return first.items;
  };
  let scope = emptyScope();
  for (const { name, value } of schema.lets) {
    const prepared = prepare(value === '' ? "''" : value, scope);
    const added = scope.with(name);
    scope = added.scope;
    variables[added.slot] = compare(prepared, document);
  }
  const nodes = sampled(document);
  for (const { context, steps } of schema.patterns.flatMap(({ rules }) => rules)) {
    const key = JSON.stringify([context, steps.map((step) => (step.kind === 'let' ? step.value : step.test))]);
    if (seen.has(key)) continue;
    seen.add(key);
    let inside = scope;
    const lines = steps.map((step) => {
      const source = step.kind === 'let' ? step.value : step.test;
      const prepared = prepare(source === '' ? "''" : source, inside);
      const added = step.kind === 'let' ? inside.with(step.name) : undefined;
      inside = added?.scope ?? inside;
      return { prepared, slot: added?.slot };
    });
    for (const node of suited(nodes, context))
      for (const { prepared, slot } of lines) {
        const items = compare(prepared, node);
        if (slot !== undefined) variables[slot] = items;
      }
  }
  return found;
}

function valueOf(items: () => Items): { readonly text: string; readonly items: Items } {
  try {
    const found = items();
    const text = found.map((item) => (isNode(item) ? `<${item.nodeName}>` : '') + stringOf(item).slice(0, 200));
    return { text: JSON.stringify(text), items: found };
  } catch (error) {
    if (!(error instanceof XPathError)) throw error;
    return { text: 'erreur', items: [] };
  }
}

function sampled(document: Document): ReadonlyMap<string, readonly Element[]> {
  const all = new Map<string, Element[]>();
  const visit = (node: Node): void => {
    if (node.nodeType === 1) {
      const { localName } = node as Element;
      const known = all.get(localName) ?? [];
      all.set(localName, known.length < MAX_NODES ? [...known, node as Element] : known);
    }
    for (const each of node.childNodes) visit(each);
  };
  visit(document);
  return all;
}

/** Elements whose name the context speaks of, the last one first; the root where it speaks of none that is there. */
function suited(nodes: ReadonlyMap<string, readonly Element[]>, context: string): readonly Element[] {
  const names = [...context.replace(/\[[^\]]*\]/gu, '').matchAll(/:(?<name>[\w-]+)/gu)].map(
    ({ groups }) => groups?.['name'] ?? '',
  );
  const name = names.toReversed().find((one) => nodes.has(one)) ?? 'ClinicalDocument';
  return nodes.get(name) ?? [];
}

const VOLET =
  /^schematrons\/(?:CI-SIS_[^/]+|profils\/(?:[^/]+|structurationMinimale\/ASIP[^/]+|terminologies\/schematron\/terminologie))\.sch$/u;

describe.skipIf(!hasOfficialPack)(`expressions of the official pack (${WITHOUT_PACK})`, () => {
  it('give the same in our engine and in fontoxpath', { timeout: 600_000 }, () => {
    const folder = openFolder(OFFICIAL_PACK);
    const library = openLibrary(folder);
    const document = parseXml(mutant(officialExample('BIO-CR-BIO_2024.01_TSH_1.xml'), 7, 3));
    const seen = new Set<string>();
    const schemas = folder.paths.filter((path) => VOLET.test(path));
    expect(schemas.length).toBeGreaterThan(60);
    const different = schemas.flatMap((path) => {
      const { schema } = loadSchema(folder, path);
      if (schema === undefined) throw new Error(path);
      return differences(schema, library.from(path), document, seen).map((one) => `${path} ${one}`);
    });
    expect(different).toEqual([]);
    expect(seen.size).toBeGreaterThan(1500);
  });

  it('are nearly all in the grammar that our engine reads', () => {
    const folder = openFolder(OFFICIAL_PACK);
    const { schema } = loadSchema(folder, 'schematrons/profils/structurationMinimale/ASIP-STRUCT-MIN-StrucMin.sch');
    const sources = schema?.patterns.flatMap(({ rules }) =>
      rules.flatMap(({ context, steps }) => [
        context,
        ...steps.map((step) => (step.kind === 'let' ? step.value : step.test)),
      ]),
    );
    expect(sources?.filter((source) => parsedXPath(source) instanceof Unsupported)).toEqual([]);
  });
});
