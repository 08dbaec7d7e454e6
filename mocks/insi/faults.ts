import data from './faults.json' with { type: 'json' };

/** A SOAP fault of INSi, before it is written. */
export interface InsiFault {
  readonly side: 'Sender' | 'Receiver' | 'VersionMismatch';
  readonly subcode?: string;
  /** Value of siram:Erreur@code. */
  readonly code: string;
  readonly severity: string;
  /** French sentence, shown to the user by the product. */
  readonly text: string;
  /** False: the case exists, its real code is not public. */
  readonly confirmed: boolean;
}

export type FaultName = keyof typeof data.faults;

/** Faults of this mock by name; also names of situations. */
export type FaultTable = Readonly<Record<FaultName, InsiFault>>;

/** What may be given instead of the codes and texts of the bench. */
export type FaultOverrides = Partial<
  Record<FaultName, Partial<Pick<InsiFault, 'subcode' | 'code' | 'severity' | 'text'>>>
>;

export const FAULT_NAMES = Object.keys(data.faults) as readonly FaultName[];

/**
 * The faults in use: those of the data file, or those given.
 * Source: protocols.md §1.5.
 */
export function faultTable(overrides: FaultOverrides = {}): FaultTable {
  const known = data.faults as Readonly<Record<FaultName, InsiFault>>;
  return Object.fromEntries(
    FAULT_NAMES.map((name) => {
      const given = overrides[name];
      return [name, given === undefined ? known[name] : { ...known[name], ...given, confirmed: true }];
    }),
  ) as Record<FaultName, InsiFault>;
}

/** The same fault, its text ended by what is wrong in this very message. */
export function because(fault: InsiFault, reason: string): InsiFault {
  return { ...fault, text: `${fault.text.replace(/\.$/, '')} : ${reason.replace(/\.$/, '')}.` };
}

/** The envelope is not SOAP 1.2 (SOAP 1.2 part 1 §5.4.7). */
export function versionFault(version: string): InsiFault {
  return {
    side: 'VersionMismatch',
    code: 'VersionMismatch',
    severity: 'fatal',
    text: `Version SOAP non reconnue : ${version}.`,
    confirmed: false,
  };
}
