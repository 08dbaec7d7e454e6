import table from './faults.json' with { type: 'json' };

/**
 * A way in which this laboratory system can be made wrong on purpose, to show what a reader of its traffic must see.
 * Off unless the configuration names it.
 */
export interface Fault {
  readonly name: string;
  /** French: what the system then does. */
  readonly title: string;
  /** Part of the system whose behaviour changes. */
  readonly touches: string;
  /** Ids of the published rules that it breaks; none when only a scenario sees it. */
  readonly rules: readonly string[];
}

export const FAULTS: readonly Fault[] = table.faults;
