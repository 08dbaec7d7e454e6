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
  'password|passwd|client_secret|client_assertion|access_token|refresh_token|id_token|id_token_hint|token|code_verifier|secret|api_key|apikey|passphrase';
// The code of a login opens a session; in JSON elsewhere `code` is a code of a nomenclature, not a secret.
const IN_FORM = new RegExp(`((?:^|[?&#])(?:${SECRET_NAMES}|code)=)[^&#\\s]+`, 'gi');
const IN_JSON = jsonPattern(SECRET_NAMES);
const IN_LOGIN_JSON = jsonPattern(`${SECRET_NAMES}|code`);
const IN_PART = new RegExp(`(name="(?:${SECRET_NAMES})"\\r\\n(?:[^\\r\\n]+\\r\\n){0,5}\\r\\n)[^\\r\\n]+`, 'gi');
const IN_XML = /(<(?:[\w.-]{1,40}:)?(?:Password|BinarySecret)(?:\s[^<>]{0,500})?>)[^<]+/gi;
const IN_IMAP = /^(\S+ (?:LOGIN \S+|AUTHENTICATE \S+)) .+$/gim;
const IN_SMTP = /^((?:AUTH \S+|PASS)) .+$/i;
/** What opens something wherever it stands: signed tokens and private keys. */
const ANYWHERE: readonly RegExp[] = [
  /\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*){0,3}/g,
  /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[^-]{0,20000}(?:-----END [A-Z ]{0,30}PRIVATE KEY-----)?/g,
];

/**
 * Makes the JSON form of exchanges: bodies in base64, what opens something replaced by `***`.
 * @param secrets values that the bench itself gave out (passwords, keys), hidden wherever they stand
 */
export function makeMask(secrets: readonly string[] = []): (exchange: Exchange) => Readonly<Record<string, unknown>> {
  // The longest first: one may begin another.
  const given = secrets.filter((secret) => secret.length >= 6).toSorted((one, other) => other.length - one.length);
  const scrub = (text: string): string => {
    let clean = text;
    for (const pattern of ANYWHERE) clean = clean.replace(pattern, HIDDEN);
    for (const secret of given) if (clean.includes(secret)) clean = clean.replaceAll(secret, HIDDEN);
    return clean;
  };
  return (exchange) => maskedJson(exchange, scrub);
}

function maskedJson(exchange: Exchange, scrub: Scrub): Readonly<Record<string, unknown>> {
  const { tls } = exchange.peer;
  const certificate = tls?.certificate === undefined ? {} : { certificate: base64(tls.certificate) };
  const peer = tls === undefined ? exchange.peer : { ...exchange.peer, tls: { ...tls, ...certificate } };
  const said = { operation: scrub(exchange.operation), outcome: scrub(exchange.outcome) };
  const bytes = (raw: Uint8Array, clean: Scrub = scrub): string => base64(replaced(raw, clean));
  switch (exchange.protocol) {
    case 'http':
      return { ...exchange, ...said, peer, ...http(exchange, scrub) };
    case 'smtp':
      return {
        ...exchange,
        ...said,
        peer,
        source: bytes(exchange.source),
        transcript: exchange.transcript.map((line) => scrub(line.replace(IN_SMTP, `$1 ${HIDDEN}`))),
      };
    case 'imap':
      return {
        ...exchange,
        ...said,
        peer,
        received: bytes(exchange.received, (text) => scrub(text.replace(IN_IMAP, `$1 ${HIDDEN}`))),
        sent: bytes(exchange.sent),
      };
    case 'mllp':
      return { ...exchange, ...said, peer, received: bytes(exchange.received), sent: bytes(exchange.sent) };
    case 'tls':
      return { ...exchange, ...said, peer };
  }
}

type Scrub = (text: string) => string;

function http({ service, request, response }: HttpExchange, scrub: Scrub) {
  const inJson = service === 'psc' ? IN_LOGIN_JSON : IN_JSON;
  // Whatever type it is announced under: a form sent as text/plain holds the same secret.
  const clean: Scrub = (text) =>
    scrub(
      text
        .replace(IN_FORM, `$1${HIDDEN}`)
        .replace(inJson, `$1"${HIDDEN}"`)
        .replace(IN_PART, `$1${HIDDEN}`)
        .replace(IN_XML, `$1${HIDDEN}`),
    );
  const body = (bytes: Uint8Array): string => base64(replaced(bytes, clean));
  return {
    request: {
      ...request,
      url: scrub(request.url.replace(IN_FORM, `$1${HIDDEN}`)),
      headers: headers(request.headers, scrub),
      body: body(request.body),
    },
    ...(response === undefined
      ? {}
      : { response: { ...response, headers: headers(response.headers, scrub), body: body(response.body) } }),
  };
}

function headers(list: readonly RawHeader[], scrub: Scrub): readonly RawHeader[] {
  return list.map(([name, value]) => {
    if (SECRET_HEADERS.has(name.toLowerCase())) return [name, masked(value)];
    // A redirection of the login carries its code in the address.
    return [name, scrub(value.replace(IN_FORM, `$1${HIDDEN}`))];
  });
}

/** Keeps the scheme of an Authorization value, which says how the client authenticated. */
function masked(value: string): string {
  const scheme = /^(?:Bearer|Basic|Digest|Negotiate)(?= )/i.exec(value)?.[0];
  return scheme === undefined ? HIDDEN : `${scheme} ${HIDDEN}`;
}

function jsonPattern(names: string): RegExp {
  return new RegExp(`("(?:${names})"\\s*:\\s*)"(?:[^"\\\\]|\\\\.)*"`, 'gi');
}

/** Replaces in bytes taken one to one as characters, so that what is not replaced stays the very same bytes. */
function replaced(bytes: Uint8Array, clean: Scrub): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1');
  const cleaned = clean(text);
  return cleaned === text ? bytes : new Uint8Array(Buffer.from(cleaned, 'latin1'));
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
