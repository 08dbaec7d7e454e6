import { readCda } from '#formats/cda/index.ts';
import { classifications, DOCUMENT_ENTRY, slotValues } from '#formats/ebrim/index.ts';
import type { ExtrinsicObject } from '#formats/ebrim/index.ts';
import { resolveUri } from '#formats/xdm/index.ts';
import type { Xdm } from '#formats/xdm/index.ts';
import type { XdmDocument } from './types.ts';

const CDA_TYPES = new Set(['text/xml', 'application/xml', 'application/xslt+xml']);
/** typeCode of the XAdES signature of a submission set. */
const SIGNATURE = 'E1762';

/** Joins every document entry with its file; reads the CDA among them. */
export function documentsOf(xdm: Xdm): readonly XdmDocument[] {
  return xdm.submissions.flatMap((submission) =>
    (submission.objects?.documents ?? []).map((entry): XdmDocument => {
      const uri = slotValues(entry, 'URI')[0];
      const file = uri === undefined ? undefined : resolveUri(xdm, submission, uri);
      const joined = { submission, entry, uri, file };
      if (!file || !isCda(entry)) return joined;
      const reading = readCda(file.bytes);
      return reading.ok ? { ...joined, cda: reading.document } : { ...joined, cdaFault: reading.fault.message };
    }),
  );
}

/** A signature is XML too, and is no CDA. */
function isCda(entry: ExtrinsicObject): boolean {
  const type = classifications(entry, DOCUMENT_ENTRY.typeCode)[0]?.nodeRepresentation;
  return CDA_TYPES.has(entry.mimeType ?? '') && type !== SIGNATURE;
}
