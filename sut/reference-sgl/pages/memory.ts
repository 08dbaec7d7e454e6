import type { InsiIdentity } from '../identity/index.ts';
import type { Patient, Traits } from '../model/index.ts';
import { createRights, type Rights } from './rights.ts';

/** What an answer of INSi changed, for the screen that compares (rule 6). */
export interface Comparison {
  readonly at: Date;
  readonly typed: Traits;
  readonly returned: InsiIdentity;
  /** What the user was told. */
  readonly message: string;
}

/** Optional fields of the identity that a site shows or not (rule 3). */
export const OPTIONAL_FIELDS = ['usedName', 'usedFirstName', 'birthPlace', 'identifiers', 'document'] as const;
export type OptionalField = (typeof OPTIONAL_FIELDS)[number];

/** What only the screens know: choices of display, rights, last comparisons, numbers for reimbursement. */
export interface PageMemory {
  readonly rights: Rights;
  readonly displayed: Set<OptionalField>;
  /** By patient. */
  readonly comparisons: Map<string, Comparison>;
  /** Social security number used for reimbursement, by patient: never the INS, never sent with it (INS/va1.56.04). */
  readonly reimbursement: Map<Patient['id'], string>;
}

export function createPageMemory(): PageMemory {
  return {
    rights: createRights(),
    displayed: new Set(OPTIONAL_FIELDS),
    comparisons: new Map(),
    reimbursement: new Map(),
  };
}
