import type { Rule } from '#dsr/verdict/index.ts';

const source = 'REM SGL vague 1, tableau de bord des services socles';

/** Rules on the figures of activity that a product shows. */
export const RULES = [
  {
    id: 'TBB-PERIOD',
    layer: 'business',
    severity: 'error',
    requirements: ['TBB/va1.03'],
    source,
    title: 'Le tableau de bord dit les bornes de la période demandée.',
  },
  {
    id: 'TBB-REPORTS',
    layer: 'business',
    severity: 'error',
    requirements: ['TBB/va1.03'],
    source,
    title: 'Chaque compte rendu arrivé par un canal y est compté une fois, selon son identité, et eux seuls.',
  },
  {
    id: 'TBB-FILES',
    layer: 'business',
    severity: 'error',
    requirements: ['TBB/va1.03'],
    source,
    title: 'Les dossiers sont comptés par canal, et ceux qui ont les trois actions à part.',
  },
  {
    id: 'TBB-FAILURES',
    layer: 'business',
    severity: 'error',
    requirements: ['TBB/va1.05'],
    source,
    title: "Chaque échec d'alimentation ou d'envoi est compté.",
  },
  {
    id: 'TBB-STRUCTURE',
    layer: 'business',
    severity: 'error',
    requirements: ['TBB/va1.03'],
    source,
    title: "Les chiffres d'un FINESS géographique ne sont que les siens.",
  },
] as const satisfies readonly Rule[];

export type TbbRule = (typeof RULES)[number]['id'];
