import type { TestPatient } from '../population/types.ts';
import domains from './domains.json' with { type: 'json' };

/** Who numbers the patients of a sender, and how it signs. */
export interface Hl7Domain {
  /** Authority of the `PI` repetition of PID-3. */
  readonly oid: string;
  /** MSH-3. */
  readonly name: string;
  /** MSH-4. */
  readonly facility: string;
}

export type FeedEvent = 'A01' | 'A03' | 'A04' | 'A08' | 'A28' | 'A31' | 'A40' | 'A47';

export interface FeedIdentity {
  /** PID-32: `VALI`, `PROV`, `RECUP`… or several; empty leaves the field out. */
  readonly reliability: string | readonly string[];
  /** Whether PID-3 carries the INS. */
  readonly withIns: boolean;
}

/** Traits as PID writes them; what is given replaces what the patient has. */
export interface FeedTraits {
  readonly birthName?: string;
  readonly firstNames?: readonly string[];
  readonly usedName?: string;
  readonly usedFirstName?: string;
  readonly sex?: string;
  /** `YYYY-MM-DD`, 00 allowed. */
  readonly birthDate?: string;
  /** COG code; empty leaves the birth place out. */
  readonly birthPlace?: string;
}

/** What MRG-1 says. */
export interface FeedMerge {
  /** Local identifier, in the domain of the sender, that disappears (A40). */
  readonly localId?: string;
  /** INS that is removed (A47); that of the patient when an A47 says nothing. */
  readonly ins?: { readonly value: string; readonly oid: string };
}

/** Choices of the patient about his DMP, as ZFA says them. */
export interface FeedConsent {
  /** ZFA-9: `INO` no opposition, `IO` opposed, `NA` not asked. */
  readonly feeding: 'INO' | 'IO' | 'NA';
  /** ZFA-11: `IC` consents, `INC` refuses, `NA` not asked. */
  readonly consultation: 'IC' | 'INC' | 'NA';
}

export interface FeedOrder {
  readonly event: FeedEvent;
  readonly patient: TestPatient;
  readonly domain: Hl7Domain;
  /** Number of the patient in the domain. */
  readonly localId: string;
  readonly identity: FeedIdentity;
  /** Informed, neither opposed nor refusing, when absent. */
  readonly consent?: FeedConsent;
  /** Wanted by A40. */
  readonly merge?: FeedMerge;
  readonly overrides?: {
    readonly traits?: FeedTraits;
    /** Another INS, or another authority, than the patient's. */
    readonly ins?: { readonly value?: string; readonly oid?: string };
    /** MSH-10; a new one when absent. */
    readonly controlId?: string;
    /** MSH-5 and MSH-6. */
    readonly receiver?: { readonly name: string; readonly facility: string };
    /** `PID-32` to the text of the field, written as it is: separators are meant. Empty takes the field out. */
    readonly fields?: Readonly<Record<string, string>>;
    /** Names of segments that are left out. */
    readonly without?: readonly string[];
  };
}

/**
 * The two domains of the bench: `laboratoire`, the same as the bundled example product's, and `hopital`, another one.
 * To speak in the domain of another product, give its own OID.
 */
export const HL7_DOMAINS: Readonly<Record<'laboratoire' | 'hopital', Hl7Domain>> = {
  laboratoire: domainOf('laboratoire'),
  hopital: domainOf('hopital'),
};

function domainOf(key: string): Hl7Domain {
  const found = domains.domains.find((one) => one.key === key);
  if (found === undefined) throw new RangeError(`no domain ${key}`);
  const { oid, name, facility } = found;
  return { oid, name, facility };
}
