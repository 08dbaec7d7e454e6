import { createHash, randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { FakeAnswer, FakeService, ReceivedRequest } from './fake-service.ts';

export interface FakePsc {
  /** Who is in front of the browser. */
  nationalId: string;
  /** Changes the claims of the next ID tokens. */
  claims: Record<string, unknown>;
  /** Signs the next ID tokens with a key that is not published. */
  foreignKey: boolean;
  /** What the product asked at the authorization endpoint. */
  asked: URLSearchParams | undefined;
}

/** Pro Santé Connect reduced to one person who always agrees; checks PKCE and the secret as the real one does. */
export async function playPsc(service: FakeService): Promise<FakePsc> {
  const [published, foreign] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')]);
  const jwk = { ...(await exportJWK(published.publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' };
  const psc: FakePsc = { nationalId: '899700000001', claims: {}, foreignKey: false, asked: undefined };
  const codes = new Map<string, URLSearchParams>();
  const json = (body: object, status = 200): FakeAnswer => ({
    status,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const sub = (): string => `f:realm:${psc.nationalId}`;

  const token = async (request: ReceivedRequest): Promise<FakeAnswer> => {
    const form = new URLSearchParams(request.body);
    const asked = codes.get(form.get('code') ?? '');
    codes.delete(form.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    const basic = `Basic ${Buffer.from('sgl:secret').toString('base64')}`;
    if (request.headers.authorization !== basic) return json({ error: 'invalid_client' }, 401);
    if (!asked || challenge !== asked.get('code_challenge')) return json({ error: 'invalid_grant' }, 400);
    const now = Math.floor(Date.now() / 1000);
    const honest = { iss: service.origin, aud: 'sgl', iat: now, exp: now + 120, nonce: asked.get('nonce'), sub: sub() };
    const idToken = await new SignJWT({ ...honest, acr: 'eidas3', ...psc.claims })
      .setProtectedHeader({ alg: 'RS256', kid: 'k1' })
      .sign(psc.foreignKey ? foreign.privateKey : published.privateKey);
    return json({ access_token: 'acces', token_type: 'Bearer', expires_in: 120, id_token: idToken });
  };

  service.answer = (request) => {
    const { pathname, searchParams } = request.url;
    switch (pathname) {
      case '/.well-known/wallet-openid-configuration':
        return json({
          issuer: service.origin,
          authorization_endpoint: `${service.origin}/auth`,
          token_endpoint: `${service.origin}/token`,
          userinfo_endpoint: `${service.origin}/userinfo`,
          end_session_endpoint: `${service.origin}/logout`,
          jwks_uri: `${service.origin}/certs`,
          response_types_supported: ['code'],
          id_token_signing_alg_values_supported: ['RS256'],
        });
      case '/certs':
        return json({ keys: [jwk] });
      case '/auth': {
        psc.asked = searchParams;
        const code = randomUUID();
        codes.set(code, searchParams);
        const back = new URL(searchParams.get('redirect_uri') ?? '');
        back.searchParams.set('state', searchParams.get('state') ?? '');
        back.searchParams.set('code', code);
        return { status: 302, headers: { location: back.href } };
      }
      case '/token':
        return token(request);
      case '/userinfo':
        if (request.headers.authorization !== 'Bearer acces') return json({}, 401);
        return json({
          sub: sub(),
          SubjectNameID: psc.nationalId,
          given_name: 'KIT',
          family_name: 'DOC',
          SubjectRefPro: {
            exercices: [{ codeProfession: '10', codeSavoirFaire: 'SM03', codeCiviliteDexercice: 'DR' }],
          },
        });
      default:
        return { status: 404 };
    }
  };
  return psc;
}
