import { randomUUID } from 'node:crypto';
import { el, textEl, xmlDocument } from '../xml/index.ts';

export const SOAP_NS = 'http://www.w3.org/2003/05/soap-envelope';
const WSA = 'http://www.w3.org/2005/08/addressing';
const WSSE = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';

/**
 * SOAP 1.2 envelope of a call to the DMP: addressing, the VIHF in `wsse:Security`, and the body (protocols.md §2.1).
 *
 * @param call `vihf` and `body` are XML, placed as they are
 */
export function envelope(call: { action: string; to: string; vihf: string; body: string }): string {
  const must = { 'soap:mustUnderstand': 'true' };
  return xmlDocument(
    el(
      'soap:Envelope',
      { 'xmlns:soap': SOAP_NS, 'xmlns:wsa': WSA },
      el(
        'soap:Header',
        {},
        textEl('wsa:Action', call.action, must),
        textEl('wsa:MessageID', `urn:uuid:${randomUUID()}`),
        textEl('wsa:To', call.to),
        el('wsa:ReplyTo', must, textEl('wsa:Address', `${WSA}/anonymous`)),
        el('wsse:Security', { 'xmlns:wsse': WSSE }, call.vihf),
      ),
      el('soap:Body', {}, call.body),
    ),
  );
}
