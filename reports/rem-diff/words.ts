import type {
  DiffList,
  Level,
  LoneEntry,
  NotCompared,
  PlaceField,
  ProofChange,
  RemDiff,
  RemSide,
  RenumberedEntry,
} from '#dsr/rem-diff/index.ts';

/** A list of changes as shown: its title, what it means, its number with its noun. */
export interface ListWords {
  readonly title: string;
  readonly meaning: string;
  readonly one: string;
  readonly many: string;
}

/** In the order in which a vendor needs them. */
export const LISTS: Readonly<Record<Exclude<DiffList, 'removed'>, ListWords>> = {
  silentlyRemoved: {
    title: 'Disparues sans être marquées obsolètes',
    meaning: 'La nouvelle REM n’en dit rien : demandez à l’ANS si elles restent dues avant d’abandonner leurs preuves.',
    one: 'exigence disparue sans être marquée obsolète',
    many: 'exigences disparues sans être marquées obsolètes',
  },
  added: {
    title: 'Ajoutées',
    meaning: 'Exigences qu’aucune ligne de l’ancienne REM n’annonçait.',
    one: 'exigence ajoutée',
    many: 'exigences ajoutées',
  },
  reworded: {
    title: 'Textes modifiés',
    meaning:
      'Énoncés, scénarios et preuves dont les mots ont changé : les pièces déjà réunies sont à refaire ou à relire.',
    one: 'texte modifié',
    many: 'textes modifiés',
  },
  natureChanged: {
    title: 'Nature changée',
    meaning: 'DOIT est obligatoire, PEUT est recommandé.',
    one: 'exigence de nature changée',
    many: 'exigences de nature changée',
  },
  proofsChanged: {
    title: 'Preuves demandées',
    meaning: 'Scénarios et preuves ajoutés ou retirés, pièces attendues autrement.',
    one: 'changement dans les preuves demandées',
    many: 'changements dans les preuves demandées',
  },
  renumbered: {
    title: 'Numéros changés',
    meaning: 'Le même contenu sous un autre numéro.',
    one: 'numéro changé',
    many: 'numéros changés',
  },
  moved: {
    title: 'Déplacées',
    meaning: 'Profil, section, bloc ou fonction ; ou la même section sous un autre intitulé.',
    one: 'exigence déplacée',
    many: 'exigences déplacées',
  },
  obsoleted: {
    title: 'Marquées obsolètes',
    meaning: 'La nouvelle REM les cite encore, pour dire qu’elles ne sont plus dues.',
    one: 'exigence marquée obsolète',
    many: 'exigences marquées obsolètes',
  },
  typographyOnly: {
    title: 'Typographie seule',
    meaning: 'Espaces, retours à la ligne, apostrophes, guillemets, tirets : aucun mot n’a changé.',
    one: 'texte de typographie changée',
    many: 'textes de typographie changée',
  },
};

/** Nothing but texts relates the two lists: that the second does not cite the first is then no news of any requirement. */
const UNLINKED: ListWords = {
  title: 'Sans correspondance',
  meaning:
    'Les deux REM sont de vagues différentes et aucune ne cite les numéros de l’autre : rien ne dit ce que ces exigences sont devenues, ni qu’elles ne sont plus dues.',
  one: 'exigence sans correspondance (rien ne relie les deux listes)',
  many: 'exigences sans correspondance (rien ne relie les deux listes)',
};

type Sides = Pick<RemDiff, 'from' | 'to' | 'linked'>;

const isUnlinked = ({ from, to, linked }: Sides): boolean => from.wave !== to.wave && !linked;

/** Whether the list tells something that the reader must not miss, rather than what was to be expected. */
export function isAlarming(list: keyof typeof LISTS, diff: Sides): boolean {
  return list === 'silentlyRemoved' && !isUnlinked(diff);
}

/** The words of a list for these two REMs: between couloirs or waves nobody expects the lists to be the same. */
export function listWords(list: keyof typeof LISTS, diff: Sides): ListWords {
  if (list !== 'silentlyRemoved') return LISTS[list];
  if (isUnlinked(diff)) return UNLINKED;
  const { from, to } = diff;
  if (from.category !== to.category) {
    return {
      ...LISTS[list],
      meaning:
        'Les deux REM sont de couloirs différents : ce qui manque à la seconde n’est peut-être dû que par le premier.',
    };
  }
  if (from.wave !== to.wave) {
    return {
      ...LISTS[list],
      meaning:
        'D’une vague à l’autre, seuls les anciens numéros relient les exigences : celles-ci ne sont citées par aucune.',
    };
  }
  return LISTS[list];
}

const LAYOUTS: Readonly<Record<string, string>> = {
  'rem-wave1': 'disposition REM vague 1',
  'rem-wave2': 'disposition REM vague 2',
  convergence: 'alimentation de Convergence',
  catalogue: 'catalogue embarqué',
};

/** How the workbook is laid out, in words. */
export function layoutWords(layout: string): string {
  return LAYOUTS[layout] ?? `disposition ${layout}`;
}

/** What a requirement that one side only has asks: in the words of the list, in ours when it has none. */
export function loneText({ statement, title }: Pick<LoneEntry, 'statement' | 'title'>): string {
  return statement.trim() === '' ? title : statement;
}

export const LEVELS: Readonly<Record<Level, string>> = {
  requirement: 'énoncé',
  scenario: 'scénario',
  slot: 'preuve',
};

export const PLACES: Readonly<Record<PlaceField, string>> = {
  profile: 'profil',
  section: 'section',
  sectionTitle: 'intitulé de la section',
  block: 'bloc',
  function: 'fonction',
};

export const PROOF_CHANGES: Readonly<Record<ProofChange, string>> = {
  added: 'à fournir en plus',
  removed: 'plus demandé',
  kinds: 'pièces attendues',
  alternatives: 'choix entre pièces',
  class: 'classe de preuve',
  condition: 'cas où elle est due',
  scenario: 'autre scénario',
};

const NOT_COMPARED: Readonly<Record<NotCompared, string>> = {
  wording: 'textes officiels (le catalogue embarqué n’en contient pas)',
  profile: 'profil',
  section: 'section',
  block: 'bloc',
  function: 'fonction',
};

/** What was not compared, one French sentence; empty when all was. */
export function notComparedSentence(fields: readonly NotCompared[]): string {
  if (fields.length === 0) return '';
  return `Non comparé, faute de figurer des deux côtés : ${fields.map((field) => NOT_COMPARED[field]).join(', ')}.`;
}

/** `SGL vague 2, « REM-SGL-va2.xlsx »`. */
export function sideName({ category, wave, source, official }: RemSide): string {
  return `${category} vague ${wave.slice(2)}, ${official ? `« ${source} »` : source}`;
}

/** How a number changed, in words. */
export function renumberingWords({ kind, how, level }: RenumberedEntry): string {
  const thing = { requirement: 'exigence', scenario: 'scénario', slot: 'preuve' }[level];
  switch (kind) {
    case 'spelling':
      return `${thing}, écriture du numéro`;
    case 'split':
      return `${thing} partagée, d’après les anciens numéros`;
    case 'merged':
      return `${thing}s réunies, d’après les anciens numéros`;
    case 'many-to-many':
      return `${thing}s redistribuées, d’après les anciens numéros`;
    case 'carried':
      return `${thing}, ${{ id: 'même numéro', 'previous-id': 'd’après les anciens numéros', text: 'au texte identique', 'near-text': 'au texte presque identique' }[how]}`;
  }
}
