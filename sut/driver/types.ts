/**
 * The port through which the bench asks the product to do something (DESIGN §4.4). No scenario knows which driver
 * stands behind it. Shapes are described for vendors, field by field, in `sut/http/openapi.json`.
 */

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

/** How the product is set, scenario by scenario; what is absent is left as it is. */
export interface Settings {
  readonly identityRole?: IdentityRole;
  /** Identification domains (OID of PID-3.4) with which a trust contract was made (rule 30). */
  readonly trustedDomains?: readonly string[];
  /** Whether the structure takes care of the patients directly; the exception of rule 30 is for those that do not. */
  readonly directCare?: boolean;
  /** Whether a document of high confidence validates an identity by itself (rule 19). */
  readonly automaticValidation?: boolean;
  /** Documents of high confidence. */
  readonly strongDocuments?: readonly IdentityDocument[];
}

/** Criteria of the search in the product's own base (rule 17); at least one. */
export interface PatientCriteria {
  /** `YYYY-MM-DD`. */
  readonly birthDate?: string;
  /** First characters of the birth name or of the used name. */
  readonly nameStart?: string;
  /** First characters of a given name, birth or used. */
  readonly firstNameStart?: string;
  /** 15 characters, or its 13 first ones. */
  readonly ins?: string;
  /** Identifier given by another system, as in PID-3. */
  readonly identifier?: { readonly value: string; readonly authority: string };
}

export interface PatientSummary {
  readonly patientId: string;
  readonly traits: Traits;
  readonly status: IdentityStatus;
  readonly ins?: string;
}

export interface Analysis {
  /** LOINC. */
  readonly code: string;
  readonly label: string;
  readonly value: number;
  /** UCUM. */
  readonly unit: string;
  readonly low?: number;
  readonly high?: number;
}

/** Gesture inputs and outputs, one entry per gesture. */
export interface Gestures {
  /** Hands over the addresses of the bench; a product configured by hand may answer `unsupported`. */
  configure: { input: { readonly addresses: unknown }; output: { readonly accepted: boolean } };
  registerPatient: {
    /** Fields may be missing on purpose: a product that refuses answers `refused`. */
    input: { readonly traits: Partial<Traits>; readonly document?: IdentityDocument; readonly user?: string };
    output: { readonly patientId: string; readonly status: IdentityStatus };
  };
  /** Changes the settings of the product, as its administrator would. */
  adjustSettings: { input: Settings; output: { readonly accepted: boolean } };
  /** The search in the product's own base, before an identity is created. */
  findPatients: { input: PatientCriteria; output: { readonly patients: readonly PatientSummary[] } };
  searchIns: {
    input: {
      readonly patientId: string;
      readonly mode: 'traits' | 'vitale';
      /** Given with the mode `vitale`. */
      readonly card?: VitaleCard;
      /** The product's own choice when absent. */
      readonly authentication?: InsiAuthentication;
      readonly user?: string;
    };
    output: {
      readonly status: IdentityStatus;
      /** CR code received, absent when INSi answered by a fault or not at all. */
      readonly returnCode?: string;
      /** What the product shows to its user. */
      readonly message: string;
    };
  };
  validateIdentity: {
    input: { readonly patientId: string; readonly document: IdentityDocument };
    output: { readonly status: IdentityStatus };
  };
  /** Asks INSi whether identities are still right: one by one, or in one bulk request. */
  verifyIns: {
    input: {
      readonly patientIds: readonly string[];
      readonly mode: 'unitaire' | 'masse';
      readonly authentication?: InsiAuthentication;
      readonly user?: string;
    };
    output: {
      readonly results: readonly {
        readonly patientId: string;
        /** `OK`, `KO`, or the code of the fault. */
        readonly returned: string;
        readonly status: IdentityStatus;
      }[];
      readonly message: string;
    };
  };
  flagIdentity: {
    input: {
      readonly patientId: string;
      readonly flag: IdentityFlag;
      readonly on: boolean;
      readonly user?: string;
    };
    output: { readonly status: IdentityStatus };
  };
  /** Changes traits by hand. A locked trait is `refused` to an ordinary user (rule 26). */
  modifyIdentity: {
    input: {
      readonly patientId: string;
      readonly changes: Partial<Traits>;
      readonly as: 'utilisateur' | 'super-utilisateur';
      readonly user?: string;
    };
    output: { readonly status: IdentityStatus; readonly message: string };
  };
  /**
   * The product gets ready to receive identity feeds (HL7 v2 over MLLP) and says where it listens; the bench then sends
   * the message itself, over the network.
   */
  receiveIdentityFeed: {
    input: Record<string, never>;
    output: { readonly host: string; readonly port: number };
  };
  /** The product emits an HL7 v2 message about this patient to its partners, of a kind that it chooses. */
  sendHl7Message: {
    input: { readonly patientId: string; readonly user?: string };
    output: { readonly controlId: string };
  };
  /** Opens the account of a professional; a product that covers it looks up the RPPS number by itself. */
  createAccount: {
    input: {
      readonly lastName: string;
      readonly firstName: string;
      /** G15 code. */
      readonly profession: string;
      readonly email?: string;
    };
    output: { readonly account: AccountState; readonly message: string };
  };
  validateReport: {
    input: {
      readonly patientId: string;
      readonly title: string;
      readonly analyses: readonly Analysis[];
      /** MSSanté addresses of the professionals who must receive the report. */
      readonly professionals: readonly string[];
      readonly sendToPatient: boolean;
      readonly sendToDmp: boolean;
    };
    output: {
      readonly reportId: string;
      readonly documents: readonly {
        readonly kind: 'cda-n3' | 'cda-n1' | 'pdf';
        readonly id: string;
        readonly fileName: string;
        readonly base64: string;
      }[];
    };
  };
  login: {
    input: { readonly mode: 'psc' };
    /** Where the professional's browser must go to start; the bench plays the professional. */
    output: { readonly url: string };
  };
  logout: { input: { readonly user: string }; output: { readonly url?: string } };
  importDirectory: {
    input: Record<string, never>;
    output: {
      readonly read: number;
      readonly created: number;
      readonly updated: number;
      readonly rejected: number;
      readonly report: string;
    };
  };
  searchMailbox: {
    input: { readonly rpps?: string; readonly name?: string };
    output: {
      readonly mailboxes: readonly { readonly address: string; readonly kind: string; readonly owner: string }[];
    };
  };
  readState: {
    input:
      | { readonly what: 'patient'; readonly patientId: string }
      | { readonly what: 'insi-calls'; readonly patientId?: string }
      | { readonly what: 'identity-traces'; readonly patientId: string }
      | { readonly what: 'worklist' }
      | { readonly what: 'accounts' }
      | { readonly what: 'transmissions'; readonly reportId: string }
      | { readonly what: 'sessions' };
    output: {
      readonly patient?: PatientState;
      readonly calls?: readonly InsiCallTrace[];
      readonly traces?: readonly IdentityTrace[];
      readonly tasks?: readonly WorklistTask[];
      readonly accounts?: readonly AccountState[];
      readonly transmissions?: readonly Transmission[];
      readonly sessions?: readonly SessionState[];
    };
  };
}

export interface PatientState {
  readonly patientId: string;
  readonly traits: Traits;
  readonly status: IdentityStatus;
  /** 15 characters, absent when none is attached. */
  readonly ins?: string;
  readonly oid?: string;
  readonly history: readonly { readonly ins: string; readonly oid: string }[];
  readonly flags?: readonly IdentityFlag[];
  readonly document?: IdentityDocument;
  /** Traits that an ordinary user cannot change, and that the screen shows as such (rule 26). */
  readonly locked?: readonly TraitName[];
  /** Identifiers in other systems, as received in PID-3. */
  readonly identifiers?: readonly { readonly value: string; readonly authority: string }[];
  /** Number used for reimbursement, when the product keeps one beside the INS. */
  readonly socialSecurityNumber?: string;
}

/** An access to an identity or a change of it, as the product's journal shows it (rules 4, 16, 21, 31). */
export interface IdentityTrace {
  /** ISO 8601 with offset or Z. */
  readonly at: string;
  readonly user: string;
  readonly patientId: string;
  readonly kind: 'creation' | 'consultation' | 'modification' | 'changement-statut' | 'piece' | 'transmission';
  readonly detail: string;
  /** Status before and after, for `changement-statut`. */
  readonly from?: IdentityStatus;
  readonly to?: IdentityStatus;
  /** Who received the INS, for `transmission`. */
  readonly partner?: string;
}

/** Something that waits for a person: an identity or a piece of health data that was not integrated by itself (rule 55). */
export interface WorklistTask {
  readonly at: string;
  readonly kind: 'identite-a-verifier' | 'donnee-non-integree';
  readonly reason: string;
  readonly patientId?: string;
  /** Identifier of the message that brought it (MSH-10). */
  readonly messageId?: string;
}

export interface AccountState {
  readonly user: string;
  readonly lastName: string;
  readonly firstName: string;
  readonly profession: string;
  /** 11 digits; absent while it was not found. */
  readonly rpps?: string;
  /** Last time that the number was looked up, ISO 8601. */
  readonly checkedAt?: string;
  /** When it will be looked up again, ISO 8601. */
  readonly nextCheckAt?: string;
  readonly structures?: readonly string[];
  readonly email?: string;
  readonly emailVerified?: boolean;
}

export interface InsiCallTrace {
  readonly at: string;
  readonly user: string;
  readonly patientId: string;
  readonly operation: string;
  readonly mode?: 'traits' | 'vitale' | 'verification' | 'verification-masse';
  readonly authentication?: InsiAuthentication;
  /** `00`, `01`, `02`, `OK`, `KO`, or the code of the fault. */
  readonly returned: string;
  readonly message: string;
  /** What a return 00 brought (rule 39). */
  readonly identity?: {
    readonly ins: string;
    readonly oid: string;
    readonly history: readonly { readonly ins: string; readonly oid: string }[];
    readonly traits: Partial<Traits>;
  };
}

export interface Transmission {
  readonly channel: 'dmp' | 'mssante-professionnel' | 'mssante-patient';
  readonly recipient: string;
  readonly state: 'en-attente' | 'transmis' | 'refuse' | 'bloque';
  readonly detail: string;
  /** uniqueId of the documents carried, or Message-ID. */
  readonly references: readonly string[];
}

export interface SessionState {
  readonly user: string;
  readonly nationalId: string;
  readonly name: string;
  readonly means: 'psc' | 'local';
  readonly since: string;
}

export type GestureName = keyof Gestures;
export type GestureInput<G extends GestureName> = Gestures[G]['input'];
export type GestureOutput<G extends GestureName> = Gestures[G]['output'];

/** What came of asking. `done` and `refused` let a scenario go on; the two others say why it cannot be judged. */
export type GestureResult<G extends GestureName> =
  | { readonly outcome: 'done'; readonly output: GestureOutput<G>; readonly durationMs: number }
  /** The product would not, and told its user why: a lock, a missing field, a blocked call. It did not fail. */
  | { readonly outcome: 'refused'; readonly message: string }
  /** The driver or the product cannot do this gesture: the scenario is untestable, red, with this reason. */
  | { readonly outcome: 'unsupported'; readonly reason: string }
  /** The product was asked and failed, or answered something unreadable. */
  | { readonly outcome: 'failed'; readonly code: string; readonly reason: string; readonly remedy: string };

export interface ProductIdentity {
  readonly name: string;
  readonly version: string;
  readonly build?: string;
  readonly editor?: string;
}

/** The gestures alone, without the life of the product. */
export type OneMethodPerGesture = {
  readonly [G in GestureName]: (input: GestureInput<G>) => Promise<GestureResult<G>>;
};

/** One method per gesture, and the life of the product. */
export interface SutDriver extends OneMethodPerGesture {
  /** `reference`, `http:…`, `command:…` as shown in reports; never holds a secret. */
  readonly label: string;
  identity(): Promise<ProductIdentity>;
  close(): Promise<void>;
}
