import type { TraceKind } from '../identity/index.ts';
import type { IdentityDocument, IdentityStatus, Transmission, TransmissionState } from '../model/index.ts';

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

export const STATE: Readonly<Record<TransmissionState, string>> = {
  'en-attente': 'En attente',
  transmis: 'Transmis',
  refuse: 'Refusé',
  bloque: 'Bloqué',
};

export const CHANNEL: Readonly<Record<Transmission['channel'], string>> = {
  dmp: 'DMP',
  'mssante-professionnel': 'MSSanté professionnel',
  'mssante-patient': 'MSSanté patient',
};

export const REQUEST_STATE = { recue: 'Reçue', 'a-valider': 'À valider', validee: 'Validée' } as const;

export const DOCUMENT_KIND = { 'cda-n3': 'CDA N3', 'cda-n1': 'CDA N1', pdf: 'PDF' } as const;

export const TRACE: Readonly<Record<TraceKind, string>> = {
  creation: 'Création',
  consultation: 'Consultation',
  'appel-insi': 'Appel INSi',
  modification: 'Modification',
  'changement-statut': 'Changement de statut',
  transmission: 'Transmission',
};
