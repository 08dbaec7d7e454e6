import { SglError } from '../model/index.ts';
import { FAULTS } from './catalogue.ts';

/**
 * The faults to switch on.
 *
 * @throws {SglError} `DEFAUT_INCONNU`, the remedy lists the known names
 */
export function selectFaults(names: readonly string[]): ReadonlySet<string> {
  const known = new Set(FAULTS.map((fault) => fault.name));
  const unknown = names.filter((name) => !known.has(name));
  if (unknown.length > 0) {
    throw new SglError(
      'DEFAUT_INCONNU',
      `Défaut inconnu : ${unknown.join(', ')}.`,
      `Défauts connus : ${[...known].join(', ')}.`,
    );
  }
  return new Set(names);
}
