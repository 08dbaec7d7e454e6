import type { Command } from 'commander';
import { addDays, parisDay, readCivilDate, type CivilDate } from '#dsr/dates/index.ts';
import { EXIT } from '#tracker/domain/index.ts';
import type { ReferencingDates } from '#tracker/orders/index.ts';
import { CliError } from './errors.ts';
import { oneLine } from './table.ts';

/** Dates as typed; each option is checked by {@link readDates}, so that all the wrong ones are told together. */
export interface DateOptions {
  readonly signed?: string;
  readonly complete?: string;
  readonly sent?: string;
  readonly referenced?: string;
  readonly advanceEnd?: string;
  readonly planned?: string;
  readonly today?: string;
}

const NAMES = {
  signed: '--signed',
  complete: '--complete',
  sent: '--sent',
  referenced: '--referenced',
  advanceEnd: '--advance-end',
  planned: '--planned',
  today: '--today',
} as const satisfies Readonly<Record<keyof DateOptions, string>>;

/** Whichever sum a command makes with a date must stay within the calendar. */
const MARGIN_DAYS = 20_000;

export interface ReadDates {
  readonly signedOn: CivilDate | undefined;
  /** Those that were given. */
  readonly given: ReferencingDates;
  /** Day at which the reader supposes the file complete. */
  readonly plannedOn: CivilDate | undefined;
  readonly today: CivilDate;
}

/** The dates of the file of a product, the same for every command that judges windows. */
export function referencingDateOptions(command: Command): Command {
  return command
    .option('--complete <date>', 'jour où l’ANS répute le dossier complet : la date qui compte')
    .option('--sent <date>', 'jour où le dossier est envoyé à l’ANS')
    .option('--referenced <date>', 'jour du référencement')
    .option('--advance-end <date>', 'dernier jour de la période des demandes d’avance')
    .option('--today <date>', 'jour à considérer (par défaut : aujourd’hui à Paris)');
}

/**
 * Reads `AAAA-MM-JJ` or `JJ/MM/AAAA`.
 *
 * @throws {CliError} `USAGE`, naming every option whose date is none
 */
export function readDates(options: DateOptions, now: Date): ReadDates {
  const wrong: string[] = [];
  const read = (name: keyof DateOptions): CivilDate | undefined => {
    const text = options[name];
    if (text === undefined) return undefined;
    const date = readCivilDate(text);
    if (date === undefined || !hasRoom(date)) wrong.push(`${NAMES[name]} « ${oneLine(text).slice(0, 40)} »`);
    return date;
  };
  const [signedOn, sentOn, deemedCompleteOn] = [read('signed'), read('sent'), read('complete')];
  const [referencedOn, advancePeriodEndsOn] = [read('referenced'), read('advanceEnd')];
  const plannedOn = read('planned');
  const today = read('today') ?? parisDay(now);
  if (wrong.length > 0) {
    throw new CliError(
      'USAGE',
      EXIT.usage,
      `${wrong.length === 1 ? 'Date invalide' : 'Dates invalides'} : ${wrong.join(', ')}.`,
      'Écrivez une date du calendrier sous la forme AAAA-MM-JJ ou JJ/MM/AAAA, par exemple 2022-06-14.',
    );
  }
  return {
    signedOn,
    given: {
      ...(sentOn === undefined ? {} : { sentOn }),
      ...(deemedCompleteOn === undefined ? {} : { deemedCompleteOn }),
      ...(referencedOn === undefined ? {} : { referencedOn }),
      ...(advancePeriodEndsOn === undefined ? {} : { advancePeriodEndsOn }),
    },
    plannedOn,
    today,
  };
}

function hasRoom(date: CivilDate): boolean {
  try {
    return addDays(date, MARGIN_DAYS) > date && addDays(date, -MARGIN_DAYS) < date;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
