import { shareableIns } from '../identity/index.ts';
import { type BuiltDocument, type Report, type SglConfig, SglError } from '../model/index.ts';
import { buildArchive } from './archive.ts';
import { composeMail, newMessageId, type Recipient } from './mail.ts';
import { submit } from './transport.ts';

export type { Recipient } from './mail.ts';

/**
 * Sends a report by MSSanté to one recipient: one mail, one patient, IHE_XDM.ZIP with the CDA N3 and the PDF beside it.
 * Nothing is sent to a patient whose identity is not qualified (ECO 2.2.6).
 *
 * @param documents N1 is for the DMP only and is not used here
 * @param faults `mss-sans-libelle` leaves the display name of the sender out
 * @returns `messageId` with its angle brackets, empty when no message was made
 */
export async function sendReport(
  report: Report,
  documents: { n3: BuiltDocument; n1: BuiltDocument; pdf: BuiltDocument },
  recipient: Recipient,
  config: SglConfig,
  faults: ReadonlySet<string>,
): Promise<{ state: 'transmis' | 'refuse' | 'en-attente'; detail: string; messageId: string }> {
  if (recipient.kind === 'patient' && shareableIns(report.patient) === undefined) {
    const detail = "L'identité du patient n'est pas qualifiée : aucun message ne lui est envoyé.";
    return { state: 'refuse', detail, messageId: '' };
  }
  const messageId = newMessageId(config);
  const archive = await buildArchive(report, documents.n3, config, new Date());
  const mail = composeMail(report, archive, documents.pdf, recipient, config, messageId, faults);
  try {
    return { ...(await submit(mail, config)), messageId };
  } catch (error) {
    if (!(error instanceof SglError)) throw error;
    return { state: 'refuse', detail: `${error.message} ${error.remedy}`, messageId };
  }
}
