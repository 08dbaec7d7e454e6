import { shareableIns } from '../identity/index.ts';
import type { Patient } from '../model/types.ts';
import { withoutAccents } from './names.ts';

/** Ends a field whose length is not fixed. */
const SEPARATOR = '\u001D';
const MAX_NAME = 100;

/**
 * Message of the INS datamatrix of a qualified identity: a header of zeros after the marker, then the matricule, its OID
 * and the traits. Our reading of the national specification, which no public source confirms.
 *
 * @returns undefined when the INS may not be shared, hence not printed (rule 28)
 */
export function datamatrixMessage(patient: Patient, faults: ReadonlySet<string>): string | undefined {
  const ins = faults.has('pdf-ins-non-qualifiee') ? patient.ins : shareableIns(patient);
  if (!ins || faults.has('pdf-sans-datamatrix')) return undefined;
  const { traits } = patient;
  const sex = faults.has('pdf-datamatrix-autre-sexe') ? otherSex(traits.sex) : traits.sex;
  const header = faults.has('pdf-datamatrix-sans-entete') ? 'IS01' : `IS01${'0'.repeat(22)}`;
  const fields = [
    `S1${ins.matricule}`,
    `S2${ended(ins.oid, 20)}`,
    `S3${ended(printable(traits.firstNames.join(' ')), MAX_NAME)}`,
    `S4${ended(printable(traits.birthName), MAX_NAME)}`,
    `S5${sex}`,
    `S6${traits.birthDate.split('-').toReversed().join('-')}`,
    ...(traits.birthPlace === undefined ? [] : [`S7${traits.birthPlace}`]),
  ];
  return header + fields.join('');
}

/** A field as long as it may be needs no separator. */
function ended(value: string, max: number): string {
  const cut = value.slice(0, max);
  return cut.length === max ? cut : `${cut}${SEPARATOR}`;
}

/** Capitals, figures, blanks and hyphens: what a symbol writes at the least cost. */
function printable(name: string): string {
  return withoutAccents(name)
    .toUpperCase()
    .replace(/[^A-Z0-9 -]/g, ' ');
}

function otherSex(sex: 'M' | 'F'): 'M' | 'F' {
  return sex === 'M' ? 'F' : 'M';
}
