import { GENERAL_PROFILE, profileSlug } from '#dsr/profiles/index.ts';
import type { Observable, ProofKind, ProofSlot, Requirement, Wave } from '#dsr/rem/index.ts';
import { KINDS, OBSERVABLES } from '#reports/words/index.ts';
import { isFilm } from './modes.ts';
import type { CoverageMode, SuiteScenario } from './types.ts';

/** A slot with everything its reason may speak of. */
export interface Situation {
  readonly slot: ProofSlot;
  readonly requirement: Requirement;
  readonly wave: Wave;
  /** Scenarios that fill the slot, best first. */
  readonly filling: readonly SuiteScenario[];
  /** Scenarios of the wave that judge the requirement without filling this slot. */
  readonly judging: readonly SuiteScenario[];
  /** Scenarios that fill the slot, but only in another wave or for a profile that no product of this REM declares. */
  readonly elsewhere: readonly SuiteScenario[];
}

/** Official proofs that somebody else delivers, with their article. */
const EXTERNAL: Readonly<Partial<Record<ProofKind, string>>> = {
  'gazelle-link': 'le lien Gazelle',
  'mss-tool-run-id': 'le n° d’exécution de l’outil MSSanté',
  'cnda-certificate': 'le certificat CNDA',
  'pentest-form': 'le formulaire de test d’intrusion',
};

/** In the order in which they are said. */
const VISIBLE: readonly Observable[] = ['insi', 'dmp', 'mssante', 'annuaire', 'psc', 'hl7', 'cda', 'fichier'];

/**
 * Why a slot is in its mode, in French: a sentence that is the same for every slot in the same case, then what is
 * proper to this slot.
 */
export function reasonOf(mode: CoverageMode, situation: Situation): { summary: string; reason: string } {
  const { slot } = situation;
  const [summary, ...details] = SENTENCES[mode](situation);
  const condition = slot.condition ? `Preuve conditionnelle : ${slot.condition}.` : '';
  return { summary, reason: [summary, ...details, condition].filter((part) => part !== '').join(' ') };
}

type Sentences = readonly [summary: string, ...details: string[]];

const SENTENCES: Readonly<Record<CoverageMode, (situation: Situation) => Sentences>> = {
  automatic: (situation) =>
    situation.slot.evidenceClass === 'rehearsal'
      ? [rehearsal(situation.slot), profileNote(situation)]
      : ['Un scénario joue l’exigence et le banc fait la pièce.', profileNote(situation)],
  recorded: (situation) => [
    situation.slot.kinds.some(isFilm)
      ? 'Un scénario joue et juge le comportement ; la pièce est l’enregistrement de ce qu’il joue.'
      : 'Un scénario joue et juge le comportement ; une personne fournit la pièce.',
    asked(situation.slot),
    profileNote(situation),
  ],
  guided: (situation) => [
    'Un testeur agit dans le produit en suivant le scénario ; le banc juge ce qu’il voit.',
    situation.slot.evidenceClass === 'rehearsal' ? rehearsal(situation.slot) : '',
    situation.slot.evidenceClass === 'human' ? asked(situation.slot) : '',
    profileNote(situation),
  ],
  attestation: () => ['Seule une attestation de l’éditeur est demandée : il n’y a rien à jouer.'],
  document: ({ slot }) => [
    slot.evidenceClass === 'rehearsal'
      ? 'Un organisme extérieur délivre la pièce : il n’y a qu’à la joindre.'
      : 'Seuls des documents sont demandés : il n’y a qu’à les joindre.',
    asked(slot),
  ],
  none: (situation) => [missing(situation), ...missingDetails(situation), asked(situation.slot)],
};

function missing({ slot, requirement, wave, judging, elsewhere }: Situation): string {
  const inWave = elsewhere.find(({ tags }) => tags.waves.includes(wave));
  if (inWave !== undefined) {
    return `Un scénario remplit cette preuve pour un profil que cette REM n’a pas (${inWave.tags.profiles.join(', ') || 'aucun'}).`;
  }
  if (elsewhere.length > 0) {
    const waves = [...new Set(elsewhere.flatMap(({ tags }) => tags.waves))];
    return `Un scénario remplit cette preuve en ${waves.join(', ') || 'une autre vague'}, aucun en ${wave}.`;
  }
  if (judging.length > 0) return 'Un scénario juge l’exigence, mais aucun ne remplit encore cette preuve.';
  if (requirement.observable === undefined) {
    return 'Le catalogue de Jalon ne connaît pas cette exigence ; aucun scénario ne la joue.';
  }
  const seen = seenBy(requirement);
  if (seen !== '') return `Le banc verrait ${seen} ; aucun scénario ne le joue encore.`;
  const film = slot.kinds.filter(isFilm);
  const gesture =
    film.length === 0 ? 'tirez la pièce du produit' : `${GESTURES[film.join('+')] ?? 'filmez'} l’écran du produit`;
  return `Rien de cette exigence ne passe par un service : ${gesture}.`;
}

const GESTURES: Readonly<Record<string, string>> = {
  screenshot: 'capturez',
  video: 'filmez',
  'screenshot+video': 'filmez ou capturez',
  'video+screenshot': 'filmez ou capturez',
};

function missingDetails({ requirement, judging, elsewhere }: Situation): readonly string[] {
  const seen = seenBy(requirement);
  const named = elsewhere.length > 0 ? elsewhere : judging;
  return [
    named.length > 0 ? `${named.length > 1 ? 'Scénarios' : 'Scénario'} : ${listed(named.map(({ id }) => id))}.` : '',
    named.length > 0 && seen !== '' ? `Le banc verrait ${seen}.` : '',
    seen !== '' && requirement.observation ? `À y voir : ${sentence(requirement.observation)}` : '',
  ];
}

/** « les courriels MSSanté et les documents CDA »; empty when nothing of the requirement reaches the bench. */
function seenBy({ observable = [] }: Requirement): string {
  return conjunction(
    VISIBLE.filter((place) => observable.includes(place)).map((place) => `les ${OBSERVABLES[place]}`),
    'et',
  );
}

function rehearsal(slot: ProofSlot): string {
  const official = slot.kinds.flatMap((kind) => EXTERNAL[kind] ?? []);
  return `Répétition : la preuve officielle est ${conjunction(official, 'et') || 'une référence externe'}.`;
}

function asked(slot: ProofSlot): string {
  const ways = (slot.alternatives ?? [slot.kinds]).map((way) =>
    conjunction(
      way.map((kind) => KINDS[kind]),
      'et',
    ),
  );
  const words = conjunction(ways.filter(Boolean), 'ou');
  return words === '' ? '' : `Pièce demandée : ${words}.`;
}

/** A scenario of a conditional profile does not play for every product that owes the slot. */
function profileNote({ filling, requirement }: Situation): string {
  const own = new Set([GENERAL_PROFILE, profileSlug(requirement.profile)]);
  const profiles = new Set(filling.flatMap(({ tags }) => tags.profiles));
  return profiles.isDisjointFrom(own) ? `Joué pour le profil ${conjunction([...profiles], 'ou')} seulement.` : '';
}

function conjunction(words: readonly string[], link: 'et' | 'ou'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${link} ${words.at(-1)}`;
}

/** A run of dozens of scenarios would drown the sentence. */
function listed(ids: readonly string[]): string {
  const shown = 3;
  return `${ids.slice(0, shown).join(', ')}${ids.length > shown ? ` et ${ids.length - shown} de plus` : ''}`;
}

function sentence(phrase: string): string {
  return /[.!?…]$/.test(phrase) ? phrase : `${phrase}.`;
}
