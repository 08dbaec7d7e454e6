import type { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import type { Peer, TlsPeer } from '#formats/exchange/index.ts';
import type { Pki } from '../pki/types.ts';

const MAX_CHAIN = 10;

/** One `TYPE=value` per RDN, most general first, as Node writes one RDN a line in the order of the certificate. */
export function rdnLines(name: string): readonly string[] {
  return name.split('\n').filter((line) => line !== '');
}

/** Reads what the handshake showed; the certificate is judged by the test IGC-Santé at the date given. */
export function readTlsPeer(socket: TLSSocket, pki: Pki, at: Date): TlsPeer {
  const certificate = socket.getPeerX509Certificate();
  const servername: unknown = socket.servername;
  const base = {
    protocol: socket.getProtocol() ?? '',
    cipher: socket.getCipher()?.name ?? '',
    sni: typeof servername === 'string' ? servername : '',
  };
  if (certificate === undefined) return { ...base, authorized: false, refusal: 'absent' };
  const refusal = pki.judge(certificate.raw, at, 'client');
  return {
    ...base,
    authorized: refusal === undefined,
    ...(refusal === undefined ? {} : { refusal }),
    subject: rdnLines(certificate.subject),
    issuer: rdnLines(certificate.issuer),
    serialNumber: certificate.serialNumber,
    notBefore: certificate.validFromDate.toISOString(),
    notAfter: certificate.validToDate.toISOString(),
    chain: chainOf(certificate),
    certificate: new Uint8Array(certificate.raw),
  };
}

/** Subjects as sent, leaf first; bounded, since a self-signed certificate is its own issuer. */
function chainOf(leaf: X509Certificate): readonly (readonly string[])[] {
  const chain: (readonly string[])[] = [];
  for (let one: X509Certificate | undefined = leaf; one !== undefined && chain.length < MAX_CHAIN;) {
    chain.push(rdnLines(one.subject));
    const issuer: X509Certificate | undefined = one.issuerCertificate;
    one = issuer?.fingerprint256 === one.fingerprint256 ? undefined : issuer;
  }
  return chain;
}

/** Address and port of the other end. */
export function readPeer(socket: { remoteAddress?: string | undefined; remotePort?: number | undefined }): Peer {
  return { address: socket.remoteAddress ?? '', port: socket.remotePort ?? 0 };
}

/**
 * French sentences that say why the client certificate was refused, subject, serial number and date included (several
 * certificates of a laboratory share one subject), then what to do.
 */
export function refusalSentence(
  tls: Pick<TlsPeer, 'refusal' | 'subject' | 'issuer' | 'serialNumber' | 'notBefore' | 'notAfter'>,
): string {
  const holder = `${tls.subject?.join(', ') ?? ''}, n° de série ${tls.serialNumber ?? '?'}`;
  const until = `valide jusqu'au ${tls.notAfter?.slice(0, 10) ?? ''}`;
  const refused = (why: string, remedy: string): string => `connexion TLS refusée : ${why}. À faire : ${remedy}.`;
  switch (tls.refusal) {
    case 'absent':
      return refused('aucun certificat client présenté', `réglez dans le produit ${WANTED}`);
    case 'expired':
      return refused(
        `certificat client expiré depuis le ${tls.notAfter?.slice(0, 10) ?? ''} (« ${commonName(tls.subject)} », valable jusqu'au ${frenchDate(tls.notAfter)} ; ${holder})`,
        `remplacez-le dans le produit par ${WANTED}, en cours de validité ; en production, commandez son renouvellement à l'IGC-Santé`,
      );
    case 'not-yet-valid':
      return refused(
        `certificat client pas encore valide, il ne le sera que le ${tls.notBefore?.slice(0, 10) ?? ''} (${holder})`,
        'mettez à l’heure le poste du banc et celui du produit, ou remplacez ce certificat',
      );
    case 'revoked':
      return refused(
        `certificat client révoqué (${holder} ; ${until})`,
        `remplacez-le dans le produit par ${WANTED}, non révoqué`,
      );
    case 'unknown-authority':
      return refused(
        `certificat client d'une autorité inconnue du banc (${holder} ; ${until} ; émis par ${tls.issuer?.join(', ') ?? ''})`,
        `remplacez-le dans le produit par ${WANTED}`,
      );
    case 'wrong-profile':
      return refused(
        `certificat client qui n'est pas fait pour s'authentifier en TLS, par exemple un cachet ORG_SIGN ou un certificat de serveur (${holder} ; ${until})`,
        `remplacez-le dans le produit par un certificat de profil ORG_AUTH_CLI, ou d'authentification d'une carte CPS`,
      );
    default:
      return `connexion TLS refusée : ${tls.refusal ?? 'raison inconnue'}`;
  }
}

const WANTED = "un certificat client de l'IGC-Santé de test (« pki.clients » de « npm run jalon -- mocks --json »)";

function commonName(subject: readonly string[] | undefined): string {
  return subject?.findLast((line) => line.startsWith('CN='))?.slice(3) ?? 'sans nom';
}

const DATE = new Intl.DateTimeFormat('fr-FR', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });

/** « 5 janvier 2026 à 10:00 UTC ». */
function frenchDate(iso: string | undefined): string {
  const at = new Date(iso ?? '');
  return Number.isNaN(at.getTime()) ? 'une date inconnue' : `${DATE.format(at)} UTC`;
}
