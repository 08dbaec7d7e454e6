/** Builds small PDF files for tests, byte by byte: no library decides what a fault looks like. */
export interface PdfFixture {
  readonly version?: string;
  /** `1`…; null for no claim. */
  readonly part?: string | null;
  readonly conformance?: string;
  /** Claim written as attributes of rdf:Description. */
  readonly asAttributes?: boolean;
  /** Extra entries of the catalog, e.g. `/OpenAction << /S /JavaScript /JS (app.alert) >>`. */
  readonly catalog?: string;
  /** Extra entries of the trailer, e.g. `/Encrypt 9 0 R`. */
  readonly trailer?: string;
  /** Extra entries of the metadata dictionary. */
  readonly metadata?: string;
  /** Replaces the bytes of the XMP packet. */
  readonly packet?: Uint8Array;
  /** Extra objects, e.g. `9 0 obj << /Filter /Standard >> endobj`. */
  readonly objects?: string;
  readonly end?: string;
  readonly text?: string;
}

export function makePdf(options: PdfFixture = {}): Uint8Array {
  const packet = options.packet ?? Buffer.from(xmp(options), 'utf8');
  const page = `BT (${options.text ?? 'COMPTE RENDU DE TEST'}) Tj ET`;
  const claim = options.part === null && !options.packet ? '' : '/Metadata 4 0 R';
  return Buffer.concat([
    Buffer.from(
      [
        `%PDF-${options.version ?? '1.4'}`,
        `1 0 obj << /Type /Catalog /Pages 2 0 R ${claim} ${options.catalog ?? ''} >> endobj`,
        '2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj',
        '3 0 obj << /Type /Page /Parent 2 0 R /Contents 5 0 R >> endobj',
        `5 0 obj << /Length ${page.length} >> stream\n${page}\nendstream endobj`,
        options.objects ?? '',
        `4 0 obj << /Type /Metadata /Subtype /XML /Length ${packet.length} ${options.metadata ?? ''} >> stream\n`,
      ].join('\n'),
      'latin1',
    ),
    packet,
    Buffer.from(
      `\nendstream endobj\ntrailer << /Root 1 0 R ${options.trailer ?? ''} >>\nstartxref\n0\n${options.end ?? '%%EOF'}\n`,
      'latin1',
    ),
  ]);
}

function xmp({ part = '1', conformance = 'B', asAttributes = false }: PdfFixture): string {
  const id = 'xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"';
  const description = asAttributes
    ? `<rdf:Description rdf:about="" ${id} pdfaid:part="${part}" pdfaid:conformance="${conformance}"/>`
    : `<rdf:Description rdf:about="" ${id}><pdfaid:part>${part}</pdfaid:part><pdfaid:conformance>${conformance}</pdfaid:conformance></rdf:Description>`;
  return `<?xpacket begin="\u{FEFF}" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">${description}</rdf:RDF></x:xmpmeta><?xpacket end="w"?>`;
}
