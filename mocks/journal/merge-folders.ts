import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BenchError, messageOf } from '../errors.ts';
import { ARRIVING } from './spool.ts';

/** The next exchanges of a folder, in the order of their numbers. */
export interface JournalPart {
  readonly folder: string;
  /** How many; `Infinity` for all that is left of it. */
  readonly count: number;
}

interface Source {
  /** File names by the number that they begin with, in order; those of one exchange together. */
  readonly groups: readonly (readonly string[])[];
  next: number;
}

/**
 * Moves the exchanges of several journals, written by benches of one run, into one folder, in the order of the parts;
 * numbers go on after those already there. Nothing is left out: what no part names comes last. An exchange is moved with
 * its bodies first, as it was written, so that a kill leaves it whole in one folder or in two, never lost.
 *
 * @throws {BenchError} `JOURNAL_UNWRITABLE`
 */
export function mergeJournals(target: string, parts: readonly JournalPart[]): void {
  try {
    mkdirSync(target, { recursive: true, mode: 0o700 });
    let number = Math.max(0, ...groupsOf(target).map(numberOf));
    const sources = new Map<string, Source>();
    const folders = new Set(parts.map(({ folder }) => folder));
    for (const { folder, count } of [...parts, ...rest(folders)]) {
      const source = sources.get(folder) ?? { groups: groupsOf(folder), next: 0 };
      sources.set(folder, source);
      const end = Math.min(source.groups.length, source.next + count);
      for (; source.next < end; source.next += 1) {
        number += 1;
        move(folder, source.groups[source.next] ?? [], target, number);
      }
    }
    for (const folder of folders) {
      for (const name of readdirSync(folder).filter((one) => ARRIVING.test(one)))
        renameSync(join(folder, name), join(target, name));
    }
  } catch (error) {
    throw new BenchError(
      'JOURNAL_UNWRITABLE',
      `Les journaux de l'exécution ne peuvent pas être réunis dans ${target} : ${messageOf(error)}`,
      'Vérifier les droits du dossier et la place libre sur le disque.',
      { cause: error },
    );
  }
}

const rest = (folders: ReadonlySet<string>): readonly JournalPart[] =>
  Array.from(folders, (folder) => ({ folder, count: Infinity }));

const NUMBERED = /^(\d+)-/;

function groupsOf(folder: string): readonly (readonly string[])[] {
  const names = readdirSync(folder).filter((name) => NUMBERED.test(name));
  const groups = Map.groupBy(names, (name) => Number(NUMBERED.exec(name)?.[1]));
  return [...groups].toSorted(([one], [other]) => one - other).map(([, group]) => group);
}

const numberOf = ([name = '']: readonly string[]): number => Number(NUMBERED.exec(name)?.[1] ?? 0);

function move(folder: string, names: readonly string[], target: string, number: number): void {
  const renamed = new Map(names.map((name) => [name, name.replace(NUMBERED, `${String(number).padStart(4, '0')}-`)]));
  const isRecord = (name: string): boolean => name.endsWith('.json');
  for (const [name, to] of renamed) if (!isRecord(name)) renameSync(join(folder, name), join(target, to));
  for (const [name, to] of renamed) {
    if (!isRecord(name)) continue;
    // The record names the files of its bodies.
    const file = join(folder, name);
    const text = readFileSync(file, 'utf8');
    const told = names.reduce(
      (done, one) => done.replaceAll(JSON.stringify(one), JSON.stringify(renamed.get(one))),
      text,
    );
    writeFileSync(`${file}.tmp`, told, { mode: 0o600 });
    renameSync(`${file}.tmp`, join(target, to));
    rmSync(file);
  }
}
