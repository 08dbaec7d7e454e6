import { profileSlug } from '../profiles/index.ts';
import type { Rem, Requirement } from '../rem/types.ts';
import { foldText } from './fold.ts';
import { isOfficial } from './match.ts';
import type { MovedEntry, NatureEntry, NotCompared, PlaceField } from './types.ts';
import type { RequirementPair } from './match-inside.ts';

const FIELDS: readonly PlaceField[] = ['profile', 'section', 'sectionTitle', 'block', 'function'];

/** Fields that a layout may lack as a whole; the label of a section is compared where both sides have one. */
const WHOLE_FIELDS = FIELDS.filter((field) => field !== 'sectionTitle');

/** Fields in which the embedded catalogue has words of its own. */
const OWN_WORDS: ReadonlySet<PlaceField> = new Set(['block', 'function']);

/**
 * Fields that cannot be compared: one of the REMs fills them nowhere, since its layout has no such column, or it is the
 * embedded catalogue, whose words are not the official ones.
 */
export function absentFields(before: Rem, after: Rem): readonly Exclude<PlaceField, 'sectionTitle'>[] {
  return WHOLE_FIELDS.filter((field) =>
    [before, after].some(
      (rem) =>
        (OWN_WORDS.has(field) && !isOfficial(rem)) ||
        (rem.requirements.length > 0 && rem.requirements.every((each) => each[field] === '')),
    ),
  );
}

/**
 * Whether a requirement changed its profile, section, block or function, or its section its label; undefined when none did.
 *
 * @param wording whether both REMs hold the official text, without which labels cannot be compared
 */
export function compareMove(
  pair: RequirementPair,
  absent: readonly NotCompared[],
  wording: boolean,
): MovedEntry | undefined {
  const { before, after } = pair;
  // A section that the reader deduced from the number is not one that a list gave.
  const isDeduced = before.sectionDerived === true || after.sectionDerived === true;
  const isComparable = (field: PlaceField): boolean => !(isDeduced && field === 'section');
  const fields = FIELDS.filter(
    (field) =>
      key(before, field) !== key(after, field) &&
      isComparable(field) &&
      (field === 'sectionTitle' ? wording && hasSameSection(before, after) : !absent.includes(field)),
  );
  if (fields.length === 0) return undefined;
  const pick = (requirement: Requirement): Readonly<Partial<Record<PlaceField, string>>> =>
    Object.fromEntries(fields.map((field) => [field, requirement[field]]));
  return { id: after.id, from: before.id, fields, before: pick(before), after: pick(after) };
}

/** DOIT that became PEUT, or the other way; undefined when the nature is the same. */
export function compareNature({ before, after }: RequirementPair): NatureEntry | undefined {
  if (before.nature === after.nature) return undefined;
  return { id: after.id, from: before.id, before: before.nature, after: after.nature };
}

/** Another section has another label: only that of the same section says something. */
function hasSameSection(before: Requirement, after: Requirement): boolean {
  return before.sectionTitle !== '' && after.sectionTitle !== '' && key(before, 'section') === key(after, 'section');
}

function key(requirement: Requirement, field: PlaceField): string {
  const value = requirement[field];
  return field === 'profile' ? profileSlug(value) : foldText(value).toLowerCase();
}
