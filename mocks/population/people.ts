import { NAMES } from './data.ts';
import { frenchNumber } from './french-number.ts';
import type { TestProfessional, TestStructure } from './types.ts';

/** Domain of the bench's mailboxes. `.test` is reserved (RFC 2606): a mail that escapes goes nowhere. */
export const MAIL_DOMAIN = 'banc.mssante.test';

/** The laboratory that runs the product under test. FINESS of the fictitious department 0B, as ANS test sets use. */
export const LABORATORY: TestStructure = {
  id: '10B0152872',
  finess: '0B0152872',
  name: 'LABORATOIRE DE BIOLOGIE TEST',
  sector: 'SA25',
  mailbox: `laboratoire@${MAIL_DOMAIN}`,
  city: 'CHAMALIERES',
  postalCode: '63400',
};

function practice(number: number): TestStructure {
  const finess = withLuhn(`0B02${String(number).padStart(4, '0')}`);
  return {
    id: `1${finess}`,
    finess,
    name: `CABINET TEST ${frenchNumber(number)}`,
    sector: number % 2 === 0 ? 'SA08' : 'SA07',
    mailbox: `cabinet-${number}@${MAIL_DOMAIN}`,
    city: number % 2 === 0 ? 'REIMS' : 'CLERMONT-FERRAND',
    postalCode: number % 2 === 0 ? '51100' : '63000',
  };
}

/**
 * Appends the Luhn digit: a RPPS number is 10 digits and its key, a FINESS number 8 characters and its key. A letter of
 * the department (2A, 2B, the fictitious 0B) counts as its place in the alphabet; verified on the FINESS numbers of the
 * published test sets (protocols.md §0.1).
 */
export function withLuhn(digits: string): string {
  let sum = 0;
  for (const [index, character] of digits.split('').reverse().entries()) {
    const value = /\d/.test(character) ? Number(character) : character.charCodeAt(0) - 64;
    const doubled = index % 2 === 0 ? value * 2 : value;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

const SPECIALITIES = ['SM03', 'SM26', 'SM54', 'SM04'];

function professional(number: number): TestProfessional {
  // The first two are the laboratory's own biologists (doctor and pharmacist), the others prescribe from practices.
  const biologist = number <= 2;
  const pharmacist = number === 2;
  const rpps = withLuhn(`9970000${String(number).padStart(3, '0')}`);
  const woman = number % 2 === 1;
  const firstNames = NAMES.firstNames[woman ? 'F' : 'M'];
  const firstName = firstNames[number % firstNames.length] ?? 'CAMILLE';
  const lastName = `PROTEST-${frenchNumber(number)}`;
  return {
    nationalId: `8${rpps}`,
    rpps,
    lastName,
    firstName,
    profession: pharmacist ? '21' : '10',
    speciality: biologist ? 'SM03' : (SPECIALITIES[1 + (number % 3)] ?? 'SM26'),
    civility: woman ? 'MME' : 'M',
    title: pharmacist ? 'PHARM' : 'DR',
    mailbox: `${firstName}.${lastName}@${MAIL_DOMAIN}`.toLowerCase(),
    structure: biologist ? LABORATORY : practice(number),
  };
}

/** The professionals of the bench: 2 biologists of the laboratory, then 158 prescribers, each in a practice of their own. */
export function makeProfessionals(): readonly TestProfessional[] {
  return Array.from({ length: 160 }, (_, index) => professional(index + 1));
}
