import { slotsOf } from '../rem/query.ts';
import type { Rem, Requirement } from '../rem/types.ts';
import { eachOnce } from './each-once.ts';
import { namesOf } from './former-ids.ts';
import { areLinked, relatives } from './links.ts';
import { isOfficial, matchRems, type Match } from './match.ts';
import { absentFields, compareMove, compareNature } from './place.ts';
import { compareProofs } from './proofs.ts';
import { compareNumbers, isRenumbered } from './renumbering.ts';
import type { AddedEntry, Fate, LoneEntry, NotCompared, RemDiff, RemovedEntry, RemSide } from './types.ts';
import { compareWording } from './wording.ts';
import { createWordDiffer } from './words.ts';

/**
 * What changed from one REM to another, of the same wave or not, of the same couloir or not.
 *
 * Pure and bounded: no clock, no file; 2,000 requirements against as many take a few seconds whatever they hold. When a
 * side is the embedded catalogue its titles are ours, so wording is not compared: `notCompared` says it.
 */
export function compareRems(before: Rem, after: Rem): RemDiff {
  const matches = matchRems(before, after);
  const wording = isOfficial(before) && isOfficial(after);
  const absent = absentFields(before, after);
  const notCompared: readonly NotCompared[] = [...(wording ? [] : (['wording'] as const)), ...absent];
  const words = createWordDiffer();
  const perMatch = matches.map((match) => {
    const wordings = wording ? match.pairs.map((pair) => compareWording(pair, words)) : [];
    return {
      match,
      reworded: wordings.flatMap((each) => each.reworded),
      typographyOnly: wordings.flatMap((each) => each.typographyOnly),
      renumbered: compareNumbers(match, before, after),
      moved: match.pairs.flatMap((pair) => compareMove(pair, absent, wording) ?? []),
      natureChanged: match.pairs.flatMap((pair) => compareNature(pair) ?? []),
      proofsChanged: eachOnce(match.pairs).flatMap((pair) => compareProofs(pair, wording)),
    };
  });
  const removed = removedEntries(matches, before, after);
  const lists = {
    added: addedEntries(matches, before, after),
    removed,
    silentlyRemoved: removed.filter(({ markedObsolete }) => !markedObsolete),
    obsoleted: removed.filter(({ markedObsolete }) => markedObsolete),
    reworded: perMatch.flatMap((each) => each.reworded),
    typographyOnly: perMatch.flatMap((each) => each.typographyOnly),
    renumbered: perMatch.flatMap((each) => each.renumbered),
    moved: perMatch.flatMap((each) => each.moved),
    natureChanged: perMatch.flatMap((each) => each.natureChanged),
    proofsChanged: perMatch.flatMap((each) => each.proofsChanged),
  };
  const fates = perMatch.map(({ match, ...changes }): Fate => {
    const touched = Object.values(changes).some((list) => list.length > 0);
    return {
      fate: fateOf(match, before, after, touched),
      before: match.before.map((place) => before.requirements[place]?.id ?? ''),
      after: match.after.map((place) => after.requirements[place]?.id ?? ''),
    };
  });
  const unchanged = fates.filter(({ fate }) => fate === 'same').length;
  return {
    from: sideOf(before),
    to: sideOf(after),
    identical: unchanged === fates.length,
    linked: areLinked(before, after),
    notCompared,
    summary: {
      unchanged,
      added: lists.added.length,
      removed: lists.removed.length,
      silentlyRemoved: lists.silentlyRemoved.length,
      obsoleted: lists.obsoleted.length,
      reworded: lists.reworded.length,
      typographyOnly: lists.typographyOnly.length,
      renumbered: lists.renumbered.length,
      moved: lists.moved.length,
      natureChanged: lists.natureChanged.length,
      proofsChanged: lists.proofsChanged.length,
    },
    ...lists,
    fates,
  };
}

function fateOf(match: Match, before: Rem, after: Rem, touched: boolean): Fate['fate'] {
  if (match.before.length === 0) return 'added';
  if (match.after.length === 0) return 'removed';
  if (isRenumbered(match, before, after)) return 'renumbered';
  return touched ? 'changed' : 'same';
}

function addedEntries(matches: readonly Match[], before: Rem, after: Rem): readonly AddedEntry[] {
  const related = relatives(before, after);
  const obsolete = namesIn(before);
  return matches
    .filter((match) => match.before.length === 0)
    .flatMap(({ after: places }) =>
      places.flatMap((place) => {
        const requirement = after.requirements[place];
        if (requirement === undefined) return [];
        const wasObsolete = obsolete.has(requirement.id);
        return [{ ...loneEntry(requirement, after), relatedTo: related(place), wasObsolete }];
      }),
    );
}

function removedEntries(matches: readonly Match[], before: Rem, after: Rem): readonly RemovedEntry[] {
  const obsolete = namesIn(after);
  return matches
    .filter((match) => match.after.length === 0)
    .flatMap(({ before: places }) =>
      places.flatMap((place) => {
        const requirement = before.requirements[place];
        if (requirement === undefined) return [];
        const markedObsolete = namesOf(requirement, before).own.some((name) => obsolete.has(name));
        return [{ ...loneEntry(requirement, before), markedObsolete }];
      }),
    );
}

/** Every number that the obsolete rows of a REM name, their own or a former one. */
function namesIn(rem: Rem): ReadonlySet<string> {
  return new Set(
    rem.obsolete.flatMap((requirement) => {
      const { own, former } = namesOf(requirement, rem);
      return [...own, ...former];
    }),
  );
}

function loneEntry(requirement: Requirement, rem: Rem): LoneEntry {
  const { id, rawId, title, statement, nature, profile, section } = requirement;
  return {
    id,
    rawId,
    title,
    statement: isOfficial(rem) ? statement : '',
    nature,
    profile,
    section,
    slots: slotsOf([requirement]).map(({ slot }) => slot.id),
  };
}

function sideOf(rem: Rem): RemSide {
  const { category, wave, layout, source, sha256, requirements } = rem;
  return {
    category,
    wave,
    layout,
    source,
    sha256,
    official: isOfficial(rem),
    requirements: requirements.length,
    slots: slotsOf(requirements).length,
  };
}
