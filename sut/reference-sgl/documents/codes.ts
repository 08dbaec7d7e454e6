import type { Confidentiality, Professional, Report, Result } from '../model/types.ts';
import letters from './letters.json' with { type: 'json' };

/** A coded value of the CDA header or of the XDS metadata. */
export interface Coded {
  readonly code: string;
  readonly system: string;
  readonly label: string;
}

export const LOINC = '2.16.840.1.113883.6.1';
const SPECIALTY = '1.2.250.1.213.1.1.4.5';
const SKILL = '1.2.250.1.71.4.2.5';

/** JDV_J07. The label and the title are fixed by the CR-BIO model. */
export const REPORT_TYPE: Coded = { code: '11502-2', system: LOINC, label: "CR d'examens biologiques" };
export const REPORT_TITLE = "Compte rendu d'examens biologiques";
/** Class of a report (JDV_J06). */
const REPORT_CLASS: Coded = { code: '10', system: '1.2.250.1.213.1.1.4.1', label: 'Compte rendu' };

/** Type, class and title of a document: those of a biology report, or those of the letter that was received. */
export function natureOf(report: Report): { type: Coded; classCode: Coded; title: string } {
  if (report.letter === undefined) return { type: REPORT_TYPE, classCode: REPORT_CLASS, title: REPORT_TITLE };
  const { typeCode } = report.letter;
  const known = letters.types.find(({ code }) => code === typeCode);
  const label = known?.label ?? report.title;
  // A code of LOINC has a check digit after a hyphen; the others are French.
  const system = /^\d+-\d$/.test(typeCode) ? LOINC : '1.2.250.1.213.1.1.4.12';
  const found = letters.classes.find(({ code }) => code === known?.classCode);
  const classCode = found ? { ...found, system: REPORT_CLASS.system } : REPORT_CLASS;
  return { type: { code: typeCode, system, label }, classCode, title: report.title };
}

/** JDV_J58: who must not see a document, besides `N`. */
export function hiddenFrom(confidentiality: Confidentiality): readonly Coded[] {
  const system = '1.2.250.1.213.1.1.4.13';
  return [
    confidentiality.hiddenFromProfessionals && { code: 'MASQUE_PS', label: 'Masqué aux professionnels de santé' },
    confidentiality.hiddenFromPatient && { code: 'INVISIBLE_PATIENT', label: 'Non visible par le patient' },
    confidentiality.hiddenFromLegalRepresentatives && {
      code: 'INVISIBLE_REPRESENTANTS_LEGAUX',
      label: 'Non visible par les représentants légaux du patient',
    },
  ]
    .filter((coded) => typeof coded === 'object')
    .map((coded) => ({ ...coded, system }));
}

export const NORMAL_CONFIDENTIALITY: Coded = { code: 'N', system: '2.16.840.1.113883.5.25', label: 'Normal' };
/** JDV_J04: a town laboratory. */
export const PRACTICE_SETTING: Coded = { code: 'AMBULATOIRE', system: '1.2.250.1.213.1.1.4.9', label: 'Ambulatoire' };

/** JDV_J02, labels of the sectors a laboratory may declare. */
const SECTORS: Readonly<Record<string, string>> = {
  SA01: 'Etablissement public de santé',
  SA05: 'Centre de santé',
  SA25: 'Laboratoire de biologie médicale',
};

/** Sector of activity of the laboratory; takes `SA25` or `SA25^1.2.250.1.71.4.2.4`. */
export function sector(configured: string): Coded {
  const code = configured.split('^')[0] ?? configured;
  return { code, system: '1.2.250.1.71.4.2.4', label: SECTORS[code] ?? code };
}

/** JDV_J01, the entries a laboratory meets every day. */
const SPECIALTIES: Readonly<Record<string, string>> = {
  G15_10: 'Médecin',
  'G15_10/SM03': 'Médecin - Biologie médicale (SM)',
  'G15_10/SM26': 'Médecin - Qualifié en Médecine Générale (SM)',
  'G15_10/SM41': 'Médecin - Pneumologie (SM)',
  'G15_10/SM53': 'Médecin - Spécialiste en Médecine Générale (SM)',
  'G15_10/SM54': 'Médecin - Médecine Générale (SM)',
  G15_21: 'Pharmacien',
  'G15_21/G': 'Pharmacien biologiste',
  G15_50: 'Sage-Femme',
  G15_60: 'Infirmier',
};

export interface Qualification {
  /** The profession alone, e.g. `10`, Médecin. */
  readonly profession: Coded;
  /** The speciality alone, e.g. `SM03`, or the section of a pharmacist, e.g. `G`. */
  readonly speciality: Coded | undefined;
  /** Combined code of JDV_J01, e.g. `G15_10/SM03`. */
  readonly combined: Coded;
}

/**
 * Profession and speciality of a professional, as the CDA, the XDS author and the VIHF write them. The directory gives
 * `10` and `SM03`; the combined form `G15_10/SM03` is taken too. Undefined when the profession is unknown.
 */
export function qualification(person: Professional): Qualification | undefined {
  const stated = person.speciality?.startsWith('G15_') ? person.speciality : person.profession;
  const [head = '', tail] = (stated ?? '').replace(/^G15_/, '').split('/');
  if (!/^\d{2}$/.test(head)) return undefined;
  const own = tail ?? (person.speciality || undefined);
  // A pharmacist is a biologist by his section of the Ordre (G), not by a doctor's speciality.
  const speciality = head === '21' && own === 'SM03' ? 'G' : own;
  const code = speciality === undefined ? `G15_${head}` : `G15_${head}/${speciality}`;
  const professionLabel = SPECIALTIES[`G15_${head}`] ?? head;
  const label = SPECIALTIES[code] ?? professionLabel;
  return {
    profession: { code: head, system: '1.2.250.1.71.1.2.7', label: professionLabel },
    speciality:
      speciality === undefined ? undefined : { code: speciality, system: SKILL, label: label.replace(/^.* - /, '') },
    combined: { code, system: SPECIALTY, label },
  };
}

const BIOCHEMISTRY: Coded = { code: '18719-5', system: LOINC, label: 'Biochimie' };
const HAEMATOLOGY: Coded = { code: '18723-7', system: LOINC, label: 'Hématologie' };
const COAGULATION: Coded = { code: '18720-3', system: LOINC, label: 'Hémostase, coagulation' };
const SEROLOGY: Coded = { code: '18727-8', system: LOINC, label: 'Sérologie' };
const MICROBIOLOGY: Coded = { code: '18725-2', system: LOINC, label: 'Microbiologie' };
const PROTEINS: Coded = { code: '18718-7', system: LOINC, label: 'Protéines, marqueurs tumoraux, vitamines' };

/** Order in which the chapters are printed. */
const CHAPTERS: readonly Coded[] = [HAEMATOLOGY, COAGULATION, BIOCHEMISTRY, PROTEINS, SEROLOGY, MICROBIOLOGY];

/** Chapter of each analysis of the laboratory's catalogue; what is not listed is biochemistry. */
const CHAPTER_OF: Readonly<Record<string, Coded>> = {
  '718-7': HAEMATOLOGY,
  '789-8': HAEMATOLOGY,
  '6690-2': HAEMATOLOGY,
  '777-3': HAEMATOLOGY,
  '4544-3': HAEMATOLOGY,
  '787-2': HAEMATOLOGY,
  '785-6': HAEMATOLOGY,
  '786-4': HAEMATOLOGY,
  '751-8': HAEMATOLOGY,
  '731-0': HAEMATOLOGY,
  '742-7': HAEMATOLOGY,
  '711-2': HAEMATOLOGY,
  '704-7': HAEMATOLOGY,
  '5902-2': COAGULATION,
  '6301-6': COAGULATION,
  '3173-2': COAGULATION,
  '3255-7': COAGULATION,
  '2284-8': PROTEINS,
  '2132-9': PROTEINS,
  '1989-3': PROTEINS,
  '2857-1': PROTEINS,
  '1988-5': PROTEINS,
  '22322-2': SEROLOGY,
  '5196-1': SEROLOGY,
  '630-4': MICROBIOLOGY,
};

/** The results of a report by chapter, in printing order; a chapter without result is left out. */
export function byChapter(results: readonly Result[]): readonly { chapter: Coded; results: readonly Result[] }[] {
  return CHAPTERS.map((chapter) => ({
    chapter,
    results: results.filter((result) => (CHAPTER_OF[result.loinc] ?? BIOCHEMISTRY) === chapter),
  })).filter((group) => group.results.length > 0);
}

/** HL7 ObservationInterpretation, labels of the French value set. Undefined without any bound: nothing to compare with. */
export function interpretation(result: Result): Coded | undefined {
  const system = '2.16.840.1.113883.5.83';
  if (result.low !== undefined && result.value < result.low) return { code: 'L', system, label: 'Anormalement bas' };
  if (result.high !== undefined && result.value > result.high) return { code: 'H', system, label: 'Anormalement haut' };
  if (result.low === undefined && result.high === undefined) return undefined;
  return { code: 'N', system, label: 'Normal' };
}

/** Decimal point, no exponent: the form of a CDA `PQ`. */
export function decimal(value: number): string {
  return value.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 20 });
}

/** Decimal comma, for people. */
export function frenchNumber(value: number): string {
  return decimal(value).replace('.', ',');
}

const SUPERSCRIPTS = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];

/** A UCUM unit as a French reader writes it: `m[IU]/L` is shown `mUI/L`, annotations in braces are not shown. */
export function frenchUnit(ucum: string): string {
  return ucum
    .replace(/\{[^}]*\}/g, '')
    .replaceAll('[IU]', 'UI')
    .replace(/\bu(?=[LgmM])/g, 'µ')
    .replace(
      /10\*(\d+)/g,
      (_, power: string) => `10${power.replace(/\d/g, (digit) => SUPERSCRIPTS[Number(digit)] ?? '')}`,
    );
}

/** `0,27 – 4,2 mUI/L`, `< 5 mg/L`, `> 1 g/L`; empty without bound. */
export function frenchRange(result: Result): string {
  const unit = frenchUnit(result.unit);
  const { low, high } = result;
  if (low !== undefined && high !== undefined) return `${frenchNumber(low)} – ${frenchNumber(high)} ${unit}`.trim();
  if (high !== undefined) return `< ${frenchNumber(high)} ${unit}`.trim();
  if (low !== undefined) return `> ${frenchNumber(low)} ${unit}`.trim();
  return '';
}
