import type { Rule } from '#dsr/verdict/index.ts';

/** Rules on what the user asked for: nothing sent, or nothing seen by some. Source: D11 of protocols.md §2.11. */
export const ASKED_RULES = [
  {
    id: 'DMP-FEEDING-BLOCKED',
    layer: 'business',
    severity: 'error',
    requirements: ['DMP/va1.22'],
    source: 'REM SGL vague 1, DMP/va1.22',
    title: "Rien n'est versé dans le DMP d'un patient pour qui l'utilisateur a bloqué l'alimentation.",
  },
  {
    id: 'XDS-CONFIDENTIALITY-ASKED',
    layer: 'business',
    severity: 'error',
    requirements: ['DOC/va1.21', 'DOC/va1.24'],
    source: "Guide d'intégration DMP, EX_2.1-1050, masquage et visibilité",
    title: "Les codes de confidentialité envoyés sont ceux que l'utilisateur a demandés.",
  },
  {
    id: 'XDS-TWO-COPIES',
    layer: 'business',
    severity: 'error',
    requirements: ['DOC/va1.21', 'DOC/va1.36'],
    source: 'REM SGL vague 1, DOC/va1.36 ; volet compte rendu de biologie : deux exemplaires',
    title: "L'exemplaire du patient est masqué aux professionnels, celui des professionnels est invisible au patient.",
  },
] as const satisfies readonly Rule[];

export type AskedRule = (typeof ASKED_RULES)[number]['id'];
