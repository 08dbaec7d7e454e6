import type { Rule } from '#dsr/verdict/index.ts';

const requirements = ['DMP/va1.02', 'DMP/va1.21'] as const;
const source = "Guide d'intégration DMP, TD0.9, accès web-PS contextuel";

/** Rules on the contextual web access (TD0.9). Source: protocols.md §3, W1 to W3. */
export const WEB_RULES = [
  {
    id: 'WEBPS-METHOD',
    layer: 'wire',
    severity: 'error',
    requirements,
    source,
    title: 'Le navigateur est envoyé par un simple GET en HTTPS, sans corps.',
  },
  {
    id: 'WEBPS-PATH',
    layer: 'wire',
    severity: 'error',
    requirements,
    source,
    title: "L'adresse est celle de la page demandée, à la majuscule près.",
  },
  {
    id: 'WEBPS-INS',
    layer: 'business',
    severity: 'error',
    requirements,
    source,
    title: "L'adresse porte l'INS du patient ouvert, sur 15 caractères.",
  },
  {
    id: 'WEBPS-CONTEXT',
    layer: 'business',
    severity: 'error',
    requirements,
    source,
    title: "Rien d'autre que l'INS n'est transmis du patient.",
  },
  {
    id: 'WEBPS-REFERER',
    layer: 'business',
    severity: 'error',
    requirements,
    source: `${source} (W3 : rien d'autre du patient, ni dans l'adresse ni dans Referer)`,
    title: "La page d'où vient l'utilisateur ne dit rien du patient.",
  },
  {
    id: 'WEBPS-BROWSER',
    layer: 'wire',
    severity: 'error',
    requirements,
    source: `${source} (W4 : navigateur de l'utilisateur)`,
    title: "La page est ouverte par le navigateur de l'utilisateur, pas par le serveur du logiciel.",
  },
] as const satisfies readonly Rule[];

export type WebRule = (typeof WEB_RULES)[number]['id'];
