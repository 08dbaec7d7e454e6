import type { CdaDocument } from '#formats/cda/index.ts';
import type { Mail, MailAddress, MailPart } from '#formats/mail/index.ts';
import type { XdmReading } from '#formats/xdm/index.ts';
import type { JudgedRule } from '../rule/index.ts';
import type { XdmDocument } from '../xdm/index.ts';
import type { CodeLists } from '../xds/code-lists.ts';
import type { Receipt } from './receipt.ts';

/** What the bench knows beside the source. Every field is optional: a rule that needs one is silent without it. */
export interface MailOptions {
  /** `va1` (default) leaves the requirement ids of wave 2 off the findings. */
  readonly wave?: 'va1' | 'va2';
  /** Kind of the sending mailbox: decides the pattern of the label. */
  readonly sender?: 'PER' | 'ORG' | 'APP';
  /** The mail that this one answers, or gives a receipt for. */
  readonly original?: {
    readonly messageId: string;
    readonly references?: readonly string[];
    readonly subject?: string;
  };
  /** Product reference given by the Convergence platform (X-MSS-NIL). */
  readonly productReference?: string;
  /** Status of the identity in the product. */
  readonly identityQualified?: boolean;
  /** The sender wants no answer from the patient: X-MSS-MES must say so. */
  readonly noReplyWanted?: boolean;
  /** Default: true for a mail that carries reports. */
  readonly receiptRequested?: boolean;
  /** Reply address set in the product (MSS/va1.18). */
  readonly replyTo?: string;
  /** Default: true when the subject or an attachment shows it. */
  readonly carriesReports?: boolean;
  /** SMTP envelope, when the mail was captured on the wire. */
  readonly envelope?: { readonly from: string; readonly to: readonly string[] };
  /** SMTP command lines before DATA: a DSN asked by `NOTIFY=` counts as a receipt asked. */
  readonly transcript?: readonly string[];
  /** Bytes; default 10 MB, the limit of operators. */
  readonly maxBytes?: number;
  /** Default `patient.mssante.fr`. */
  readonly patientDomain?: string;
  /** Lists of codes that rule the metadata of the archive. Default `SHIPPED_CODES` of `checks/xds`. */
  readonly codes?: CodeLists;
  readonly without?: readonly string[];
}

export interface PdfAttachment {
  readonly part: MailPart;
  readonly name: string;
}

/** A mail with everything it carries, read once for every rule. */
export interface MailSubject {
  readonly mail: Mail;
  readonly size: number;
  readonly options: MailOptions;
  readonly from: readonly MailAddress[];
  /** Addresses of To, Cc and the envelope, lower case, each once. */
  readonly recipients: readonly string[];
  readonly patientRecipients: readonly string[];
  readonly archives: readonly { readonly part: MailPart; readonly reading: XdmReading }[];
  readonly documents: readonly XdmDocument[];
  readonly cdas: readonly CdaDocument[];
  readonly pdfs: readonly PdfAttachment[];
  readonly carriesReports: boolean;
  /** Present when the mail is a receipt: the documents that it gives back are not its own. */
  readonly receipt: Receipt | undefined;
}

export type MailRule = JudgedRule<MailSubject>;
