import { readFileSync } from 'node:fs';
import { spoilSheet } from '../faults/index.ts';
import type { BuiltDocument } from '../model/types.ts';

export type SelfPresenting = Omit<BuiltDocument, 'kind'> & { readonly kind: 'cda-n3-auto' };

/** The laboratory's own, kept as a file: it is what the laboratory draws. */
const STYLE_SHEET = readFileSync(new URL('style-sheet.xsl', import.meta.url), 'utf8');
/** The document is its own style sheet: a browser that opens it needs nothing else. */
const PROLOGUE = '<?xml version="1.0" encoding="UTF-8"?>\n<?xml-stylesheet type="text/xsl" href=""?>\n';

/**
 * The CDA of level 3 carried by the style sheet of the laboratory: it shows itself in a browser (DOC/va1.25).
 *
 * @param n3 the same document alone
 */
export function selfPresenting(n3: BuiltDocument, faults: ReadonlySet<string>): SelfPresenting {
  const sheet = spoilSheet(STYLE_SHEET, faults);
  const document = Buffer.from(n3.bytes)
    .toString('utf8')
    .replace(/^<\?xml[^>]*\?>\s*/u, '');
  return {
    ...n3,
    kind: 'cda-n3-auto',
    fileName: 'CRBIO_N3_AUTO.XML',
    mediaType: 'application/xslt+xml',
    bytes: Buffer.from(PROLOGUE + sheet.replace('<!--document-->', () => document), 'utf8'),
  };
}
