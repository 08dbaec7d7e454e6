import type { BuiltDocument, Report, SglConfig } from '../model/types.ts';
import { el, xmlDocument } from '../xml/index.ts';
import { buildStructuredBody } from './body.ts';
import { buildHeader } from './header.ts';
import { newOid, setIdOid } from './oids.ts';
import { spoilPatient } from './spoil.ts';

const NAMESPACES = {
  xmlns: 'urn:hl7-org:v3',
  'xmlns:lab': 'urn:oid:1.3.6.1.4.1.19376.1.3.2',
  'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
};

/** CDA R2 level 3, CR-BIO model 2024.01, with the PDF as a copy section. */
export function buildN3(
  report: Report,
  pdf: BuiltDocument,
  config: SglConfig,
  faults: ReadonlySet<string>,
): BuiltDocument {
  const id = newOid(config.oidRoot, 'document');
  const header = buildHeader(report, config, {
    id,
    setId: setIdOid(config.oidRoot, report.setId, 3),
    templates: [{ root: '1.3.6.1.4.1.19376.1.3.3' }, { root: '1.2.250.1.213.1.1.1.55', extension: '2024.01' }],
    withIns: true,
  });
  return cda('cda-n3', id, header + buildStructuredBody(report, pdf.bytes, config), faults);
}

/** CDA R2 level 1: the same header around the PDF (IHE XDS-SD). */
export function buildN1(
  report: Report,
  pdf: BuiltDocument,
  config: SglConfig,
  faults: ReadonlySet<string>,
): BuiltDocument {
  const id = newOid(config.oidRoot, 'document');
  const header = buildHeader(report, config, {
    id,
    setId: setIdOid(config.oidRoot, report.setId, 1),
    templates: [{ root: '1.3.6.1.4.1.19376.1.2.20' }],
    withIns: !faults.has('cda-n1-sans-ins'),
  });
  const base64 = Buffer.from(pdf.bytes).toString('base64');
  const text = el('text', { mediaType: 'application/pdf', representation: 'B64' }, base64);
  return cda('cda-n1', id, header + el('component', {}, el('nonXMLBody', {}, text)), faults);
}

function cda(kind: 'cda-n3' | 'cda-n1', id: string, content: string, faults: ReadonlySet<string>): BuiltDocument {
  const document = xmlDocument(el('ClinicalDocument', NAMESPACES, content));
  return {
    kind,
    id,
    fileName: kind === 'cda-n3' ? 'CRBIO_N3.XML' : 'CRBIO_N1.XML',
    mediaType: 'text/xml',
    bytes: Buffer.from(spoilPatient(document, kind, faults), 'utf8'),
  };
}
