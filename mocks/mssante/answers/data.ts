import data from './answers.json' with { type: 'json' };

/** What the operator says of a mail that it could not deliver after it took it. */
export interface Failure {
  /** `plain`: an ordinary mail, as Mon espace santé sends; `dsn`: a report of RFC 3464. */
  readonly form: string;
  /** RFC 3463. */
  readonly status: string;
  readonly reply: string;
  readonly subject: string;
  readonly text: string;
}

export const ANSWERS = data;

/** Failures by the situation that plays them. */
export const FAILURES: Readonly<Record<string, Failure>> = data.failures;

/** Label of each integration error code (protocols.md §7.5). */
export const INTEGRATION_CODES: Readonly<Record<string, string>> = data.integrationCodes;
