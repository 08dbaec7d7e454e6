import type { Rule } from '#dsr/verdict/index.ts';

const OPERATIONS = "Guide d'intégration DMP, opérations propres au DMP";

/** Rules on the content of the calls that ask or read. Source of all: protocols.md §2.3, §2.4 and §2.7. */
export const ASKING_RULES = [
  {
    id: 'TD03-CONTENT',
    layer: 'business',
    severity: 'error',
    requirements: ['DMP/UX.50'],
    source: `${OPERATIONS}, TD0.3`,
    title: "Une autorisation dit AJOUT ou SUPPRESSION, et un rôle au besoin ; le patient n'est que dans le VIHF.",
  },
  {
    id: 'TD04-CONTENT',
    layer: 'business',
    severity: 'error',
    requirements: ['DMP/UX.08'],
    source: `${OPERATIONS}, TD0.4`,
    title: 'La liste des DMP accessibles est demandée depuis un instant UTC passé, pour un type de date connu.',
  },
  {
    id: 'TD05-MESSAGE',
    layer: 'business',
    severity: 'error',
    requirements: ['DMP/AIRS.03'],
    source: "Guide d'intégration DMP, TD0.5, enveloppe HL7 v3 ; IHE PDQv3, ITI-47",
    title: "La recherche d'un patient sans INS a l'enveloppe HL7 v3 prévue.",
  },
  {
    id: 'TD05-CRITERIA',
    layer: 'business',
    severity: 'error',
    requirements: ['DMP/AIRS.03'],
    source: "Guide d'intégration DMP, TD0.5 ; IHE PDQv3, ITI-47",
    title: 'Les traits cherchés sont bien écrits, chacun une fois, avec son semanticsText.',
  },
  {
    id: 'TD16-CONTENT',
    layer: 'business',
    severity: 'error',
    requirements: ['DMP/AIRS.03'],
    source: `${OPERATIONS}, TD1.6`,
    title: 'La liste des professionnels autorisés ou bloqués est demandée par un mode connu.',
  },
  {
    id: 'TD32-REQUEST',
    layer: 'business',
    severity: 'error',
    requirements: ['DMP/UX.14'],
    source: "Guide d'intégration DMP, TD3.2 ; IHE ITI TF-2, ITI-43",
    title: 'Une lecture demande des documents, chacun une fois, par son uniqueId.',
  },
  {
    id: 'TD32-REPOSITORY',
    layer: 'business',
    severity: 'error',
    requirements: ['DMP/UX.14'],
    source: "Guide d'intégration DMP, TD3.2, repositoryUniqueId",
    title: "Une lecture s'adresse à l'entrepôt du DMP.",
  },
  {
    id: 'DMP-TLS-SESSION',
    layer: 'wire',
    severity: 'error',
    requirements: ['DMP/va1.01'],
    source: 'DMP, note PDT-579 v4 : TLS 1.2 au moins, suites admises, authentification mutuelle',
    title: 'La session TLS avec le DMP a une version et une suite admises, et un certificat client valide.',
  },
] as const satisfies readonly Rule[];

export type AskingRule = (typeof ASKING_RULES)[number]['id'];
