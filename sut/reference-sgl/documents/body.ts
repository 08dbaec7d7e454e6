import type { Report, Result, SglConfig, Subcontractor } from '../model/types.ts';
import { el, escapeXml, textEl } from '../xml/index.ts';
import {
  byChapter,
  type Coded,
  decimal,
  frenchNumber,
  frenchRange,
  frenchUnit,
  interpretation,
  LOINC,
} from './codes.ts';
import { codedEl, personId, personName, STRUCT_ID_NAT } from './actors.ts';
import { ACCREDITED_SIGN, mentionsOf } from './mentions.ts';
import { newOid } from './oids.ts';
import { cdaTime } from './times.ts';

/** ID of the embedded PDF inside the document; the narrative points to it. */
const PDF_COPY = 'copie-pdf';

/**
 * Body of the CR-BIO N3, model 2024.01: one section per LOINC chapter, each with its sub-chapter (narrative table and
 * one entry), then the copy of the document in PDF. Source: cda.md §7.
 */
export function buildStructuredBody(report: Report, pdf: Uint8Array, config: SglConfig): string {
  let rank = 0;
  const groups = byChapter(report.results);
  const chapters = groups.map(({ chapter, results }, index) =>
    chapterSection(
      chapter,
      results.map((result) => ({ result, anchor: `resultat-${(rank += 1)}` })),
      report,
      // What is said of the whole report stands after its last results.
      index === groups.length - 1 ? textsOf(report) : [],
    ),
  );
  return el('component', {}, el('structuredBody', {}, ...chapters, pdfSection(pdf, config)));
}

interface Line {
  readonly result: Result;
  /** ID of the narrative content that names the analysis. */
  readonly anchor: string;
}

function loinc(name: string, code: string, label: string): string {
  return codedEl(name, { code, system: LOINC, label }, { codeSystemName: 'LOINC' });
}

/** What the paper says too, but for its own faults. */
function textsOf(report: Report): readonly string[] {
  const { accreditation, subcontracting, automaticValidation, privacy } = mentionsOf(report, new Set());
  return [...accreditation, ...subcontracting, automaticValidation, privacy].filter((text) => text !== undefined);
}

function chapterSection(chapter: Coded, lines: readonly Line[], report: Report, texts: readonly string[]): string {
  const code = codedEl('code', chapter, { codeSystemName: 'LOINC' });
  const subChapter = el(
    'section',
    {},
    el('templateId', { root: '1.3.6.1.4.1.19376.1.3.3.2.2' }),
    el('templateId', { root: '1.2.250.1.213.1.1.2.71' }),
    code,
    textEl('title', chapter.label),
    narrative(lines, texts),
    el(
      'entry',
      { typeCode: 'DRIV' },
      el('templateId', { root: '1.3.6.1.4.1.19376.1.3.1' }),
      el('templateId', { root: '1.2.250.1.213.1.1.3.21' }),
      el(
        'act',
        { classCode: 'ACT', moodCode: 'EVN' },
        code,
        el('statusCode', { code: 'completed' }),
        ...lines.map((line) => el('entryRelationship', { typeCode: 'COMP' }, observation(line, report))),
      ),
    ),
  );
  return el(
    'component',
    {},
    el(
      'section',
      {},
      el('templateId', { root: '1.3.6.1.4.1.19376.1.3.3.2.1' }),
      el('templateId', { root: '1.2.250.1.213.1.1.2.70' }),
      code,
      textEl('title', chapter.label.toLocaleUpperCase('fr')),
      el('component', {}, subChapter),
    ),
  );
}

function narrative(lines: readonly Line[], texts: readonly string[]): string {
  const rows = lines.map(({ result, anchor }) => {
    const outOfRange = ['L', 'H'].includes(interpretation(result)?.code ?? '');
    const value = `${frenchNumber(result.value)} ${frenchUnit(result.unit)}`.trim();
    return el(
      'tr',
      {},
      el('td', {}, result.accredited === true && ACCREDITED_SIGN, textEl('content', result.label, { ID: anchor })),
      el('td', {}, outOfRange ? textEl('content', value, { styleCode: 'Bold' }) : escapeXml(value)),
      el('td', {}, escapeXml(frenchRange(result))),
    );
  });
  const headings = ['Analyse', 'Résultat', 'Valeurs de référence'].map((heading) => textEl('th', heading));
  return el(
    'text',
    {},
    el('table', { border: '0' }, el('thead', {}, el('tr', {}, ...headings)), el('tbody', {}, ...rows)),
    ...texts.map((text) => textEl('paragraph', text)),
  );
}

function observation({ result, anchor }: Line, report: Report): string {
  const interpreted = interpretation(result);
  return el(
    'observation',
    { classCode: 'OBS', moodCode: 'EVN' },
    el('templateId', { root: '1.3.6.1.4.1.19376.1.3.1.6' }),
    el('templateId', { root: '1.2.250.1.213.1.1.3.80' }),
    el(
      'code',
      { code: result.loinc, displayName: result.label, codeSystem: LOINC, codeSystemName: 'LOINC' },
      el('originalText', {}, el('reference', { value: `#${anchor}` })),
    ),
    el('statusCode', { code: 'completed' }),
    el('effectiveTime', { value: cdaTime(report.validatedAt) }),
    el('value', { 'xsi:type': 'PQ', value: decimal(result.value), unit: result.unit }),
    interpreted && codedEl('interpretationCode', interpreted),
    result.performedBy && performerElement(result.performedBy, report),
    referenceRange(result),
  );
}

/** FR-Laboratoire-executant: who made the analysis for this laboratory, and where he is reached (DOC/va1.22). */
function performerElement({ name, finess, phone, biologist }: Subcontractor, report: Report): string {
  const unknown = (element: string): string => el(element, { nullFlavor: 'MSK' });
  return el(
    'performer',
    { typeCode: 'PRF' },
    el('templateId', { root: '1.3.6.1.4.1.19376.1.3.3.1.7' }),
    el('templateId', { root: '1.2.250.1.213.1.1.3.23' }),
    el('time', { value: cdaTime(report.validatedAt) }),
    el(
      'assignedEntity',
      {},
      personId(biologist),
      unknown('addr'),
      unknown('telecom'),
      el('assignedPerson', {}, personName(biologist)),
      el(
        'representedOrganization',
        {},
        el('id', { root: STRUCT_ID_NAT, extension: `1${finess}` }),
        textEl('name', name),
        el('telecom', { value: `tel:${phone.replace(/\s/g, '')}`, use: 'WP' }),
        unknown('addr'),
        el('standardIndustryClassCode', {
          code: 'ETABLISSEMENT',
          displayName: 'Etablissement de santé',
          codeSystem: '1.2.250.1.213.1.1.4.9',
        }),
      ),
    ),
  );
}

function referenceRange({ low, high, unit }: Result): string | undefined {
  if (low === undefined && high === undefined) return undefined;
  return el(
    'referenceRange',
    { typeCode: 'REFV' },
    el(
      'observationRange',
      { classCode: 'OBS', moodCode: 'EVN.CRT' },
      el(
        'value',
        { 'xsi:type': 'IVL_PQ' },
        low !== undefined && el('low', { value: decimal(low), unit }),
        high !== undefined && el('high', { value: decimal(high), unit }),
      ),
      el('interpretationCode', { code: 'N', displayName: 'Normal', codeSystem: '2.16.840.1.113883.5.83' }),
    ),
  );
}

/** FR-Document-PDF-copie: the same report in PDF, referenced by the narrative. */
function pdfSection(pdf: Uint8Array, config: SglConfig): string {
  const object = () => el('id', { root: newOid(config.oidRoot, 'object') });
  const copy = (name: string, attributes: Readonly<Record<string, string>> = {}) =>
    codedEl(
      name,
      { code: '55108-5', system: LOINC, label: 'Copie du document' },
      { ...attributes, codeSystemName: 'LOINC' },
    );
  const kind = el(
    'observation',
    { classCode: 'OBS', moodCode: 'EVN' },
    el('templateId', { root: '1.3.6.1.4.1.19376.1.5.3.1.4.13' }),
    el('templateId', { root: '1.2.250.1.213.1.1.3.48' }),
    el('templateId', { root: '1.2.250.1.213.1.1.3.48.18' }),
    object(),
    loinc('code', '69764-9', 'Type de document'),
    el('text', {}, el('reference', { value: '#titre-copie-pdf' })),
    el('statusCode', { code: 'completed' }),
    el('effectiveTime', { nullFlavor: 'NA' }),
    copy('value', { 'xsi:type': 'CD' }),
  );
  const media = el(
    'observationMedia',
    { classCode: 'OBS', moodCode: 'EVN', ID: PDF_COPY },
    el('value', { mediaType: 'application/pdf', representation: 'B64' }, Buffer.from(pdf).toString('base64')),
  );
  return el(
    'component',
    {},
    el(
      'section',
      {},
      el('templateId', { root: '1.2.250.1.213.1.1.2.243' }),
      object(),
      copy('code'),
      textEl('title', 'Copie du document'),
      el(
        'text',
        {},
        el(
          'table',
          { border: '0' },
          el(
            'tbody',
            {},
            el('tr', {}, el('td', {}, textEl('content', 'Copie PDF du compte rendu', { ID: 'titre-copie-pdf' }))),
            el('tr', {}, el('td', {}, el('renderMultiMedia', { referencedObject: PDF_COPY }))),
          ),
        ),
      ),
      el(
        'entry',
        {},
        el(
          'organizer',
          { classCode: 'CLUSTER', moodCode: 'EVN' },
          el('templateId', { root: '1.2.250.1.213.1.1.3.18' }),
          object(),
          loinc('code', '55107-7', 'Document attaché'),
          el('statusCode', { code: 'completed' }),
          el('component', {}, kind),
          el('component', {}, media),
        ),
      ),
    ),
  );
}
