import { describe, expect, it } from 'vitest';

import { classOf, guessKinds } from './kinds.ts';

describe('the guess about a proof that the catalogue does not know', () => {
  it.each([
    ['Source SMTP du courriel', ['mail-source'], 'bench'],
    ['Lien permanent du rapport de test', ['gazelle-link'], 'rehearsal'],
    ["Identifiant d'exécution de la suite MSS-LPS-SEGUR-GEN", ['mss-tool-run-id'], 'rehearsal'],
    ['Justificatif du CNDA', ['cnda-certificate'], 'rehearsal'],
    ["Formulaire de test d'intrusion signé par un auditeur PASSI", ['pentest-form'], 'rehearsal'],
    ['Message HL7v2 de type A31', ['hl7-message'], 'bench'],
    ['Fichier au format CSV', ['csv-file'], 'bench'],
    ['Trace de la connexion', ['log'], 'bench'],
    ["Vidéo ou capture d'écran de la trace", ['log', 'video', 'screenshot'], 'human'],
    ["Capure d'écran", ['screenshot'], 'human'],
    ['Démonstration du blocage', ['video', 'screenshot'], 'human'],
    ["Attestation sur l'honneur", ['attestation'], 'human'],
    ['Scan du document imprimé', ['print-scan'], 'human'],
    ['Procédure de sauvegarde', ['documentation'], 'human'],
    ['Autre chose', [], 'human'],
  ])('%s', (text, kinds, evidenceClass) => {
    expect(guessKinds(text)).toEqual(kinds);
    expect(classOf(guessKinds(text))).toBe(evidenceClass);
  });
});
