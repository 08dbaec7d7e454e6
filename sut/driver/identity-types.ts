/** An identity and what surrounds it, in the words of the port; described field by field in `sut/http/openapi.json`. */

export interface Traits {
  readonly birthName: string;
  /** In the order of the birth certificate; the first is the first given name. */
  readonly firstNames: readonly string[];
  readonly sex: 'M' | 'F';
  /** `YYYY-MM-DD`. */
  readonly birthDate: string;
  /** COG code; absent when unknown. */
  readonly birthPlace?: string;
  readonly usedName?: string;
  readonly usedFirstName?: string;
}

/** A trait that the product may be asked to change, or may hold locked. `ins` and `oid` are only ever locked. */
export type TraitName = keyof Traits | 'ins' | 'oid';

/** Status of an identity in the product. Source: domain.md §3.2 (rules 19 and 20 of the INS implementation guide). */
export type IdentityStatus = 'provisoire' | 'recuperee' | 'validee' | 'qualifiee';

/** Kind of identity document shown by the patient; only the first three are of high confidence. */
export type IdentityDocument = 'carte-identite' | 'passeport' | 'titre-sejour' | 'carte-vitale' | 'aucun';

/** Attribute set by hand on an identity (rule 25). */
export type IdentityFlag = 'douteuse' | 'fictive';

/** Whether the product decides identities or receives them from its domain (profiles of the REM). */
export type IdentityRole = 'referentiel' | 'esclave';

/** How the product authenticates to INSi: card of the professional, organisation certificate, Pro Santé Connect. */
export type InsiAuthentication = 'cpx' | 'organisation' | 'psc';

/**
 * What the product would read on a Vitale card (protocols.md §1.4, `RECVITALE`). Handed over because a bench has no
 * reader; a product that only reads real cards answers `unsupported`.
 */
export interface VitaleCard {
  /** 15 characters, number and key of the person; absent for a child who has none on the card. */
  readonly bearer?: string;
  /** 15 characters, number and key of the rights holder. */
  readonly holder: string;
  readonly birthName: string;
  /** `YYYY-MM-DD`, as the card writes it: day or month may be 00. */
  readonly birthDate: string;
  /** 1 unless twins. */
  readonly birthRank: number;
}

/** An alert shown to the user, and the trait that it is about. */
export interface Alert {
  readonly field: TraitName;
  readonly message: string;
}
