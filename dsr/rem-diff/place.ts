import { profileSlug } from '../profiles/index.ts';
import type { Rem, Requirement } from '../rem/types.ts';
import { foldText } from './fold.ts';
import { isOfficial } from './match.ts';
import type { MovedEntry, NatureEntry, PlaceField } from './types.ts';
import type { RequirementPair } from './match-inside.ts';

const FIELDS: readonly PlaceField[] = ['profile', 'section', 'block', 'function'];

/** Fields in which the embedded catalogue has words of its own. */
const OWN_WORDS: ReadonlySet<PlaceField> = new Set(['block', 'function']);

/**
 * Fields that cannot be compared: one of the REMs fills them nowhere, since its layout has no such column, or it is the
 * embedded catalogue, whose words are not the official ones.
 */
export function absentFields(before: Rem, after: Rem): readonly PlaceField[] {
  return FIELDS.filter((field) =>
    [before, after].some(
      (rem) =>
        (OWN_WORDS.has(field) && !isOfficial(rem)) ||
        (rem.requirements.length > 0 && rem.requirements.every((each) => each[field] === '')),
    ),
  );
}

/** Whether a requirement changed its profile, section, block or function; undefined when it did not. */
export function compareMove(pair: RequirementPair, absent: readonly PlaceField[]): MovedEntry | undefined {
  const { before, after } = pair;
  const fields = FIELDS.filter((field) => !absent.includes(field) && key(before, field) !== key(after, field));
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

function key(requirement: Requirement, field: PlaceField): string {
  const value = requirement[field];
  return field === 'profile' ? profileSlug(value) : foldText(value).toLowerCase();
}
