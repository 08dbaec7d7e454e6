import { Buffer } from 'node:buffer';
import { escapeXml } from '#formats/xml/index.ts';
import { INCOMING, type Coded, type StructuredResult } from './data.ts';

const { templates, chapter, copy } = INCOMING.structured;

/** Models that a structured document says it follows, its sections and entries included. */
export const STRUCTURED_TEMPLATES = templates.document
  .map(({ root, extension }) => `<templateId root="${root}"${extension === '' ? '' : ` extension="${extension}"`}/>`)
  .join('');

/**
 * Body of a CDA N3 of a laboratory: one chapter with its results, then the copy of the document as a PDF.
 * Source: protocols.md annex A.5, cda.md (CR-BIO).
 *
 * @param time of the results, `yyyyMMddHHmmss+0000`
 */
export function structuredBody(results: readonly StructuredResult[], time: string, pdf: Uint8Array): string {
  const text = results
    .map(({ code, shown }, rank) => `<content ID="r${rank + 1}">${escapeXml(code.label)}</content> ${escapeXml(shown)}`)
    .join('<br/>');
  const observations = results.map((result, rank) => observation(result, rank, time)).join('');
  return (
    `<structuredBody><component><section>${ids(templates.chapter)}${coded(chapter)}<title>${escapeXml(chapter.label.toUpperCase())}</title>` +
    `<text>${text}</text><entry typeCode="DRIV">${ids(templates.entry)}<act classCode="ACT" moodCode="EVN">${coded(chapter)}` +
    `<statusCode code="completed"/>${observations}</act></entry></section></component>${pdfCopy(pdf)}</structuredBody>`
  );
}

function observation({ code, value, unit, low, high }: StructuredResult, rank: number, time: string): string {
  return (
    `<entryRelationship typeCode="COMP"><observation classCode="OBS" moodCode="EVN">${ids(templates.result)}` +
    `<code code="${code.code}" displayName="${escapeXml(code.label)}" codeSystem="${code.system}"><originalText><reference value="#r${rank + 1}"/></originalText></code>` +
    `<statusCode code="completed"/><effectiveTime value="${time}"/><value xsi:type="PQ" value="${value}" unit="${unit}"/>` +
    `<referenceRange><observationRange><value xsi:type="IVL_PQ"><low value="${low}" unit="${unit}"/><high value="${high}" unit="${unit}"/></value></observationRange></referenceRange>` +
    `</observation></entryRelationship>`
  );
}

function pdfCopy(pdf: Uint8Array): string {
  const body = Buffer.from(pdf).toString('base64');
  return (
    `<component><section>${ids(templates.copy)}${coded(copy)}<title>${escapeXml(copy.label)}</title><text><renderMultiMedia referencedObject="copie-pdf"/></text>` +
    `<entry><organizer classCode="CLUSTER" moodCode="EVN">${ids(templates.copyEntry)}<statusCode code="completed"/><component>` +
    `<observationMedia classCode="OBS" moodCode="EVN" ID="copie-pdf"><value mediaType="application/pdf" representation="B64">${body}</value></observationMedia>` +
    `</component></organizer></entry></section></component>`
  );
}

const ids = (roots: readonly string[]): string => roots.map((root) => `<templateId root="${root}"/>`).join('');

function coded({ code, label, system }: Coded): string {
  return `<code code="${code}" displayName="${escapeXml(label)}" codeSystem="${system}"/>`;
}
