import { parseCivilDate, type CivilDate } from '#dsr/dates/index.ts';
import { refusal, type Outcome } from './refusal.ts';

/** Who does what on a requirement, for when, and how much it costs. Each may be unknown. */
export interface Assignment {
  /** Name of an account, or of somebody who has none. */
  readonly owner?: string;
  readonly due?: CivilDate;
  /** Work estimated, in half-days. */
  readonly halfDays?: number;
}

/** As somebody types it; null takes a value away. */
export interface AssignmentChange {
  readonly owner?: string | null;
  readonly due?: string | null;
  readonly halfDays?: number | null;
}

const MOST_HALF_DAYS = 2000;

/**
 * Changes an assignment; what is not named stays.
 *
 * @returns `OWNER_EMPTY`, `DUE_INVALID` or `EFFORT_INVALID`
 */
export function assign(former: Assignment, change: AssignmentChange): Outcome<Assignment> {
  const owner = change.owner === undefined ? former.owner : (change.owner?.trim() ?? undefined);
  if (owner === '')
    return refusal('OWNER_EMPTY', 'Le nom du responsable est vide.', 'Nommez une personne, ou retirez-la.');
  let due = former.due;
  if (change.due === null) due = undefined;
  else if (change.due !== undefined) {
    due = parseCivilDate(change.due);
    if (due === undefined) {
      return refusal(
        'DUE_INVALID',
        `L’échéance « ${change.due.slice(0, 40)} » n’est pas une date.`,
        'Écrivez AAAA-MM-JJ.',
      );
    }
  }
  const halfDays = change.halfDays === undefined ? former.halfDays : (change.halfDays ?? undefined);
  if (halfDays !== undefined && (!Number.isInteger(halfDays) || halfDays < 0 || halfDays > MOST_HALF_DAYS)) {
    return refusal(
      'EFFORT_INVALID',
      'La charge se compte en demi-journées entières.',
      `Donnez un nombre de 0 à ${MOST_HALF_DAYS}.`,
    );
  }
  return {
    ok: true,
    value: {
      ...(owner === undefined ? {} : { owner }),
      ...(due === undefined ? {} : { due }),
      ...(halfDays === undefined ? {} : { halfDays }),
    },
  };
}
