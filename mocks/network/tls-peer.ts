import type { TLSSocket } from 'node:tls';
import type { Peer, TlsPeer } from '#formats/exchange/index.ts';
import type { Pki } from '../pki/types.ts';

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
  const refusal = pki.judge(certificate.raw, at);
  return {
    ...base,
    authorized: refusal === undefined,
    ...(refusal === undefined ? {} : { refusal }),
    subject: rdnLines(certificate.subject),
    issuer: rdnLines(certificate.issuer),
    serialNumber: certificate.serialNumber,
    notAfter: certificate.validToDate.toISOString(),
    certificate: new Uint8Array(certificate.raw),
  };
}

/** Address and port of the other end. */
export function readPeer(socket: { remoteAddress?: string | undefined; remotePort?: number | undefined }): Peer {
  return { address: socket.remoteAddress ?? '', port: socket.remotePort ?? 0 };
}

/** French sentence that says why the client certificate was refused, subject and date included. */
export function refusalSentence(tls: TlsPeer): string {
  const subject = tls.subject?.join(', ') ?? '';
  const day = tls.notAfter?.slice(0, 10) ?? '';
  switch (tls.refusal) {
    case 'absent':
      return 'connexion TLS refusée : aucun certificat client présenté';
    case 'expired':
      return `connexion TLS refusée : certificat client expiré depuis le ${day} (${subject})`;
    case 'not-yet-valid':
      return `connexion TLS refusée : certificat client pas encore valide (${subject})`;
    case 'revoked':
      return `connexion TLS refusée : certificat client révoqué (${subject}, n° de série ${tls.serialNumber ?? '?'})`;
    case 'unknown-authority': {
      const issuer = tls.issuer?.join(', ') ?? '';
      return `connexion TLS refusée : certificat client d'une autorité inconnue du banc (${subject} ; émis par ${issuer})`;
    }
    default:
      return `connexion TLS refusée : ${tls.refusal ?? 'raison inconnue'}`;
  }
}
