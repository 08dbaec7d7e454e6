import { readCda } from '#formats/cda/index.ts';
import type { CdaDocument } from '#formats/cda/index.ts';
import type { Finding, Rule } from '#dsr/verdict/index.ts';
import { isBenchLimit, limitBreach } from '../report/index.ts';
import { applyRules, findingOf } from '../rule/index.ts';
import { OFFICIAL_RULES } from './official/index.ts';
import { PAIR_RULES } from './pair.ts';
import { ACTOR_RULES } from './rules/actors.ts';
import { ACT_RULES } from './rules/acts.ts';
import { BODY_RULES } from './rules/body.ts';
import { ENTRY_RULES } from './rules/entries.ts';
import { IDENTIFIER_RULES } from './rules/identifiers.ts';
import { PATIENT_RULES } from './rules/patient.ts';
import { STRUCTURE_RULES } from './rules/structure.ts';
import { SUBCONTRACTING_RULES } from './rules/subcontracting.ts';
import { TEXT_RULES } from './rules/texts.ts';
import { TIME_RULES } from './rules/times.ts';
import { VERSION_RULES } from './versions.ts';
import type { CdaOptions, CdaRule, CdaSubject } from './types.ts';
import { BOTH, N1, N3 } from './vocabulary.ts';

const UNREADABLE = {
  id: 'CDA-WELLFORMED',
  layer: 'wellformed',
  severity: 'error',
  requirements: BOTH,
  source: 'XML 1.0 ; HL7 CDA R2',
  title: 'Le fichier est un document XML bien formé dont la racine est ClinicalDocument.',
  expected: 'un document CDA R2 bien formé',
  remedy: 'Corrigez le XML : aucun consommateur ne peut lire ce document.',
} as const;

const LIMIT = {
  id: 'CDA-LIMIT',
  layer: 'wellformed',
  severity: 'info',
  requirements: BOTH,
  source: 'Jalon : bornes du banc (taille, profondeur et nombre d’éléments du XML)',
  title: 'Le banc a pu lire et juger tout le document CDA.',
  expected: 'un document que le banc peut lire en entier',
  remedy: 'C’est une limite du banc, pas une faute du produit.',
  benchLimit: true,
} as const;

const DOCUMENT_RULES: readonly CdaRule[] = [
  ...STRUCTURE_RULES,
  ...IDENTIFIER_RULES,
  ...TIME_RULES,
  ...PATIENT_RULES,
  ...ACTOR_RULES,
  ...ACT_RULES,
  ...BODY_RULES,
  ...ENTRY_RULES,
  ...TEXT_RULES,
  ...SUBCONTRACTING_RULES,
];

/** Rules on one document, those of the official pack aside. */
export const FILE_RULES: readonly Rule[] = [UNREADABLE, LIMIT, ...DOCUMENT_RULES];

/** Every rule of this folder, as data. */
export const RULES: readonly Rule[] = [...FILE_RULES, ...OFFICIAL_RULES, ...PAIR_RULES, ...VERSION_RULES];

/** Judges a document already read. Requirements of the other level (N1, N3) are left off each finding. */
export function checkCda(document: CdaDocument, options: CdaOptions = {}): readonly Finding[] {
  return judge({ document, options });
}

/**
 * Judges a whole file.
 * @param bytes the CDA document as produced (N1, N3, alone or carried by its style sheet)
 * @returns every finding; one of layer `wellformed` when the file cannot be read, and then only that one: a file beyond the
 *   bounds of the bench is not a wrong file
 */
export function checkCdaFile(bytes: Uint8Array, options: CdaOptions = {}): readonly Finding[] {
  const reading = readCda(bytes);
  if (!reading.ok) {
    const line =
      'line' in reading.fault && reading.fault.line !== undefined ? `ligne ${reading.fault.line}` : 'document';
    if (isBenchLimit(reading.fault)) return [findingOf(LIMIT, limitBreach(line, 'le document CDA', reading.fault))];
    return [findingOf(UNREADABLE, { where: line, received: reading.fault.message })];
  }
  const declared = encodingOf(bytes);
  return judge({
    document: reading.document,
    options,
    ...(declared === undefined ? {} : { declaredEncoding: declared }),
  });
}

function judge(subject: CdaSubject): readonly Finding[] {
  const other = subject.document.level === 'N1' ? N3 : N1;
  return applyRules(DOCUMENT_RULES, subject, {
    ...(subject.options.without ? { without: subject.options.without } : {}),
    serves: (requirement) => requirement !== other,
  });
}

/** Encoding named by the XML declaration; a mark of UTF-16 says it whatever the declaration says. */
function encodingOf(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  if ((first === 0xfe && second === 0xff) || (first === 0xff && second === 0xfe)) return 'UTF-16';
  const head = Buffer.from(bytes.subarray(0, 200)).toString('latin1');
  return /^(?:\xef\xbb\xbf)?<\?xml[^>]*\sencoding\s*=\s*["']([^"']+)["']/.exec(head)?.[1]?.toUpperCase();
}
