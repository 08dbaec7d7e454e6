import type { EvidenceClass, Layer, Nature, Observable, ProofKind } from '#tracker/api/index.ts';
import type { Word } from './types.ts';

/** Who can make the piece: always shown, so that nobody mistakes a rehearsal for the official proof. */
export const CLASSES: Readonly<Record<EvidenceClass, Word & { readonly meaning: string }>> = {
  bench: { tone: 'none', sign: '▣', label: 'Banc', meaning: 'La pièce est faite par le banc.' },
  rehearsal: {
    tone: 'bench',
    sign: '↗',
    label: 'Répétition',
    meaning: 'La preuve officielle est une référence externe ; la pièce du banc ne la remplace pas.',
  },
  human: {
    tone: 'none',
    sign: '☻',
    label: 'Humaine',
    meaning: 'Une personne fournit la preuve ; la pièce du banc l’accompagne.',
  },
};

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

export const LAYERS: Readonly<Record<Layer, string>> = {
  wellformed: 'forme du fichier',
  xsd: 'schéma XSD',
  schematron: 'schematron',
  business: 'règle métier',
  wire: 'échange réseau',
};
