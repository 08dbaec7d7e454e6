import { currentExchange } from '../network/index.ts';
import { jsonAnswer, narrate } from './answers.ts';
import { authenticateClient } from './client-authentication.ts';
import { TOKEN_PATH } from './token.ts';
import { playTransport } from './situations.ts';
import { readAccessToken, readRefreshToken } from './tokens.ts';
import type { PscDesk } from './types.ts';

export const INTROSPECTION_PATH = `${TOKEN_PATH}/introspect`;

/** Introspection (RFC 7662) with `SubjectNameID` for an access token. Source: protocols.md §4.2. */
export async function introspection(request: Request, desk: PscDesk): Promise<Response> {
  const exchange = currentExchange();
  exchange.identify('introspection');
  const form = new URLSearchParams(await request.text());
  const presented = form.get('token') ?? '';
  const access = await readAccessToken(desk, presented);
  if (access.ok) exchange.attribute({ professional: access.session.professional.nationalId });
  const played = await playTransport(
    desk,
    'introspection',
    access.ok ? access.session.professional.nationalId : undefined,
  );
  if (played !== undefined) return played;
  const client = authenticateClient(request, form, desk);
  if (!client.ok) return client.response;
  const reading = access.ok ? access : await readRefreshToken(desk, presented);
  if (!reading.ok) {
    narrate('jeton inactif');
    return jsonAnswer({ active: false });
  }
  const { nationalId } = reading.session.professional;
  narrate('jeton actif');
  return jsonAnswer({
    ...reading.claims,
    ...(access.ok ? { SubjectNameID: nationalId } : {}),
    client_id: reading.claims['azp'],
    username: nationalId,
    active: true,
  });
}
