import type { FaultName } from '../faults.ts';

/** How a call says who makes it (protocols.md §1.2). */
export type Authentication =
  | { readonly mode: 'organisation' }
  | {
      readonly mode: 'cpx';
      /** PS_IdNat, from the certificate of the card. */
      readonly professional: string;
      /** What the assertion of the Vitale card names; absent without such an assertion. */
      readonly card?: string;
    };

export interface Refusal {
  readonly fault: FaultName;
  /** French: what is wrong, with what was received. */
  readonly reason: string;
}

export type AuthenticationJudgement =
  | { readonly ok: true; readonly authentication: Authentication }
  | ({ readonly ok: false } & Refusal);
