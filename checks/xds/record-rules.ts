import type { Rule } from '#dsr/verdict/index.ts';

const UPDATE = "Guide d'intégration DMP, TD3.3 ; IHE ITI, supplément XDS Metadata Update";
const SEARCH = "Guide d'intégration DMP, TD3.1 ; IHE ITI TF-2, ITI-18";

/** Rules on updates (TD3.3, ITI-57) and searches (TD3.1, ITI-18). Source of all: protocols.md §2.6 and §2.8. */
export const RECORD_RULES = [
  {
    id: 'TD33-SUBMISSION-SET',
    layer: 'business',
    severity: 'error',
    requirements: ['DMP/va1.23'],
    source: UPDATE,
    title: 'Une mise à jour est un lot de soumission nouveau, et un seul, avec ce qu’il change.',
  },
  {
    id: 'TD33-STATUS',
    layer: 'business',
    severity: 'error',
    requirements: ['DMP/va1.23', 'DMP/CONF.03'],
    source: UPDATE,
    title: 'Le passage d’un état à l’autre est un de ceux que le DMP admet.',
  },
  {
    id: 'TD33-TARGET',
    layer: 'business',
    severity: 'error',
    requirements: ['DMP/va1.23', 'DMP/CONF.03'],
    source: UPDATE,
    title: "Une mise à jour désigne la fiche par l'entryUUID ou le lid que le DMP a donné.",
  },
  {
    id: 'TD33-PREVIOUS-VERSION',
    layer: 'business',
    severity: 'error',
    requirements: ['DMP/va1.23'],
    source: UPDATE,
    title: 'Une fiche modifiée dit, par HasMember, de quelle version elle part.',
  },
  {
    id: 'TD33-COPY',
    layer: 'business',
    severity: 'error',
    requirements: ['DMP/va1.23'],
    source: UPDATE,
    title: 'Une fiche modifiée est une copie entière de celle du DMP.',
  },
  {
    id: 'TD33-PATIENT',
    layer: 'business',
    severity: 'error',
    requirements: ['DMP/va1.23', 'INS/va1.59'],
    source: UPDATE,
    title: 'Le lot, la fiche et le VIHF désignent le même patient.',
  },
  {
    id: 'TD31-QUERY',
    layer: 'business',
    severity: 'error',
    requirements: ['DMP/UX.27'],
    source: SEARCH,
    title: 'La recherche est une des requêtes que le DMP sert.',
  },
  {
    id: 'TD31-PATIENT',
    layer: 'business',
    severity: 'error',
    requirements: ['DMP/UX.27', 'INS/va1.59'],
    source: SEARCH,
    title: 'Le patient cherché est celui du VIHF, par son INS entre apostrophes.',
  },
  {
    id: 'TD31-STATUS',
    layer: 'business',
    severity: 'error',
    requirements: ['DMP/UX.27'],
    source: "Guide d'intégration DMP, EX_3.1-1030",
    title: 'La recherche comprend toujours les documents actifs.',
  },
  {
    id: 'TD31-TIME',
    layer: 'business',
    severity: 'error',
    requirements: ['DMP/UX.27'],
    source: SEARCH,
    title: 'Les dates de la recherche sont en UTC, sans décalage.',
  },
  {
    id: 'TD31-PARAMETER',
    layer: 'business',
    severity: 'error',
    requirements: ['DMP/UX.27'],
    source: `${SEARCH}, §3.18.4.1.2.3`,
    title: 'La recherche a les paramètres de sa requête stockée, bien nommés et bien écrits.',
  },
] as const satisfies readonly Rule[];

export type RecordRule = (typeof RECORD_RULES)[number]['id'];
