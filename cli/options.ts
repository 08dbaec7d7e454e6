import { InvalidArgumentError } from 'commander';
import { readCivilDate, type CivilDate } from '#dsr/dates/index.ts';
import type { MockProfile } from '#mocks/index.ts';
import * as rem from '#dsr/rem/index.ts';
import type { Category, Wave } from '#dsr/rem/index.ts';

/** Path of a file or folder; a variable of the shell that is not set gives none. */
export function parsePath(value: string): string {
  if (value.trim() === '')
    throw new InvalidArgumentError('Chemin vide. Donnez le chemin du fichier, ou retirez l’option.');
  return value;
}

/** A civil date, `YYYY-MM-DD`. @throws {InvalidArgumentError} */
export function parseDay(value: string): CivilDate {
  const day = readCivilDate(value);
  if (day !== undefined) return day;
  throw new InvalidArgumentError(`Date invalide : ${value}. Écrivez AAAA-MM-JJ ou JJ/MM/AAAA.`);
}

/** @throws {InvalidArgumentError} when it is empty */
export function parseProductVersion(value: string): string {
  const version = value.trim();
  if (version === '') throw new InvalidArgumentError('Version vide. Écrivez celle du produit, p. ex. 7.3.');
  return version;
}

/** Address of the database of a team. @throws {InvalidArgumentError} without repeating it: it may hold a password */
export function parseDatabase(value: string): string {
  const url = URL.canParse(value.trim()) ? new URL(value.trim()) : undefined;
  if (url !== undefined && ['postgres:', 'postgresql:'].includes(url.protocol) && url.pathname.length > 1)
    return value.trim();
  throw new InvalidArgumentError('Adresse de base invalide. Écrivez postgres://compte@machine:5432/base.');
}

export function parseCategory(value: string): Category {
  const found = rem.parseCategory(value);
  if (found !== undefined) return found;
  const known = rem.loadCategories().map((one) => one.code);
  throw new InvalidArgumentError(
    `Couloir invalide : ${value}. Choisissez parmi ${known.join(', ')}, ou donnez un nom à vous : des lettres, des chiffres et des tirets, 20 au plus.`,
  );
}

export function parseWave(value: string): Wave {
  const found = rem.parseWave(value);
  if (found === undefined) throw new InvalidArgumentError(`Vague invalide : ${value}. Écrivez va1, va2…`);
  return found;
}

const MOCK_PROFILES: readonly MockProfile[] = ['strict', 'lenient', 'documentation'];

export function parseMockProfile(value: string): MockProfile {
  const found = MOCK_PROFILES.find((profile) => profile === value);
  if (found === undefined) {
    throw new InvalidArgumentError(
      `Profil de services simulés invalide : ${value}. Écrivez ${MOCK_PROFILES.join(', ')}.`,
    );
  }
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

/** How many at once. */
export function parseCount(value: string): number {
  const count = Number(value);
  if (!Number.isInteger(count) || count < 1 || count > 64)
    throw new InvalidArgumentError(`Nombre invalide : ${value}. Donnez un nombre entier de 1 à 64.`);
  return count;
}

/** How many at most; none is an answer. */
export function parseAmount(value: string): number {
  const amount = Number(value);
  if (!Number.isInteger(amount) || amount < 0 || value.trim() === '')
    throw new InvalidArgumentError(`Nombre invalide : ${value}. Donnez un nombre entier, 0 compris.`);
  return amount;
}
