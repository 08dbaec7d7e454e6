import type { XmlElement, XmlFault } from '../xml/index.ts';

/** Where a noun was read: XPath with positions, and the line of the source. */
export interface Located {
  readonly path: string;
  readonly line: number;
}

/** HL7 instance identifier. */
export interface CdaId extends Located {
  readonly root: string;
  readonly extension?: string;
  readonly nullFlavor?: string;
}

export interface CdaCode extends Located {
  readonly code?: string;
  readonly codeSystem?: string;
  readonly displayName?: string;
  readonly nullFlavor?: string;
}

/** Point in time as written: `yyyyMMdd[HHmm[ss]][+zzzz]`. */
export interface CdaTime extends Located {
  readonly value?: string;
  readonly nullFlavor?: string;
}

export interface CdaText extends Located {
  readonly value: string;
}

export interface CdaTelecom extends Located {
  readonly value?: string;
  readonly use?: string;
  readonly nullFlavor?: string;
}

export interface CdaOrganization extends Located {
  readonly ids: readonly CdaId[];
  readonly name?: string;
  readonly telecoms: readonly CdaTelecom[];
  readonly industryClass?: CdaCode;
}

/** A person, device or structure that takes part: author, legalAuthenticator, performer, recipient, participant… */
export interface CdaActor extends Located {
  /** typeCode of the participation, when it has one: `REF`, `PRF`, `PRCP`… */
  readonly typeCode?: string;
  readonly templateIds: readonly CdaId[];
  readonly time?: CdaTime;
  readonly timeLow?: CdaTime;
  readonly timeHigh?: CdaTime;
  readonly functionCode?: CdaCode;
  readonly signatureCode?: string;
  /** The assigned, associated or intended entity, absent when the participation is empty. */
  readonly entityPath?: string;
  readonly entityNullFlavor?: string;
  readonly ids: readonly CdaId[];
  readonly code?: CdaCode;
  readonly telecoms: readonly CdaTelecom[];
  readonly familyName?: string;
  readonly givenName?: string;
  readonly isDevice: boolean;
  readonly organization?: CdaOrganization;
}

export interface CdaPatient extends Located {
  /** First id whose root is an INS authority (production or test). */
  readonly ins?: CdaId & { readonly extension: string };
  readonly ids: readonly CdaId[];
  readonly telecoms: readonly CdaTelecom[];
  /** `family` qualified BR. */
  readonly birthName?: string;
  /** `given` without qualifier: every given name of the birth certificate, blank-separated. */
  readonly firstNames?: string;
  /** `given` qualified BR. */
  readonly firstFirstName?: string;
  /** Qualified CL (or SP in older documents). */
  readonly usedName?: string;
  readonly usedFirstName?: string;
  /** `yyyyMMdd`. */
  readonly birthDate?: string;
  /** `F`, `M`, `U`. */
  readonly sex?: string;
  /** COG code. */
  readonly birthPlace?: string;
  /** Every name part with its qualifier, so that a check may refuse a qualifier. */
  readonly nameParts: readonly (CdaText & { readonly part: string; readonly qualifier?: string })[];
  readonly patientPath?: string;
}

export interface CdaServiceEvent extends Located {
  readonly ids: readonly CdaId[];
  readonly code?: CdaCode;
  readonly statusCode?: string;
  readonly effectiveTimeNullFlavor?: string;
  readonly low?: CdaTime;
  readonly high?: CdaTime;
  readonly performers: readonly CdaActor[];
}

export interface CdaRelatedDocument extends Located {
  readonly typeCode?: string;
  readonly parentIds: readonly CdaId[];
  readonly parentSetId?: CdaId;
  readonly parentVersionNumber?: string;
}

export interface CdaEncounter extends Located {
  readonly ids: readonly CdaId[];
  readonly code?: CdaCode;
  readonly low?: CdaTime;
  readonly high?: CdaTime;
  readonly facilityCode?: CdaCode;
  readonly responsible?: CdaActor;
}

export interface CdaSection extends Located {
  readonly code?: CdaCode;
  readonly title?: string;
  readonly templateIds: readonly CdaId[];
  /** 1 for a section of the body, 2 for a section inside it… */
  readonly depth: number;
}

/** A value in base64: body of an N1, PDF copy of an N3, image. */
export interface CdaMedia extends Located {
  readonly mediaType?: string;
  readonly representation?: string;
  /** True when the value points elsewhere (`reference`) instead of holding the bytes. */
  readonly external: boolean;
  /** Absent when the base64 is invalid or empty. */
  readonly bytes?: Uint8Array;
}

export interface CdaDocument {
  /** The ClinicalDocument element. */
  readonly root: XmlElement;
  /** The style sheet is the root and carries the document: the document shows itself in a browser. */
  readonly selfPresenting: boolean;
  /** `href` of the xml-stylesheet instruction of the prologue. */
  readonly styleSheet?: string;
  readonly level: 'N1' | 'N3';
  readonly realmCode?: string;
  readonly typeId?: CdaId;
  readonly templateIds: readonly CdaId[];
  readonly id: CdaId;
  readonly code: CdaCode;
  readonly title: string;
  /** As written, empty when absent. */
  readonly effectiveTime: string;
  readonly confidentialityCode?: CdaCode;
  readonly languageCode?: string;
  readonly setId?: CdaId;
  readonly versionNumber?: number;
  readonly patient: CdaPatient;
  readonly authors: readonly CdaActor[];
  readonly custodianId?: CdaId;
  readonly custodian?: CdaOrganization;
  readonly recipients: readonly CdaActor[];
  readonly legalAuthenticator?: CdaActor;
  readonly authenticators: readonly CdaActor[];
  readonly participants: readonly CdaActor[];
  /** Ids of inFulfillmentOf/order. */
  readonly orders: readonly CdaId[];
  /** In document order; the first with a performer whose structure has an industry class is the main one. */
  readonly serviceEvents: readonly CdaServiceEvent[];
  readonly mainServiceEvent?: CdaServiceEvent;
  readonly relatedDocuments: readonly CdaRelatedDocument[];
  readonly encounter?: CdaEncounter;
  readonly sections: readonly CdaSection[];
  readonly observationCount: number;
  /** N1: nonXMLBody/text. */
  readonly body?: CdaMedia;
  /** N3: the value of the section "Copie du document" (LOINC 55108-5). */
  readonly pdfCopy?: CdaMedia;
  /** Bytes of the N1 body or of the PDF copy, when they are a declared application/pdf. */
  readonly pdf?: Uint8Array;
}

export type CdaFault = XmlFault | { readonly code: 'CDA_NOT_A_CLINICAL_DOCUMENT'; readonly message: string };

export type CdaReading =
  | { readonly ok: true; readonly document: CdaDocument }
  | { readonly ok: false; readonly fault: CdaFault };
