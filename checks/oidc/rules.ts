import type { Rule } from '#dsr/verdict/index.ts';

const PSC = 'Référentiel Pro Santé Connect';
const requirements = ['PSC.01'] as const;

/**
 * Rules on a login through Pro Santé Connect: PSC.01 of wave 2 asks for one of its modes, PSC.08 for the level of
 * authentication. Wave 1 of the SGL keeps no requirement for it. Source of all: protocols.md §4.1 to §4.6.
 */
export const RULES = [
  {
    id: 'PSC-AUTHORIZATION-PRESENT',
    layer: 'wire',
    severity: 'error',
    requirements,
    source: `${PSC}, flux par code d'autorisation`,
    title: "Le produit envoie le navigateur vers le point d'autorisation.",
  },
  {
    id: 'PSC-AUTHORIZATION-PARAMETERS',
    layer: 'wire',
    severity: 'error',
    requirements: ['PSC.01', 'PSC.08'],
    source: `${PSC}, paramètres de la requête d'autorisation`,
    title: 'response_type, client_id, redirect_uri, scope et acr_values sont ceux que Pro Santé Connect demande.',
  },
  {
    id: 'PSC-STATE',
    layer: 'wire',
    severity: 'error',
    requirements,
    source: 'RFC 6749 §10.12 ; référentiel Pro Santé Connect',
    title: 'state est présent, imprévisible, et nouveau à chaque connexion.',
  },
  {
    id: 'PSC-NONCE',
    layer: 'wire',
    severity: 'error',
    requirements,
    source: 'OpenID Connect Core §3.1.2.1 ; référentiel Pro Santé Connect',
    title: 'nonce est présent, imprévisible, et nouveau à chaque connexion.',
  },
  {
    id: 'PSC-PKCE',
    layer: 'wire',
    severity: 'warning',
    requirements,
    source: 'RFC 7636 ; RFC 9700 §2.1.1 ; Pro Santé Connect prend S256 en charge',
    title: 'La requête porte un code_challenge S256.',
  },
  {
    id: 'PSC-SECRET-FRONT-CHANNEL',
    layer: 'wire',
    severity: 'error',
    requirements,
    source: `${PSC}, exigence 22 : le secret reste sur un serveur`,
    title: 'Aucun secret ne passe par le navigateur.',
  },
  {
    id: 'PSC-TOKEN-PRESENT',
    layer: 'wire',
    severity: 'error',
    requirements,
    source: `${PSC}, échange du code`,
    title: 'Le produit échange le code contre des jetons.',
  },
  {
    id: 'PSC-TOKEN-REQUEST',
    layer: 'wire',
    severity: 'error',
    requirements,
    source: 'RFC 6749 §4.1.3 ; référentiel Pro Santé Connect',
    title: 'La requête de jetons est un POST de formulaire, grant_type authorization_code, avec un code.',
  },
  {
    id: 'PSC-TOKEN-SERVER-SIDE',
    layer: 'wire',
    severity: 'error',
    requirements,
    source: `${PSC}, exigence 22 : CORS est refusé`,
    title: 'Le code est échangé de serveur à serveur.',
  },
  {
    id: 'PSC-CODE-ONCE',
    layer: 'wire',
    severity: 'error',
    requirements,
    source: 'RFC 6749 §4.1.2',
    title: "Un code n'est échangé qu'une fois.",
  },
  {
    id: 'PSC-REDIRECT-URI',
    layer: 'wire',
    severity: 'error',
    requirements,
    source: 'RFC 6749 §4.1.3',
    title: "redirect_uri est la même à l'autorisation et à l'échange du code.",
  },
  {
    id: 'PSC-CODE-VERIFIER',
    layer: 'wire',
    severity: 'error',
    requirements,
    source: 'RFC 7636 §4.6',
    title: 'code_verifier répond au code_challenge.',
  },
  {
    id: 'PSC-USERINFO-PRESENT',
    layer: 'wire',
    severity: 'error',
    requirements,
    source: `${PSC}, données d'identité (userinfo)`,
    title: 'Le produit lit les données du professionnel sur userinfo.',
  },
  {
    id: 'PSC-USERINFO-BEARER',
    layer: 'wire',
    severity: 'error',
    requirements,
    source: 'RFC 6750 §2.1 et §2.3 ; référentiel Pro Santé Connect',
    title: "userinfo est appelé avec le jeton d'accès dans l'en-tête Authorization.",
  },
] as const satisfies readonly Rule[];

export type OidcRule = (typeof RULES)[number]['id'];
