import type {
  CampaignView,
  RequirementState,
  SectionView,
  Severity,
  StepResult,
  UnverifiableCause,
  Verdict,
} from '#tracker/api/index.ts';
import type { Tone, Word } from './types.ts';

/** In the order in which a slot lives; the dashboard and the filters list them so. */
export const SLOT_STATES: Readonly<Record<RequirementState, Word>> = {
  vide: { tone: 'none', sign: '○', label: 'Vide' },
  rejouee: { tone: 'bench', sign: '↗', label: 'Rejouée' },
  recueillie: { tone: 'ok', sign: '✓', label: 'Recueillie' },
  'a-revoir': { tone: 'warn', sign: '◐', label: 'À revoir' },
  perimee: { tone: 'warn', sign: '↻', label: 'Périmée' },
  'validee-interne': { tone: 'ok', sign: '✓', label: 'Validée en interne' },
  deposee: { tone: 'ok', sign: '↑', label: 'Déposée' },
  'complement-demande': { tone: 'bad', sign: '!', label: 'Complément demandé' },
  acceptee: { tone: 'ok', sign: '★', label: 'Acceptée' },
  'non-applicable': { tone: 'none', sign: '—', label: 'Non applicable' },
};

/** A requirement that asks for no proof. */
export const NO_PROOF: Word = { tone: 'none', sign: '–', label: 'Sans preuve' };

export const VERDICTS: Readonly<Record<Verdict, Word>> = {
  'non-conforme': { tone: 'bad', sign: '✕', label: 'Non conforme' },
  'non-verifiable': { tone: 'bad', sign: '⊘', label: 'Non vérifiable' },
  'a-verifier': { tone: 'warn', sign: '?', label: 'À vérifier' },
  conforme: { tone: 'ok', sign: '✓', label: 'Conforme' },
};

export const NOT_PLAYED: Word = { tone: 'none', sign: '○', label: 'Non jouée' };

/** Whose turn it is: four different reds. */
export const CAUSES: Readonly<Record<UnverifiableCause, Word & { readonly meaning: string }>> = {
  produit: {
    tone: 'bad',
    sign: '✕',
    label: 'Produit',
    meaning: 'Le produit, ou son pilotage, ne sait pas faire un geste que le scénario demande.',
  },
  configuration: {
    tone: 'warn',
    sign: '⚙',
    label: 'Configuration',
    meaning: 'Produit injoignable, certificat refusé, adresse erronée, identité hors de la population de test.',
  },
  banc: {
    tone: 'bench',
    sign: '!',
    label: 'Banc',
    meaning: 'Le banc lui-même a échoué : cela ne dit rien du produit.',
  },
  interrompu: {
    tone: 'none',
    sign: '■',
    label: 'Interrompu',
    meaning: 'L’exécution a été arrêtée avant ce scénario : il reste à rejouer.',
  },
};

export const CHAPTERS: Readonly<Record<NonNullable<SectionView['state']>, Word>> = {
  incomplet: { tone: 'warn', sign: '◐', label: 'Incomplet' },
  complet: { tone: 'ok', sign: '✓', label: 'Complet' },
  depose: { tone: 'ok', sign: '↑', label: 'Déposé' },
  'a-completer': { tone: 'bad', sign: '!', label: 'À compléter' },
  valide: { tone: 'ok', sign: '★', label: 'Validé' },
};

export const SEVERITIES: Readonly<Record<Severity, Word>> = {
  error: { tone: 'bad', sign: '✕', label: 'Erreur' },
  warning: { tone: 'warn', sign: '!', label: 'Avertissement' },
  info: { tone: 'none', sign: 'i', label: 'Information' },
};

export const STEPS: Readonly<Record<StepResult['status'], Word>> = {
  passed: { tone: 'ok', sign: '✓', label: 'passée' },
  failed: { tone: 'bad', sign: '✕', label: 'en échec' },
  skipped: { tone: 'none', sign: '–', label: 'non jouée' },
  pending: { tone: 'warn', sign: '…', label: 'en attente' },
  undefined: { tone: 'bench', sign: '!', label: 'inconnue du banc' },
  ambiguous: { tone: 'bench', sign: '!', label: 'ambiguë pour le banc' },
  unknown: { tone: 'bench', sign: '!', label: 'sans résultat' },
};

const RUN_SIGNS: Readonly<Record<NonNullable<CampaignView['lastRun']>['shown']['tone'], string>> = {
  ok: '✓',
  bad: '✕',
  warn: '?',
  none: '…',
};

/** The API says tone and label of a run; the sign follows the tone. */
export function runWord(shown: NonNullable<CampaignView['lastRun']>['shown']): Word {
  const tone: Tone = shown.tone;
  const [first = '', ...rest] = shown.label;
  return { tone, sign: RUN_SIGNS[shown.tone], label: first.toLocaleUpperCase('fr') + rest.join('') };
}
