import type { MockProfile } from '../types.ts';
import { type FaultOverrides, type FaultTable, faultTable } from './faults.ts';
import { type InsiVocabulary, type VocabularyOverrides, vocabularyOf } from './operations.ts';
import profiles from './profiles.json' with { type: 'json' };

/** What differs from one profile to another; the values are data, in `profiles.json`. */
export interface InsiProfile {
  /** False: another media type than `application/soap+xml` is read all the same. */
  readonly requireSoapMediaType: boolean;
  /** Name, one first name, sex and birth date asked for, though the schema makes all of them optional. */
  readonly requireTraits: boolean;
  /** Unknown, repeated or misplaced elements of the body are refused. */
  readonly validateSchema: boolean;
  /** The CNDA test platform has no person directory behind it and never answers 01 (protocols.md §1.5). */
  readonly unknownPersonIsTechnicalFailure: boolean;
  /** Always the envelope of the published examples, instead of varying prefixes. */
  readonly publishedShapeOnly: boolean;
  /** False: an assertion beside an organisation certificate is taken; the checks tell it. */
  readonly refuseMixedModes: boolean;
  /** A Vitale search in CPx mode needs the assertion of the card. */
  readonly requireCardAssertion: boolean;
  /** False: SHA-1 signatures of assertions are taken. */
  readonly requireSha256: boolean;
  readonly assertionMaxAgeSeconds: number;
  readonly clockSkewSeconds: number;
  /** Most verifications that one bulk message may hold. */
  readonly maxVerifications: number;
}

/** Settings that a vendor may give. */
export interface InsiOptions {
  /** Software authorisation numbers (IDAM) that are known; absent means that any well-formed number is. */
  readonly idams?: readonly string[];
  /** Real names of the operations, for whoever holds the WSDL that is not public. */
  readonly vocabulary?: VocabularyOverrides;
  /** Real codes of the faults that no public source gives. */
  readonly faults?: FaultOverrides;
}

export interface InsiSettings {
  readonly profile: InsiProfile;
  readonly idams?: readonly string[];
  readonly vocabulary: InsiVocabulary;
  readonly faults: FaultTable;
}

/** Settings of a mock of this profile. */
export function insiSettings(profile: MockProfile, options: InsiOptions = {}): InsiSettings {
  return {
    profile: profiles[profile],
    vocabulary: vocabularyOf(options.vocabulary),
    faults: faultTable(options.faults),
    ...(options.idams !== undefined && { idams: options.idams }),
  };
}
