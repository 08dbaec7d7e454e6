import { http, HttpResponse, type RequestHandler } from 'msw';
import { currentExchange } from '../network/index.ts';
import { X509Certificate } from 'node:crypto';
import type { Situations } from '../situations/types.ts';
import { AUTHORITIES, AUTHORITY_NAMES, type AuthorityName } from './authorities.ts';
import { makeCrl } from './crl.ts';
import { UNREACHABLE } from './issue.ts';
import { answerOcsp } from './ocsp.ts';
import type { OpenedPki } from './open-pki.ts';
import { announceRevocation } from './revocation-situations.ts';

const OCSP_TYPE = 'application/ocsp-response';

/**
 * CRL, authority certificates and OCSP of the test IGC-Santé over plain HTTP, as the certificates announce them.
 * @param opened asked at each request: the PKI may be issued again before the listener is settled
 */
export function publicationHandlers(
  opened: () => OpenedPki,
  now: () => Date,
  situations: Situations,
): readonly RequestHandler[] {
  const played = announceRevocation(situations);
  return [
    // The addresses of the certificate whose revocation nobody can know.
    http.all(`/${UNREACHABLE}/*`, () => {
      currentExchange().identify('revocation-injoignable');
      return unavailable('certificat dont la révocation est injoignable');
    }),
    http.get<{ name: string }>('/CRL/:name', async ({ params }) => {
      const authority = named(params.name, '.crl');
      if (authority === undefined) return unknown(params.name);
      const { manifest, revoked } = opened();
      const exchange = currentExchange();
      exchange.identify('crl');
      const { unreachable, lifeMs } = played.crl();
      if (unreachable) return unavailable('situation « liste-revocation-injoignable » jouée');
      const short = lifeMs === undefined ? '' : ` (prochaine mise à jour dans ${lifeMs / 60_000} min, situation jouée)`;
      exchange.outcome(`répondu la liste de révocation de ${AUTHORITIES[authority].commonName}${short}`);
      return binary(await makeCrl(manifest, authority, revoked, now(), lifeMs), 'application/pkix-crl');
    }),
    http.get<{ name: string }>('/AC/:name', ({ params }) => {
      const authority = named(params.name, '.cer');
      if (authority === undefined) return unknown(params.name);
      const exchange = currentExchange();
      exchange.identify('certificat-autorite');
      exchange.outcome(`répondu le certificat de ${AUTHORITIES[authority].commonName}`);
      const { raw } = new X509Certificate(opened().manifest.authorities[authority].certificate);
      return binary(raw, 'application/pkix-cert');
    }),
    http.post('/ocsp', async () => ocsp(currentExchange().rawBody, opened(), now(), played.ocspIsUnreachable())),
    // RFC 6960 §A.1: the GET form carries the request in base64 in the path.
    http.get('/ocsp/*', async ({ request }) => {
      const encoded = decoded(new URL(request.url).pathname.slice('/ocsp/'.length));
      return ocsp(Buffer.from(encoded, 'base64'), opened(), now(), played.ocspIsUnreachable());
    }),
  ];
}

async function ocsp(
  request: Uint8Array,
  { manifest, revoked }: OpenedPki,
  at: Date,
  unreachable: boolean,
): Promise<Response> {
  const exchange = currentExchange();
  exchange.identify('ocsp');
  if (unreachable) return unavailable('situation « ocsp-injoignable » jouée');
  const { der, outcome } = await answerOcsp(request, manifest, revoked, at);
  exchange.outcome(outcome);
  return binary(der, OCSP_TYPE);
}

function named(file: string, extension: string): AuthorityName | undefined {
  return AUTHORITY_NAMES.filter((name) => name !== 'other').find(
    (name) => `${AUTHORITIES[name].crl}${extension}` === file,
  );
}

function unavailable(why: string): Response {
  currentExchange().outcome(`répondu 503 : ${why}`);
  return new HttpResponse(null, { status: 503 });
}

function unknown(file: string): Response {
  currentExchange().outcome(`opération inattendue : rien n'est publié sous le nom ${file}`);
  return new HttpResponse(null, { status: 404 });
}

function binary(bytes: Uint8Array, type: string): Response {
  return new HttpResponse(new Uint8Array(bytes), { headers: { 'Content-Type': type } });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
