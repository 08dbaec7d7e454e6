import type { MockProfile } from '../types.ts';
import { type CodeRules, codeRules, type CodeSets, SHIPPED_CODES } from './td21/code-sets.ts';
import profiles from './profiles.json' with { type: 'json' };

/** Channels whose real subcode is known only for `certificate` and `rights`; the others are settings (protocols.md §2.9). */
export type FaultChannel =
  | 'vihfMissing'
  | 'vihfInvalid'
  | 'certificate'
  | 'structure'
  | 'homologation'
  | 'rights'
  | 'malformed';

/** What differs from one profile to another; the values are data, in `profiles.json`. */
export interface DmpProfile {
  /** `refused` answers VersionMismatch; the official TD2.1 sample is SOAP 1.1, by mistake (protocols.md §2.1). */
  readonly soap11: string;
  /** `accepted` notes an AuthnContextClassRef that was never seen: the complete list is not public (protocols.md §2.10). */
  readonly unknownAuthnClass: string;
  readonly vihfMaxAgeSeconds: number;
  /** How far in the future an instant may be. */
  readonly clockSkewSeconds: number;
  /** French profile: required; official sample client: absent. When present they must match in any case. */
  readonly hashAndSizeRequired: boolean;
  /** False: documents inline in base64 are read (EX_2.1-1260 asks for MTOM). */
  readonly mtomRequired: boolean;
  /** MASQUE_PS and INVISIBLE_PATIENT on one document. */
  readonly maskedAndInvisibleRefused: boolean;
  /** Whether the XAdES signature of the lot is verified, beyond its presence and its manifest. */
  readonly lotSignatureVerified: boolean;
  /**
   * What a lot whose signature is no XAdES becomes: `refused`, or `noted`. The form is documented, the refusal is not
   * (protocols.md §2.5, annex B.2 step 7).
   */
  readonly lotSignatureForm: string;
  /** The same of a lot signed by another card, or another structure, than those of the VIHF (EX_GEN-1450). */
  readonly lotSignatureSigner: string;
  /** Whether a digest that does not follow the transforms of its reference (raw bytes, or the reverse) is refused. */
  readonly manifestTransformsApplied: boolean;
  readonly varyPrefixes: boolean;
  /** HTTP status of SOAP faults. */
  readonly faultStatus: number;
  /** RegistryError code of a document sent to a closed record. */
  readonly closedRecordCode: string;
  /** RegistryError code of a replacement whose target is no longer current. */
  readonly deprecatedTargetCode: string;
  /** RegistryError code of a change of metadata by somebody who may not; the real one is not public. */
  readonly changeRefusedCode: string;
  /** A treating doctor is shown masked documents only when the query asks for MASQUE_PS (protocols.md §2.6). */
  readonly maskedOnlyWhenAsked: boolean;
  /** Values of stored queries must be written as the standard says: text between quotes. */
  readonly querySyntaxStrict: boolean;
  /** Entries that a LeafClass answer may hold; beyond, XDSTooManyResults. */
  readonly maxResults: number;
  /** Code of an AE acknowledgement when the caller may not ask; the complete list is not public (protocols.md §2.4). */
  readonly accessDeniedCode: string;
  readonly subcodes: Readonly<Record<FaultChannel, string>>;
}

export interface DmpSettings {
  readonly profile: DmpProfile;
  /** Known LPS_ID_HOMOLOGATION_DMP; absent means that any well-formed number is. */
  readonly homologations?: readonly string[];
  readonly codes: CodeRules;
}

/**
 * Settings of a mock of this profile.
 * @param given `homologations`: allow-list of DMP homologation numbers; `codes`: value sets of the metadata
 */
export function dmpSettings(
  profile: MockProfile,
  {
    homologations,
    codes = SHIPPED_CODES,
  }: { readonly homologations?: readonly string[]; readonly codes?: CodeSets } = {},
): DmpSettings {
  const settings = { profile: profiles[profile], codes: codeRules(codes) };
  return homologations === undefined ? settings : { ...settings, homologations };
}
