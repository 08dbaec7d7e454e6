import type { Rule } from '#dsr/verdict/index.ts';

/** Rules on the reading of a record by the interfaces of the product. Source of all: protocols.md §2.3, §2.6 and §2.10. */
export const CONSULTATION_RULES = [
  {
    id: 'DMP-SEARCH-CRITERIA',
    layer: 'business',
    severity: 'error',
    requirements: ['DMP/UX.27'],
    source: 'REM SGL vague 2, DMP/UX.27 ; IHE ITI TF-2, ITI-18',
    title: "Chaque critère choisi par l'utilisateur est envoyé au DMP.",
  },
  {
    id: 'DMP-CONSENT-BEFORE-READING',
    layer: 'business',
    severity: 'error',
    requirements: ['DMP/UX.06', 'DMP/CONF.06'],
    source: 'REM SGL vague 2, DMP/UX.06 et DMP/CONF.06',
    title: "Le DMP d'un patient qui s'oppose à sa consultation, ou n'a pas donné son choix, n'est pas consulté.",
  },
  {
    id: 'DMP-AUTHORISATION-PLACED',
    layer: 'business',
    severity: 'error',
    requirements: ['DMP/UX.50'],
    source: 'REM SGL vague 2, DMP/UX.50',
    title:
      "Sans autorisation valide et le patient d'accord, TD0.2 est suivi de la pose de l'autorisation de l'utilisateur (TD0.3).",
  },
  {
    id: 'DMP-AUTHORISATION-UNASKED',
    layer: 'business',
    severity: 'error',
    requirements: ['DMP/UX.50'],
    source: 'REM SGL vague 2, DMP/UX.50',
    title: "Aucune autorisation (TD0.3) n'est posée sans l'accord du patient, ni quand il y en a déjà une.",
  },
  {
    id: 'DMP-AIR-MODE',
    layer: 'business',
    severity: 'error',
    requirements: ['DMP/AIRS.03'],
    source: "Guide d'intégration DMP, EX_AIR-030 et EX_AIR-050 ; protocols.md §2.10",
    title: 'Une consultation en mode AIR porte Authentification_Mode INDIRECTE_RENFORCEE et AuthnContextDecl.',
  },
] as const satisfies readonly Rule[];

export type ConsultationRule = (typeof CONSULTATION_RULES)[number]['id'];
