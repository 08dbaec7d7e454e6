import type { Category, Wave } from '../rem/types.ts';

/** A conditional part of the REM that a vendor declares for its product. */
export interface Profile {
  /** Name on the command line, e.g. `referentiel-identites`. */
  readonly slug: string;
  /** Name in the REM, e.g. `Référentiel d'identités`. */
  readonly name: string;
  /** When a product declares it, one short French sentence. */
  readonly description: string;
  /** Slugs that cannot be declared together with this one. */
  readonly excludes: readonly string[];
}

export interface ProfileList {
  readonly category: Category;
  readonly wave: Wave;
  readonly source: { readonly mark: string; readonly document: string; readonly date: string };
  readonly profiles: readonly Profile[];
}

/** What is wrong with a set of declared profiles. */
export interface ProfileProblem {
  readonly code: 'PROFILE_UNKNOWN' | 'PROFILES_EXCLUSIVE';
  readonly profiles: readonly string[];
  readonly message: string;
  readonly remedy: string;
}
