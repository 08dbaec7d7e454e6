import { component, fieldText, segments } from './access.ts';
import type { Hl7Message, Hl7Segment } from './types.ts';

/** Coding system of the observations that say what becomes of the documents (protocols.md §7.2). */
export const META_SYSTEM = 'MetaDMPMSS';

/** A document in an OBX of type ED. */
export interface Hl7Carried {
  readonly segment: Hl7Segment;
  /** OBX-3: LOINC code of the document. */
  readonly code: string;
  readonly label: string;
  readonly system: string;
  /** OBX-5.2 `TEXT`, OBX-5.3 `XML`, OBX-5.4 `Base64`, as sent. */
  readonly dataType: string;
  readonly subtype: string;
  readonly encoding: string;
  /** OBX-11. */
  readonly status: string;
  /** What OBX-5.5 holds once decoded; absent when it is empty or does not follow its encoding. */
  readonly bytes?: Uint8Array;
}

/** An observation that tells what must be done with the documents, or the text of a mail. */
export interface Hl7Meta {
  readonly segment: Hl7Segment;
  /** OBX-2: `CE`, `CWE`, or `ED` for the text of a mail. */
  readonly type: string;
  /** OBX-3: `MASQUE_PS`, `DESTDMP`… */
  readonly code: string;
  readonly label: string;
  readonly system: string;
  /** OBX-5.1 (`Y`, `N`) and OBX-5.3. */
  readonly value: string;
  readonly table: string;
  /** OBX-11. */
  readonly status: string;
  /** Text of a mail (type ED), once decoded. */
  readonly text?: string;
  /** NTE-4 of the comments that follow (`FIN`), NTE-3 when it is empty. */
  readonly notes: readonly string[];
}

/** Observations of a message, in the order of the message. */
export interface Hl7Observations {
  readonly documents: readonly Hl7Carried[];
  readonly metas: readonly Hl7Meta[];
}

/**
 * Reads the documents of a message and what it says of them. Values that are neither (a glucose) are left out.
 * Source: protocols.md §7.2.
 */
export function readObservations(message: Hl7Message): Hl7Observations {
  const documents: Hl7Carried[] = [];
  const metas: Hl7Meta[] = [];
  for (const obx of segments(message, 'OBX')) {
    const identifier = obx.fields[3] ?? '';
    const [code, label, system] = [1, 2, 3].map((part) => component(message, identifier, part)) as [
      string,
      string,
      string,
    ];
    const type = fieldText(message, obx, 2);
    const shared = { segment: obx, code, label, system, status: fieldText(message, obx, 11) };
    const value = obx.fields[5] ?? '';
    if (system === META_SYSTEM || NAMES.test(code)) {
      const bytes = type === 'ED' ? encapsulated(message, value) : undefined;
      metas.push({
        ...shared,
        type,
        value: type === 'ED' ? '' : component(message, value, 1),
        table: type === 'ED' ? '' : component(message, value, 3),
        ...(bytes === undefined ? {} : { text: Buffer.from(bytes).toString('utf8') }),
        notes: notesAfter(message, obx),
      });
    } else if (type === 'ED') {
      const bytes = encapsulated(message, value);
      documents.push({
        ...shared,
        dataType: component(message, value, 2),
        subtype: component(message, value, 3),
        encoding: component(message, value, 4),
        ...(bytes === undefined ? {} : { bytes }),
      });
    }
  }
  return { documents, metas };
}

/** Whether a document is a PDF, by what it says of itself and by its first bytes: it goes with a CDA, and is none. */
export function isPdf({ subtype, bytes }: Hl7Carried): boolean {
  return /pdf/i.test(subtype) && Buffer.from(bytes?.subarray(0, 5) ?? []).toString('latin1') === '%PDF-';
}

/** A name of ours whatever the coding system says: a wrong system must not make it a result. */
const NAMES =
  /^(?:MASQUE_PS|INVISIBLE_\w+|CONNEXION_SECRETE|MODIF_CONF_CODE|DEST(?:DMP|MSSANTEPS|MSSANTEPAT)|ACK_\w+|CORPSMAIL_\w+)$/;

function notesAfter({ segments: all, ...message }: Hl7Message, obx: Hl7Segment): readonly string[] {
  const notes: string[] = [];
  for (const next of all.slice(obx.rank)) {
    if (next.name !== 'NTE') break;
    const read = { segments: all, ...message };
    notes.push(fieldText(read, next, 4) || fieldText(read, next, 3));
  }
  return notes;
}

/** Bytes of an ED: base64, hexadecimal, or text as it is (escaped). */
function encapsulated(message: Hl7Message, value: string): Uint8Array | undefined {
  const data = component(message, value, 5);
  if (data === '') return undefined;
  switch (component(message, value, 4).toUpperCase()) {
    case 'BASE64':
      return bytesOfBase64(data);
    case 'HEX':
      return /^(?:[0-9A-Fa-f]{2})+$/.test(data) ? Buffer.from(data, 'hex') : undefined;
    case 'A':
    case '':
      return Buffer.from(data, 'utf8');
    default:
      return undefined;
  }
}

/** Line ends that were escaped are let pass; anything else that is no base64 is not decoded by halves. */
function bytesOfBase64(data: string): Uint8Array | undefined {
  const text = data.replaceAll(/\s+/g, '');
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === 0 ? undefined : bytes;
}
