import type { Exchange, HttpExchange, RawHeader } from '#formats/exchange/index.ts';

const HIDDEN = '***';
/** Headers whose value opens something. */
const SECRET_HEADERS: ReadonlySet<string> = new Set([
  'authorization',
  'proxy-authorization',
  'cookie',
  'set-cookie',
  'esante-api-key',
  'x-api-key',
]);
/** Parameters of forms, JSON bodies and addresses that open something. */
const SECRET_NAMES =
  'password|passwd|client_secret|client_assertion|access_token|refresh_token|id_token|id_token_hint|token|code|code_verifier|secret|api_key|apikey';
const IN_FORM = new RegExp(`((?:^|[?&])(?:${SECRET_NAMES})=)[^&#\\s]+`, 'gi');
const IN_JSON = new RegExp(`("(?:${SECRET_NAMES})"\\s*:\\s*)"(?:[^"\\\\]|\\\\.)*"`, 'gi');
const IN_IMAP = /^(\S+ (?:LOGIN \S+|AUTHENTICATE \S+)) .+$/gim;
const IN_SMTP = /^((?:AUTH \S+|PASS)) .+$/i;
/** A body larger than this is a document, not a form: it is not searched. */
const SEARCHED_BYTES = 1024 * 1024;

/** JSON form of an exchange: bodies in base64, what opens something replaced by `***`. */
export function maskedJson(exchange: Exchange): unknown {
  const { tls } = exchange.peer;
  const certificate = tls?.certificate === undefined ? {} : { certificate: base64(tls.certificate) };
  const peer = tls === undefined ? exchange.peer : { ...exchange.peer, tls: { ...tls, ...certificate } };
  switch (exchange.protocol) {
    case 'http':
      return { ...exchange, peer, ...http(exchange) };
    case 'smtp':
      return {
        ...exchange,
        peer,
        source: base64(exchange.source),
        transcript: exchange.transcript.map((line) => line.replace(IN_SMTP, `$1 ${HIDDEN}`)),
      };
    case 'imap':
      return { ...exchange, peer, received: base64(imap(exchange.received)), sent: base64(exchange.sent) };
    case 'mllp':
      return { ...exchange, peer, received: base64(exchange.received), sent: base64(exchange.sent) };
    case 'tls':
      return { ...exchange, peer };
  }
}

function http({ request, response }: HttpExchange) {
  return {
    request: {
      ...request,
      url: request.url.replace(IN_FORM, `$1${HIDDEN}`),
      headers: headers(request.headers),
      body: base64(body(request.headers, request.body)),
    },
    ...(response === undefined
      ? {}
      : {
          response: {
            ...response,
            headers: headers(response.headers),
            body: base64(body(response.headers, response.body)),
          },
        }),
  };
}

function headers(list: readonly RawHeader[]): readonly RawHeader[] {
  return list.map(([name, value]) => {
    if (SECRET_HEADERS.has(name.toLowerCase())) return [name, masked(value)];
    // A redirection of the login carries its code in the address.
    return [name, value.replace(IN_FORM, `$1${HIDDEN}`)];
  });
}

/** Keeps the scheme of an Authorization value, which says how the client authenticated. */
function masked(value: string): string {
  const scheme = /^(?:Bearer|Basic|Digest|Negotiate)(?= )/i.exec(value)?.[0];
  return scheme === undefined ? HIDDEN : `${scheme} ${HIDDEN}`;
}

function body(list: readonly RawHeader[], bytes: Uint8Array): Uint8Array {
  const type = list.find(([name]) => name.toLowerCase() === 'content-type')?.[1].toLowerCase() ?? '';
  if (bytes.length > SEARCHED_BYTES) return bytes;
  if (type.includes('x-www-form-urlencoded')) return replaced(bytes, IN_FORM, `$1${HIDDEN}`);
  if (type.includes('json')) return replaced(bytes, IN_JSON, `$1"${HIDDEN}"`);
  return bytes;
}

function imap(bytes: Uint8Array): Uint8Array {
  return bytes.length > SEARCHED_BYTES ? bytes : replaced(bytes, IN_IMAP, `$1 ${HIDDEN}`);
}

/** Replaces in bytes taken one to one as characters, so that what is not replaced stays the very same bytes. */
function replaced(bytes: Uint8Array, pattern: RegExp, by: string): Uint8Array {
  return new Uint8Array(Buffer.from(Buffer.from(bytes).toString('latin1').replace(pattern, by), 'latin1'));
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
