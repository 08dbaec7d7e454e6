import { generatedPerson } from '../people.ts';
import { labelOf } from '../labels.ts';
import type { Directory, DirectoryMailbox, DirectoryPerson } from '../types.ts';
import type { TestStructure } from '../../population/types.ts';
import type { ExtractionFormat, ExtractionLayout } from './layout.ts';

/** Numbers of the people of large extractions: far from those who arrive day after day. */
const LARGE = 100_000;
const FIRST = new Date(0);

export type Row = Readonly<Record<string, string>>;

/**
 * Lines of a file, header first, LF line ends.
 * @param rows taken one by one, so that a whole extraction never stands in memory
 */
export function* linesOf(
  format: Omit<ExtractionFormat, 'personneActivite' | 'correspondanceMssante'>,
  layout: ExtractionLayout,
  rows: Iterable<Row>,
): Generator<string> {
  const { separator, quoted, endsWithSeparator } = format;
  const cell = (text: string): string => {
    const plain = text.replaceAll(separator, ' ').replace(/[\r\n]/gu, ' ');
    return quoted ? `"${plain.replaceAll('"', '""')}"` : plain;
  };
  const line = (cells: readonly string[]): string =>
    `${cells.map(cell).join(separator)}${endsWithSeparator ? separator : ''}\n`;
  yield line(layout.columns.map(({ title }) => title));
  for (const row of rows) {
    yield line(layout.columns.map(({ field }) => (field === undefined ? '' : (row[field] ?? ''))));
  }
}

/**
 * One row per activity of an active professional.
 * @param atLeast rows to reach, with people that only a large extraction holds
 */
export function* activityRows(directory: Directory, atLeast = 0): Generator<Row> {
  let rows = 0;
  for (const person of directory.people.filter(({ active }) => active)) {
    for (const { structure } of person.activities) yield { ...personCells(person), ...structureCells(structure) };
    rows += person.activities.length;
  }
  for (let number = LARGE + 1; rows < atLeast; number += 1) {
    const person = generatedPerson(number, FIRST);
    if (!person.active) continue;
    const activities = person.activities.slice(0, atLeast - rows);
    for (const { structure } of activities) yield { ...personCells(person), ...structureCells(structure) };
    rows += activities.length;
  }
}

/** One row per mailbox: of a person, of a person in a structure, of a structure. */
export function* mailboxRows(directory: Directory): Generator<Row> {
  for (const person of directory.people.filter((one) => one.active)) {
    for (const one of person.mailboxes) yield { ...mailboxCells(one), ...personCells(person) };
    for (const { structure, mailboxes } of person.activities) {
      for (const one of mailboxes) yield { ...mailboxCells(one), ...personCells(person), ...structureCells(structure) };
    }
  }
  for (const { structure, mailboxes } of directory.structures) {
    for (const one of mailboxes) yield { ...mailboxCells(one), ...structureCells(structure) };
  }
}

function personCells(person: DirectoryPerson): Row {
  const speciality: Row =
    person.speciality === ''
      ? {}
      : {
          specialityType: 'S',
          specialityTypeLabel: 'Spécialité ordinale',
          speciality: person.speciality,
          specialityLabel: labelOf('speciality', person.speciality),
        };
  return {
    identifierType: '8',
    rpps: person.rpps,
    nationalId: person.nationalId,
    title: person.title,
    titleLabel: labelOf('title', person.title),
    civility: person.civility,
    civilityLabel: labelOf('civility', person.civility),
    lastName: person.lastName,
    firstName: person.firstName,
    profession: person.profession,
    professionLabel: labelOf('profession', person.profession),
    category: 'C',
    categoryLabel: 'Civil',
    practiceMode: 'L',
    practiceModeLabel: 'Libéral, indépendant, artisan, commerçant',
    ...speciality,
  };
}

function structureCells(structure: TestStructure): Row {
  return {
    finess: structure.finess,
    structureTechnicalId: `F${structure.finess}`,
    structureIdType: '1',
    structureId: structure.id,
    structureName: structure.name,
    postalLine: `${structure.postalCode} ${structure.city}`,
    postalCode: structure.postalCode,
    city: structure.city,
    sector: structure.sector,
    sectorLabel: labelOf('sector', structure.sector),
  };
}

function mailboxCells(one: DirectoryMailbox): Row {
  return { mailboxType: one.type, mailbox: one.address, digitization: one.digitization ? 'O' : 'N' };
}
