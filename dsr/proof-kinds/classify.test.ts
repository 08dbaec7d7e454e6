import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { ProofKind } from '../rem/types.ts';
import { classifyProof, isExternal, loadKinds } from './index.ts';

describe('what a wording asks for', () => {
  it.each<[string, readonly ProofKind[], string]>([
    ['Source SMTP du courriel reçu', ['mail-source'], 'bench'],
    ['Fournir les 3 courriels émis', ['mail-source'], 'bench'],
    ['Message SOAP de la recherche', ['soap-message'], 'bench'],
    ['Message HL7v2 de type A31', ['hl7-message'], 'bench'],
    ['Un dump du message émis', ['hl7-message'], 'bench'],
    ['Traces de la connexion', ['log'], 'bench'],
    ["Rapport d'intégration du fichier", ['log'], 'bench'],
    ['Extrait du journal technique', ['log'], 'bench'],
    ['Fichier de test au format CSV', ['csv-file'], 'bench'],
    ['Le document correspondant, au format PDF/A-1', ['documentation', 'pdf'], 'human'],
    ['Le document correspondant au format PDF/A-1', ['pdf'], 'bench'],
    ['Document CDA R2 niveau 3', ['cda-document'], 'bench'],
    ['Extrait de configuration du client de messagerie', ['config-extract'], 'human'],
    ['Extrait du code qui contrôle la signature', ['code-extract'], 'human'],
    ['Lien permanent vers le rapport de test', ['gazelle-link'], 'rehearsal'],
    ["Identifiant d'exécution de la suite MSS-LPS-SEGUR-GEN", ['mss-tool-run-id'], 'rehearsal'],
    ['Justificatif du CNDA', ['cnda-certificate'], 'rehearsal'],
    ["Fournir l'homologation DMP", ['cnda-certificate'], 'rehearsal'],
    ["Formulaire de test d'intrusion signé par un auditeur PASSI", ['pentest-form'], 'rehearsal'],
    ["Attestation sur l'honneur", ['attestation'], 'human'],
    ['Engagement écrit du candidat', ['attestation'], 'human'],
    ['Procédure de sauvegarde', ['documentation'], 'human'],
    ['Document présentant le contrat de service', ['documentation'], 'human'],
    ['Scan du document imprimé', ['print-scan'], 'human'],
    ["Capure d'écran", ['screenshot'], 'human'],
    ['Capture vidéo en plein écran', ['video'], 'human'],
    ['Le numéro SIRET', ['other'], 'human'],
    ['', ['other'], 'human'],
    ['la vidéo et le message SOAP', ['video', 'soap-message'], 'human'],
    ['Attestation de conformité (PDF)', ['attestation', 'pdf'], 'human'],
    ["Une vidéo de l'envoi, accompagnée du fichier CSV", ['video', 'csv-file'], 'human'],
    ['Fournir la vidéo, les logs et l’attestation', ['video', 'log', 'attestation'], 'human'],
    ['Échantillon de messages HL7 reçus', ['hl7-message'], 'bench'],
  ])('%s', (text, kinds, evidenceClass) => {
    expect(classifyProof(text)).toEqual({ kinds, evidenceClass });
  });
});

describe('what a piece shows is not asked for', () => {
  it.each<[string, readonly ProofKind[]]>([
    ['Vidéo montrant le paramétrage du masquage', ['video']],
    ["Copie d'écran montrant la trace de l'envoi dans un journal", ['screenshot']],
    ["Copie d'écran du courriel", ['screenshot']],
    ['Attestation précisant que la documentation est tenue à jour', ['attestation']],
    ['Vidéo montrant l’envoi et la source SMTP du message', ['video', 'mail-source']],
    ['Rapports d’import du fichier LOINC_4, du fichier LOINC_5 et du fichier LOINC_6', ['log']],
    ['Compte rendu au format PDF qui cite le processus automatique', ['pdf']],
  ])('%s', (text, kinds) => {
    expect(classifyProof(text).kinds).toEqual(kinds);
    expect(classifyProof(text).alternatives).toBeUndefined();
  });
});

describe('sets of which one is enough', () => {
  it.each<[string, readonly (readonly ProofKind[])[]]>([
    ["vidéo ou copies d'écran", [['video'], ['screenshot']]],
    ["Vidéo/captures d'écran", [['video'], ['screenshot']]],
    ["Capture d'écran et/ou vidéo", [['screenshot'], ['video']]],
    ['Démonstration du blocage', [['video'], ['screenshot']]],
    ["Démonstration (capture d'écran, vidéo…) montrant l'appel", [['screenshot'], ['video']]],
    [
      "Démonstration (vidéo ou copies d'écran ou extrait du code commenté)",
      [['video'], ['screenshot'], ['code-extract']],
    ],
    ["une capture d'écran, une vidéo ou un manuel", [['screenshot'], ['video'], ['documentation']]],
    ["Démonstration montrant l'état ou une attestation", [['video'], ['screenshot'], ['attestation']]],
    ['Vidéo montrant le statut renseignéOUDéclaration de l’éditeur', [['video'], ['attestation']]],
    ['soit une vidéo, soit un journal et une attestation', [['video'], ['log', 'attestation']]],
    ['Source du courriel, à défaut une capture d’écran', [['mail-source'], ['screenshot']]],
    ["Fourniture d'une vidéo ou d'un journal", [['video'], ['log']]],
    [
      "(vidéo ou copies d'écran) et la source SMTP",
      [
        ['video', 'mail-source'],
        ['screenshot', 'mail-source'],
      ],
    ],
    [
      "vidéo ou copies d'écran et la source SMTP",
      [
        ['video', 'mail-source'],
        ['screenshot', 'mail-source'],
      ],
    ],
    ["VIDÉO OU COPIES D'ÉCRAN", [['video'], ['screenshot']]],
    ['CAS 1 : la source SMTP et la vidéo CAS 2 : attestation', [['mail-source', 'video'], ['attestation']]],
  ])('%s', (text, alternatives) => {
    const { kinds, alternatives: found } = classifyProof(text);
    expect(found).toEqual(alternatives);
    expect(new Set(kinds)).toEqual(new Set(alternatives.flat()));
  });

  it.each([
    "Vidéo de l'ajout ou de la modification d'un patient",
    'Vidéo montrant l’ajout OU la modification d’un patient',
    'Journal du jour ou du mois',
    'Vidéo montrant le cas où le système refuse',
    "PSSI décrivant l'accès OU documentation de la procédure",
  ])('no choice in "%s"', (text) => {
    expect(classifyProof(text).alternatives).toBeUndefined();
  });

  it('lets the bench fill a slot when one of its sets crosses the bench', () => {
    expect(classifyProof("traces ou copies d'écran").evidenceClass).toBe('bench');
    expect(classifyProof("(traces ou copies d'écran) et attestation").evidenceClass).toBe('human');
  });
});

describe('the case in which a piece is due', () => {
  it.each([
    ['Le cas échéant, attestation', 'Le cas échéant'],
    ['Vidéo (le cas échéant)', 'le cas échéant'],
    ['Si besoin, extrait du code', 'Si besoin'],
    ['Si le système gère la carte, capture d’écran', 'Si le système gère la carte'],
    ['Uniquement si le produit envoie des courriels : vidéo', 'Uniquement si le produit envoie des courriels'],
    ['Pour les logiciels hébergés : attestation', 'Pour les logiciels hébergés'],
    ['[Si mode web] Vidéo', 'Si mode web'],
    ['Cas 1 : vidéo', 'Cas 1'],
    [
      'CAS 1 : des données sont traitées :procédureCAS 2 : aucune donnée :Attestation',
      'CAS 1 : des données sont traitées / CAS 2 : aucune donnée',
    ],
    [
      "Vidéo. Pour le cas d'une solution web, veuillez déposer la preuve X.01.",
      "Pour le cas d'une solution web, veuillez déposer la preuve X.01",
    ],
  ])('%s', (text, condition) => {
    expect(classifyProof(text).condition).toBe(condition);
  });

  it.each([
    'Vidéo montrant que si le patient est inconnu, une alerte est affichée',
    "Autorisation d'accès au téléservice pour le produit et le connecteur (le cas échéant)",
    'Démonstration montrant la seconde identité - Cas n°2',
    'Vidéo du comportement en cas d’oubli de la clé',
    'Déclaration que la solution relève du CAS 1 : base agréée, ou du CAS 2 : base non agréée',
  ])('none in "%s"', (text) => {
    expect(classifyProof(text).condition).toBeUndefined();
  });

  it('is bounded', () => {
    const { condition } = classifyProof(`[Si ${'mot '.repeat(70)}] Vidéo`);
    expect(condition?.length).toBeLessThanOrEqual(161);
    expect(condition).toMatch(/mot…$/u);
  });
});

describe('an external proof', () => {
  const external = [
    'lien permanent',
    'rapport de validation Gazelle',
    'homologation',
    'justificatif CNDA',
    "identifiant de l'exécution du cas de test MSS-LPS-SEGUR-GEN",
    "test d'intrusion PASSI",
  ];
  const others = ['log', 'source SMTP', 'fichier CSV', 'message HL7', 'document PDF', 'trace', 'vidéo', 'note'];
  const links = [' et ', ' ou ', ' de ', ' montrant ', ', ', '. ', ' (', ') ', ' OU ', ' du ', ' pour ', ' : ', '\n'];

  it('is told before a document that somebody writes', () => {
    expect(classifyProof('document PDF montrant homologation de note').evidenceClass).toBe('rehearsal');
  });

  it('is never the bench’s, wherever the wording names it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...external),
        fc.array(fc.tuple(fc.constantFrom(...links), fc.constantFrom(...others)), { maxLength: 4 }),
        fc.array(fc.tuple(fc.constantFrom(...others), fc.constantFrom(...links)), { maxLength: 4 }),
        (name, after, before) => {
          const text = before.flat().join('') + name + after.flat().join('');
          const { kinds, evidenceClass } = classifyProof(text);
          expect(evidenceClass).not.toBe('bench');
          if (isExternal(kinds)) expect(evidenceClass).toBe('rehearsal');
        },
      ),
    );
  });
});

describe('hostile text', () => {
  const words = [
    'vidéo',
    'ou',
    'OU',
    'et',
    '(',
    ')',
    '[Si',
    ']',
    'cas 1 :',
    'montrant',
    'de',
    ',',
    '…',
    'extrait du',
    '-',
    'soit',
    'PDF/A-1',
  ];

  it('never throws and keeps its own rules', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 300 }),
          fc.array(fc.constantFrom(...words), { maxLength: 120 }).map((list) => list.join(' ')),
        ),
        (text) => {
          const { kinds, alternatives, evidenceClass } = classifyProof(text);
          expect(kinds.length).toBeGreaterThan(0);
          expect(new Set(kinds).size).toBe(kinds.length);
          expect(kinds.every((kind) => loadKinds().has(kind))).toBe(true);
          if (kinds.includes('other'))
            expect({ kinds, evidenceClass }).toEqual({ kinds: ['other'], evidenceClass: 'human' });
          if (alternatives !== undefined) {
            expect(alternatives.length).toBeGreaterThan(1);
            expect(alternatives.length).toBeLessThanOrEqual(12);
            expect(new Set(alternatives.flat())).toEqual(new Set(kinds));
          }
        },
      ),
    );
  });

  it.each(words)('reads a megabyte of "%s" as far as its first 4000 characters', (word) => {
    const text = `${word} `.repeat(Math.ceil(1_000_000 / (word.length + 1)));
    expect(classifyProof(text)).toEqual(classifyProof(text.slice(0, 4000)));
    expect(classifyProof(word.repeat(4000))).toEqual(classifyProof(word.repeat(4000).slice(0, 4000)));
  });

  it('gives up choices that nobody could read', () => {
    const group = "(vidéo ou capture d'écran ou log ou attestation)";
    const { kinds, alternatives } = classifyProof(
      `${group} et (scan ou PDF ou CSV ou note) et (code source ou manuel)`,
    );
    expect(kinds).toHaveLength(9);
    expect(alternatives).toBeUndefined();
  });
});
