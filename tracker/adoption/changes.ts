import { GENERAL_PROFILE, profileSlug } from '#dsr/profiles/index.ts';
import type { Requirement } from '#dsr/rem/index.ts';
import { sameText, slotChanges, type RequirementPair } from '#dsr/rem-diff/index.ts';

type SlotPair = RequirementPair['slots'][number];

/**
 * What a piece answered for that is no longer so, as French phrases without capital nor full stop; none when the piece
 * still answers.
 *
 * @param wording whether both REMs hold the official text
 */
export function changesUnder(pair: RequirementPair, { before, after }: SlotPair, wording: boolean): readonly string[] {
  const phrases: string[] = [];
  if (wording) {
    if (!sameText(before.slot.text, after.slot.text)) phrases.push('le texte de la preuve a changé');
    if (!sameText(before.scenario.text, after.scenario.text)) phrases.push('les étapes du scénario ont changé');
    if (!sameText(pair.before.statement, pair.after.statement)) phrases.push('l’énoncé de l’exigence a changé');
  }
  const asked = slotChanges(before.slot, after.slot, wording);
  if (asked.includes('kinds') || asked.includes('alternatives')) phrases.push('les pièces attendues ont changé');
  if (asked.includes('class')) phrases.push('la classe de preuve a changé');
  if (asked.includes('condition')) phrases.push('le cas où la preuve est due a changé');
  return phrases;
}

/**
 * What changed beside the texts, which a piece does not answer for but the vendor has to know: whether the requirement is
 * mandatory, and who answers for it. French phrases without capital nor full stop.
 *
 * @param profiles declared by the product, when known: a profile that it leaves or enters is then told
 */
export function changesBeside(
  { before, after }: RequirementPair,
  profiles: readonly string[] | undefined,
): readonly string[] {
  const phrases: string[] = [];
  if (before.nature !== after.nature) phrases.push(`l’exigence passe de ${before.nature} à ${after.nature}`);
  const slug = (requirement: Requirement): string => profileSlug(requirement.profile) || GENERAL_PROFILE;
  if (slug(before) !== slug(after)) {
    const declared = new Set([GENERAL_PROFILE, ...(profiles ?? []).map(profileSlug)]);
    const outside = profiles !== undefined && !declared.has(slug(after)) ? ', que le produit ne déclare pas' : '';
    phrases.push(`l’exigence passe du profil « ${before.profile} » au profil « ${after.profile} »${outside}`);
  }
  return phrases;
}

/** Phrases as one French sentence. */
export function sentence(phrases: readonly string[]): string {
  const text = phrases.join(' ; ');
  return text === '' ? '' : `${text[0]?.toUpperCase()}${text.slice(1)}.`;
}
