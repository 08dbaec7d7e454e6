import type { EvidenceClass, Nature, Observable, ProofKind } from '#dsr/rem/index.ts';
import type { Layer, Severity, Verdict } from '#dsr/verdict/index.ts';
import type { RequirementState, StepResult, UnverifiableCause } from '#tracker/types.ts';

/** Same five tones as the screens of the tracker. */
export type Tone = 'ok' | 'bad' | 'warn' | 'bench' | 'none';

/** A state is always a sign, a word and a colour, never a colour alone. */
export interface Word {
  readonly tone: Tone;
  readonly sign: string;
  readonly label: string;
  /** The label after a number above one, when it differs. */
  readonly many?: string;
  /** What it means, one sentence, for the legend. */
  readonly meaning: string;
}

export const VERDICTS: Readonly<Record<Verdict, Word>> = {
  'non-conforme': {
    tone: 'bad',
    sign: '✕',
    label: 'Non conforme',
    many: 'non conformes',
    meaning: 'Le banc a vu le produit faire autre chose que ce que l’exigence demande.',
  },
  'non-verifiable': {
    tone: 'bad',
    sign: '⊘',
    label: 'Non vérifiable',
    many: 'non vérifiables',
    meaning: 'Le banc n’a pas pu juger ; la cause dit à qui d’agir. Ce n’est jamais compté comme réussi.',
  },
  'a-verifier': {
    tone: 'warn',
    sign: '?',
    label: 'À vérifier',
    meaning: 'Le banc n’a vu aucun manquement, mais une personne doit regarder avant de conclure.',
  },
  conforme: {
    tone: 'ok',
    sign: '✓',
    label: 'Conforme',
    many: 'conformes',
    meaning: 'Toutes les étapes sont passées et aucun contrôle n’a relevé d’erreur sur l’exigence.',
  },
};

export const CAUSES: Readonly<Record<UnverifiableCause, Word>> = {
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

export const SLOT_STATES: Readonly<Record<RequirementState, Word>> = {
  vide: { tone: 'none', sign: '○', label: 'Vide', many: 'vides', meaning: 'Aucune pièce.' },
  rejouee: {
    tone: 'bench',
    sign: '↗',
    label: 'Rejouée',
    many: 'rejouées',
    meaning: 'Le banc a répété la preuve ; la preuve officielle reste à produire ailleurs.',
  },
  recueillie: {
    tone: 'ok',
    sign: '✓',
    label: 'Recueillie',
    many: 'recueillies',
    meaning: 'Le banc a fait la pièce et l’a scellée.',
  },
  perimee: {
    tone: 'warn',
    sign: '↻',
    label: 'Périmée',
    many: 'périmées',
    meaning: 'Le produit, le texte de la REM ou un référentiel a changé depuis.',
  },
  'a-revoir': { tone: 'warn', sign: '◐', label: 'À revoir', meaning: 'Une personne doit regarder la pièce.' },
  'validee-interne': {
    tone: 'ok',
    sign: '✓',
    label: 'Validée en interne',
    many: 'validées en interne',
    meaning: 'L’éditeur l’a relue.',
  },
  deposee: { tone: 'ok', sign: '↑', label: 'Déposée', many: 'déposées', meaning: 'Elle est partie dans le dossier.' },
  'complement-demande': {
    tone: 'bad',
    sign: '!',
    label: 'Complément demandé',
    many: 'compléments demandés',
    meaning: 'L’ANS demande autre chose.',
  },
  acceptee: {
    tone: 'ok',
    sign: '★',
    label: 'Acceptée',
    many: 'acceptées',
    meaning: 'L’ANS l’a acceptée ; une exécution ne le décide jamais.',
  },
  'non-applicable': {
    tone: 'none',
    sign: '—',
    label: 'Non applicable',
    many: 'non applicables',
    meaning: 'Écartée, avec sa condition.',
  },
};

export const CLASSES: Readonly<Record<EvidenceClass, Word>> = {
  bench: {
    tone: 'ok',
    sign: '▣',
    label: 'Banc',
    meaning: 'La pièce est faite par le banc : message ou courriel brut, journal, fichier que le produit a rendu.',
  },
  rehearsal: {
    tone: 'bench',
    sign: '↗',
    label: 'Répétition',
    meaning:
      'La preuve officielle est une référence externe (lien Gazelle, n° d’exécution de l’outil MSSanté, certificat CNDA, formulaire PASSI) ; la pièce du banc n’est qu’une répétition et ne la remplace pas.',
  },
  human: {
    tone: 'none',
    sign: '☻',
    label: 'Humaine',
    meaning: 'Une personne fournit la preuve (vidéo, capture, attestation, document) ; la pièce du banc l’accompagne.',
  },
};

/** Said of a human slot that holds pieces of the bench, where the REM asks to see the product's screen. */
export const SCREEN_TO_ADD =
  'La REM demande une démonstration à l’écran (capture, vidéo) : les pièces du banc montrent les échanges et les données rendues par le produit, pas son écran. Joignez-y la capture ou la vidéo.';

export const NATURES: Readonly<Record<Nature, string>> = {
  DOIT: 'Exigence (DOIT)',
  PEUT: 'Préconisation (PEUT)',
};

export const KINDS: Readonly<Record<ProofKind, string>> = {
  video: 'vidéo',
  screenshot: 'capture d’écran',
  log: 'journal',
  'mail-source': 'source de courriel',
  'soap-message': 'message SOAP',
  'gazelle-link': 'lien Gazelle',
  'mss-tool-run-id': 'n° d’exécution de l’outil MSSanté',
  'cnda-certificate': 'certificat CNDA',
  attestation: 'attestation',
  documentation: 'documentation',
  pdf: 'PDF',
  'hl7-message': 'message HL7',
  'csv-file': 'fichier CSV',
  'pentest-form': 'formulaire de test d’intrusion',
  'config-extract': 'extrait de configuration',
  'code-extract': 'extrait de code',
  'print-scan': 'impression numérisée',
  'cda-document': 'document CDA',
  other: 'autre pièce',
};

/**
 * What a slot asks for, in words: `vidéo ou copie d’écran`, `message SOAP + journal`.
 *
 * @param alternatives sets of which one is enough; none when everything named is asked for
 */
export function askedFor(kinds: readonly ProofKind[], alternatives: readonly (readonly ProofKind[])[] = []): string {
  const together = (set: readonly ProofKind[], link: string): string => set.map((kind) => KINDS[kind]).join(link);
  if (alternatives.length === 0) return together(kinds, ', ');
  return alternatives.map((set) => together(set, ' + ')).join(' ou ');
}

export const OBSERVABLES: Readonly<Record<Observable, string>> = {
  insi: 'échanges avec INSi',
  dmp: 'échanges avec le DMP',
  mssante: 'courriels MSSanté',
  annuaire: 'échanges avec l’Annuaire Santé',
  psc: 'connexions Pro Santé Connect',
  cda: 'documents CDA',
  hl7: 'messages HL7',
  fichier: 'fichiers que le produit rend',
  ecran: 'écran du produit',
  declaration: 'déclaration de l’éditeur',
};

export const SEVERITIES: Readonly<Record<Severity, Word>> = {
  error: { tone: 'bad', sign: '✕', label: 'Erreur', meaning: 'Un DOIT n’est pas tenu.' },
  warning: {
    tone: 'warn',
    sign: '!',
    label: 'Avertissement',
    meaning: 'Une préconisation ou un usage n’est pas suivi ; cela ne refuse pas le produit.',
  },
  info: { tone: 'none', sign: 'i', label: 'Information', meaning: 'À savoir, sans conséquence sur le verdict.' },
};

export const LAYERS: Readonly<Record<Layer, string>> = {
  wellformed: 'forme du fichier',
  xsd: 'schéma XSD',
  schematron: 'schematron',
  business: 'règle métier',
  wire: 'échange réseau',
};

export const STEP_STATES: Readonly<Record<StepResult['status'], Word>> = {
  passed: { tone: 'ok', sign: '✓', label: 'passée', meaning: 'Le banc a fait ou vu ce que l’étape dit.' },
  failed: { tone: 'bad', sign: '✕', label: 'en échec', meaning: 'Le scénario s’est arrêté à cette étape.' },
  skipped: { tone: 'none', sign: '–', label: 'non jouée', meaning: 'Une étape précédente avait arrêté le scénario.' },
  pending: { tone: 'warn', sign: '…', label: 'en attente', meaning: 'L’étape n’a pas abouti.' },
  undefined: { tone: 'bench', sign: '!', label: 'inconnue du banc', meaning: 'Défaut du banc.' },
  ambiguous: { tone: 'bench', sign: '!', label: 'ambiguë pour le banc', meaning: 'Défaut du banc.' },
  unknown: { tone: 'bench', sign: '!', label: 'sans résultat', meaning: 'Défaut du banc.' },
};

/** `1 conforme`, `3 conformes`: a number and a state, in one badge. */
export function counted(word: Word, value: number): Word {
  const one = word.label.toLowerCase();
  return { ...word, label: `${value} ${value < 2 ? one : (word.many ?? one)}` };
}

/** Who brings a proof of a class, said in few words where the whole sentence would be too long. */
export const CLASS_SOURCES: Readonly<Record<EvidenceClass, string>> = {
  bench: 'faite par le banc',
  rehearsal: 'référence externe à obtenir',
  human: 'à fournir par une personne',
};
