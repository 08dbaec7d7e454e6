import type { AccountEvent } from '../accounts/index.ts';
import type { Hl7State } from '../hl7/index.ts';
import type { TraceKind, WorklistTask } from '../identity/index.ts';
import type { InsiMode } from '../insi/index.ts';
import type {
  IdentityDocument,
  IdentityFlag,
  IdentityProof,
  IdentityStatus,
  InsiAuthentication,
  Transmission,
  TransmissionState,
} from '../model/index.ts';
import type { Profile } from '../sessions/index.ts';
import type { OptionalField } from './memory.ts';
import type { Right } from './rights.ts';

/** The words shown for each code. */
export const STATUS: Readonly<Record<IdentityStatus, string>> = {
  provisoire: 'Identité provisoire',
  recuperee: 'Identité récupérée',
  validee: 'Identité validée',
  qualifiee: 'Identité qualifiée',
};

export const DOCUMENT: Readonly<Record<IdentityDocument, string>> = {
  'carte-identite': "Carte nationale d'identité",
  passeport: 'Passeport',
  'titre-sejour': 'Titre de séjour',
  'carte-vitale': 'Carte Vitale',
  aucun: 'Aucune pièce',
};

export const FLAG: Readonly<Record<IdentityFlag, string>> = {
  douteuse: 'Identité douteuse',
  fictive: 'Identité fictive',
};

export const PROOF: Readonly<Record<IdentityProof, string>> = {
  aucune: 'Identité non vérifiée',
  piece: 'Vérifiée ici sur une pièce à haut niveau de confiance',
  domaine: "Validée par le référentiel d'identités du domaine",
  contrat: 'Reprise d’un acteur lié par un contrat de confiance',
};

export const PROFILE: Readonly<Record<Profile, string>> = {
  utilisateur: 'Utilisateur',
  'super-utilisateur': "Super-utilisateur (cellule d'identitovigilance)",
  technicien: 'Technicien sans accès aux identités',
};

export const RIGHT: Readonly<Record<Right, string>> = {
  identites: "Accéder aux identités et à l'INS",
  'appel-insi': 'Appeler le téléservice INSi',
  parametres: 'Modifier les paramètres',
};

export const OPTIONAL_FIELD: Readonly<Record<OptionalField, string>> = {
  usedName: 'Nom utilisé',
  usedFirstName: 'Prénom utilisé',
  birthPlace: 'Code du lieu de naissance',
  identifiers: "Identifiants d'autres systèmes",
  document: 'Justificatif',
};

export const MODE: Readonly<Record<InsiMode, string>> = {
  traits: 'Recherche par traits',
  vitale: 'Recherche par carte Vitale',
  verification: 'Vérification unitaire',
  'verification-masse': 'Vérification en masse',
};

export const AUTHENTICATION: Readonly<Record<InsiAuthentication, string>> = {
  organisation: "Certificat d'organisation",
  cpx: 'Carte CPx',
  psc: 'Pro Santé Connect',
};

export const TASK: Readonly<Record<WorklistTask['kind'], string>> = {
  'identite-a-verifier': 'Identité à vérifier',
  'donnee-non-integree': 'Donnée non intégrée',
};

export const STATE: Readonly<Record<TransmissionState, string>> = {
  'en-attente': 'En attente',
  transmis: 'Transmis',
  refuse: 'Refusé',
  bloque: 'Bloqué',
};

export const HL7_STATE: Readonly<Record<Hl7State, string>> = {
  'en-attente': 'En attente',
  transmis: 'Transmis',
  refuse: 'Refusé',
  remplace: 'Abandonné',
};

export const CHANNEL: Readonly<Record<Transmission['channel'] | 'hl7', string>> = {
  hl7: 'Établissement (HL7)',
  dmp: 'DMP',
  'mssante-professionnel': 'MSSanté professionnel',
  'mssante-patient': 'MSSanté patient',
};

export const REQUEST_STATE = { recue: 'Reçue', 'a-valider': 'À valider', validee: 'Validée' } as const;

export const DOCUMENT_KIND = {
  'cda-n3': 'CDA N3',
  'cda-n3-auto': 'CDA N3 auto-présentable',
  'cda-n1': 'CDA N1',
  pdf: 'PDF',
} as const;

export const TRACE: Readonly<Record<TraceKind, string>> = {
  creation: 'Création',
  consultation: 'Consultation',
  'appel-insi': 'Appel INSi',
  modification: 'Modification',
  'changement-statut': 'Changement de statut',
  piece: "Pièce d'identité",
  transmission: 'Transmission',
};

export const ACCOUNT_EVENT: Readonly<Record<AccountEvent['what'], string>> = {
  creation: 'Création',
  'recherche-rpps': 'Recherche du RPPS',
  'controle-rpps': 'Contrôle du RPPS',
  courriel: 'Adresse de messagerie',
  modification: 'Modification',
  avis: 'Avis de modification',
};

/** `AAAA-MM-JJ` as French people read it; what is not a date is left as it is. */
export function frenchDate(date: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(date) ? date.split('-').toReversed().join('/') : date;
}

export const MAIL_KIND = {
  message: 'Message',
  document: 'Document de santé',
  'accuse-reception': 'Accusé de réception',
  'accuse-lecture': 'Accusé de lecture',
  echec: 'Échec',
} as const;

export const MAIL_SENDER = { professionnel: 'Professionnel', patient: 'Patient', operateur: 'Opérateur' } as const;

export const MAIL_ACTION = {
  connexion: 'Connexion',
  envoi: 'Envoi',
  consultation: 'Consultation',
  suppression: 'Suppression',
  deconnexion: 'Déconnexion',
} as const;

export const RECEIPT = { reception: 'Remis', lecture: 'Lu ou traité', echec: 'Échec' } as const;

export const DOCUMENT_STATE = {
  integre: 'intégré au dossier',
  'a-rapprocher': 'à rapprocher',
  refuse: 'non intégré',
  'deja-present': 'déjà présent',
} as const;
