import { GENERAL_PROFILE, profileSlug } from '../profiles/index.ts';
import { MAX_FORMER_IDS, readFormerIds } from './former-ids.ts';
import { idsOfCell, sectionOfId, visibleId } from './id.ts';
import type { MessageCode } from './message.ts';
import type { ProofCell, Row } from './row.ts';
import type { Field } from './header.ts';
import type { Nature, RequirementNote, ScenarioNote, VendorAnswer } from './types.ts';
import { isCriticality, isKnownStatus, natureOfStatement, readNature, readYesNo } from './values.ts';

export interface ReadProof {
  readonly id: string;
  readonly rawId: string;
  readonly text: string;
}

/** A proof as a row writes it. */
export interface FoundProof extends ProofCell {
  readonly row: number;
  readonly sheet?: string;
  /** Id of the requirement of the row. */
  readonly requirement: string;
}

export interface ReadScenario {
  /** Empty until `settle` when the workbook gives no number. */
  id: string;
  rawId: string;
  readonly row: number;
  readonly sheet?: string;
  /** Header of the column of its number. */
  readonly column: string;
  /** Id of the first requirement that it stands under. */
  owner: string;
  /** Number as written under each requirement that names it, by requirement id. */
  readonly numbers: Map<string, string>;
  text: string;
  /** In the order of the rows; `proofs` is made of them at the end. */
  readonly found: FoundProof[];
  notes: Readonly<Partial<Record<ScenarioNote, string>>>;
  readonly proofs: ReadProof[];
}

export interface ReadRequirement {
  readonly id: string;
  readonly rawId: string;
  readonly row: number;
  readonly profile: string;
  readonly section: string;
  /** No cell says the section: it is deduced from the number. */
  readonly sectionDerived?: true;
  readonly sectionTitle: string;
  readonly block: string;
  readonly function: string;
  readonly nature: Nature;
  readonly statement: string;
  readonly previousIds: readonly string[];
  readonly notes: Partial<Record<RequirementNote, string>>;
  readonly vendor: Partial<Record<VendorAnswer, string>>;
  readonly scenarios: ReadScenario[];
}

/** Takes a message about a row. */
export type Say = (code: MessageCode, row: number, column?: string, value?: string, detail?: string) => void;

export interface Sayer {
  readonly say: Say;
}

/** What the reader knows beside the row. */
export interface ReadingContext {
  /** Nature when the workbook has no such column and the statement has no verb. */
  readonly knownNature: (id: string) => Nature | undefined;
  /** Section of a requirement that the catalogue knows. */
  readonly knownSection: (id: string) => string | undefined;
  /** Whether sections are written `ID_label` in this workbook. */
  readonly joinedSections: boolean;
}

const NOTES: readonly RequirementNote[] = [
  'conditional',
  'criticality',
  'publicationStatus',
  'perimeter',
  'comment',
  'profileHistory',
  'order',
  'version',
  'readyForPublication',
  'requirementRef',
  'internalNote',
  'segurRem',
];

const ANSWERS: readonly VendorAnswer[] = ['applicable', 'whyNot', 'carriedBy', 'conform', 'vendorComment'];

/** Reads what the first row of a requirement says of it, with the checks C1 to C5, C9 and C11. */
export function readRequirement(
  row: Row,
  id: string,
  rawId: string,
  { say }: Sayer,
  { knownNature, knownSection, joinedSections }: ReadingContext,
): ReadRequirement {
  const profile = row.get('profile');
  if (row.has('profile') && profile === '') say('C1', row.number, row.header('profile'));
  const conditional = readYesNo(row.get('conditional'));
  if (conditional !== undefined && profile !== '' && conditional !== (profileSlug(profile) !== GENERAL_PROFILE)) {
    say('C2', row.number, row.header('conditional'), row.get('conditional'), profile);
  }
  const criticality = row.get('criticality');
  if (criticality !== '' && !isCriticality(criticality)) {
    say('C5', row.number, row.header('criticality'), criticality);
  }
  const status = row.get('publicationStatus');
  if (status !== '' && !isKnownStatus(status)) say('J23', row.number, row.header('publicationStatus'), status);
  if (row.has('function') && row.get('function') === '') {
    say('C11', row.number, row.header('function'), id, 'la fonction manque');
  }
  const former = readFormerIds(row.get('previousId'));
  for (const odd of former.odd) say('J12', row.number, row.header('previousId'), visibleId(odd));
  if (former.more > 0) {
    say('J24', row.number, row.header('previousId'), id, String(MAX_FORMER_IDS));
  }
  const read: ReadRequirement = {
    id,
    rawId,
    row: row.number,
    profile,
    ...sectionOf(row, knownSection(id) ?? sectionOfId(id), say, joinedSections),
    block: row.get('block'),
    function: row.get('function'),
    nature: natureOf(row, id, say, knownNature),
    statement: row.get('statement'),
    previousIds: former.ids,
    notes: {},
    vendor: {},
    scenarios: [],
  };
  completeRequirement(row, read, say);
  return read;
}

/** Takes from a row the notes and answers that no earlier row of the requirement gave. */
export function completeRequirement(row: Row, read: ReadRequirement, say: Say): void {
  const complete = <F extends Field>(fields: readonly F[], into: Partial<Record<F, string>>): void => {
    for (const field of fields) {
      const value = row.get(field);
      if (value !== '' && into[field] === undefined) into[field] = value;
    }
  };
  complete(NOTES, read.notes);
  complete(ANSWERS, read.vendor);
  const base = row.get('baseRef');
  if (base === '' || read.notes.baseRef !== undefined) return;
  const links = idsOfCell(base);
  if (links.length > 1) say('C9', row.number, row.header('baseRef'), base, read.id);
  else read.notes.baseRef = base;
}

const JOINED_SECTION = /^([\p{L}/]+)_(.+)$/su;
const USUAL_SECTION = /^\p{Lu}[\p{L}\d_-]*(?:\/\p{Lu}[\p{L}\d_-]*)?$/u;

/** Whether a workbook writes its sections `ID_label`, as the tool of the ANS does. */
export function writesJoinedSections(rows: readonly Row[]): boolean {
  return rows.some((row) => !row.has('sectionId') && JOINED_SECTION.test(row.get('section')));
}

/**
 * The ANS writes a section `ID_label` in its tool, and splits it in two columns, or keeps the label, in its files.
 *
 * @param derived what the number of the requirement says of its section
 */
function sectionOf(
  row: Row,
  derived: string,
  say: Say,
  joinedSections: boolean,
): Pick<ReadRequirement, 'section' | 'sectionTitle' | 'sectionDerived'> {
  const label = row.get('section');
  const joined = JOINED_SECTION.exec(label);
  const section = row.get('sectionId') || joined?.[1] || '';
  if (section !== '' && !USUAL_SECTION.test(section)) {
    const column = row.has('sectionId') ? row.header('sectionId') : row.header('section');
    say('C11', row.number, column, section, 'un domaine s’écrit en lettres, sans espace ni ponctuation');
  }
  if (section === '' && joinedSections && label !== '') {
    say('C3', row.number, row.header('section'), label, derived);
  } else if (section === '' && (row.has('sectionId') || label === '') && (row.has('sectionId') || row.has('section'))) {
    say('C3', row.number, row.header('sectionId') || row.header('section'), '', derived);
  }
  // An export writes the section it deduced, and says so.
  const isDerived = section === '' || (section === derived && readYesNo(row.get('sectionDerived')) === true);
  return {
    section: section || derived,
    ...(isDerived ? { sectionDerived: true } : {}),
    sectionTitle: joined?.[2] ?? label,
  };
}

function natureOf(row: Row, id: string, say: Say, knownNature: (id: string) => Nature | undefined): Nature {
  const value = row.get('nature');
  const read = readNature(value);
  if (read !== undefined) return read;
  const derived = natureOfStatement(row.get('statement')) ?? knownNature(id) ?? 'DOIT';
  if (row.has('nature')) say('C4', row.number, row.header('nature'), value, derived);
  return derived;
}

/** Compares a later row of a requirement with what the first one said. */
export function compareRequirement(row: Row, known: ReadRequirement, say: Say): void {
  const differs = (field: 'profile' | 'statement', kept: string): void => {
    const value = row.get(field);
    if (value !== '' && value !== kept) say('J07', row.number, row.header(field), value.slice(0, 60), known.id);
  };
  differs('profile', known.profile);
  differs('statement', known.statement);
  const nature = readNature(row.get('nature'));
  if (nature !== undefined && nature !== known.nature) {
    say('J07', row.number, row.header('nature'), row.get('nature'), known.id);
  }
}
