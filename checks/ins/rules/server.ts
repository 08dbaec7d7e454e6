import type { Rule } from '#dsr/verdict/index.ts';

/** SSI/GEN.12 wants both ends of a flow of sensitive data authenticated before the exchange; no requirement of the INS section says it. */
const PROTECTED = 'REM vague 2, SSI/GEN.12 : le destinataire du flux est authentifié avant l’échange';

/** Which server the product accepts to talk to. */
export const SERVER_RULES = [
  {
    id: 'INSI-SERVER-CERTIFICATE',
    layer: 'wire',
    severity: 'error',
    requirements: ['SSI/GEN.12'],
    source: PROTECTED,
    title:
      "Rien n'est envoyé à un serveur dont le certificat est expiré, pas encore valide, d'une autre autorité ou d'un autre nom.",
  },
  {
    id: 'INSI-SERVER-REVOKED',
    layer: 'wire',
    severity: 'error',
    requirements: ['SSI/GEN.12'],
    source: `${PROTECTED} ; un certificat révoqué n’authentifie plus personne (IGC-Santé, listes de révocation)`,
    title: "Rien n'est envoyé à un serveur dont le certificat est révoqué.",
  },
  {
    id: 'INSI-SERVER-TLS-VERSION',
    layer: 'wire',
    severity: 'error',
    requirements: ['SSI/GEN.12', 'SSI/GEN.13'],
    source: 'REM vague 2, SSI/GEN.12 et SSI/GEN.13 : recommandations de sécurité relatives à TLS',
    title: "Rien n'est envoyé à un serveur qui ne parle que TLS 1.0 ou 1.1.",
  },
] as const satisfies readonly Rule[];
