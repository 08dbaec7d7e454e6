export type ReminderErrorCode =
  /** The address is none that reminders may be sent to. */
  | 'WEBHOOK_URL'
  /** The receiver answered with a redirection: never followed, a signed message goes only where it was meant to. */
  | 'WEBHOOK_REDIRECTED'
  /** The receiver refuses the message: trying again would not help. */
  | 'WEBHOOK_REFUSED'
  /** No answer, or a failing receiver, at every attempt. */
  | 'WEBHOOK_UNREACHABLE'
  /** The list of what was sent cannot be read: sending would repeat reminders. */
  | 'REMINDERS_UNREADABLE';

/** Reminders could not be sent; what was sent before is remembered. */
export class ReminderError extends Error {
  readonly code: ReminderErrorCode;
  /** French, what to do. */
  readonly remedy: string;

  constructor(code: ReminderErrorCode, message: string, remedy: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'ReminderError';
    this.code = code;
    this.remedy = remedy;
  }
}
