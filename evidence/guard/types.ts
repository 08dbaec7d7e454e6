import type { View } from '../readable/index.ts';

export type AlarmCode =
  | 'INS_REEL_POSSIBLE'
  | 'IDENTITE_REELLE_POSSIBLE'
  | 'TELEPHONE'
  | 'ADRESSE_ELECTRONIQUE'
  | 'CLE_PRIVEE'
  | 'JETON'
  | 'MOT_DE_PASSE'
  /** So many alarms that they are not told one by one. */
  | 'AUTRES_ALERTES';

/** Whom the guard knows: nobody real. */
export interface KnownPeople {
  /** 15 characters. */
  readonly ins: ReadonlySet<string>;
  /** Names and first names of test people, as {@link nameKey} makes them. */
  readonly names: ReadonlySet<string>;
  /** Domains of test mailboxes, beside those that are reserved for it. */
  readonly domains: readonly string[];
}

/** A span of a view that raises an alarm. */
export interface Hit {
  readonly code: AlarmCode;
  /** Index in the text. */
  readonly from: number;
  /** Excluded. */
  readonly to: number;
}

/** A family of rules. */
export type Watch = (view: View, known: KnownPeople) => readonly Hit[];
