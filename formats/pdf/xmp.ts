import { attribute, descendants, readXml } from '../xml/index.ts';

/** Namespace of the PDF/A identification schema. Source: ISO 19005-1, 6.7.11. */
export const PDFA_ID = 'http://www.aiim.org/pdfa/ns/id/';

export interface PdfaClaim {
  readonly part?: string;
  readonly conformance?: string;
}

/**
 * Reads what an XMP packet claims, written as elements or as attributes of rdf:Description.
 * @returns undefined when the packet is not well-formed XML
 */
export function readPdfaClaim(packet: Uint8Array): PdfaClaim | undefined {
  const reading = readXml(trimPadding(packet), { maxBytes: 4 * 1024 * 1024 });
  if (!reading.ok) return undefined;
  const value = (local: string): string | undefined => {
    const element = descendants(reading.root, local, PDFA_ID)[0];
    if (element) return element.text.trim();
    for (const description of descendants(reading.root, 'Description')) {
      const written = attribute(description, local, PDFA_ID);
      if (written !== undefined) return written.trim();
    }
    return undefined;
  };
  const part = value('part');
  const conformance = value('conformance');
  return { ...(part ? { part } : {}), ...(conformance ? { conformance } : {}) };
}

/** Some producers close the packet with NUL or blanks that are not part of the XML. */
function trimPadding(packet: Uint8Array): Uint8Array {
  let end = packet.length;
  while (end > 0 && (packet[end - 1] ?? 0) <= 0x20) end -= 1;
  let start = 0;
  while (start < end && [0x09, 0x0a, 0x0d, 0x20].includes(packet[start] ?? 0)) start += 1;
  return packet.subarray(start, end);
}
