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
}

/** Status of an identity in the product. Source: domain.md §3.2 (rules 19 and 20 of the INS implementation guide). */
export type IdentityStatus = 'provisoire' | 'recuperee' | 'validee' | 'qualifiee';

/** Kind of identity document shown by the patient; only the first three are of high confidence. */
export type IdentityDocument = 'carte-identite' | 'passeport' | 'titre-sejour' | 'carte-vitale' | 'aucun';

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
    input: { readonly traits: Traits };
    output: { readonly patientId: string; readonly status: IdentityStatus };
  };
  searchIns: {
    input: { readonly patientId: string; readonly mode: 'traits'; readonly user?: string };
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
      | { readonly what: 'transmissions'; readonly reportId: string }
      | { readonly what: 'sessions' };
    output: {
      readonly patient?: PatientState;
      readonly calls?: readonly InsiCallTrace[];
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
}

export interface InsiCallTrace {
  readonly at: string;
  readonly user: string;
  readonly patientId: string;
  readonly operation: string;
  /** `00`, `01`, `02`, or the code of the fault. */
  readonly returned: string;
  readonly message: string;
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

/** What came of asking. Only `done` lets a scenario go on; the two others say why it cannot be judged. */
export type GestureResult<G extends GestureName> =
  | { readonly outcome: 'done'; readonly output: GestureOutput<G>; readonly durationMs: number }
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
