import { GENERAL_PROFILE, profileSlug } from '#dsr/profiles/index.ts';
import { refusal, type Outcome } from './refusal.ts';

/** A vendor says that a requirement of a declared profile does not concern the product (its statement begins with "si…"). */
export interface NotApplicable {
  /** French: the case in which the requirement holds, as the statement puts it. */
  readonly condition: string;
  /** French: why the product is not in that case. */
  readonly reason: string;
  readonly author: string;
  /** ISO 8601 UTC. */
  readonly at: string;
}

/** Whether a requirement applies to a product, and why: every "no" has a reason that a reviewer can read. */
export type Applicability =
  | { readonly applicable: true; readonly why: 'general' | 'profile'; readonly sentence: string }
  | { readonly applicable: false; readonly why: 'profile-not-declared'; readonly sentence: string }
  | {
      readonly applicable: false;
      readonly why: 'declared';
      readonly sentence: string;
      readonly decision: NotApplicable;
    };

/** A reason shorter than that says nothing to whoever reads it in a year. */
const SHORTEST_REASON = 10;

/**
 * Whether a requirement applies: its profile is Général or is declared, and nobody said otherwise (domain facts §1.7).
 *
 * @param profile as the REM writes it; without any, the requirement counts as general
 * @param declared slugs or names of the profiles that the product declares
 */
export function applicabilityOf(profile: string, declared: readonly string[], decision?: NotApplicable): Applicability {
  const slug = profileSlug(profile);
  const isGeneral = slug === '' || slug === GENERAL_PROFILE;
  if (!isGeneral && !declared.some((name) => profileSlug(name) === slug)) {
    return {
      applicable: false,
      why: 'profile-not-declared',
      sentence: `Le produit ne déclare pas le profil « ${profile} ».`,
    };
  }
  if (decision !== undefined) {
    const { condition, reason } = decision;
    return { applicable: false, why: 'declared', sentence: `${condition} : ${reason}`, decision };
  }
  return isGeneral
    ? { applicable: true, why: 'general', sentence: 'Elle vaut pour tous les produits du couloir.' }
    : { applicable: true, why: 'profile', sentence: `Le produit déclare le profil « ${profile} ».` };
}

/**
 * Judges a decision before it is kept.
 *
 * @returns `CONDITION_MISSING`, `REASON_MISSING`, or `PROFILE_DECIDES` when the profile alone already leaves it out
 */
export function declareNotApplicable(
  profile: string,
  declared: readonly string[],
  decision: NotApplicable,
): Outcome<NotApplicable> {
  const standing = applicabilityOf(profile, declared);
  if (!standing.applicable) {
    return refusal(
      'PROFILE_DECIDES',
      `Cette exigence ne s’applique déjà pas. ${standing.sentence}`,
      'Rien à déclarer.',
    );
  }
  if (decision.condition.trim() === '') {
    return refusal(
      'CONDITION_MISSING',
      'La condition de l’exigence n’est pas dite.',
      'Reprenez le « si… » de l’énoncé : c’est elle que le vérificateur relira.',
    );
  }
  if (decision.reason.trim().length < SHORTEST_REASON) {
    return refusal(
      'REASON_MISSING',
      'La raison de la non-applicabilité n’est pas dite.',
      `Dites en une phrase (${SHORTEST_REASON} caractères au moins) pourquoi le produit n’est pas dans ce cas.`,
    );
  }
  return { ok: true, value: decision };
}
