import type { Rule } from '#dsr/verdict/index.ts';
import { GUIDE, IMPLEMENTATION } from './sources.ts';

/** An identity that is not qualified leaves without its INS (rule 28). */
export const TRANSMISSION_RULES = [
  {
    id: 'INS-NOT-SENT-NUMBER',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.59'],
    source: `${IMPLEMENTATION}, règle 28`,
    title: "Le matricule INS d'une identité qui n'est pas qualifiée ne sort pas du produit.",
  },
  {
    id: 'INS-NOT-SENT-OID',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.59'],
    source: `${IMPLEMENTATION}, règle 28`,
    title: "L'OID de l'INS d'une identité qui n'est pas qualifiée ne sort pas du produit.",
  },
] as const satisfies readonly Rule[];

/** What leaves the product is what INSi returned (A7, A8). */
export const DIFFUSION_RULES = [
  {
    id: 'INS-SENT-NUMBER',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.59', 'INS/va1.52'],
    source: `Référentiel INS, transmission ; ${GUIDE}, codes retour`,
    title: 'Documents et messages portent le matricule actif renvoyé par INSi, sur 15 caractères.',
  },
  {
    id: 'INS-SENT-OID',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.59', 'INS/va1.52'],
    source: `Référentiel INS, transmission ; ${GUIDE}, codes retour`,
    title: "Documents et messages portent l'OID renvoyé par INSi.",
  },
  {
    id: 'INS-SENT-NIA',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.59'],
    source: `Référentiel INS, OID du NIA ; ${GUIDE}, codes retour`,
    title: "Un NIA est transmis avec l'OID des NIA.",
  },
  {
    id: 'INS-SENT-HISTORY',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.01', 'INS/va1.59'],
    source: `${GUIDE}, INSHISTO`,
    title: "Un matricule de l'historique n'adresse ni document ni message.",
  },
  {
    id: 'INS-SENT-TRAITS',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.52'],
    source: `${IMPLEMENTATION}, règles 6 et 28`,
    title: 'Documents et messages portent les traits renvoyés par INSi, tels quels.',
  },
] as const satisfies readonly Rule[];

/** A call that gave no answer to use (A9, A10). */
export const FAILURE_RULES = [
  {
    id: 'INS-FAILURE-TOLD',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.34'],
    source: `${GUIDE}, gestion des erreurs`,
    title: "Un appel en erreur ou sans réponse est dit à l'utilisateur.",
  },
  {
    id: 'INS-FAILURE-CODE',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.34'],
    source: `${GUIDE}, codes retour et erreurs`,
    title: "Le produit ne tire aucun code retour de ce qui n'est pas une réponse d'INSi.",
  },
  {
    id: 'INS-FAILURE-UNCHANGED',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.34', 'INS/va1.35'],
    source: `${GUIDE}, gestion des erreurs`,
    title: "Un appel en erreur ou sans réponse ne change pas l'identité.",
  },
  {
    id: 'INS-FAILURE-TRACED',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.38'],
    source: `${IMPLEMENTATION}, règle 37`,
    title: 'Un appel en erreur ou sans réponse laisse une trace.',
  },
  {
    id: 'INS-FAILURE-LOCAL',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.34'],
    source: `${GUIDE}, mode dégradé`,
    title: 'Le circuit local continue quand INSi ne répond pas.',
  },
] as const satisfies readonly Rule[];
