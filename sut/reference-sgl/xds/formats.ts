import { authority, qualification, systemOf } from '../documents/index.ts';
import { shareableIns } from '../identity/index.ts';
import type { Patient, Professional, SglConfig } from '../model/types.ts';

/** Replaces what HL7 v2 uses as separators: such a character has no place in a name. */
function plain(text: string): string {
  return text
    .replace(/[\^&~|\\]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** XCN of a professional: `id^NOM^Prénom^^^^^^&1.2.250.1.71.4.2.1&ISO^D^^^IDNPS`. */
export function xcn(person: Professional): string {
  const { nationalId, lastName, firstName } = person;
  // A number of our own (`3` + FINESS / internal) is none of the national directory.
  const types = nationalId.includes('/') ? 'U^^^EI' : 'D^^^IDNPS';
  return `${nationalId}^${plain(lastName)}^${plain(firstName)}^^^^^^&1.2.250.1.71.4.2.1&ISO^${types}`;
}

/** XCN of the software of the laboratory, for the laboratory as an author: `struct/internal^name^model…^U^^^RI`. */
export function systemXcn(config: SglConfig): string {
  const { laboratory, product } = config;
  const names = `${plain(laboratory.name)}^${plain(product.name)}`;
  return `${systemOf(config)}^${names}^^^^^^&1.2.250.1.71.4.2.1&ISO^U^^^RI`;
}

/** XON of the laboratory, components 1, 6, 7 and 10. */
export function xon(config: SglConfig): string {
  return `${plain(config.laboratory.name)}^^^^^&1.2.250.1.71.4.2.2&ISO^IDNST^^^${config.laboratory.id}`;
}

/** CE of the speciality, label and OID included; undefined when the profession is unknown. */
export function specialty(person: Professional): string | undefined {
  const known = qualification(person)?.combined;
  return known && `${known.code}^${plain(known.label)}^${known.system}`;
}

/** CX of the local identifier. */
export function localCx(patient: Patient, config: SglConfig): string {
  return `${plain(patient.localId)}^^^&${authority(config.oidRoot, 'patient')}&ISO^PI`;
}

/** CX of the patient as others must know him: INS of a qualified identity, else the local identifier. */
export function patientCx(patient: Patient, config: SglConfig): string {
  const ins = shareableIns(patient);
  return ins ? `${ins.matricule}^^^&${ins.oid}&ISO^NH` : localCx(patient, config);
}

/** Lines of `sourcePatientInfo`: birth name and used name, birth date, sex, birth place. */
export function patientInfo(patient: Patient): readonly string[] {
  const { birthName, firstNames, usedName, birthDate, sex, birthPlace } = patient.traits;
  const given = plain(firstNames[0] ?? '');
  return [
    `PID-5|${plain(birthName)}^${given}^^^^^L`,
    ...(usedName === undefined ? [] : [`PID-5|${plain(usedName)}^${given}^^^^^D`]),
    `PID-7|${birthDate.replaceAll('-', '')}`,
    `PID-8|${sex}`,
    ...(birthPlace === undefined ? [] : [`PID-11|^^^^^^BDL^^${birthPlace}`]),
  ];
}
