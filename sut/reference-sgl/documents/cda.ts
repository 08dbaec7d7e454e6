import { randomUUID } from 'node:crypto';
import { spoilCda } from '../faults/index.ts';
import { documentKey } from '../model/documents.ts';
import type { Audience, BuiltDocument, Report, SglConfig } from '../model/types.ts';
import { el, xmlDocument } from '../xml/index.ts';
import { buildStructuredBody } from './body.ts';
import { buildHeader, type HeaderOptions } from './header.ts';
import { newOid, setIdOid } from './oids.ts';
import { spoilDocument, spoilPatient } from './spoil.ts';

const NAMESPACES = {
  xmlns: 'urn:hl7-org:v3',
  'xmlns:lab': 'urn:oid:1.3.6.1.4.1.19376.1.3.2',
  'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
};

type Level = 'cda-n3' | 'cda-n1';

/** CDA R2 level 3, CR-BIO model 2024.01, with the PDF as a copy section. */
export function buildN3(
  report: Report,
  pdf: BuiltDocument,
  config: SglConfig,
  faults: ReadonlySet<string>,
  audience?: Audience,
): BuiltDocument {
  const named = identity('cda-n3', report, config, faults, audience);
  const header = buildHeader(report, config, {
    ...named,
    templates: [{ root: '1.3.6.1.4.1.19376.1.3.3' }, { root: '1.2.250.1.213.1.1.1.55', extension: '2024.01' }],
    withIns: true,
  });
  const content = header + buildStructuredBody(report, pdf.bytes, config);
  return cda('cda-n3', named.id, content, report, faults, audience);
}

/** CDA R2 level 1: the same header around the PDF (IHE XDS-SD). */
export function buildN1(
  report: Report,
  pdf: BuiltDocument,
  config: SglConfig,
  faults: ReadonlySet<string>,
  audience?: Audience,
): BuiltDocument {
  const named = identity('cda-n1', report, config, faults, audience);
  const header = buildHeader(report, config, {
    ...named,
    templates: [{ root: '1.3.6.1.4.1.19376.1.2.20' }],
    withIns: !faults.has('cda-n1-sans-ins'),
  });
  return cda('cda-n1', named.id, header + unstructured(pdf), report, faults, audience);
}

/** CDA R2 level 1 around a document that came from elsewhere. */
export function buildLetter(
  report: Report,
  content: { mediaType: string; bytes: Uint8Array },
  config: SglConfig,
  faults: ReadonlySet<string>,
): BuiltDocument {
  const named = identity('cda-n1', report, config, faults, undefined);
  const header = buildHeader(report, config, {
    ...named,
    templates: [{ root: '1.3.6.1.4.1.19376.1.2.20' }],
    withIns: true,
  });
  return { ...cda('cda-n1', named.id, header + unstructured(content), report, faults), fileName: 'LETTRE_N1.XML' };
}

function unstructured({ mediaType, bytes }: { mediaType: string; bytes: Uint8Array }): string {
  const base64 = Buffer.from(bytes).toString('base64');
  return el('component', {}, el('nonXMLBody', {}, el('text', { mediaType, representation: 'B64' }, base64)));
}

/** What names a document and its place among its versions: a new id, the same setId, one more version. */
function identity(
  kind: Level,
  report: Report,
  config: SglConfig,
  faults: ReadonlySet<string>,
  audience: Audience | undefined,
): Pick<HeaderOptions, 'id' | 'setId' | 'replaces' | 'versionNumber'> {
  const replaced = report.replaces?.[documentKey({ kind, ...(audience && { audience }) })];
  const renewed = replaced !== undefined && faults.has('dmp-remplace-nouveau-setid') ? randomUUID() : report.setId;
  const series = audience === 'patient' ? `${renewed}:patient` : renewed;
  const reused = replaced !== undefined && faults.has('dmp-remplace-meme-uniqueid');
  return {
    id: reused ? replaced : newOid(config.oidRoot, 'document'),
    setId: setIdOid(config.oidRoot, series, kind === 'cda-n3' || faults.has('cda-meme-lot-de-versions') ? 3 : 1),
    replaces: faults.has('dmp-remplace-sans-lien-cda') ? undefined : replaced,
    versionNumber: faults.has('dmp-remplace-meme-version') ? 1 : report.version,
  };
}

function cda(
  kind: Level,
  id: string,
  content: string,
  report: Report,
  faults: ReadonlySet<string>,
  audience?: Audience,
): BuiltDocument {
  const document = xmlDocument(el('ClinicalDocument', NAMESPACES, content));
  const replaces = report.replaces?.[documentKey({ kind, ...(audience && { audience }) })];
  const { content: sent, mediaType } = spoilDocument(
    spoilCda(kind, spoilPatient(document, kind, faults), faults),
    faults,
  );
  return {
    kind,
    id,
    fileName: kind === 'cda-n3' ? 'CRBIO_N3.XML' : 'CRBIO_N1.XML',
    mediaType,
    bytes: Buffer.from(sent, 'utf8'),
    ...(audience && { audience }),
    ...(report.confidentiality && { confidentiality: report.confidentiality }),
    ...(replaces !== undefined && { replaces }),
  };
}
