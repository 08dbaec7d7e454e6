import { InvalidArgumentError } from 'commander';
import type { Category, Wave } from '#dsr/rem/index.ts';

const CATEGORIES: readonly Category[] = [
  'SGL',
  'LOINC',
  'LGC',
  'RIS',
  'DPI',
  'RI',
  'PFI',
  'DRIMBOX',
  'LGO',
  'MSS-OP',
  'DUI',
];
const WAVES: readonly Wave[] = ['va1', 'va2'];

export function parseCategory(value: string): Category {
  const found = CATEGORIES.find((category) => category === value.toUpperCase());
  if (!found) throw new InvalidArgumentError(`Couloir inconnu : ${value}. Choisissez parmi ${CATEGORIES.join(', ')}.`);
  return found;
}

export function parseWave(value: string): Wave {
  const found = WAVES.find((wave) => wave === value.toLowerCase());
  if (!found) throw new InvalidArgumentError(`Vague inconnue : ${value}. Choisissez va1 ou va2.`);
  return found;
}

export function parseList(value: string): readonly string[] {
  return value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** Repeatable option: `--fault a --fault b`, or `--fault a,b`. */
export function collectList(value: string, previous: readonly string[]): readonly string[] {
  return [...previous, ...parseList(value)];
}

export function parsePort(value: string): number {
  const port = Number(value);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new InvalidArgumentError(`Port invalide : ${value}. Donnez un nombre de 1 à 65535.`);
  }
  return port;
}

export function parseSeconds(value: string): number {
  const seconds = Number(value);
  if (!(seconds > 0) || seconds > 3600)
    throw new InvalidArgumentError(`Durée invalide : ${value}. Donnez un nombre de secondes, 3600 au plus.`);
  return seconds * 1000;
}
