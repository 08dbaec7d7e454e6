import type { Correspondent } from './mail-types.ts';

/** The gestures about secure mail (MSSanté) and the directory, one entry per gesture. */
export interface MailGestures {
  /** A person sends a validated report, or sends it again (MSS/va1.33, MSS/va1.34). */
  sendReport: {
    input: {
      readonly reportId: string;
      /** MSSanté addresses. */
      readonly professionals: readonly string[];
      readonly toPatient: boolean;
      readonly user?: string;
    };
    output: { readonly message: string };
  };
  /** A message that a person writes. To a patient whose identity is not qualified: `refused` (MSS/va1.19). */
  sendMail: {
    input: {
      /** Mailbox to send from; the laboratory's when absent. */
      readonly mailbox?: string;
      /** MSSanté addresses of professionals. */
      readonly to?: readonly string[];
      /** Patient to write to: the product makes the address. */
      readonly patientId?: string;
      readonly subject: string;
      readonly text: string;
      /** The body is written with formatting (MSS/va1.11). */
      readonly html?: boolean;
      /** Asks for a delivery report (MSS/va1.15). */
      readonly deliveryReceipt?: boolean;
      /** Asks for a read report. */
      readonly readReceipt?: boolean;
      /** The patient must not answer (SC.MSS/CONF.21). */
      readonly noReply?: boolean;
      readonly user?: string;
    };
    output: { readonly messageId: string; readonly message: string };
  };
  /** Answers a mail received (MSS/va1.08). */
  replyMail: {
    input: { readonly messageId: string; readonly text: string; readonly user?: string };
    output: { readonly messageId: string; readonly message: string };
  };
  /** Reads a mailbox now and deals with what came: reports, answers, documents to integrate. */
  fetchMail: {
    input: { readonly mailbox?: string; readonly user?: string };
    output: { readonly received: number; readonly message: string };
  };
  /**
   * A person opens a mail received, and lets the read report leave that its sender asked for (RFC 8098). Only asked of the
   * products that propose it.
   */
  openMail: {
    input: { readonly messageId: string; readonly user?: string };
    output: { readonly message: string };
  };
  /** Deletes a mail from its mailbox. */
  deleteMail: {
    input: { readonly messageId: string; readonly user?: string };
    output: { readonly message: string };
  };
  /** The patient refuses MSSanté towards professionals or towards himself, or agrees again (MSS/va1.20, MSS/va1.22). */
  recordMailRefusal: {
    input: {
      readonly patientId: string;
      readonly towards: 'professionnels' | 'patient';
      readonly on: boolean;
      readonly user?: string;
    };
    output: { readonly message: string };
  };
  /** Adds a professional to the correspondents of a patient's file, from the directory (ANN/va1.03, MSS/va1.36). */
  addCorrespondent: {
    input: {
      readonly patientId: string;
      readonly rpps: string;
      /** Struct_IdNat of the structure where this professional follows the patient: their mailbox there is to be preferred. */
      readonly structure?: string;
      readonly user?: string;
    };
    output: { readonly correspondent: Correspondent; readonly message: string };
  };
  /** Looks a correspondent up in the directory again and takes what changed. */
  refreshCorrespondent: {
    input: { readonly patientId: string; readonly correspondentId: string; readonly user?: string };
    output: { readonly correspondent: Correspondent; readonly message: string };
  };
}
