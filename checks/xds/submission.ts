import { EBXML, readRegistryObjects, type ExtrinsicObject, type RegistryObjects } from '#formats/ebrim/index.ts';
import { readMtom, type MimeFault, type MimePart } from '#formats/mime/index.ts';
import { readSoap, type SoapEnvelope } from '#formats/soap/index.ts';
import { attribute, child, children, type XmlElement } from '#formats/xml/index.ts';

const XOP = 'http://www.w3.org/2004/08/xop/include';

/** One `xdsb:Document` of the request. */
export interface SubmittedDocument {
  /** `@id`, which is the id of an entry. */
  readonly id: string;
  /** XPath of the Document element. */
  readonly path: string;
  /** `href` of its `xop:Include`; undefined when the bytes are inline. */
  readonly href: string | undefined;
  /** The part that `href` names; undefined when none does. */
  readonly part: MimePart | undefined;
  /** Bytes of the document; undefined when they cannot be had. */
  readonly bytes: Uint8Array | undefined;
}

/** A request that feeds the DMP, taken apart. Absent parts are those that could not be read. */
export interface Submission {
  /** Why the package is not MTOM. */
  readonly mtomFault: MimeFault | undefined;
  /** Bytes of the SOAP envelope. */
  readonly source: Uint8Array;
  readonly envelope: SoapEnvelope;
  readonly objects: RegistryObjects | undefined;
  readonly documents: readonly SubmittedDocument[];
  /** Content-ids that no Document names. */
  readonly orphans: readonly string[];
}

export type SubmissionReading =
  | { readonly ok: true; readonly submission: Submission }
  | { readonly ok: false; readonly fault: { readonly code: string; readonly message: string } };

/**
 * Takes an ITI-41 request apart. A SOAP message that is not in an MTOM package is read all the same, so that everything
 * else it does wrong is said too.
 *
 * @param contentType value of the HTTP header; undefined when it is not known
 */
export function readSubmission(contentType: string | undefined, body: Uint8Array): SubmissionReading {
  const mtom = readMtom(contentType ?? '', body);
  const source = mtom.ok ? mtom.root.content : body;
  const reading = readSoap(source);
  if (!reading.ok) {
    const packaged = contentType !== undefined && /^\s*multipart\//i.test(contentType);
    return { ok: false, fault: mtom.ok || !packaged ? reading.fault : mtom.fault };
  }
  const { envelope } = reading;
  const request = envelope.payload;
  const submit = request && child(request, 'SubmitObjectsRequest', EBXML.lcm);
  const list = submit && child(submit, 'RegistryObjectList', EBXML.rim);
  const documents = (request ? children(request, 'Document', EBXML.xdsb) : []).map((e) =>
    readDocument(e, (href) => (mtom.ok ? mtom.find(href) : undefined)),
  );
  const used = new Set(documents.map((document) => document.part));
  return {
    ok: true,
    submission: {
      mtomFault: mtom.ok ? undefined : mtom.fault,
      source,
      envelope,
      objects: list && readRegistryObjects(list),
      documents,
      orphans: mtom.ok ? [...mtom.attachments].filter(([, part]) => !used.has(part)).map(([id]) => id) : [],
    },
  };
}

function readDocument(e: XmlElement, find: (href: string) => MimePart | undefined): SubmittedDocument {
  const include = child(e, 'Include', XOP);
  const href = include && (attribute(include, 'href', '') ?? '');
  const part = href === undefined ? undefined : find(href);
  return {
    id: attribute(e, 'id', '') ?? '',
    path: e.path,
    href,
    part,
    bytes: href === undefined ? new Uint8Array(Buffer.from(e.text, 'base64')) : part?.content,
  };
}

/** The entry of the signature of the submission set (formatCode of IHE DSG, or the code of a digital signature). */
export function isSignatureEntry(entry: ExtrinsicObject): boolean {
  return entry.classifications.some(
    (one) =>
      one.nodeRepresentation === 'http://www.w3.org/2000/09/xmldsig#' ||
      one.nodeRepresentation === 'urn:oid:1.3.6.1.4.1.19376.1.2.1.1.1',
  );
}
