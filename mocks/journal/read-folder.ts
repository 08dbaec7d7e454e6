import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Exchange } from '#formats/exchange/index.ts';
import { BenchError, messageOf } from '../errors.ts';
import { restore } from './restore.ts';
import { ARRIVING } from './spool.ts';

/** What is wrong with a file of the folder. */
export interface JournalProblem {
  /**
   * `UNFINISHED`: an exchange whose writing was cut, hence one that HTTP never answered · `UNREADABLE`: no exchange in this file ·
   * `BODY_MISSING`: a body is not there · `GAP`: numbers without a file, something was taken away.
   */
  readonly code: 'UNFINISHED' | 'UNREADABLE' | 'BODY_MISSING' | 'GAP';
  readonly file: string;
  /** French. */
  readonly message: string;
}

export interface JournalReading {
  /** In order of arrival; bodies are read from their file each time they are asked. */
  readonly exchanges: readonly Exchange[];
  readonly problems: readonly JournalProblem[];
}

const RECORD = /^(\d+)-.+\.json$/;

/**
 * Reads back the journal of a run, finished or killed. Everything that was answered is there: an exchange is on disk
 * before its answer goes. What a kill cut is told, and takes nothing else away.
 * @throws {BenchError} `JOURNAL_UNREADABLE` when there is no such folder
 */
export function readJournal(folder: string): JournalReading {
  const names = list(folder);
  const exchanges: { readonly number: number; readonly exchange: Exchange }[] = [];
  const problems: JournalProblem[] = [];
  const wanted = new Set<string>();
  const numbers = new Set<number>();
  for (const name of names) {
    const number = Number(RECORD.exec(name)?.[1] ?? Number.NaN);
    if (Number.isNaN(number)) continue;
    numbers.add(number);
    const reading = readRecord(folder, name);
    for (const file of reading.bodies) wanted.add(file);
    if ('problem' in reading) problems.push(reading.problem);
    else exchanges.push({ number, exchange: reading.exchange });
  }
  const unfinished = leftovers(names, wanted, numbers);
  problems.push(...unfinished.problems, ...gaps(numbers, unfinished.numbers));
  for (const file of names.filter((name) => ARRIVING.test(name))) {
    const message = `Le corps ${file} n’avait pas fini d’être reçu (banc arrêté au milieu) ; son échange n’est pas repris.`;
    problems.push({ code: 'UNFINISHED', file, message });
  }
  return {
    exchanges: exchanges.toSorted((one, other) => one.number - other.number).map(({ exchange }) => exchange),
    problems,
  };
}

function list(folder: string): readonly string[] {
  try {
    return readdirSync(folder).toSorted();
  } catch (error) {
    throw new BenchError(
      'JOURNAL_UNREADABLE',
      `Le journal ${folder} ne peut pas être lu : ${messageOf(error)}`,
      'Donner le dossier « journal » d’une exécution.',
      { cause: error },
    );
  }
}

type Reading =
  | { readonly bodies: readonly string[]; readonly exchange: Exchange }
  | { readonly bodies: readonly string[]; readonly problem: JournalProblem };

function readRecord(folder: string, file: string): Reading {
  const unreadable = (why: string): Reading => ({
    bodies: [],
    problem: { code: 'UNREADABLE', file, message: `Le fichier ${file} ne contient pas d’échange lisible : ${why}` },
  });
  let record: unknown;
  try {
    record = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  } catch (error) {
    return unreadable(messageOf(error));
  }
  const restored = restore(record, folder);
  if (restored === undefined) return unreadable('champs absents');
  const missing = restored.bodies.filter((name) => !existsSync(join(folder, name)));
  if (missing.length === 0) return restored;
  const message = `L’échange ${file} n’est pas repris : ${missing.join(', ')} manque dans le dossier.`;
  return { bodies: restored.bodies, problem: { code: 'BODY_MISSING', file, message } };
}

/** Bodies and half-written records that no record names: what was being written when the bench was killed. */
function leftovers(
  names: readonly string[],
  wanted: ReadonlySet<string>,
  known: ReadonlySet<number>,
): { readonly problems: readonly JournalProblem[]; readonly numbers: ReadonlySet<number> } {
  const torn = new Map<number, string[]>();
  for (const name of names) {
    const number = Number(/^(\d+)-.+\.(?:bin|json\.tmp)$/.exec(name)?.[1] ?? Number.NaN);
    // The bodies of an unreadable record are its own, which is told already.
    if (Number.isNaN(number) || wanted.has(name) || known.has(number)) continue;
    torn.set(number, [...(torn.get(number) ?? []), name]);
  }
  const problems = [...torn].map(([number, files]): JournalProblem => {
    const message = `L’échange n° ${number} n’a pas fini d’être écrit (banc arrêté au milieu) ; il n’est pas repris. Restes : ${files.join(', ')}.`;
    return { code: 'UNFINISHED', file: files[0] ?? '', message };
  });
  return { problems, numbers: new Set(torn.keys()) };
}

function gaps(known: ReadonlySet<number>, torn: ReadonlySet<number>): readonly JournalProblem[] {
  const problems: JournalProblem[] = [];
  const all = [...known, ...torn].toSorted((one, other) => one - other);
  let before = 0;
  for (const number of all) {
    if (number > before + 1) {
      const span = number === before + 2 ? `n° ${before + 1}` : `n° ${before + 1} à ${number - 1}`;
      problems.push({ code: 'GAP', file: '', message: `Échange(s) ${span} absent(s) du journal.` });
    }
    before = number;
  }
  return problems;
}
