import { request } from 'node:https';
import { WSSE } from '#formats/soap/index.ts';
import { escapeXml } from '#formats/xml/index.ts';
import type { Pki } from '../pki/types.ts';
import { type InsiOperation, TRAITS_SEARCH } from './operations.ts';
import { CONTEXTE_BAM, CONTEXTE_LPS } from './vocabulary.ts';

/** Minimal client of the tests: what a product does, without any of its code. */
export interface TestAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: Buffer;
}

/**
 * One HTTPS request over a fresh connection.
 * @param client name of a client credential of the test IGC-Santé; absent: no certificate is shown
 * @throws when the connection fails or the answer stops before its end
 */
export function send(
  url: string,
  pki: Pki,
  options: {
    readonly client?: string;
    readonly method?: string;
    readonly contentType?: string;
    readonly body?: string | Uint8Array;
    readonly headers?: Readonly<Record<string, string>>;
  },
): Promise<TestAnswer> {
  const credential = options.client === undefined ? undefined : pki.clients[options.client];
  return new Promise((resolve, reject) => {
    const call = request(
      url,
      {
        method: options.method ?? 'POST',
        agent: false,
        ca: pki.caPem,
        ...(credential && { cert: credential.certificatePem, key: credential.keyPem }),
        headers: {
          ...options.headers,
          ...(options.contentType !== undefined && { 'Content-Type': options.contentType }),
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            contentType: response.headers['content-type'] ?? '',
            body: Buffer.concat(chunks),
          }),
        );
      },
    );
    call.on('error', reject);
    call.end(options.body);
  });
}

export interface SearchMessage {
  readonly operation: InsiOperation;
  /** Raw XML inside the body element. */
  readonly criteria: string;
  readonly action: string;
  readonly idam: string;
  readonly messageId: string;
  readonly soap: string;
  readonly bam: boolean;
  readonly lps: boolean;
  /** Raw XML inside wsse:Security; empty for no such block. */
  readonly security: string;
}

/** A correct message, any part of which can be replaced. */
export function searchMessage(parts: Partial<SearchMessage> & Pick<SearchMessage, 'criteria'>): string {
  const operation = parts.operation ?? TRAITS_SEARCH;
  const bam =
    parts.bam === false
      ? ''
      : `<b:ContexteBAM xmlns:b="${CONTEXTE_BAM}" Version="01_02" Nature="CTXBAM"><b:Id>1</b:Id><b:Temps>2026-01-05T10:00:00Z</b:Temps><b:Emetteur>10B0152872</b:Emetteur><b:COUVERTURE/></b:ContexteBAM>`;
  const lps =
    parts.lps === false
      ? ''
      : `<l:ContexteLPS xmlns:l="${CONTEXTE_LPS}" Version="01_00" Nature="CTXLPS"><l:Id>2</l:Id><l:Temps>2026-01-05T10:00:00Z</l:Temps><l:Emetteur>10B0152872</l:Emetteur><l:LPS><l:IDAM R="4">${parts.idam ?? 'ABCDEFGHIJ'}</l:IDAM><l:Version>1.0</l:Version><l:Instance>3</l:Instance><l:Nom>urn:lps:test:1.0</l:Nom></l:LPS></l:ContexteLPS>`;
  const security = (parts.security ?? '') === '' ? '' : `<w:Security xmlns:w="${WSSE}">${parts.security}</w:Security>`;
  return (
    `<e:Envelope xmlns:e="${parts.soap ?? 'http://www.w3.org/2003/05/soap-envelope'}"><e:Header>` +
    `<a:Action xmlns:a="http://www.w3.org/2005/08/addressing">${parts.action ?? operation.action}</a:Action>` +
    `<a:MessageID xmlns:a="http://www.w3.org/2005/08/addressing">${parts.messageId ?? 'uuid:1'}</a:MessageID>${security}${bam}${lps}</e:Header>` +
    `<e:Body><${operation.element} xmlns="${operation.namespace}">${parts.criteria}</${operation.element}></e:Body></e:Envelope>`
  );
}

/** Criteria of a search by traits, in the order of the schema. */
export function traits(person: {
  readonly birthName: string;
  readonly firstNames: readonly string[];
  readonly sex: string;
  readonly birthDate: string;
  readonly birthPlace?: string;
}): string {
  const firstNames = person.firstNames.map((name) => `<Prenom>${escapeXml(name)}</Prenom>`).join('');
  const place = person.birthPlace === undefined ? '' : `<LieuNaissance>${person.birthPlace}</LieuNaissance>`;
  return `<NomNaissance>${escapeXml(person.birthName)}</NomNaissance>${firstNames}<Sexe>${person.sex}</Sexe><DateNaissance>${person.birthDate}</DateNaissance>${place}`;
}

export const SOAP_12_MEDIA = `application/soap+xml; charset=utf-8; action="${TRAITS_SEARCH.action}"`;
