import { EBXML } from '#formats/ebrim/index.ts';
import { readContentType } from '#formats/mime/index.ts';
import type { Report } from '../report/index.ts';
import type { XdsRule } from './rules.ts';
import type { Submission } from './submission.ts';

export const ITI_41 = 'urn:ihe:iti:2007:ProvideAndRegisterDocumentSet-b';
export const MESSAGE_ID = /^urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Packaging and WS-Addressing (protocols.md §2.1 and §2.5; D2 and D8 of §2.11). */
export function checkTransport(report: Report<XdsRule>, submission: Submission, header: string | undefined): void {
  const { envelope, mtomFault } = submission;
  if (header !== undefined && mtomFault !== undefined) {
    report.add('XDS-MTOM', {
      where: 'en-tête HTTP Content-Type',
      received: mtomFault.message,
      expected: 'multipart/related; type="application/xop+xml"; start-info="application/soap+xml"',
      remedy: 'Activez MTOM dans le client SOAP : il est obligatoire pour TD2.1.',
    });
  }
  if (envelope.version !== '1.2') {
    report.add('XDS-SOAP-VERSION', {
      where: envelope.root.path,
      received: `SOAP ${envelope.version}`,
      expected: 'SOAP 1.2',
      remedy:
        'Émettez l’enveloppe dans l’espace de noms SOAP 1.2 (un exemple publié en 1.1 est une erreur de document).',
    });
  }
  const { action, messageId } = envelope.addressing;
  const { payload } = envelope;
  const rightBody =
    payload?.name.local === 'ProvideAndRegisterDocumentSetRequest' && payload.name.namespace === EBXML.xdsb;
  if (action !== ITI_41 || !rightBody) {
    report.add('XDS-ACTION', {
      where: action === ITI_41 ? envelope.body.path : '/Envelope/Header[1]/Action[1]',
      received: `${action ?? 'absent'}, ${payload?.name.local ?? 'Body vide'}`,
      expected: `${ITI_41}, ProvideAndRegisterDocumentSetRequest`,
      remedy: 'Mettez wsa:Action et l’élément du Body en accord avec ITI-41.',
    });
  }
  // The action is a parameter of the package, or of its root part; a package may leave it out.
  const parameter = readContentType(header ?? '')?.parameters['action'];
  if (header !== undefined && mtomFault === undefined && parameter !== action) {
    report.add('XDS-ACTION-PARAMETER', {
      where: 'en-tête HTTP Content-Type, paramètre action',
      received: parameter ?? 'absent',
      expected: action ?? ITI_41,
      remedy: 'Recopiez wsa:Action dans le paramètre action du Content-Type.',
      ...(parameter === undefined ? { severity: 'warning' as const } : {}),
    });
  }
  if (!MESSAGE_ID.test(messageId ?? '')) {
    report.add('XDS-MESSAGE-ID', {
      where: '/Envelope/Header[1]/MessageID[1]',
      received: messageId ?? 'absent',
      expected: 'urn:uuid: suivi d’un UUID',
      remedy: 'Tirez un UUID par message et préfixez-le par « urn:uuid: ».',
    });
  }
}
