import { escapeXml } from '../xml/index.ts';
import type { InsiQuery } from './query.ts';

export const ACTION = 'urn:ServiceIdentiteCertifiee:1.0.0:rechercherInsAvecTraitsIdentite';

/** What the two contexts of a call carry. */
export interface InsiCaller {
  /** Struct_IdNat, the OU of the organisation certificate. */
  structure: string;
  /** CNDA authorisation number of the software. */
  idam: string;
  /** UUID of this installation. */
  instance: string;
  product: string;
  version: string;
}

/**
 * SOAP 1.2 envelope of a search by traits in organisation mode: no assertion, the certificate of the connection says
 * who calls. Every identifier is new at each call.
 * Source: protocols.md §1.2 and §1.3 (ICIR WSDL 1.5.0).
 *
 * @param at written in UTC, to the second
 * @param uuid gives a new UUID at each call
 */
export function writeEnvelope(query: InsiQuery, caller: InsiCaller, at: Date, uuid: () => string): string {
  const time = at.toISOString().replace(/\.\d{3}Z$/, 'Z');
  const sender = escapeXml(caller.structure);
  const slug = caller.product
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-');
  const name = escapeXml(`urn:lps:${slug}:${caller.version}`);
  return `<?xml version="1.0" encoding="UTF-8"?>
<soap:Envelope xmlns:soap="http://www.w3.org/2003/05/soap-envelope">
  <soap:Header>
    <wsa:Action xmlns:wsa="http://www.w3.org/2005/08/addressing">${ACTION}</wsa:Action>
    <wsa:MessageID xmlns:wsa="http://www.w3.org/2005/08/addressing">uuid:${uuid()}</wsa:MessageID>
    <bam:ContexteBAM xmlns:bam="urn:siram:bam:ctxbam" Version="01_02" Nature="CTXBAM">
      <bam:Id>${uuid()}</bam:Id>
      <bam:Temps>${time}</bam:Temps>
      <bam:Emetteur>${sender}</bam:Emetteur>
      <bam:COUVERTURE/>
    </bam:ContexteBAM>
    <lps:ContexteLPS xmlns:lps="urn:siram:lps:ctxlps" Version="01_00" Nature="CTXLPS">
      <lps:Id>${uuid()}</lps:Id>
      <lps:Temps>${time}</lps:Temps>
      <lps:Emetteur>${sender}</lps:Emetteur>
      <lps:LPS>
        <lps:IDAM R="4">${escapeXml(caller.idam)}</lps:IDAM>
        <lps:Version>${escapeXml(caller.version)}</lps:Version>
        <lps:Instance>${escapeXml(caller.instance)}</lps:Instance>
        <lps:Nom>${name}</lps:Nom>
      </lps:LPS>
    </lps:ContexteLPS>
  </soap:Header>
  <soap:Body>
    <RECSANSVITALE xmlns="http://www.cnamts.fr/INSiRecSans">
${writeCriteria(query)}
    </RECSANSVITALE>
  </soap:Body>
</soap:Envelope>`;
}

function writeCriteria(query: InsiQuery): string {
  const criteria: [string, string][] = [
    ['NomNaissance', query.birthName],
    ...query.firstNames.map((name): [string, string] => ['Prenom', name]),
    ['Sexe', query.sex],
    ['DateNaissance', query.birthDate],
  ];
  if (query.birthPlace !== undefined) criteria.push(['LieuNaissance', query.birthPlace]);
  return criteria.map(([name, value]) => `      <${name}>${escapeXml(value)}</${name}>`).join('\n');
}
