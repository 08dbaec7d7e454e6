import type { Rule } from '#dsr/verdict/index.ts';

/** Rules on the feeding of documents of the past. */
export const HISTORY_RULES = [
  {
    id: 'DMP-HISTORY-DATE',
    layer: 'business',
    severity: 'error',
    requirements: ['DMP/HISTO.03'],
    source: 'REM SGL vague 2, DMP/HISTO.03',
    title: "Un document ancien est daté de l'acte, dans le CDA et dans les métadonnées.",
  },
  {
    id: 'DMP-HISTORY-AUTHOR',
    layer: 'business',
    severity: 'error',
    requirements: ['DMP/HISTO.04'],
    source: "REM SGL vague 2, DMP/HISTO.04 ; guide d'intégration DMP, RG_2230",
    title: "La structure est auteur du lot, et du document avec l'auteur d'origine, quand celui-ci a quitté le RPPS.",
  },
  {
    id: 'DMP-HISTORY-RATE',
    layer: 'business',
    severity: 'error',
    requirements: ['DMP/HISTO.06'],
    source: 'REM SGL vague 2, DMP/HISTO.06',
    title: "La reprise de l'historique ne dépasse pas la vitesse réglée.",
  },
] as const satisfies readonly Rule[];

export type HistoryRule = (typeof HISTORY_RULES)[number]['id'];
