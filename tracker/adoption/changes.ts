import { GENERAL_PROFILE, profileSlug } from '#dsr/profiles/index.ts';
import type { Requirement } from '#dsr/rem/index.ts';
import { sameText, slotChanges, type RequirementPair } from '#dsr/rem-diff/index.ts';

type SlotPair = RequirementPair['slots'][number];

/**
 * What a piece answered for that is no longer so, as French phrases without capital nor full stop; none when the piece
 * still answers.
 *
 * @param wording whether both REMs hold the official text
 * @param profiles declared by the product; when not known, any other profile may change who answers
 */
export function changesUnder(
  pair: RequirementPair,
  { before, after }: SlotPair,
  wording: boolean,
  profiles: readonly string[] | undefined,
): readonly string[] {
  const phrases: string[] = [];
  if (wording) {
    if (!sameText(before.slot.text, after.slot.text)) phrases.push('le texte de la preuve a changé');
    if (!sameText(before.scenario.text, after.scenario.text)) phrases.push('les étapes du scénario ont changé');
    if (!sameText(pair.before.statement, pair.after.statement)) phrases.push('l’énoncé de l’exigence a changé');
  }
  const asked = slotChanges(before.slot, after.slot);
  if (asked.includes('kinds') || asked.includes('alternatives')) phrases.push('les pièces attendues ont changé');
  if (asked.includes('class')) phrases.push('la classe de preuve a changé');
  if (asked.includes('condition')) phrases.push('le cas où la preuve est due a changé');
  if (pair.before.nature !== pair.after.nature) {
    phrases.push(`l’exigence passe de ${pair.before.nature} à ${pair.after.nature}`);
  }
  if (changesWhoAnswers(pair, profiles)) {
    phrases.push(`l’exigence passe du profil « ${pair.before.profile} » au profil « ${pair.after.profile} »`);
  }
  return phrases;
}

function changesWhoAnswers({ before, after }: RequirementPair, profiles: readonly string[] | undefined): boolean {
  const slug = (requirement: Requirement): string => profileSlug(requirement.profile) || GENERAL_PROFILE;
  if (slug(before) === slug(after)) return false;
  if (profiles === undefined) return true;
  const declared = new Set([GENERAL_PROFILE, ...profiles.map(profileSlug)]);
  return declared.has(slug(before)) !== declared.has(slug(after));
}

/** Phrases as one French sentence. */
export function sentence(phrases: readonly string[]): string {
  const text = phrases.join(' ; ');
  return text === '' ? '' : `${text[0]?.toUpperCase()}${text.slice(1)}.`;
}
