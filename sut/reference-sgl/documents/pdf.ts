import { createRequire } from 'node:module';
import { openSync } from 'fontkit';
import PDFDocument from 'pdfkit';
import type { BuiltDocument, Patient, Report, Result, SglConfig } from '../model/types.ts';
import { byChapter, frenchNumber, frenchRange, frenchUnit, interpretation, REPORT_TITLE } from './codes.ts';
import { shareableIns } from '../identity/index.ts';
import { datamatrixMessage } from './datamatrix.ts';
import { ACCREDITED_SIGN, mentionsOf, type Mentions } from './mentions.ts';
import { displayName, pdfFileName } from './names.ts';
import { encryption, spoilPdf } from './spoil-pdf.ts';
import { drawSymbol } from './symbol.ts';
import { frenchDate, frenchDateTime } from './times.ts';

/** A4 in points, with the margins of the laboratory's paper. */
const LEFT = 50;
const RIGHT = 545;
const TOP = 50;
const BOTTOM = 760;
const FOOTER = 785;
const COLUMNS = { label: LEFT, value: 290, flag: 395, range: 420 } as const;
const LABEL_WIDTH = COLUMNS.value - COLUMNS.label - 10;

const INK = '#1b2733';
const FAINT = '#5a6b7b';
const RULE = '#c3ccd5';
const ALERT = '#a3171f';

type Page = InstanceType<typeof PDFDocument>;
type FontSource = Parameters<Page['registerFont']>[1];

const require = createRequire(import.meta.url);
/** Read once: parsing its tables costs more than writing the report. */
const regular = fontOnce('dejavu-fonts-ttf/ttf/DejaVuSans.ttf');
const bold = fontOnce('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf');

function fontOnce(file: string): () => FontSource {
  let font: FontSource;
  // The library takes a font that is already open; its types do not say so.
  return () => (font ??= openSync(require.resolve(file)) as unknown as FontSource);
}

/**
 * The report on paper, PDF/A-1b: fonts embedded, sRGB output intent, no transparency, XMP that says so. The matricule and
 * the INS datamatrix are printed only for a qualified identity.
 *
 * @param faults those that begin with `pdf-` write the paper wrong, and nothing else
 */
export async function buildPdf(
  report: Report,
  config: SglConfig,
  faults: ReadonlySet<string> = new Set(),
): Promise<BuiltDocument> {
  const mentions = mentionsOf(report, faults);
  const page = new PDFDocument({
    subset: 'PDF/A-1b',
    pdfVersion: '1.4',
    size: 'A4',
    lang: 'fr-FR',
    // Else pdfkit opens with a standard font that is not embedded, which PDF/A forbids.
    font: '',
    margins: { top: TOP, bottom: 0, left: LEFT, right: 595 - RIGHT },
    bufferPages: true,
    ...encryption(faults),
    info: {
      Title: REPORT_TITLE,
      Author: forMetadata(config.laboratory.name),
      Creator: forMetadata(`${config.product.name} ${config.product.version}`),
      CreationDate: report.validatedAt,
    },
  });
  page.registerFont('regular', regular()).registerFont('bold', bold()).font('regular');
  const chunks: Buffer[] = [];
  page.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((resolve, reject) => {
    page.on('end', resolve);
    page.on('error', reject);
  });

  const symbol = datamatrixMessage(report.patient, faults);
  if (symbol !== undefined) drawSymbol(page, symbol, { right: RIGHT, top: TOP });
  laboratoryBlock(page, config, mentions);
  patientBlock(page, report, faults);
  resultTables(page, report);
  closing(page, report, mentions);
  footers(page, report, config);
  page.end();
  await ended;

  const fileName = faults.has('pdf-nom-libre') ? 'compte-rendu.pdf' : pdfFileName(report);
  const bytes = spoilPdf(Buffer.concat(chunks), faults);
  return { kind: 'pdf', id: fileName, fileName, mediaType: 'application/pdf', bytes };
}

/**
 * The library copies these texts into the XMP as they are, and PDF/A wants the same text in the XMP and in the document
 * information: so no character that XML would have to escape.
 */
function forMetadata(text: string): string {
  return text.replaceAll('&', 'et').replace(/[<>]/g, '');
}

function laboratoryBlock(page: Page, config: SglConfig, { accreditation }: Mentions): void {
  const { name, addressLine, postalCode, city, phone, finess } = config.laboratory;
  page.font('bold', 13).fillColor(INK).text(name, LEFT, TOP, { width: 300 });
  page.font('regular', 8.5).fillColor(FAINT);
  page.text(`${addressLine}\n${postalCode} ${city}\nTél. ${phone}\nFINESS ${finess}`, { width: 300 });
  if (accreditation.length > 0) page.fontSize(8).text(accreditation.join('\n'), LEFT, page.y + 4, { width: 400 });
  const under = page.y + 14;
  page
    .font('bold', 15)
    .fillColor(INK)
    .text(REPORT_TITLE, LEFT, under, { width: RIGHT - LEFT });
  rule(page, page.y + 4);
  page.y += 14;
}

function patientBlock(page: Page, report: Report, faults: ReadonlySet<string>): void {
  const { traits } = report.patient;
  const top = page.y;
  page
    .font('bold', 11)
    .fillColor(INK)
    .text(`${traits.birthName} ${traits.firstNames[0] ?? ''}`, LEFT, top, { width: 250 });
  page.font('regular', 9);
  const leftEnd = facts(page, identityLines(report.patient, faults), LEFT);
  page.y = top;
  const rightEnd = facts(page, requestLines(report), 320);
  page.y = Math.max(leftEnd, rightEnd) + 10;
  rule(page, page.y);
  page.y += 12;
}

/** Label and value; a line without value is not printed. */
type Line = readonly [label: string, value: string | undefined];

/** Traits as printed; the matricule only when it may be shared. */
export function identityLines(patient: Patient, faults: ReadonlySet<string> = new Set()): readonly Line[] {
  const { traits } = patient;
  const ins = faults.has('pdf-ins-non-qualifiee') ? patient.ins : shareableIns(patient);
  const nature = faults.has('pdf-matricule-sans-nature') ? '' : ` (${natureOf(ins?.oid)})`;
  return [
    ['Nom de naissance', traits.birthName],
    ['Nom utilisé', traits.usedName],
    ['Prénoms de naissance', traits.firstNames.join(' ')],
    ['Date de naissance', frenchDate(traits.birthDate)],
    ['Sexe', traits.sex === 'F' ? 'Féminin' : 'Masculin'],
    ['Lieu de naissance (code)', traits.birthPlace],
    ['Matricule INS', ins && `${ins.matricule}${nature}`],
    ['Identifiant local', patient.localId],
  ];
}

/** Authorities of the NIA, production then test. */
const NIA = new Set(['1.2.250.1.213.1.4.9', '1.2.250.1.213.1.4.11']);

/** What the number is: attributed by the NIR or, while waiting for one, by the NIA. */
function natureOf(oid: string | undefined): 'NIR' | 'NIA' {
  return oid !== undefined && NIA.has(oid) ? 'NIA' : 'NIR';
}

function requestLines(report: Report): readonly Line[] {
  return [
    ['Demande n°', report.requestId],
    ['Prescripteur', report.prescriber && displayName(report.prescriber)],
    ['Prélevé le', frenchDateTime(report.sampledAt)],
    ['Reçu le', frenchDateTime(report.receivedAt)],
    ['Validé le', frenchDateTime(report.validatedAt)],
    ['Version', String(report.version)],
  ];
}

/** Label and value lines from the current height; gives the height reached. */
function facts(page: Page, lines: readonly Line[], x: number): number {
  if (x === LEFT) page.y += 2;
  for (const [label, value] of lines) {
    if (value === undefined) continue;
    const y = page.y;
    page.font('regular', 8.5).fillColor(FAINT).text(label, x, y, { width: 115 });
    const labelEnd = page.y;
    page.fillColor(INK).text(value, x + 118, y, { width: (x === LEFT ? 310 : RIGHT) - x - 118 });
    page.y = Math.max(labelEnd, page.y) + 2;
  }
  return page.y;
}

function resultTables(page: Page, report: Report): void {
  page
    .font('bold', 11)
    .fillColor(INK)
    .text(report.title, LEFT, page.y, { width: RIGHT - LEFT });
  page.y += 6;
  for (const { chapter, results } of byChapter(report.results)) {
    room(page, 60);
    page.font('bold', 10).fillColor(INK).text(chapter.label.toLocaleUpperCase('fr'), LEFT, page.y);
    page.y += 3;
    columnHeadings(page);
    for (const result of results) row(page, result);
    page.y += 10;
  }
}

function columnHeadings(page: Page): void {
  const y = page.y;
  page.font('regular', 8).fillColor(FAINT);
  page.text('Analyse', COLUMNS.label, y).text('Résultat', COLUMNS.value, y);
  page.text('Valeurs de référence', COLUMNS.range, y);
  rule(page, page.y + 2);
  page.y += 6;
}

function row(page: Page, result: Result): void {
  page.font('regular', 9);
  if (room(page, page.heightOfString(labelOf(result), { width: LABEL_WIDTH }) + 6)) columnHeadings(page);
  const y = page.y;
  const flag = interpretation(result)?.code;
  const out = flag === 'L' || flag === 'H';
  page.font('regular', 9).fillColor(INK).text(labelOf(result), COLUMNS.label, y, { width: LABEL_WIDTH });
  const end = page.y;
  page.font(out ? 'bold' : 'regular', 9).fillColor(out ? ALERT : INK);
  page.text(`${frenchNumber(result.value)} ${frenchUnit(result.unit)}`.trim(), COLUMNS.value, y, { width: 105 });
  if (out) page.text(flag === 'L' ? '▼' : '▲', COLUMNS.flag, y);
  page
    .font('regular', 9)
    .fillColor(FAINT)
    .text(frenchRange(result), COLUMNS.range, y, { width: RIGHT - COLUMNS.range });
  page.y = Math.max(end, page.y) + 3;
}

function labelOf({ label, accredited }: Result): string {
  return accredited === true ? `${ACCREDITED_SIGN}${label}` : label;
}

function closing(page: Page, report: Report, { subcontracting, automaticValidation, privacy }: Mentions): void {
  room(page, 160);
  const out = report.results.some((result) => ['L', 'H'].includes(interpretation(result)?.code ?? ''));
  page.font('regular', 8).fillColor(FAINT);
  if (out) page.text('▲ au-dessus des valeurs de référence   ▼ au-dessous des valeurs de référence', LEFT, page.y);
  page.y += 8;
  page
    .font('bold', 9)
    .fillColor(INK)
    .text(`Validé par ${displayName(report.biologist)}, biologiste médical`, LEFT, page.y);
  page.font('regular', 8.5).text(`le ${frenchDateTime(report.validatedAt)}`);
  page.y += 8;
  const recipients = [
    ...report.recipients.professionals,
    ...(report.recipients.patient ? ['patient (Mon espace santé)'] : []),
    ...(report.recipients.dmp ? ['DMP'] : []),
  ];
  if (recipients.length > 0) {
    page.font('bold', 8.5).text('Destinataires');
    page.font('regular', 8.5).text(recipients.join('\n'), { width: RIGHT - LEFT });
  }
  page.font('regular', 8).fillColor(FAINT);
  for (const text of [...subcontracting, automaticValidation, privacy]) {
    if (text === undefined) continue;
    page.y += 8;
    page.text(text, LEFT, page.y, { width: RIGHT - LEFT });
  }
}

function footers(page: Page, report: Report, config: SglConfig): void {
  const { start, count } = page.bufferedPageRange();
  const { traits } = report.patient;
  for (let index = 0; index < count; index += 1) {
    page.switchToPage(start + index);
    rule(page, FOOTER - 6);
    page.font('regular', 7.5).fillColor(FAINT);
    const who = `${traits.birthName} ${traits.firstNames[0] ?? ''} – ${config.laboratory.name} – demande ${report.requestId}`;
    page.text(who, LEFT, FOOTER, { width: 400, height: 10, ellipsis: true, lineBreak: false });
    page.text(`Page ${index + 1} / ${count}`, 445, FOOTER, { width: 100, align: 'right', lineBreak: false });
  }
}

/** Starts a new page when less than `height` points are left; true when it did. */
function room(page: Page, height: number): boolean {
  if (page.y + height <= BOTTOM) return false;
  page.addPage();
  page.y = TOP;
  return true;
}

function rule(page: Page, y: number): void {
  page.moveTo(LEFT, y).lineTo(RIGHT, y).lineWidth(0.5).strokeColor(RULE).stroke();
}
