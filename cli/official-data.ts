import { readFile, stat } from 'node:fs/promises';
import type { Command } from 'commander';
import { loadCalendar, readCalendarFile, withCalendar, type Calendar } from '#dsr/calendar/index.ts';
import type { DataReading } from '#dsr/official-data/index.ts';
import { loadScales, readScalesFile, withScales, type Scales } from '#dsr/scales/index.ts';
import { EXIT } from '#tracker/domain/index.ts';
import { CliError } from './errors.ts';

/** Official tables are a few kilobytes. */
const MAX_BYTES = 4 * 1024 * 1024;
/** Faults of a file told in one line; the others are counted. */
const TOLD = 12;

/** `--calendar FILE`, the same for every command that reads the official dates. */
export function calendarOption(command: Command): Command {
  return command.option('--calendar <fichier>', 'calendrier officiel plus récent (dsr/calendar/calendar.schema.json)');
}

/** `--scales FILE`, the same for every command that reads the official ceilings. */
export function scalesOption(command: Command): Command {
  return command.option('--scales <fichier>', 'barème officiel plus récent (dsr/scales/scales.schema.json)');
}

/**
 * The calendar shipped, under the newer edition of a file when the user gives one.
 *
 * @throws {CliError} `CALENDAR_INVALID` with everything that is wrong in the file; system errors when it cannot be had
 */
export async function calendarFrom(file?: string): Promise<Calendar> {
  if (file === undefined) return loadCalendar();
  const newer = valueOf(
    readCalendarFile(await textOf(file), file),
    'CALENDAR_INVALID',
    file,
    'dsr/calendar/calendar.example.json',
  );
  return withCalendar(loadCalendar(), newer);
}

/**
 * The scale shipped, under the newer edition of a file when the user gives one.
 *
 * @throws {CliError} `SCALES_INVALID` with everything that is wrong in the file; system errors when it cannot be had
 */
export async function scalesFrom(file?: string): Promise<Scales> {
  if (file === undefined) return loadScales();
  const newer = valueOf(
    readScalesFile(await textOf(file), file),
    'SCALES_INVALID',
    file,
    'dsr/scales/scales.example.json',
  );
  return withScales(loadScales(), newer);
}

/** The value of a reading, or one error that says all that is wrong, each with its JSON path and remedy. */
export function valueOf<T>(reading: DataReading<T>, code: string, file: string, example: string): T {
  if (reading.ok) return reading.value;
  const { problems } = reading;
  const told = problems
    .slice(0, TOLD)
    .map(({ path, message, remedy }) => `${path === '' ? '' : `${path} : `}${message} ${remedy}`);
  const rest = problems.length > TOLD ? ` (et ${problems.length - TOLD} autres)` : '';
  throw new CliError(
    code,
    EXIT.usage,
    `« ${file} » ne suit pas son schéma : ${told.join(' ')}${rest}`,
    `Partez de l’exemple ${example}.`,
  );
}

/** Text of a file of official figures; asked before anything is read that it is a file and of a likely size. */
export async function textOf(file: string): Promise<string> {
  const found = await stat(file);
  if ((!found.isFile() && !found.isDirectory()) || found.size > MAX_BYTES) {
    throw new CliError(
      'OFFICIAL_DATA_UNREADABLE',
      EXIT.usage,
      `« ${file} » n’est pas un fichier JSON d’une taille vraisemblable.`,
      'Donnez le fichier de la version officielle, au format décrit par son schéma.',
    );
  }
  return readFile(file, 'utf8');
}
