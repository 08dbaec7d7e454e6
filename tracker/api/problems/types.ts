import table from './problems.json' with { type: 'json' };

export type Language = 'fr' | 'en';

/** Codes that the API itself gives. */
export type OwnCode = keyof (typeof table)['own'];
/** Codes that come with their French sentence, from the domain or the store. */
export type GivenCode = keyof (typeof table)['given'];

/** RFC 9457, with what a person needs. */
export interface ProblemView {
  /** Where the code is described. */
  readonly type: string;
  /** The code, stable. */
  readonly title: string;
  readonly status: number;
  /** What is refused, in the language of the caller. */
  readonly detail: string;
  readonly code: string;
  /** What to do. */
  readonly remedy: string;
  /** Places of what was sent that are refused, as JSON pointers. */
  readonly errors?: readonly { readonly pointer: string; readonly message: string }[];
}
