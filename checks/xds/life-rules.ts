import type { Rule } from '#dsr/verdict/index.ts';

/** Rules on the status of a report and on its deletion. Source: protocols.md §2.8; IHE laboratory report, status of the report. */
export const LIFE_RULES = [
  {
    id: 'XDS-REPORT-STATUS',
    layer: 'business',
    severity: 'error',
    requirements: ['DMP/va1.15'],
    source: "CI-SIS, compte rendu d'examens de biologie, statut du compte rendu",
    title: 'Un compte rendu partiel est écrit « active », un compte rendu complet « completed ».',
  },
  {
    id: 'XDS-DELETION',
    layer: 'business',
    severity: 'error',
    requirements: ['DMP/va1.23', 'DMP/CONF.03'],
    source: "Guide d'intégration DMP, TD3.3c (ITI-57)",
    title: "La suppression passe la fiche en vigueur à l'état « Deleted ».",
  },
] as const satisfies readonly Rule[];

export type LifeRule = (typeof LIFE_RULES)[number]['id'];
