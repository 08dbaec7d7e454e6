declare const civil: unique symbol;

/** A day of the civil calendar, `YYYY-MM-DD`, without time nor zone. Only `parseCivilDate` and the sums make one. */
export type CivilDate = string & { readonly [civil]: true };

/** A moment at which a right ends: a day, and an hour of Paris when the rule gives one. */
export interface Deadline {
  readonly date: CivilDate;
  /** `HH:MM`, Europe/Paris. Absent: the whole day is still in time. */
  readonly time?: string;
}
