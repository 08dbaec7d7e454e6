import { at, attribute, child, children, descendants } from '../xml/index.ts';
import type { XmlElement } from '../xml/index.ts';
import type { CdaMedia, CdaSection } from './types.ts';
import { HL7_V3, located, optional, readCode, readIds, textOf, when } from './values.ts';

/** LOINC of the section that holds the PDF copy of an N3 report (template 1.2.250.1.213.1.1.2.243). */
export const PDF_COPY_SECTION = '55108-5';

export interface CdaBody {
  readonly level: 'N1' | 'N3';
  readonly sections: readonly CdaSection[];
  readonly observationCount: number;
  readonly body?: CdaMedia;
  readonly pdfCopy?: CdaMedia;
  readonly pdf?: Uint8Array;
}

/** Reads what stands under ClinicalDocument/component. */
export function readBody(document: XmlElement): CdaBody {
  const nonXml = at(document, 'component', 'nonXMLBody');
  if (nonXml) {
    const text = child(nonXml, 'text', HL7_V3);
    const body = text ? readMedia(text) : undefined;
    return { level: 'N1', sections: [], observationCount: 0, ...when('body', body), ...when('pdf', pdfOf(body)) };
  }
  const structured = at(document, 'component', 'structuredBody');
  const sections = structured ? readSections(structured, 1) : [];
  const copy = sections.find(({ section }) => section.code?.code === PDF_COPY_SECTION)?.element;
  const value = copy
    ? descendants(copy, 'observationMedia', HL7_V3)
        .map((media) => child(media, 'value', HL7_V3))
        .find((one) => one !== undefined)
    : undefined;
  const pdfCopy = value ? readMedia(value) : undefined;
  return {
    level: 'N3',
    sections: sections.map(({ section }) => section),
    observationCount: structured ? descendants(structured, 'observation', HL7_V3).length : 0,
    ...when('pdfCopy', pdfCopy),
    ...when('pdf', pdfOf(pdfCopy)),
  };
}

/** Reads a value of type ED. Blanks in the base64 are allowed; anything else that is not base64 leaves `bytes` absent. */
export function readMedia(e: XmlElement): CdaMedia {
  const external = child(e, 'reference', HL7_V3) !== undefined;
  const packed = e.text.replace(/\s+/g, '');
  const valid = packed !== '' && packed.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(packed);
  const isBase64 = attribute(e, 'representation', '') === 'B64';
  return {
    ...located(e),
    ...optional(e, 'mediaType', 'representation'),
    external,
    ...when('bytes', isBase64 && valid ? new Uint8Array(Buffer.from(packed, 'base64')) : undefined),
  };
}

function pdfOf(media: CdaMedia | undefined): Uint8Array | undefined {
  return media?.mediaType === 'application/pdf' ? media.bytes : undefined;
}

function readSections(e: XmlElement, depth: number): { section: CdaSection; element: XmlElement }[] {
  return children(e, 'component', HL7_V3)
    .flatMap((component) => children(component, 'section', HL7_V3))
    .flatMap((element) => [
      {
        element,
        section: {
          ...located(element),
          ...when('code', readCode(child(element, 'code', HL7_V3))),
          ...when('title', textOf(element, 'title')),
          templateIds: readIds(element, 'templateId'),
          depth,
        },
      },
      ...readSections(element, depth + 1),
    ]);
}
