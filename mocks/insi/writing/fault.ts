import type { InsiFault } from '../faults.ts';
import { soapEnvelope } from './answer.ts';
import type { Dress } from './dresses.ts';
import { namespacesOf, type Part } from './parts.ts';
import { writeXml } from './write.ts';

/**
 * Writes the fault as a SOAP 1.2 envelope, to be sent with HTTP 500.
 * @param messageId wsa:MessageID of the request, echoed in siram:Erreur
 * Source: protocols.md §1.5.
 */
export function writeFault(fault: InsiFault, messageId: string | undefined, dress: Dress): string {
  const { side, subcode, code, severity, text } = fault;
  const soap = (name: string, content: Part['content']): Part => ({ space: 'soap', name, content });
  const error: Part = {
    space: 'siram',
    name: 'Erreur',
    attributes: { severite: severity, code, messageID: messageId ?? '' },
    content: text,
  };
  const content: readonly Part[] = [
    soap('Code', [
      soap('Value', { space: 'soap', local: side }),
      ...(subcode === undefined ? [] : [soap('Subcode', [soap('Value', { space: 'siram', local: subcode })])]),
    ]),
    soap('Reason', [{ ...soap('Text', text), attributes: { 'xml:lang': 'fr' } }]),
    soap('Detail', [error]),
  ];
  return writeXml(soapEnvelope([], [soap('Fault', content)]), dress, namespacesOf());
}
