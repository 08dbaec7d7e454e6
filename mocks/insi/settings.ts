import type { MockProfile } from '../types.ts';
import profiles from './profiles.json' with { type: 'json' };

/** What differs from one profile to another; the values are data, in `profiles.json`. */
export interface InsiProfile {
  /** False: another media type than `application/soap+xml` is read all the same. */
  readonly requireSoapMediaType: boolean;
  /** Name, one first name, sex and birth date asked for, though the schema makes all of them optional. */
  readonly requireTraits: boolean;
  /** The CNDA test platform has no person directory behind it and never answers 01 (protocols.md §1.5). */
  readonly unknownPersonIsTechnicalFailure: boolean;
  /** Always the envelope of the published examples, instead of varying prefixes. */
  readonly publishedShapeOnly: boolean;
  /** Subcode and code of a request that breaks the schema: the real ones are not public (protocols.md §1.5). */
  readonly malformedSubcode: string;
  readonly malformedCode: string;
}

export interface InsiSettings {
  readonly profile: InsiProfile;
  /** CNDA authorisation numbers that are known; absent means that any well-formed number is. */
  readonly idams?: readonly string[];
}

/**
 * Settings of a mock of this profile.
 * @param idams allow-list of software authorisation numbers (IDAM)
 */
export function insiSettings(profile: MockProfile, idams?: readonly string[]): InsiSettings {
  return idams === undefined ? { profile: profiles[profile] } : { profile: profiles[profile], idams };
}
