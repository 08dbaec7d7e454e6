import type { Rule } from '#dsr/verdict/index.ts';

const source = 'REM SGL vague 1, PORT/va1.01 et son scénario PORT/va1.01.01';
const requirements = ['PORT/va1.01'] as const;

/** Rules on the export of the history of a system towards another one. */
export const RULES = [
  {
    id: 'PORT-DECLARATION',
    layer: 'business',
    severity: 'error',
    requirements,
    source,
    title: 'La documentation liste les données exportées, leur format et leur emplacement.',
  },
  {
    id: 'PORT-COMPLETE',
    layer: 'business',
    severity: 'error',
    requirements,
    source,
    title: 'Chaque donnée déclarée est dans l’export, à l’emplacement dit.',
  },
  {
    id: 'PORT-FORMAT',
    layer: 'business',
    severity: 'error',
    requirements,
    source,
    title: 'Chaque fichier a le format que la documentation dit.',
  },
  {
    id: 'PORT-UNDECLARED',
    layer: 'business',
    severity: 'warning',
    requirements,
    source,
    title: 'Chaque fichier de l’export est décrit par la documentation.',
  },
  {
    id: 'PORT-HISTORY',
    layer: 'business',
    severity: 'error',
    requirements,
    source,
    title: 'L’export porte les comptes rendus de toute la période demandée, jusqu’à vingt ans.',
  },
  {
    id: 'PORT-PERIOD',
    layer: 'business',
    severity: 'error',
    requirements,
    source,
    title: 'La profondeur de l’export se règle : rien d’antérieur à la période demandée n’y est.',
  },
] as const satisfies readonly Rule[];

export type PortabilityRule = (typeof RULES)[number]['id'];
