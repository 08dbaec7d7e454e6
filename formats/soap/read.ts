import { child, readXml, type XmlElement, type XmlLimits } from '../xml/index.ts';
import { SOAP_11, SOAP_12, WSA } from './namespaces.ts';
import type { Addressing, SoapReading } from './types.ts';

/**
 * Reads a SOAP 1.1 or 1.2 envelope and its WS-Addressing headers.
 *
 * @param bytes the XML as received (for MTOM, the content of the root part)
 */
export function readSoap(bytes: Uint8Array | string, limits?: XmlLimits): SoapReading {
  const reading = readXml(bytes, limits);
  if (!reading.ok) return reading;
  const { root } = reading;
  const version = root.name.namespace === SOAP_12 ? '1.2' : root.name.namespace === SOAP_11 ? '1.1' : undefined;
  if (version === undefined || root.name.local !== 'Envelope') {
    return refuse(`L'élément racine est <${root.name.local}> et non une enveloppe SOAP.`);
  }
  const body = child(root, 'Body', root.name.namespace);
  if (body === undefined) return refuse(`L'enveloppe SOAP n'a pas de Body dans l'espace de noms de l'enveloppe.`);
  const header = child(root, 'Header', root.name.namespace);
  const payload = body.children.find((node): node is XmlElement => node.kind === 'element');
  return { ok: true, envelope: { version, root, header, body, payload, addressing: addressingOf(header) } };
}

function refuse(message: string): SoapReading {
  return { ok: false, fault: { code: 'SOAP_NOT_AN_ENVELOPE', message } };
}

function addressingOf(header: XmlElement | undefined): Addressing {
  if (header === undefined) return {};
  const value = (local: string): string | undefined => child(header, local, WSA)?.text.trim();
  const replyToBlock = child(header, 'ReplyTo', WSA);
  const replyTo = replyToBlock && child(replyToBlock, 'Address', WSA)?.text.trim();
  const action = value('Action');
  const messageId = value('MessageID');
  const to = value('To');
  const relatesTo = value('RelatesTo');
  return {
    ...(action === undefined ? {} : { action }),
    ...(messageId === undefined ? {} : { messageId }),
    ...(to === undefined ? {} : { to }),
    ...(replyTo === undefined ? {} : { replyTo }),
    ...(relatesTo === undefined ? {} : { relatesTo }),
  };
}
