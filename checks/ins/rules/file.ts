import type { Rule } from '#dsr/verdict/index.ts';
import { GUIDE, IMPLEMENTATION, RNIV } from './sources.ts';

/** A list of identities that was exported from a product. */
export const LIST_RULES = [
  {
    id: 'INS-LIST-READABLE',
    layer: 'wellformed',
    severity: 'error',
    requirements: ['INS/va1.59'],
    source: 'Format de la liste : CSV avec en-tête, ou tableau JSON',
    title: "La liste d'identités est lisible et porte au moins une identité.",
  },
  {
    id: 'INS-LIST-ROW',
    layer: 'wellformed',
    severity: 'error',
    requirements: ['INS/va1.59'],
    source: 'Format de la liste : CSV avec en-tête, ou tableau JSON',
    title: "Chaque ligne de la liste d'identités est lisible.",
  },
  {
    id: 'INS-LIST-NAME',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.56'],
    source: `${RNIV}, règles de saisie`,
    title: "Nom et prénoms de naissance sont en majuscules A-Z, espace, apostrophe et trait d'union.",
  },
  {
    id: 'INS-LIST-SEX',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.31', 'INS/va1.56'],
    source: `${IMPLEMENTATION}, règle 12`,
    title: "Le sexe d'une identité qui porte une INS est M ou F.",
  },
  {
    id: 'INS-LIST-DATE',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.28', 'INS/va1.56'],
    source: `${IMPLEMENTATION}, règle 11`,
    title: "La date de naissance d'une identité qui porte une INS est complète : ni jour ni mois 00.",
  },
  {
    id: 'INS-LIST-PLACE',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.56'],
    source: `${RNIV}, lieu de naissance ; code officiel géographique`,
    title: 'Le lieu de naissance est un code COG de 5 caractères.',
  },
] as const satisfies readonly Rule[];

/** An answer of INSi by itself: whether a product may use it. */
export const ANSWER_RULES = [
  {
    id: 'INSI-ANSWER-READABLE',
    layer: 'wellformed',
    severity: 'error',
    requirements: ['INS/va1.34'],
    source: `${GUIDE}, réponses`,
    title: "Le fichier est une réponse d'INSi lisible : résultat, résultat de vérification ou erreur SOAP.",
  },
  {
    id: 'INSI-ANSWER-KEY',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.34'],
    source: `${GUIDE}, contrôle de la clé du matricule`,
    title: "La clé du matricule renvoyé est juste et son OID est celui d'une autorité d'affectation.",
  },
  {
    id: 'INSI-ANSWER-DATE',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.28'],
    source: `${IMPLEMENTATION}, règle 11`,
    title: 'Ni le jour ni le mois de naissance renvoyés ne valent 00.',
  },
  {
    id: 'INSI-ANSWER-EMPTY',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.31'],
    source: `${IMPLEMENTATION}, règle 12`,
    title: 'Le nom, les prénoms et le sexe renvoyés ne sont pas vides.',
  },
] as const satisfies readonly Rule[];
