import type { Rule } from '#dsr/verdict/index.ts';

/** An INS value wherever it travels. */
export const VALUE_RULES = [
  {
    id: 'INS-SHAPE',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.59'],
    source: 'Référentiel INS, matricule',
    title: 'Le matricule INS a 15 caractères : 13 de numéro et 2 de clé.',
  },
  {
    id: 'INS-KEY',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.59'],
    source: 'Référentiel INS, clé de contrôle (97 − N modulo 97)',
    title: 'La clé du matricule INS est juste.',
  },
  {
    id: 'INS-OID',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.59'],
    source: "Référentiel INS, liste des OID des autorités d'affectation",
    title: "L'OID du matricule est celui d'une autorité d'affectation admise.",
  },
] as const satisfies readonly Rule[];
