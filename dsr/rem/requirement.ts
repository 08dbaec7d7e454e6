import { GENERAL_PROFILE, profileSlug } from '../profiles/index.ts';
import { normaliseId, sectionOfId } from './id.ts';
import type { MessageCode } from './message.ts';
import type { Row } from './row.ts';
import type { Nature } from './types.ts';
import { isCriticality, natureOfStatement, readNature, readYesNo } from './values.ts';

export interface ReadProof {
  readonly id: string;
  readonly rawId: string;
  readonly text: string;
}

export interface ReadScenario {
  readonly id: string;
  readonly rawId: string;
  readonly row: number;
  /** Id of the requirement it was first seen under. */
  readonly owner: string;
  text: string;
  readonly proofs: ReadProof[];
}

export interface ReadRequirement {
  readonly id: string;
  readonly rawId: string;
  readonly row: number;
  readonly profile: string;
  readonly section: string;
  readonly sectionTitle: string;
  readonly block: string;
  readonly function: string;
  readonly nature: Nature;
  readonly statement: string;
  readonly previousIds: readonly string[];
  readonly scenarios: ReadScenario[];
}

/** Takes a message about a row. */
export type Say = (code: MessageCode, row: number, column?: string, value?: string, detail?: string) => void;

/**
 * Reads what the first row of a requirement says of it, with the checks C1 to C5.
 *
 * @param knownNature nature when the workbook has no such column and the statement has no verb
 */
export function readRequirement(
  row: Row,
  id: string,
  rawId: string,
  say: Say,
  knownNature: (id: string) => Nature | undefined,
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
  return {
    id,
    rawId,
    row: row.number,
    profile,
    ...sectionOf(row, id, say),
    block: row.get('block'),
    function: row.get('function'),
    nature: natureOf(row, id, say, knownNature),
    statement: row.get('statement'),
    previousIds: row
      .get('previousId')
      .split(/[;,\n]+/u)
      .map(normaliseId)
      .filter((previous) => previous !== ''),
    scenarios: [],
  };
}

/** The ANS writes a section `ID_label` in its tool, and splits it in two columns, or keeps the label, in its files. */
function sectionOf(row: Row, id: string, say: Say): { section: string; sectionTitle: string } {
  const label = row.get('section');
  const joined = /^([\p{L}/]+)_(.+)$/u.exec(label);
  const section = row.get('sectionId') || joined?.[1] || '';
  if (section === '' && (row.has('sectionId') || label === '') && (row.has('sectionId') || row.has('section'))) {
    const column = row.header('sectionId') || row.header('section');
    say('C3', row.number, column, '', sectionOfId(id));
  }
  return { section: section || sectionOfId(id), sectionTitle: joined?.[2] ?? label };
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
