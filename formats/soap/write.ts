import { escapeXml } from '../xml/index.ts';
import { SOAP_12 } from './namespaces.ts';

/**
 * Writes a SOAP 1.2 envelope.
 *
 * @param parts `header` and `body` are raw XML, already escaped, declaring their own namespaces; `prefix` (default
 *   `soap`) lets a mock vary prefixes, which catches clients that read XML with regular expressions
 */
export function writeSoap(parts: {
  readonly header?: string;
  readonly body: string;
  readonly prefix?: string;
}): string {
  const p = parts.prefix ?? 'soap';
  return (
    `<?xml version="1.0" encoding="UTF-8"?>` +
    `<${p}:Envelope xmlns:${p}="${SOAP_12}">` +
    `<${p}:Header>${parts.header ?? ''}</${p}:Header>` +
    `<${p}:Body>${parts.body}</${p}:Body></${p}:Envelope>`
  );
}

/** What a fault says. `detail` and `header` are raw XML; other values are escaped here. */
export interface SoapFaultParts {
  readonly code: 'Sender' | 'Receiver' | 'VersionMismatch' | 'MustUnderstand';
  /** QName; its prefix is `soap`, or one declared in `namespaces`. */
  readonly subcode?: { readonly value: string; readonly namespaces?: Readonly<Record<string, string>> };
  readonly reason: string;
  /** Language of the reason, default `fr`. */
  readonly lang?: string;
  readonly detail?: string;
  readonly header?: string;
}

/** Writes a SOAP 1.2 envelope holding a fault (W3C SOAP 1.2 part 1 §5.4). The HTTP status is the caller's choice. */
export function writeSoapFault(fault: SoapFaultParts): string {
  const declarations = Object.entries(fault.subcode?.namespaces ?? {})
    .map(([prefix, uri]) => ` xmlns:${prefix}="${escapeXml(uri)}"`)
    .join('');
  const subcode =
    fault.subcode === undefined
      ? ''
      : `<soap:Subcode><soap:Value${declarations}>${escapeXml(fault.subcode.value)}</soap:Value></soap:Subcode>`;
  const reason = `<soap:Reason><soap:Text xml:lang="${escapeXml(fault.lang ?? 'fr')}">${escapeXml(fault.reason)}</soap:Text></soap:Reason>`;
  const detail = fault.detail === undefined ? '' : `<soap:Detail>${fault.detail}</soap:Detail>`;
  return writeSoap({
    ...(fault.header === undefined ? {} : { header: fault.header }),
    body: `<soap:Fault><soap:Code><soap:Value>soap:${fault.code}</soap:Value>${subcode}</soap:Code>${reason}${detail}</soap:Fault>`,
  });
}
