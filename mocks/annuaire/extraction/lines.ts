import { labelOf } from '../labels.ts';
import type { Directory, DirectoryMailbox, DirectoryPerson } from '../types.ts';
import type { TestStructure } from '../../population/types.ts';
import { SEPARATOR, type ExtractionLayout } from './layout.ts';

type Row = Readonly<Record<string, string>>;

/**
 * Lines of a file, header first, LF line ends, a separator after the last field as the public files have it.
 * @param rows taken one by one, so that a whole extraction never stands in memory
 */
export function* linesOf(layout: ExtractionLayout, rows: Iterable<Row>): Generator<string> {
  yield `${layout.columns.map(({ title }) => title).join(SEPARATOR)}${SEPARATOR}\n`;
  for (const row of rows) {
    const cells = layout.columns.map(({ field }) => (field === undefined ? '' : (row[field] ?? '')));
    yield `${cells.map((cell) => cell.replace(/[|\r\n]/gu, ' ')).join(SEPARATOR)}${SEPARATOR}\n`;
  }
}

/** One row per activity of an active professional. */
export function* activityRows(directory: Directory): Generator<Row> {
  for (const person of directory.people.filter((one) => one.active)) {
    for (const { structure } of person.activities) yield { ...personCells(person), ...structureCells(structure) };
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
