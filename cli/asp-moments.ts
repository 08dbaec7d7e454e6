import { InvalidArgumentError } from 'commander';

/** When something happened, as the user says it: at a minute, or some time on a day. */
export interface Moment {
  /** Noon of a day of which no hour is given. */
  readonly at: Date;
  readonly wholeDay: boolean;
}

const ZONE = 'Europe/Paris';
const MOMENT = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2})?$/u;

/**
 * A moment of Paris: `2022-11-29` or `2022-11-29T10:00`. An hour that comes twice is its first coming.
 *
 * @throws {InvalidArgumentError} for what is no date, and for an hour that the change to summer time skips
 */
export function parseMoment(value: string): Moment {
  const wrong = new InvalidArgumentError(`Moment invalide : ${value}. Écrivez 2022-11-29 ou 2022-11-29T10:00 (Paris).`);
  if (!MOMENT.test(value)) throw wrong;
  const wholeDay = value.length === 10;
  let written: Temporal.PlainDateTime;
  try {
    written = Temporal.PlainDateTime.from(wholeDay ? `${value}T12:00` : value.replace(' ', 'T'), {
      overflow: 'reject',
    });
  } catch {
    throw wrong;
  }
  const moment = written.toZonedDateTime(ZONE);
  if (!moment.toPlainDateTime().equals(written)) {
    throw new InvalidArgumentError(`Le ${value}, cette heure n’existe pas à Paris : on y passe à l’heure d’été.`);
  }
  return { at: new Date(moment.epochMilliseconds), wholeDay };
}

/**
 * The instant to keep for a moment: that of a day without hour stays between what is known before and now, when all of
 * them are of that day.
 *
 * @param last instant of the step before, if any
 */
export function instantOf({ at, wholeDay }: Moment, now: Date, last?: Date): Date {
  if (!wholeDay) return at;
  const day = dayOf(at);
  if (last !== undefined && last > at && dayOf(last) === day) return last;
  return now < at && dayOf(now) === day ? now : at;
}

const inParis = (at: Date): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(ZONE);

const dayOf = (at: Date): string => inParis(at).toPlainDate().toString();

/** `29/11/2022 à 10:00`, in Paris. @param at instant, ISO 8601 */
export function parisText(at: string): string {
  const moment = inParis(new Date(at));
  const day = moment.toPlainDate().toString().split('-').reverse().join('/');
  return `${day} à ${moment.toPlainTime().toString({ smallestUnit: 'minute' })}`;
}
