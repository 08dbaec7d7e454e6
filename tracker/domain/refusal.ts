/** Why the domain refuses; the API and the commands say it as it is. */
export interface Refusal {
  /** Stable. */
  readonly code: string;
  /** French: what is refused. */
  readonly message: string;
  /** French: what to do. */
  readonly remedy: string;
}

/** What a rule of the domain gives: the new value, or why there is none. Nothing is thrown for what a person may try. */
export type Outcome<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly refusal: Refusal };

export function refusal(
  code: string,
  message: string,
  remedy: string,
): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal: { code, message, remedy } };
}
