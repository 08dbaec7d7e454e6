import type { Rule } from '#dsr/verdict/index.ts';

/** Rules on the existence test (TD0.2). Source of all: protocols.md §2.3. */
export const TD02_RULES = [
  {
    id: 'TD02-READABLE',
    layer: 'wellformed',
    severity: 'error',
    requirements: ['DMP/va1.01'],
    source: "Guide d'intégration DMP, TD0.2",
    title: 'Le message est une enveloppe SOAP 1.2 lisible.',
  },
  {
    id: 'TD02-ACTION',
    layer: 'wire',
    severity: 'error',
    requirements: ['DMP/va1.01'],
    source: "Guide d'intégration DMP, TD0.2",
    title: "wsa:Action est celle du test d'existence et le Body contient PRPA_IN201307UV02.",
  },
  {
    id: 'TD02-MESSAGE-ID',
    layer: 'wire',
    severity: 'error',
    requirements: ['DMP/va1.01'],
    source: 'CI-SIS, volet transport synchrone pour client lourd',
    title: 'wsa:MessageID est de la forme urn:uuid:<UUID>.',
  },
  {
    id: 'TD02-WRAPPER',
    layer: 'business',
    severity: 'error',
    requirements: ['DMP/va1.01'],
    source: "Guide d'intégration DMP, TD0.2, enveloppe HL7 v3",
    title: "L'enveloppe HL7 v3 porte les identifiants et codes prévus.",
  },
  {
    id: 'TD02-CREATION-TIME',
    layer: 'business',
    severity: 'error',
    requirements: ['DMP/va1.01'],
    source: "Guide d'intégration DMP, TD0.2, creationTime",
    title: 'creationTime est un instant UTC sur 14 chiffres.',
  },
  {
    id: 'TD02-DEVICES',
    layer: 'business',
    severity: 'error',
    requirements: ['DMP/va1.01'],
    source: "Guide d'intégration DMP, TD0.2, receiver et sender",
    title: "Le destinataire est le DMP et l'émetteur a un OID.",
  },
  {
    id: 'TD02-REASON',
    layer: 'business',
    severity: 'error',
    requirements: ['DMP/va1.01'],
    source: "Guide d'intégration DMP, TD0.2, reasonCode",
    title: 'Le motif est TEST_EXST (ou CNSLT_DATA).',
  },
  {
    id: 'TD02-QUERY',
    layer: 'business',
    severity: 'error',
    requirements: ['DMP/va1.01'],
    source: "Guide d'intégration DMP, TD0.2, queryByParameter",
    title: 'La requête a un identifiant et le statut new.',
  },
  {
    id: 'TD02-PATIENT',
    layer: 'business',
    severity: 'error',
    requirements: ['DMP/va1.01', 'INS/va1.59'],
    source: "Guide d'intégration DMP, TD0.2, patientIdentifier",
    title: "Le patient est désigné par son INS et l'OID de celui-ci.",
  },
] as const satisfies readonly Rule[];

export type Td02Rule = (typeof TD02_RULES)[number]['id'];
