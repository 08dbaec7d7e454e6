import type { CdaDocument, CdaReading } from '#formats/cda/index.ts';
import type {
  Hl7Carried,
  Hl7DocumentAct,
  Hl7DocumentHeader,
  Hl7DocumentOrder,
  Hl7Message,
  Hl7Meta,
  Hl7Participation,
} from '#formats/hl7v2/index.ts';
import type { CdaOptions } from '../../cda/index.ts';
import type { JudgedRule } from '../../rule/index.ts';
import type { MessageIdentity } from '../types.ts';

/** What was chosen in the product for this report. */
export interface AskedDelivery {
  readonly hiddenFromProfessionals: boolean;
  readonly hiddenFromPatient: boolean;
  readonly hiddenFromLegalRepresentatives: boolean;
  readonly secretConnection: boolean;
  readonly toDmp: boolean;
  /** MSSanté addresses of the professionals. */
  readonly professionals: readonly string[];
  readonly toPatient: boolean;
}

export interface DocumentOptions {
  /** Compared with what the message says of its documents when given. */
  readonly asked?: AskedDelivery;
  /** How the documents carried are judged. */
  readonly cda?: CdaOptions;
  /** Default `patient.mssante.fr`. */
  readonly patientDomain?: string;
  readonly without?: readonly string[];
}

/** A document of the message and what could be read of it. */
export interface CarriedDocument extends Hl7Carried {
  readonly reading?: CdaReading;
  /** Absent when it cannot be read. */
  readonly cda?: CdaDocument;
}

export interface DocumentSubject {
  readonly message: Hl7Message;
  readonly identity: MessageIdentity | undefined;
  /** Whether it tells a product of a document received by secure mail (MSH-21 CISIS_CDA_HL7_LPS). */
  readonly toLps: boolean;
  readonly act: Hl7DocumentAct | undefined;
  readonly order: Hl7DocumentOrder;
  readonly header: Hl7DocumentHeader | undefined;
  readonly documents: readonly CarriedDocument[];
  readonly metas: readonly Hl7Meta[];
  readonly participations: readonly Hl7Participation[];
  readonly options: DocumentOptions;
}

export type DocumentRule = JudgedRule<DocumentSubject>;
