import type { Report } from '../report/index.ts';
import type { SoapEnvelope } from '#formats/soap/index.ts';
import type { MessageRule } from './message-rules.ts';
import type { DmpTransaction } from './transaction.ts';
import { MESSAGE_ID } from './transport.ts';

/**
 * Version, action and message id of a call whose transaction has no rules of its own on them (D2 of protocols.md §2.11).
 *
 * @param transaction undefined when nothing tells which one it meant to be
 */
export function checkEnvelope(
  report: Report<MessageRule>,
  envelope: SoapEnvelope,
  transaction: DmpTransaction | undefined,
): void {
  const { payload, addressing } = envelope;
  if (envelope.version !== '1.2') {
    report.add('DMP-SOAP-VERSION', {
      where: envelope.root.path,
      received: `SOAP ${envelope.version}`,
      expected: 'SOAP 1.2',
      remedy: 'Émettez l’enveloppe dans l’espace de noms SOAP 1.2.',
    });
  }
  const rightBody = payload?.name.local === transaction?.body && payload?.name.namespace === transaction?.namespace;
  if (transaction === undefined || addressing.action !== transaction.action || !rightBody) {
    report.add('DMP-ACTION', {
      where:
        transaction !== undefined && addressing.action === transaction.action
          ? envelope.body.path
          : '/Envelope/Header[1]/Action[1]',
      received: `${addressing.action ?? 'absent'}, ${payload?.name.local ?? 'Body vide'}`,
      expected:
        transaction === undefined
          ? 'l’action d’une transaction du DMP'
          : `${transaction.action}, ${transaction.body} (${transaction.namespace})`,
      remedy: 'Mettez wsa:Action et l’élément du Body en accord avec la transaction.',
    });
  }
  if (!MESSAGE_ID.test(addressing.messageId ?? '')) {
    report.add('DMP-MESSAGE-ID', {
      where: '/Envelope/Header[1]/MessageID[1]',
      received: addressing.messageId ?? 'absent',
      expected: 'urn:uuid: suivi d’un UUID',
      remedy: 'Tirez un UUID par message et préfixez-le par « urn:uuid: ».',
    });
  }
}
