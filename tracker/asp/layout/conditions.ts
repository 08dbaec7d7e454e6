import { pointer } from './errors.ts';
import { isRecord, LEVELS, type Scope, type Scribe } from './scope.ts';
import type { ListWord, Scalar } from './vocabulary.ts';

type Condition = (scope: Scope) => boolean;

const CONDITIONS = ['$present', '$equals', '$in', '$not', '$all', '$any'] as const;

const isScalar = (value: unknown): value is Scalar => ['string', 'number', 'boolean'].includes(typeof value);

/**
 * Compiles a condition: `{"$present": path}`, `{"$equals": [path, value]}`, `{"$in": [path, [values]]}`, and
 * `$not`, `$all`, `$any` of others. Values are compared as Jalon holds them: dates AAAA-MM-JJ, amounts in cents.
 */
export function compileCondition(
  node: unknown,
  where: string,
  scribe: Scribe,
  list: ListWord | undefined,
  depth: number,
): Condition {
  const refuse = (place: string, what: string, remedy: string): Condition => {
    scribe.refuse(place, what, remedy);
    return () => false;
  };
  if (depth > LEVELS) return refuse(where, `Plus de ${LEVELS} niveaux.`, 'Simplifiez cette condition.');
  const [name, ...others] = isRecord(node) ? Object.keys(node) : [];
  const operator = CONDITIONS.find((one) => one === name);
  if (!isRecord(node) || operator === undefined || others.length > 0) {
    return refuse(where, 'Une condition était attendue.', `Un objet à une clé : ${CONDITIONS.join(', ')}.`);
  }
  const given = node[operator];
  const place = pointer(where, operator);
  switch (operator) {
    case '$present': {
      const at = scribe.resolve(given, place, list);
      return (scope) => at?.read(scope) !== undefined;
    }
    case '$equals': {
      const [path, value, ...rest] = Array.isArray(given) ? (given as unknown[]) : [];
      if (!isScalar(value) || rest.length > 0) {
        return refuse(
          place,
          '$equals attend un chemin et une valeur.',
          'Écrivez {"$equals": ["order.conditional", true]}.',
        );
      }
      const at = scribe.resolve(path, pointer(place, 0), list);
      return (scope) => at?.read(scope) === value;
    }
    case '$in': {
      const [path, values, ...rest] = Array.isArray(given) ? (given as unknown[]) : [];
      if (!Array.isArray(values) || !values.every(isScalar) || rest.length > 0) {
        const example = 'Écrivez {"$in": ["@kind", ["va", "mom"]]}.';
        return refuse(place, '$in attend un chemin et une liste de valeurs.', example);
      }
      const wanted: ReadonlySet<Scalar> = new Set(values);
      const at = scribe.resolve(path, pointer(place, 0), list);
      return (scope) => {
        const value = at?.read(scope);
        return value !== undefined && wanted.has(value);
      };
    }
    case '$not': {
      const inner = compileCondition(given, place, scribe, list, depth + 1);
      return (scope) => !inner(scope);
    }
    default: {
      if (!Array.isArray(given) || given.length === 0) {
        return refuse(place, `${operator} attend une liste de conditions.`, `Écrivez {"${operator}": [{…}, {…}]}.`);
      }
      const parts = given.map((each: unknown, index) =>
        compileCondition(each, pointer(place, index), scribe, list, depth + 1),
      );
      return operator === '$all'
        ? (scope) => parts.every((part) => part(scope))
        : (scope) => parts.some((part) => part(scope));
    }
  }
}
