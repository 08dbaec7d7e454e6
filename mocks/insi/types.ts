import type { Pki } from '../pki/types.ts';
import type { Population } from '../population/types.ts';
import type { Situations } from '../situations/types.ts';
import type { CallCounter } from './call-counter.ts';
import type { InsiFault } from './faults.ts';
import type { ResultCode } from './vocabulary.ts';
import type { IdentityAnswer } from './identity.ts';
import type { InsiSettings } from './settings.ts';

/** What goes back on the wire. */
export interface InsiReply {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  /** The connection is cut instead of answered. */
  readonly cut?: true;
}

export interface InsiState {
  readonly settings: InsiSettings;
  readonly population: Population;
  readonly situations: Situations;
  readonly pki: Pki;
  readonly now: () => Date;
  readonly calls: CallCounter;
}

/** What INSi says, before it is written. */
export type Verdict =
  | { readonly kind: 'search'; readonly code: ResultCode; readonly identity?: IdentityAnswer }
  | {
      readonly kind: 'verification';
      readonly results: readonly { readonly reference: string; readonly verdict: 'OK' | 'KO' }[];
    }
  | { readonly kind: 'fault'; readonly fault: InsiFault };

/** A verdict and the French sentence of the journal. */
export interface Said {
  readonly verdict: Verdict;
  readonly said: string;
}
