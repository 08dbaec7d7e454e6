import { InvalidArgumentError } from 'commander';
import { profileSlug } from '#dsr/profiles/index.ts';
import type { EvidenceClass, Nature, Rem, Requirement } from '#dsr/rem/index.ts';
import { EXIT } from '#tracker/domain/index.ts';
import { CliError } from './errors.ts';

/** What of a REM is listed; everything when a field is absent. */
export interface RemFilter {
  readonly section?: readonly string[];
  readonly profile?: readonly string[];
  readonly nature?: Nature;
  /** Requirements with a slot of that class. */
  readonly class?: EvidenceClass;
  /** Words found anywhere in ids, titles and wording; case and accents do not count. */
  readonly text?: string;
}

/** French names beside the words of the model. */
const CLASSES: Readonly<Record<string, EvidenceClass>> = {
  bench: 'bench',
  banc: 'bench',
  rehearsal: 'rehearsal',
  repetition: 'rehearsal',
  human: 'human',
  humaine: 'human',
};

export function parseNature(value: string): Nature {
  const nature = value.toUpperCase();
  if (nature === 'DOIT' || nature === 'PEUT') return nature;
  throw new InvalidArgumentError(`Nature inconnue : ${value}. Choisissez DOIT ou PEUT.`);
}

export function parseClass(value: string): EvidenceClass {
  const found = CLASSES[fold(value)];
  if (found) return found;
  throw new InvalidArgumentError(`Classe inconnue : ${value}. Choisissez bench, rehearsal ou human.`);
}

/**
 * The requirements that a filter keeps, as a question to ask of each.
 *
 * @throws {CliError} `FILTRE_INCONNU` when a section or a profile is none of the REM: an empty list would be read as
 * « nothing is asked for »
 */
export function requirementFilter(rem: Rem, filter: RemFilter): (requirement: Requirement) => boolean {
  const sections = filter.section?.map(fold);
  const profiles = filter.profile?.map(profileSlug);
  const words = fold(filter.text ?? '')
    .split(/\s+/)
    .filter(Boolean);
  refuseUnknown(
    'section',
    filter.section,
    rem,
    (one) => sectionNames(one).map(fold),
    fold,
    ({ section }) => section,
  );
  refuseUnknown(
    'profil',
    filter.profile,
    rem,
    (one) => [profileSlug(one.profile)],
    profileSlug,
    (one) => profileSlug(one.profile),
  );
  return (requirement) =>
    (sections === undefined || sectionNames(requirement).some((name) => sections.includes(fold(name)))) &&
    (profiles === undefined || profiles.includes(profileSlug(requirement.profile))) &&
    (filter.nature === undefined || requirement.nature === filter.nature) &&
    (filter.class === undefined || slotClasses(requirement).includes(filter.class)) &&
    (words.length === 0 || contains(requirement, words));
}

/** `DMP` keeps `DMP/UX` too. */
function sectionNames({ section }: Requirement): readonly string[] {
  return [section, section.split('/')[0] ?? section];
}

function slotClasses({ scenarios }: Requirement): readonly EvidenceClass[] {
  return scenarios.flatMap(({ proofs }) => proofs.map(({ evidenceClass }) => evidenceClass));
}

function contains(requirement: Requirement, words: readonly string[]): boolean {
  const { id, rawId, previousIds, title, statement, block, function: feature, scenarios } = requirement;
  const parts = [id, rawId, ...previousIds, title, statement, block, feature].concat(
    scenarios.flatMap((scenario) => [
      scenario.id,
      scenario.text,
      scenario.title ?? '',
      ...scenario.proofs.flatMap((slot) => [slot.id, slot.text, slot.title ?? '']),
    ]),
  );
  const text = fold(parts.join('\n'));
  return words.every((word) => text.includes(word));
}

function refuseUnknown(
  noun: string,
  asked: readonly string[] | undefined,
  rem: Rem,
  namesOf: (requirement: Requirement) => readonly string[],
  normal: (name: string) => string,
  shown: (requirement: Requirement) => string,
): void {
  const known = new Set(rem.requirements.flatMap(namesOf));
  const unknown = asked?.filter((name) => !known.has(normal(name))) ?? [];
  if (unknown.length === 0) return;
  const choices = [...new Set(rem.requirements.map(shown))].filter(Boolean);
  throw new CliError(
    'FILTRE_INCONNU',
    EXIT.usage,
    `La REM ${rem.category} ${rem.wave} (${rem.source}) n'a pas de ${noun} « ${unknown.join(' », « ')} ».`,
    `Choisissez parmi : ${choices.join(', ')}.`,
  );
}

function fold(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
