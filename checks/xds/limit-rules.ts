import type { Rule } from '#dsr/verdict/index.ts';

/** What the bench could not judge of a call, because of a bound of its own. */
export const LIMIT_RULES = [
  {
    id: 'DMP-LIMIT',
    layer: 'wellformed',
    severity: 'info',
    requirements: ['DMP/va1.01'],
    source: 'Jalon : bornes du banc (taille, profondeur et nombre d’éléments du XML, nombre de parties MIME)',
    title: 'Le banc a pu lire et juger tout l’appel au DMP.',
    benchLimit: true,
  },
] as const satisfies readonly Rule[];

export type LimitRule = (typeof LIMIT_RULES)[number]['id'];
