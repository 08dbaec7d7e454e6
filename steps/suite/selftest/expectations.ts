import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** `steps/suite/faults.json`: reviewed by people, written again by `scripts/faults-baseline.ts`. */
export const EXPECTATIONS_FILE = fileURLToPath(new URL('../faults.json', import.meta.url));

export interface Expectations {
  readonly source: string;
  /** Sections of which every rule must have a fault that breaks it. */
  readonly complete: readonly string[];
  /**
   * Faults by which the product does not get through to the service at all (no certificate, another one): a scenario
   * that needs the service rightly says that its configuration is to be looked at.
   */
  readonly configuration?: readonly string[];
  /**
   * Scenarios of sections that are not complete, of which the table does not speak yet: ids, or paths of features. They
   * are played with a fault only to learn what it does to them.
   */
  readonly pending?: readonly string[];
  /** Scenarios that each fault must turn red, and no other. */
  readonly faults: Readonly<Record<string, readonly string[]>>;
  /** Scenarios where a rule of the fault must warn, for the rules that none of its red scenarios shows. */
  readonly warnings: Readonly<Record<string, readonly string[]>>;
}

export function readExpectations(): Expectations {
  return JSON.parse(readFileSync(EXPECTATIONS_FILE, 'utf8')) as Expectations;
}
