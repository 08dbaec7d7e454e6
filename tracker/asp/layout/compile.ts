import { compileCondition } from './conditions.ts';
import { pointer } from './errors.ts';
import { formatFor } from './formats.ts';
import { bounded, isRecord, LEVELS, type Build, type Scribe } from './scope.ts';
import { LISTS, type ListWord, type Scalar } from './vocabulary.ts';

/** Operators and the keys that each may carry, its own first. */
const OPERATORS: Readonly<Record<string, readonly string[]>> = {
  $value: ['$value', '$format', '$map', '$otherwise', '$optional', '$default'],
  $when: ['$when', '$then', '$else'],
  $each: ['$each', '$where', '$do'],
  $join: ['$join', '$with'],
  $const: ['$const'],
};

/**
 * Turns a template of the mapping language into what builds a document. Nothing of the file is ever executed: only the
 * operators of this table exist.
 *
 * @param where place of the node in the user's file
 * @param list list that is walked there, if any
 */
export function compile(node: unknown, where: string, scribe: Scribe, list?: ListWord, depth = 0): Build {
  if (depth > LEVELS) return scribe.refuse(where, `Plus de ${LEVELS} niveaux.`, 'Simplifiez ce document.');
  if (Array.isArray(node)) {
    const parts = node.map((each: unknown, index) => compile(each, pointer(where, index), scribe, list, depth + 1));
    return (scope) => parts.map((part) => part(scope)).filter((value) => value !== undefined);
  }
  if (!isRecord(node)) return () => node;
  const keys = Object.keys(node);
  const operator = keys.find((key) => Object.hasOwn(OPERATORS, key));
  if (operator !== undefined) return compileOperator(operator, node, where, scribe, list, depth);
  const unknown = keys.find((key) => key.startsWith('$'));
  if (unknown !== undefined) {
    const known = Object.keys(OPERATORS).join(', ');
    return scribe.refuse(pointer(where, unknown), `Opérateur inconnu : ${unknown}.`, `Opérateurs : ${known}.`);
  }
  const parts = keys.map((key) => [key, compile(node[key], pointer(where, key), scribe, list, depth + 1)] as const);
  return (scope) => {
    const entries: [string, unknown][] = [];
    for (const [key, part] of parts) {
      const value = part(scope);
      if (value !== undefined) entries.push([key, value]);
    }
    // Defines own properties, whatever their name.
    return Object.fromEntries(entries);
  };
}

function compileOperator(
  operator: string,
  node: Readonly<Record<string, unknown>>,
  where: string,
  scribe: Scribe,
  list: ListWord | undefined,
  depth: number,
): Build {
  const allowed = OPERATORS[operator] ?? [];
  for (const key of Object.keys(node)) {
    if (allowed.includes(key)) continue;
    scribe.refuse(
      pointer(where, key),
      `« ${key} » ne va pas avec ${operator}.`,
      `Clés admises : ${allowed.join(', ')}.`,
    );
  }
  const inside = (key: string, own = list): Build => compile(node[key], pointer(where, key), scribe, own, depth + 1);
  switch (operator) {
    case '$value':
      return compileValue(node, where, scribe, list);
    case '$when': {
      const holds = compileCondition(node['$when'], pointer(where, '$when'), scribe, list, depth + 1);
      if (!Object.hasOwn(node, '$then')) {
        scribe.refuse(where, '$when sans $then.', 'Dites ce qui est écrit quand la condition est vraie.');
      }
      const then = inside('$then');
      const otherwise: Build = Object.hasOwn(node, '$else') ? inside('$else') : () => undefined;
      return (scope) => (holds(scope) ? then(scope) : otherwise(scope));
    }
    case '$each': {
      const path = node['$each'];
      const words = typeof path === 'string' ? LISTS.get(path) : undefined;
      if (words === undefined || typeof path !== 'string') {
        const known = [...LISTS.keys()].join(', ');
        return scribe.refuse(pointer(where, '$each'), 'Liste inconnue.', `Listes : ${known}.`);
      }
      const keeps = Object.hasOwn(node, '$where')
        ? compileCondition(node['$where'], pointer(where, '$where'), scribe, words, depth + 1)
        : () => true;
      if (!Object.hasOwn(node, '$do')) scribe.refuse(where, '$each sans $do.', 'Dites ce qui est écrit pour chacun.');
      const build = inside('$do', words);
      return (scope) => {
        const rows = (scope.model.lists.get(path) ?? []).filter((row) => keeps({ ...scope, row }));
        return rows
          .map((row, index) => build({ ...scope, row: new Map([...row, ['index', index + 1]]) }))
          .filter((value) => value !== undefined);
      };
    }
    case '$join': {
      const parts = node['$join'];
      const between = node['$with'] ?? '';
      if (!Array.isArray(parts) || typeof between !== 'string') {
        return scribe.refuse(
          where,
          '$join attend une liste, $with un texte.',
          'Écrivez {"$join": [...], "$with": "-"}.',
        );
      }
      const build = inside('$join');
      return (scope) => (build(scope) as readonly unknown[]).map((each) => joined(each)).join(between);
    }
    default:
      return () => node['$const'];
  }
}

/** Only texts, numbers and booleans are joined as people read them. */
function joined(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function compileValue(
  node: Readonly<Record<string, unknown>>,
  where: string,
  scribe: Scribe,
  list: ListWord | undefined,
): Build {
  const { $value: path, $format: name, $map: table, $optional: optional } = node;
  const at = scribe.resolve(path, pointer(where, '$value'), list);
  if (at === undefined) return () => undefined;
  if (name !== undefined && typeof name !== 'string') {
    return scribe.refuse(pointer(where, '$format'), '$format attend un texte.', 'Nommez un format.');
  }
  if (optional !== undefined && typeof optional !== 'boolean') {
    scribe.refuse(pointer(where, '$optional'), '$optional attend true ou false.', 'Écrivez "$optional": true.');
  }
  const mapped = table === undefined ? undefined : readTable(table, pointer(where, '$map'), scribe);
  const choice = formatFor(at.word.type, name);
  // What goes through a table is written by the table.
  if (!choice.ok && (mapped === undefined || name !== undefined)) {
    const what =
      name === undefined
        ? `Rien ne dit comment écrire ${at.word.label}.`
        : `Le format « ${bounded(name)} » ne va pas à ${at.word.label}.`;
    return scribe.refuse(pointer(where, '$format'), what, `Formats : ${choice.known.join(', ')}.`);
  }
  const has = (key: string): boolean => Object.hasOwn(node, key);
  const { $default: fallback, $otherwise: otherwise } = node;
  return (scope) => {
    const value = at.read(scope);
    if (value === undefined) {
      if (has('$default')) return fallback;
      if (optional !== true) scope.miss({ path: at.path, word: at.word, where });
      return undefined;
    }
    const written: Scalar = choice.ok && (mapped === undefined || name !== undefined) ? choice.format(value) : value;
    if (mapped === undefined) return written;
    const key = String(written);
    if (mapped.has(key)) return mapped.get(key);
    if (has('$otherwise')) return otherwise;
    scope.miss({ path: at.path, word: at.word, where, value: key });
    return undefined;
  };
}

function readTable(table: unknown, where: string, scribe: Scribe): ReadonlyMap<string, unknown> {
  if (isRecord(table)) return new Map(Object.entries(table));
  scribe.refuse(where, '$map attend un objet.', 'Écrivez {"$map": {"valeur de Jalon": "valeur du fichier"}}.');
  return new Map();
}
