import { readPdf } from '#formats/pdf/index.ts';
import type { Finding, Rule } from '#dsr/verdict/index.ts';
import { applyRules, findingOf } from '../rule/index.ts';
import { PAGES_RULES } from './check-pages.ts';
import { PDF_RULES } from './rules.ts';
import type { PdfOptions } from './types.ts';
import { PROVED } from './verapdf.ts';

const UNREADABLE = {
  id: 'PDF-READABLE',
  layer: 'wellformed',
  severity: 'error',
  requirements: ['DOC/va1.01'],
  source: 'ISO 32000-1',
  title: 'Le fichier est un PDF.',
  expected: 'un fichier PDF lisible',
  remedy: 'Vérifiez que c’est bien le PDF produit, entier et non encodé.',
} as const;

/** Every rule of this folder, as data. */
export const RULES: readonly Rule[] = [UNREADABLE, ...PDF_RULES, ...PAGES_RULES, PROVED];

/**
 * Judges a PDF report: PDF/A-1 claim and what contradicts it, and its name when given.
 * It does not validate PDF/A: colours and structure are not looked at, nor
 * what is in a font.
 * @returns every finding; one of layer `wellformed` when the bytes are not a PDF
 */
export function checkPdfFile(bytes: Uint8Array, options: PdfOptions = {}): readonly Finding[] {
  const pdf = readPdf(bytes);
  if (!pdf.ok) return [findingOf(UNREADABLE, { where: options.fileName ?? 'fichier', received: pdf.fault.message })];
  return applyRules(PDF_RULES, { pdf, options }, options.without ? { without: options.without } : {});
}
