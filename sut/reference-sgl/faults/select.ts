import { SglError } from '../model/index.ts';
import { FAULTS } from './catalogue.ts';

/** How many names are proposed for one that is not known. */
const PROPOSED = 5;

/**
 * The faults to switch on.
 *
 * @throws {SglError} `DEFAUT_INCONNU`, the remedy proposes the known names that look most like the unknown ones
 */
export function selectFaults(names: readonly string[]): ReadonlySet<string> {
  const known = FAULTS.map((fault) => fault.name);
  const unknown = names.filter((name) => !known.includes(name));
  const [first] = unknown;
  if (first !== undefined) {
    const close = known.toSorted((a, b) => distance(a, first) - distance(b, first)).slice(0, PROPOSED);
    throw new SglError(
      'DEFAUT_INCONNU',
      `Défaut inconnu : ${unknown.map((name) => name.slice(0, 60)).join(', ')}.`,
      `Noms proches : ${close.join(', ')} ; l'option --faults donne la liste.`,
    );
  }
  return new Set(names);
}

/** Part of the pairs of letters that two names do not share. */
function distance(a: string, b: string): number {
  const [first, second] = [pairs(a), pairs(b)];
  const shared = [...first].filter((pair) => second.has(pair)).length;
  return 1 - (2 * shared) / (first.size + second.size);
}

function pairs(text: string): ReadonlySet<string> {
  const padded = ` ${text} `;
  return new Set(Array.from({ length: padded.length - 1 }, (_, index) => padded.slice(index, index + 2)));
}
