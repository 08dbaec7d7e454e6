import { fieldText, readObservations, type Hl7Message } from '#formats/hl7v2/index.ts';

/** Whether the message is meant to carry documents; a plain flow of results is not. */
export function isAboutDocuments(message: Hl7Message): boolean {
  const { code } = message.type;
  if (code === 'MDM') return true;
  if (code !== 'ORU' && code !== 'OUL') return false;
  const { documents, metas } = readObservations(message);
  return documents.length + metas.length > 0 || fieldText(message, message.segments[0], 21).includes('CISIS_CDA');
}
