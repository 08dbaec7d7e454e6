import { escapeXml } from '../xml/index.ts';
import { writeBody } from './body.ts';
import { operationOf, type Operation } from './operations.ts';
import type { InsiRequest } from './types.ts';

/** What the two contexts of a call carry. */
export interface InsiCaller {
  /** Struct_IdNat (OU of the organisation certificate), or PS_IdNat of the professional in CPx mode. */
  sender: string;
  /** CNDA authorisation number of the software. */
  idam: string;
  /** UUID of this installation. */
  instance: string;
  product: string;
  version: string;
}

export interface EnvelopeParts {
  request: InsiRequest;
  operation: Operation;
  caller: InsiCaller;
  at: Date;
  /** A new UUID at each call. */
  uuid: () => string;
  /** Signed assertions of CPx mode; none in organisation mode. */
  assertions?: readonly string[];
  faults?: ReadonlySet<string>;
}

const SOAP_12 = 'http://www.w3.org/2003/05/soap-envelope';
const SOAP_11 = 'http://schemas.xmlsoap.org/soap/envelope/';
const WSSE = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';
const REPLAYED = '11111111-2222-4333-8444-555555555555';

/**
 * SOAP 1.2 envelope of a call of INSi. Every identifier is new at each call, times are in UTC to the second.
 * Source: protocols.md §1.2 and §1.3 (ICIR WSDL 1.5.0).
 */
export function writeEnvelope(parts: EnvelopeParts): string {
  const { request, caller, at, uuid, assertions = [], faults = new Set() } = parts;
  const operation = faults.has('insi-corps-autre-operation')
    ? { ...operationOf(request.kind === 'vitale' ? 'traits' : 'vitale'), action: parts.operation.action }
    : parts.operation;
  const action = faults.has('insi-action-inconnue') ? `${operation.action}V2` : operation.action;
  const soap = faults.has('insi-soap-11') ? SOAP_11 : SOAP_12;
  const messageId = faults.has('insi-message-id-rejoue') ? REPLAYED : uuid();
  const envelope = `<?xml version="1.0" encoding="UTF-8"?>
<soap:Envelope xmlns:soap="${soap}">
  <soap:Header>
    <wsa:Action xmlns:wsa="http://www.w3.org/2005/08/addressing">${action}</wsa:Action>
${faults.has('insi-sans-message-id') ? '' : `    <wsa:MessageID xmlns:wsa="http://www.w3.org/2005/08/addressing">uuid:${messageId}</wsa:MessageID>\n`}${writeSecurity(assertions)}${writeBam(parts, faults)}${writeLps(caller, at, uuid, faults)}  </soap:Header>
  <soap:Body>
    ${writeBody(request, operation, faults)}
  </soap:Body>
</soap:Envelope>`;
  return faults.has('insi-xml-tronque') ? envelope.replace('</soap:Header>', '') : envelope;
}

function writeSecurity(assertions: readonly string[]): string {
  return assertions.length === 0
    ? ''
    : `    <wsse:Security xmlns:wsse="${WSSE}">${assertions.join('')}</wsse:Security>\n`;
}

function writeBam({ request, caller: { sender }, at, uuid }: EnvelopeParts, faults: ReadonlySet<string>): string {
  if (faults.has('insi-sans-contexte-bam')) return '';
  return `    <bam:ContexteBAM xmlns:bam="urn:siram:bam:ctxbam" Version="01_02" Nature="CTXBAM">
      <bam:Id>${contextId(uuid, faults)}</bam:Id>
      <bam:Temps>${time(at, faults)}</bam:Temps>
      <bam:Emetteur>${senderOf(sender, faults)}</bam:Emetteur>
      ${faults.has('insi-couverture-autre') && request.kind === 'vitale' ? ANOTHER_COVER : '<bam:COUVERTURE/>'}
    </bam:ContexteBAM>
`;
}

function writeLps(caller: InsiCaller, at: Date, uuid: () => string, faults: ReadonlySet<string>): string {
  if (faults.has('insi-sans-contexte-lps')) return '';
  const slug = caller.product
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-');
  const instance = faults.has('insi-instance-changeante') ? uuid() : caller.instance;
  const version = `<lps:Version>${escapeXml(caller.version)}</lps:Version>`;
  return `    <lps:ContexteLPS xmlns:lps="urn:siram:lps:ctxlps" Version="01_00" Nature="CTXLPS">
      <lps:Id>${contextId(uuid, faults)}</lps:Id>
      <lps:Temps>${time(at, faults)}</lps:Temps>
      <lps:Emetteur>${senderOf(caller.sender, faults)}</lps:Emetteur>
      <lps:LPS>
        ${faults.has('insi-sans-idam') ? '' : `<lps:IDAM R="4">${escapeXml(caller.idam)}</lps:IDAM>`}
        ${faults.has('insi-sans-version') ? '' : version}
        <lps:Instance>${escapeXml(instance)}</lps:Instance>
        <lps:Nom>${faults.has('insi-nom-libre') ? 'Mon logiciel' : escapeXml(`urn:lps:${slug}:${caller.version}`)}</lps:Nom>
      </lps:LPS>
    </lps:ContexteLPS>
`;
}

/** Published fictive number, for the fault that names somebody else than the card does. */
const ANOTHER_COVER =
  '<bam:COUVERTURE><bam:ASSURE><bam:Id><bam:Num>2790351215189</bam:Num><bam:Cle>89</bam:Cle></bam:Id></bam:ASSURE></bam:COUVERTURE>';

function senderOf(sender: string, faults: ReadonlySet<string>): string {
  return escapeXml(faults.has('insi-emetteur-faux') ? '10B0999999' : sender);
}

function contextId(uuid: () => string, faults: ReadonlySet<string>): string {
  return faults.has('insi-id-contexte-rejoue') ? REPLAYED : uuid();
}

function time(at: Date, faults: ReadonlySet<string>): string {
  const utc = (date: Date): string => date.toISOString().replace(/\.\d{3}Z$/, '');
  return faults.has('insi-heure-locale') ? utc(new Date(at.getTime() + 7_200_000)) : `${utc(at)}Z`;
}
