import type { ReadRequirement, ReadScenario } from './requirement.ts';

/** What a list has too much of, and the bound, as said to the user. */
export interface TooLarge {
  readonly bound: number;
  readonly what: string;
}

/**
 * Bounds of a list. The largest published REM has about 250 requirements; these leave room for twenty times that, and
 * stop a workbook made to exhaust the machine that reads it.
 */
const BOUNDS = {
  requirements: { bound: 6000, what: 'exigences' },
  scenarios: { bound: 20_000, what: 'scénarios' },
  proofs: { bound: 20_000, what: 'preuves' },
  characters: { bound: 16_000_000, what: 'caractères' },
} as const satisfies Readonly<Record<string, TooLarge>>;

type Counted = keyof typeof BOUNDS;

/** Counts what a reading holds, row by row, to stop it before it is too much. */
export class Size {
  #counts: Record<Counted, number> = { requirements: 0, scenarios: 0, proofs: 0, characters: 0 };
  #tooLarge: TooLarge | undefined;

  get tooLarge(): TooLarge | undefined {
    return this.#tooLarge;
  }

  addRequirement({ statement, profile, sectionTitle, block, function: feature, notes, vendor }: ReadRequirement): void {
    this.#add('requirements');
    for (const text of [statement, profile, sectionTitle, block, feature, ...Object.values({ ...notes, ...vendor })]) {
      this.#add('characters', text.length);
    }
  }

  /** A scenario under one more requirement: those that share it have it each. */
  addScenario({ text }: Pick<ReadScenario, 'text'>): void {
    this.#add('scenarios');
    this.#add('characters', text.length);
  }

  addProof({ text }: { readonly text: string }): void {
    this.#add('proofs');
    this.#add('characters', text.length);
  }

  /** Counts again what is settled: a shared scenario brings all its proofs to each of its requirements. */
  measure(requirements: readonly ReadRequirement[]): void {
    this.#counts = { requirements: 0, scenarios: 0, proofs: 0, characters: 0 };
    for (const requirement of requirements) {
      this.addRequirement(requirement);
      for (const scenario of requirement.scenarios) {
        this.addScenario(scenario);
        for (const proof of scenario.proofs) this.addProof(proof);
        if (this.#tooLarge !== undefined) return;
      }
    }
  }

  #add(what: Counted, count = 1): void {
    this.#counts[what] += count;
    if (this.#counts[what] > BOUNDS[what].bound) this.#tooLarge ??= BOUNDS[what];
  }
}
