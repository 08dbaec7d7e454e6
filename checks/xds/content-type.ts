import { readContentType } from '#formats/mime/index.ts';
import type { SoapEnvelope } from '#formats/soap/index.ts';
import type { Report } from '../report/index.ts';
import type { MessageRule } from './message-rules.ts';
import type { DmpTransaction } from './transaction.ts';

/**
 * Content-Type of a call that carries no document: SOAP 1.2, whose parameter repeats wsa:Action (D2 of protocols.md §2.11).
 *
 * @param header value of the HTTP header; undefined when the headers are not known: nothing is said then
 */
export function checkContentType(
  report: Report<MessageRule>,
  header: string | undefined,
  { addressing }: SoapEnvelope,
  transaction: DmpTransaction | undefined,
): void {
  if (header === undefined) return;
  const read = readContentType(header);
  const type = read?.type.toLowerCase() ?? '';
  const packaged = type === 'multipart/related';
  if (type !== 'application/soap+xml' && !packaged) {
    report.add('DMP-CONTENT-TYPE', {
      where: 'en-tête HTTP Content-Type',
      received: header.slice(0, 200) || 'vide',
      expected: 'application/soap+xml; charset=UTF-8; action="…"',
      remedy: 'Annoncez le type de SOAP 1.2 : text/xml est celui de SOAP 1.1.',
    });
    return;
  }
  // A wrong wsa:Action is told as such: the parameter is then compared with nothing.
  if (transaction === undefined || addressing.action !== transaction.action) return;
  const parameter = read?.parameters['action'];
  if (parameter === transaction.action) return;
  report.add('DMP-ACTION-PARAMETER', {
    where: 'en-tête HTTP Content-Type, paramètre action',
    received: parameter ?? 'absent',
    expected: transaction.action,
    remedy: 'Recopiez wsa:Action dans le paramètre action du Content-Type.',
    ...(parameter === undefined ? { severity: 'warning' as const } : {}),
  });
}
