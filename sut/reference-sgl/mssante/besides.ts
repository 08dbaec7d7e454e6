import { newOid, REPORT_TYPE } from '../documents/index.ts';
import type { BuiltDocument, SglConfig } from '../model/index.ts';
import type { Recipient } from './mail.ts';

/** What the archive of a report carries besides it: nothing, but for the faults that add a document. */
export function besidesOf(
  document: BuiltDocument,
  n1: BuiltDocument,
  { kind }: Recipient,
  config: SglConfig,
  faults: ReadonlySet<string>,
): { readonly besides: readonly BuiltDocument[]; readonly codes?: string } {
  if (faults.has('mss-courriel-de-deux-patients')) return { besides: [ofAnother(document, config)] };
  // The copy of the professionals is not for the patient.
  if (kind === 'patient' || !faults.has('mss-codecda-repete')) return { besides: [] };
  return { besides: [n1], codes: `${REPORT_TYPE.code},${REPORT_TYPE.code}` };
}

/** The same report under another number and the name of another patient. */
function ofAnother(document: BuiltDocument, config: SglConfig): BuiltDocument {
  const id = newOid(config.oidRoot, 'document');
  const text = Buffer.from(document.bytes)
    .toString('utf8')
    .replaceAll(document.id, id)
    .replaceAll(/(<family qualifier="BR">)[^<]*/g, '$1AUTRE-PATIENT');
  return { ...document, id, bytes: Buffer.from(text, 'utf8') };
}
