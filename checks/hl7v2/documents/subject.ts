import { readCda } from '#formats/cda/index.ts';
import {
  documentAct,
  fieldText,
  isPdf,
  readObservations,
  readOrder,
  readParticipations,
  readTxa,
  segment,
  type Hl7Message,
} from '#formats/hl7v2/index.ts';
import { readMessageIdentity } from '../identity.ts';
import codes from './codes.json' with { type: 'json' };
import type { DocumentOptions, DocumentSubject } from './types.ts';

/** The flow of a platform to a product, of what came by secure mail: a mail goes with the document, and no instruction. */
const TO_LPS = /CISIS_CDA_HL7_LPS/;

/** What the volet calls its own in MSH-21. */
const PROFILE = /CISIS_CDA/;

/**
 * Whether a message is one that carries documents (or should): an MDM, or an ORU or OUL that holds a document, says what
 * becomes of one, or claims the volet. A plain flow of results is none.
 */
export function carriesDocuments(message: Hl7Message): boolean {
  const { code } = message.type;
  if (code === 'MDM') return true;
  if (code !== 'ORU' && code !== 'OUL') return false;
  if (PROFILE.test(fieldText(message, segment(message, 'MSH'), 21))) return true;
  const { documents, metas } = readObservations(message);
  return documents.length > 0 || metas.length > 0;
}

/** Everything that the rules look at, read once. */
export function subjectOf(message: Hl7Message, options: DocumentOptions): DocumentSubject {
  const { documents: carried, metas } = readObservations(message);
  // The message may carry the PDF beside the CDA (DOC/va1.20): it is judged by nobody here.
  const cdas = carried.filter((one) => !isPdf(one));
  const toLps = TO_LPS.test(fieldText(message, segment(message, 'MSH'), 21));
  // The text of the mail is an ED as well.
  const documents = toLps ? cdas.filter(({ subtype }) => /^xml$/i.test(subtype)) : cdas;
  return {
    toLps,
    message,
    identity: readMessageIdentity(message),
    act: documentAct(message),
    order: readOrder(message),
    header: readTxa(message),
    documents: documents.map((one) => {
      if (one.bytes === undefined) return one;
      const reading = readCda(one.bytes);
      return { ...one, reading, ...(reading.ok ? { cda: reading.document } : {}) };
    }),
    metas,
    participations: readParticipations(message),
    options,
  };
}

/** `Y` or `N` of a meta observation, under its name or an older one; undefined when the message does not say it. */
export function metaValue({ metas }: Pick<DocumentSubject, 'metas'>, code: string): string | undefined {
  const names = new Set([code, ...(codes.metas.find((one) => one.code === code)?.older ?? [])]);
  return metas.find((meta) => names.has(meta.code))?.value;
}
