import { escapeXml } from '#formats/xml/index.ts';
import type { TestPatient } from '../population/types.ts';

/** Parts that the HL7 v3 answers of the DMP share. Source: protocols.md §2.3. */

export function device(role: string, typeCode: string, root: string, software: string): string {
  return (
    `<${role} typeCode="${typeCode}"><device classCode="DEV" determinerCode="INSTANCE"><id root="${escapeXml(root)}"/>` +
    `<softwareName>${escapeXml(software)}</softwareName></device></${role}>`
  );
}

export function idElement(value: { readonly root: string; readonly extension: string }, name = 'id'): string {
  return `<${name} root="${escapeXml(value.root)}" extension="${escapeXml(value.extension)}"/>`;
}

/** `yyyyMMddHHmmss`, UTC. */
export function timestamp(date: Date): string {
  return date.toISOString().replace(/[-:T]/g, '').slice(0, 14);
}

/** Nobody's address: the population has none, and TD1.3a shows one. */
const ADDRESS =
  '<addr><streetAddressLine>1 RUE DU TEST</streetAddressLine><postalCode>63000</postalCode><city>CLERMONT-FERRAND</city></addr>';

/** Nobody's telephone: a number of the range kept for fiction. */
const TELECOM = '<telecom use="HP" value="tel:0199000000"/>';

/**
 * Traits that the DMP holds; the usage name is the one of the real service when it knows none.
 * @param shown `reached`: with telecom, as TD0.2; `administrative`: with civility and address too, as TD1.3a
 */
export function patientPerson(patient: TestPatient, shown: 'traits' | 'reached' | 'administrative' = 'traits'): string {
  const administrative = shown === 'administrative';
  const prefix = `<prefix>${patient.sex === 'F' ? 'MME' : 'M'}</prefix>`;
  return (
    `<patientPerson classCode="PSN" determinerCode="INSTANCE"><name>${administrative ? prefix : ''}` +
    `<given>${escapeXml(patient.firstNames[0] ?? '')}</given><family qualifier="SP">NON RENSEIGNE</family>` +
    `<family qualifier="BR">${escapeXml(patient.birthName)}</family></name>${shown === 'traits' ? '' : TELECOM}` +
    `<administrativeGenderCode code="${patient.sex}" codeSystem="2.16.840.1.113883.5.1"/>` +
    `<birthTime value="${patient.birthDate.replaceAll('-', '')}"/>${administrative ? ADDRESS : ''}</patientPerson>`
  );
}
