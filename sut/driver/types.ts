/**
 * The port through which the bench asks the product to do something (DESIGN §4.4). No scenario knows which driver
 * stands behind it. Shapes are described for vendors, field by field, in `sut/http/openapi.json`.
 */

import type { GestureInput, GestureName, GestureOutput } from './gesture-types.ts';

/** What came of asking. `done` and `refused` let a scenario go on; the two others say why it cannot be judged. */
export type GestureResult<G extends GestureName> =
  | { readonly outcome: 'done'; readonly output: GestureOutput<G>; readonly durationMs: number }
  /** The product would not, and told its user why: a lock, a missing field, a blocked call. It did not fail. */
  | { readonly outcome: 'refused'; readonly message: string }
  /** The driver or the product cannot do this gesture: the scenario is untestable, red, with this reason. */
  | { readonly outcome: 'unsupported'; readonly reason: string }
  /** The product was asked and failed, or answered something unreadable. */
  | { readonly outcome: 'failed'; readonly code: string; readonly reason: string; readonly remedy: string };

export interface ProductIdentity {
  readonly name: string;
  readonly version: string;
  readonly build?: string;
  readonly editor?: string;
}

/** The gestures alone, without the life of the product. */
export type OneMethodPerGesture = {
  readonly [G in GestureName]: (input: GestureInput<G>) => Promise<GestureResult<G>>;
};

/** One method per gesture, and the life of the product. */
export interface SutDriver extends OneMethodPerGesture {
  /** `reference`, `http:…`, `command:…` as shown in reports; never holds a secret. */
  readonly label: string;
  identity(): Promise<ProductIdentity>;
  close(): Promise<void>;
}
