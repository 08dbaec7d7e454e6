import { httpExchange } from '#formats/exchange/exchange.fixture.ts';
import type { HttpExchange, TlsPeer } from '#formats/exchange/index.ts';
import type { InsiRequest } from './index.ts';

export const ACTION = 'urn:ServiceIdentiteCertifiee:1.0.0:rechercherInsAvecTraitsIdentite';
export const VITALE = 'urn:ServiceIdentiteCertifiee:1.0.0:rechercherInsAvecCarteVitale';
export const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
export const SUBJECT = ['C=FR', 'ST=Test (00)', 'O=LABO TEST', 'OU=10B0152872', 'CN=INSI-AUTO'];
export const TRAITS =
  '<RECSANSVITALE xmlns="http://www.cnamts.fr/INSiRecSans"><NomNaissance>ADRTROIS</NomNaissance><Prenom>DOMINIQUE</Prenom><Sexe>F</Sexe><DateNaissance>1997-02-26</DateNaissance><LieuNaissance>2A020</LieuNaissance></RECSANSVITALE>';

/** A conforming call number `n`. */
export function message(n = 1): string {
  return `<soap:Envelope xmlns:soap="http://www.w3.org/2003/05/soap-envelope"><soap:Header xmlns:wsa="http://www.w3.org/2005/08/addressing"><wsa:Action>${ACTION}</wsa:Action><wsa:MessageID>uuid:${uuid(n)}</wsa:MessageID><wsse:Security xmlns:wsse="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"/><b:ContexteBAM xmlns:b="urn:siram:bam:ctxbam" Version="01_02" Nature="CTXBAM"><b:Id>${uuid(1000 + n)}</b:Id><b:Temps>2026-01-05T10:00:00Z</b:Temps><b:Emetteur>10B0152872</b:Emetteur><b:COUVERTURE/></b:ContexteBAM><l:ContexteLPS xmlns:l="urn:siram:lps:ctxlps" Version="01_00" Nature="CTXLPS"><l:Id>${uuid(2000 + n)}</l:Id><l:Temps>2026-01-05T10:00:00.000Z</l:Temps><l:Emetteur>10B0152872</l:Emetteur><l:LPS><l:IDAM R="4">ABCDEFGHIJ</l:IDAM><l:Version>1.0</l:Version><l:Instance>${uuid(9)}</l:Instance><l:Nom>urn:lps:monsgl:1.0</l:Nom></l:LPS></l:ContexteLPS></soap:Header><soap:Body>${TRAITS}</soap:Body></soap:Envelope>`;
}

export const TLS: TlsPeer = {
  protocol: 'TLSv1.2',
  cipher: 'ECDHE-RSA-AES256-GCM-SHA384',
  sni: 'localhost',
  authorized: true,
  subject: SUBJECT,
};
export const HEADER = `application/soap+xml; charset=utf-8; action="${ACTION}"`;
export const AT = new Date('2026-01-05T10:00:02Z');

export function request(body: string, change: Partial<InsiRequest> = {}): InsiRequest {
  return { contentType: HEADER, body: Buffer.from(body), at: AT, tls: TLS, ...change };
}

export function exchange(n: number, body: string, response?: HttpExchange['response']): HttpExchange {
  return httpExchange({
    id: `e${n}`,
    service: 'insi',
    startedAt: AT.toISOString(),
    peer: { address: '127.0.0.1', port: 1, tls: TLS },
    operation: 'rechercherInsAvecTraitsIdentite',
    request: { method: 'POST', url: '/lps', headers: [['content-type', HEADER]], body: Buffer.from(body) },
    ...(response === undefined ? {} : { response }),
  });
}

/** An answer of INSi on the wire. */
export function reply(content: string): NonNullable<HttpExchange['response']> {
  return {
    status: content.includes('Fault') ? 500 : 200,
    headers: [['Content-Type', 'application/soap+xml; charset=utf-8']],
    body: Buffer.from(
      `<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body>${content}</s:Body></s:Envelope>`,
    ),
  };
}

const result = (code: string, person = ''): string =>
  `<RESULTAT xmlns="http://www.cnamts.fr/INSiResultat"><CR><CodeCR>${code}</CodeCR></CR>${person}</RESULTAT>`;

export const NONE = result('01');
export const SEVERAL = result('02');
export const FOUND = result(
  '00',
  '<INDIVIDU><INSACTIF><IdIndividu><NumIdentifiant>297022A020778</NumIdentifiant><Cle>78</Cle></IdIndividu><OID>1.2.250.1.213.1.4.8</OID></INSACTIF><TIQ><NomNaissance>ADRTROIS</NomNaissance><Prenom>DOMINIQUE</Prenom><ListePrenom>DOMINIQUE</ListePrenom><Sexe>F</Sexe><DateNaissance>1997-02-26</DateNaissance><LieuNaissance>2A020</LieuNaissance></TIQ></INDIVIDU>',
);
export const fault = (code: string): string =>
  `<s:Fault><s:Code><s:Value>s:Receiver</s:Value></s:Code><s:Detail><e:Erreur xmlns:e="urn:siram" code="${code}"/></s:Detail></s:Fault>`;
