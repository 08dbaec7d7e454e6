import type { Rule } from '#dsr/verdict/index.ts';

const requirements = ['DMP/va1.01', 'DOC/va1.21'] as const;
const SHARING = 'CI-SIS, volet partage de documents de santé, métadonnées issues du CDA';
const SELF_PRESENTING = "Guide d'intégration DMP, EX_2.1-1115 ; CI-SIS, CDA auto-présentable";

/** Rules on what a feeding says in several places. Source of all: protocols.md §2.5, D6, D7 and D13 of §2.11. */
export const COHERENCE_RULES = [
  {
    id: 'XDS-CDA-AUTHOR',
    layer: 'business',
    severity: 'error',
    requirements,
    source: SHARING,
    title: 'Les auteurs de la fiche sont ceux du document : personne, structure, spécialité et rôle.',
  },
  {
    id: 'XDS-CDA-LEGAL-AUTHENTICATOR',
    layer: 'business',
    severity: 'error',
    requirements,
    source: SHARING,
    title: 'legalAuthenticator est le responsable que nomme le document.',
  },
  {
    id: 'XDS-CDA-PATIENT',
    layer: 'business',
    severity: 'error',
    requirements: ['DMP/va1.01', 'DOC/va1.21', 'INS/va1.59'],
    source: SHARING,
    title: 'sourcePatientId et sourcePatientInfo reprennent le patient du document.',
  },
  {
    id: 'XDS-CDA-SERVICE-TIME',
    layer: 'business',
    severity: 'error',
    requirements,
    source: SHARING,
    title: "serviceStartTime et serviceStopTime sont les dates de l'acte principal du document, en UTC.",
  },
  {
    id: 'XDS-CDA-FACILITY',
    layer: 'business',
    severity: 'error',
    requirements,
    source: SHARING,
    title: 'healthcareFacilityTypeCode est le secteur que le document donne au lieu de la prise en charge.',
  },
  {
    id: 'XDS-CDA-PRACTICE-SETTING',
    layer: 'business',
    severity: 'error',
    requirements,
    source: SHARING,
    title: "practiceSettingCode est le cadre d'exercice de l'acte principal du document.",
  },
  {
    id: 'XDS-CDA-EVENT-CODE',
    layer: 'business',
    severity: 'error',
    requirements,
    source: SHARING,
    title: "Chaque code d'eventCodeList est celui d'un acte du document.",
  },
  {
    id: 'XDS-CDA-TITLE',
    layer: 'business',
    severity: 'error',
    requirements,
    source: SHARING,
    title: 'Le titre de la fiche est celui du document.',
  },
  {
    id: 'XDS-CDA-CONFIDENTIALITY',
    layer: 'business',
    severity: 'error',
    requirements,
    source: SHARING,
    title: 'La confidentialité que le document déclare est aussi dans la fiche.',
  },
  {
    id: 'XDS-CDA-ORDER',
    layer: 'business',
    severity: 'error',
    requirements,
    source: SHARING,
    title: 'Les demandes de referenceIdList sont celles du document.',
  },
  {
    id: 'XDS-MIME-TYPE',
    layer: 'business',
    severity: 'error',
    requirements: ['DMP/va1.01', 'DOC/va1.25'],
    source: 'CI-SIS, volet partage, mimeType',
    title: 'mimeType est application/xslt+xml pour un CDA porté par sa feuille de style, text/xml sinon.',
  },
  {
    id: 'XDS-LOT-AUTHOR',
    layer: 'business',
    severity: 'warning',
    requirements: ['DMP/va1.01'],
    source: 'CI-SIS, volet partage, auteur du lot ; choix du banc, aucun texte public ne le dit',
    title: "L'auteur du lot est l'utilisateur du VIHF, ou une personne des fiches qu'il soumet.",
  },
  {
    id: 'XDS-AUTHOR-ROLE',
    layer: 'business',
    severity: 'error',
    requirements: ['DMP/va1.01'],
    source: "CI-SIS, volet partage, authorSpecialty ; Guide d'intégration DMP, rôle du VIHF",
    title: 'Une même personne a la même profession et la même spécialité dans le VIHF, le lot et les fiches.',
  },
  {
    id: 'XDS-STYLE-SHEET-SCRIPT',
    layer: 'business',
    severity: 'error',
    requirements: ['DMP/va1.01', 'DOC/va1.25'],
    source: SELF_PRESENTING,
    title: 'La feuille de style qui porte un document ne contient aucun script.',
  },
  {
    id: 'XDS-STYLE-SHEET-EXTERNAL',
    layer: 'business',
    severity: 'error',
    requirements: ['DMP/va1.01', 'DOC/va1.25'],
    source: SELF_PRESENTING,
    title: "La feuille de style d'un document est tout entière dans le document.",
  },
] as const satisfies readonly Rule[];

export type CoherenceRule = (typeof COHERENCE_RULES)[number]['id'];
