import type { Verdict } from '#dsr/verdict/index.ts';
import type { UnverifiableCause } from '#tracker/types.ts';

/** A fault of the reference SGL with what the suite must do about it. */
export interface ExpectedFault {
  readonly name: string;
  /** French: what the product does wrong. */
  readonly title: string;
  /** Part of the product that changes; absent when the product does not say. */
  readonly touches?: string;
  /** Rules that it breaks, as the product tells them. */
  readonly rules: readonly string[];
  /** Scenarios that must turn red, and no other. */
  readonly expected: readonly string[];
  /** Scenarios where a rule that it names must warn: what shows a rule that no expected scenario shows as an error. */
  readonly warnings: readonly string[];
  /** It keeps the product from getting through to a service: scenarios may lay that to the configuration. */
  readonly configuration?: true;
}

/** What one scenario came to; small enough to cross a process boundary by hundreds. */
export interface PlayedScenario {
  readonly id: string;
  readonly verdict: Verdict;
  readonly cause?: UnverifiableCause;
  readonly reason: string;
  /** Rules of which it found a breach, whether or not the breach decided. */
  readonly rules: readonly string[];
  /** Those of them that it only warned about. */
  readonly warned?: readonly string[];
  /** It ended before it judged anything: the product did not come through what the scenario sets up. */
  readonly blocked?: true;
}

/** One pass of scenarios against the reference SGL, with one fault or without any. */
export interface Pass {
  readonly scenarios: readonly PlayedScenario[];
  readonly durationMs: number;
  /** Faults that the way of the product depended on. */
  readonly asked: Asked;
}

/** Where the product looked whether a fault is switched on. Elsewhere, it does the same with and without. */
export interface Asked {
  /** Before any scenario: the fault may change all of them. */
  readonly atStart: readonly string[];
  /** Scenarios by name of the fault. */
  readonly during: Readonly<Record<string, readonly string[]>>;
}

/** What the suite did about a fault. */
export interface FaultOutcome extends ExpectedFault {
  /** Expected scenarios that turned red because a step or a rule judged. */
  readonly caughtBy: readonly string[];
  /** Expected scenarios that did not. */
  readonly missing: readonly string[];
  /** Others that turned red because a step or a rule judged. */
  readonly collateral: readonly string[];
  /** Scenarios that cannot start: the product fails in what their « Étant donné » sets up. They judge nothing. */
  readonly blocked: readonly string[];
  /** Rule that it names → scenarios where it warns, and did not without the fault. */
  readonly warned: Readonly<Record<string, readonly string[]>>;
  /** Scenarios where a rule had to warn, and none did. */
  readonly warningsMissing: readonly string[];
  /** Red scenarios that put the blame elsewhere than on the product. */
  readonly misjudged: readonly string[];
  /**
   * Every expected scenario turned red, and blamed the product; every warning that was expected is there; and there is
   * one or the other.
   */
  readonly caught: boolean;
  /** How it shows; absent when it was not caught. */
  readonly caughtAs?: 'scenario' | 'avertissement';
  /** Rules of which this fault made a breach appear. */
  readonly rulesSeen: readonly string[];
  /** Those that an error shows in a scenario that it turns red. */
  readonly rulesBroken: readonly string[];
  /** Rules that it names and of which no breach appeared. */
  readonly rulesMissing: readonly string[];
  /** How many scenarios were played with it; the product does the same as without it during the others. */
  readonly played: number;
  /** Why each red scenario is. */
  readonly reasons: Readonly<Record<string, string>>;
  readonly durationMs: number;
}

/** What is played with a fault, beside its expected scenarios: those that it can change, or all of them. */
export type Reach = 'touched' | 'all';

/** Everything that a selftest learned. */
export interface SelftestReport {
  readonly section?: string;
  readonly reach: Reach;
  /** Only the most telling of the expected scenarios were played with a fault, and at most so many others. */
  readonly sample?: number;
  /** The product without fault: what is red here proves nothing. */
  readonly baseline: { readonly scenarios: number; readonly red: readonly string[] };
  readonly faults: readonly FaultOutcome[];
  /** Rules that must have a fault (those of the sections held complete) and that none names. */
  readonly uncovered: readonly string[];
  /** Rules of the sections held complete that faults name, without a breach in any of their runs. */
  readonly unproven: readonly string[];
  /** Rules that a test of the checks proves with a file, where no run of the product can break them. */
  readonly provenByFile: readonly string[];
  /** Rules without fault of the sections that are not held complete: for information. */
  readonly open: number;
  /** Faults that no scenario shows yet, outside the sections held complete. */
  readonly waiting: readonly string[];
  /** How many scenarios the table does not speak of yet, outside the sections held complete: not played. */
  readonly pending: number;
  /** Rules of other sections that faults name, without a breach in any of their runs: for information. */
  readonly unprovenElsewhere: readonly string[];
  /** Entries of `faults.json` that name no fault of the product, or no scenario of the suite. */
  readonly stale: readonly string[];
  readonly interrupted: boolean;
  readonly jobs: number;
  readonly durationMs: number;
}
