import { currentExchange } from '../network/index.ts';
import { jsonAnswer, narrate } from './answers.ts';
import { REALM_PATH, issuerOf, walletOrigin } from './origins.ts';
import { playTransport } from './situations.ts';
import type { PscDesk } from './types.ts';

/** The path of the real service, not the one of the standard (protocols.md §4.1), which is served as well. */
export const DISCOVERY_PATHS = [
  `${REALM_PATH}/.well-known/wallet-openid-configuration`,
  `${REALM_PATH}/.well-known/openid-configuration`,
] as const;
export const CERTS_PATH = `${REALM_PATH}/protocol/openid-connect/certs`;

/** Discovery document. The authorization endpoint is on another origin than the issuer, as at the real service. */
export async function discovery(request: Request, desk: PscDesk): Promise<Response> {
  currentExchange().identify('discovery');
  const played = await playTransport(desk, 'discovery', undefined);
  if (played !== undefined) return played;
  const issuer = issuerOf(request);
  const connect = `${issuer}/protocol/openid-connect`;
  narrate('document de découverte rendu');
  return jsonAnswer({
    issuer,
    authorization_endpoint: `${walletOrigin(request)}/auth`,
    token_endpoint: `${connect}/token`,
    introspection_endpoint: `${connect}/token/introspect`,
    userinfo_endpoint: `${connect}/userinfo`,
    end_session_endpoint: `${connect}/logout`,
    jwks_uri: `${connect}/certs`,
    grant_types_supported: ['authorization_code', 'refresh_token'],
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    claims_supported: [
      'aud',
      'sub',
      'iss',
      'auth_time',
      'name',
      'given_name',
      'family_name',
      'preferred_username',
      'acr',
    ],
    claim_types_supported: ['normal'],
    claims_parameter_supported: false,
    request_parameter_supported: false,
    acr_values_supported: ['eidas1'],
    scopes_supported: ['openid', 'scope_all'],
    code_challenge_methods_supported: ['S256'],
  });
}

/** JWKS: one RS256 key, found by its `kid`. */
export async function certificates(_request: Request, desk: PscDesk): Promise<Response> {
  currentExchange().identify('certs');
  const played = await playTransport(desk, 'discovery', undefined);
  if (played !== undefined) return played;
  narrate('clés publiques rendues');
  return jsonAnswer({ keys: [desk.keys.publicJwk] });
}
