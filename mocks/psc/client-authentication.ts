import { narrate, oauthError } from './answers.ts';
import type { PscDesk } from './types.ts';

export type ClientReading =
  | { readonly ok: true; readonly id: string }
  | { readonly ok: false; readonly response: Response };

/**
 * Authenticates the client of a back-channel call, by Basic or by `client_id`/`client_secret` in the form.
 * Errors are those of Keycloak: 401 `invalid_client` for an unknown one, 401 `unauthorized_client` for a wrong secret.
 */
export function authenticateClient(request: Request, form: URLSearchParams, desk: PscDesk): ClientReading {
  const credentials = fromBasic(request.headers.get('authorization')) ?? fromForm(form);
  if (credentials === undefined) {
    return refuse('invalid_client', 'Invalid client credentials', "aucune authentification du client n'est présente");
  }
  const client = desk.state.client(credentials.id);
  if (client === undefined) {
    if (!desk.state.acceptsStranger(credentials.id)) {
      return refuse('invalid_client', 'Invalid client credentials', `client « ${credentials.id} » inconnu`);
    }
    if (credentials.secret === '') {
      return refuse('unauthorized_client', 'Client secret not provided in request', 'secret du client absent');
    }
    narrate(`client ${credentials.id} inconnu du banc, accepté et signalé`);
    return { ok: true, id: credentials.id };
  }
  if (credentials.secret === '') {
    return refuse('unauthorized_client', 'Client secret not provided in request', 'secret du client absent');
  }
  if (credentials.secret !== client.secret) {
    return refuse('unauthorized_client', 'Invalid client secret', 'secret du client faux');
  }
  return { ok: true, id: client.id };
}

function refuse(error: string, description: string, why: string): ClientReading {
  return { ok: false, response: oauthError(401, error, description, why) };
}

interface Credentials {
  readonly id: string;
  readonly secret: string;
}

/** RFC 6749 §2.3.1: both halves are form-encoded before the base64. */
function fromBasic(header: string | null): Credentials | undefined {
  const encoded = /^Basic +([\w+/=-]+) *$/iu.exec(header ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 1) return undefined;
  return { id: formDecode(text.slice(0, colon)), secret: formDecode(text.slice(colon + 1)) };
}

function fromForm(form: URLSearchParams): Credentials | undefined {
  const id = form.get('client_id');
  return id === null || id === '' ? undefined : { id, secret: form.get('client_secret') ?? '' };
}

function formDecode(text: string): string {
  return new URLSearchParams(`x=${text.replaceAll('&', '%26')}`).get('x') ?? '';
}
