import { joined } from './include.ts';
import type { PackFiles, Schema, SchemaProblem } from './types.ts';

const LITERAL = `'(?<single>[^'\n]+\\.(?:xml|rdf))'|"(?<double>[^"\n]+\\.(?:xml|rdf))"`;
/** The value of a variable that is a name and nothing else, or the name that a function opens; parts of a name are none. */
const NAMED = new RegExp(String.raw`^\s*(?:${LITERAL})\s*$|\bdoc(?:ument)?\(\s*(?:${LITERAL})\s*\)`, 'giu');

/**
 * Value sets that the expressions of a schema name in full and that the pack has not: what reads them cannot be evaluated.
 * Names that are made when a document is judged are not known here.
 */
export function missingDocuments(files: PackFiles, schema: Schema): readonly SchemaProblem[] {
  const expressions = [
    ...schema.lets.map(({ value }) => value),
    ...schema.patterns.flatMap(({ rules }) =>
      rules.flatMap(({ steps }) => steps.map((step) => (step.kind === 'let' ? step.value : step.test))),
    ),
  ];
  const named = new Set(
    expressions.flatMap((expression) =>
      [...expression.matchAll(NAMED)].map(({ groups }) => groups?.['single'] ?? groups?.['double'] ?? ''),
    ),
  );
  return [...named].flatMap((name): readonly SchemaProblem[] => {
    const path = joined(schema.file, name);
    const found = files.find(path);
    if (found === path) return [];
    const message =
      found === undefined
        ? `« ${path} », que des règles lisent, est introuvable dans le pack : elles ne seront pas jugées.`
        : `« ${path} » s’écrit « ${found} » sur le disque : la casse diffère.`;
    return [{ code: found === undefined ? 'document-missing' : 'include-case', file: schema.file, message }];
  });
}
