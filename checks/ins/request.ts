import type { Finding } from '#dsr/verdict/index.ts';
import { readContentType } from '#formats/mime/index.ts';
import { readSoap, type SoapEnvelope } from '#formats/soap/index.ts';
import type { XmlElement } from '#formats/xml/index.ts';
import { openReport, type Report } from '../report/index.ts';
import { checkAuthentication } from './authentication.ts';
import { checkContexts } from './contexts.ts';
import { RULES, type InsRule } from './rules.ts';
import { checkSearch } from './search.ts';
import type { InsiOperation, InsiOptions, InsiRequest } from './types.ts';
import { checkVerificationBody } from './verification.ts';
import { OPERATIONS } from './vocabulary.ts';

const UUID = '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';

/**
 * Judges one request to INSi. Source: protocols.md §1.1 to §1.6.
 *
 * @param request parts that are absent (content type, instant, TLS peer) are not judged
 */
export function checkInsiRequest(request: InsiRequest, options: InsiOptions = {}): readonly Finding[] {
  const report = openReport(RULES);
  const reading = readSoap(request.body);
  if (!reading.ok) {
    report.add('INSI-SOAP-READABLE', {
      where: 'line' in reading.fault && reading.fault.line !== undefined ? `ligne ${reading.fault.line}` : 'corps HTTP',
      received: reading.fault.message,
      expected: 'une enveloppe SOAP 1.2 bien formée',
      remedy: 'Corrigez la construction du message : il n’a pas pu être jugé plus avant.',
    });
    return report.findings;
  }
  const { envelope } = reading;
  checkTransport(report, envelope, request.contentType);
  checkOperation(report, envelope, options);
  checkMessageId(report, envelope);
  checkContexts(report, envelope, request.at, options);
  checkBody(report, envelope, options);
  checkAuthentication(report, envelope, request, options);
  return report.findings;
}

function checkTransport(report: Report<InsRule>, envelope: SoapEnvelope, header: string | undefined): void {
  if (envelope.version !== '1.2') {
    report.add('INSI-SOAP-VERSION', {
      where: envelope.root.path,
      received: envelope.root.name.namespace,
      expected: 'http://www.w3.org/2003/05/soap-envelope',
      remedy: 'Émettez l’enveloppe dans l’espace de noms SOAP 1.2.',
    });
  }
  if (header === undefined) return;
  const contentType = readContentType(header);
  if (contentType?.type !== 'application/soap+xml') {
    report.add('INSI-CONTENT-TYPE', {
      where: 'en-tête HTTP Content-Type',
      received: header || 'absent',
      expected: 'application/soap+xml; charset=utf-8; action="…"',
      remedy: 'Envoyez le Content-Type de SOAP 1.2 (text/xml est celui de SOAP 1.1).',
    });
    return;
  }
  const action = contentType.parameters['action'];
  if (action === envelope.addressing.action) return;
  report.add('INSI-ACTION-PARAMETER', {
    where: 'en-tête HTTP Content-Type, paramètre action',
    received: action ?? 'absent',
    expected: envelope.addressing.action ?? 'la valeur de wsa:Action',
    remedy: 'Recopiez wsa:Action dans le paramètre action du Content-Type.',
    // SOAP 1.2 lets the parameter be left out; a value that contradicts the message is an error.
    ...(action === undefined ? { severity: 'warning' as const } : {}),
  });
}

function checkOperation(report: Report<InsRule>, envelope: SoapEnvelope, options: InsiOptions): void {
  const { action } = envelope.addressing;
  const known = operationsOf(options);
  const operation = known.find((one) => one.action === action);
  const { payload } = envelope;
  const received = payload === undefined ? 'aucun élément' : `{${payload.name.namespace}}${payload.name.local}`;
  const byPayload = known.filter((one) => isPayload(one, payload));
  if (operation === undefined) {
    report.add('INSI-WSA-ACTION', {
      where: '/Envelope/Header[1]/Action[1]',
      received: action ?? 'absent',
      expected: (byPayload.length > 0 ? byPayload : known).map((one) => one.action).join(' ou '),
      remedy: 'Donnez à wsa:Action la valeur soapAction de l’opération appelée.',
    });
  } else if (!isPayload(operation, payload)) {
    report.add('INSI-BODY', {
      where: payload?.path ?? envelope.body.path,
      received,
      expected: `{${operation.namespace}}${operation.local}`,
      remedy: `Envoyez ${operation.local} dans le Body pour l’opération ${operation.action}.`,
    });
  }
}

function checkBody(report: Report<InsRule>, envelope: SoapEnvelope, options: InsiOptions): void {
  const { payload } = envelope;
  if (payload === undefined) return;
  const operation =
    operationsOf(options).find((one) => one.action === envelope.addressing.action && isPayload(one, payload)) ??
    operationsOf(options).find((one) => isPayload(one, payload));
  if (operation?.kind === 'verification' || operation?.kind === 'verification-masse') {
    checkVerificationBody(report, payload, operation.kind, options);
  } else checkSearch(report, envelope, options);
}

function operationsOf({ operations }: InsiOptions): readonly InsiOperation[] {
  if (operations === undefined) return OPERATIONS;
  // The names that were given stand in the place of ours, not beside them.
  const given = new Set(operations.map(({ kind }) => kind));
  return [...operations, ...OPERATIONS.filter(({ kind }) => !given.has(kind))];
}

function isPayload(operation: InsiOperation, payload: XmlElement | undefined): boolean {
  return operation.local === payload?.name.local && operation.namespace === payload.name.namespace;
}

function checkMessageId(report: Report<InsRule>, envelope: SoapEnvelope): void {
  const { messageId } = envelope.addressing;
  if (messageId !== undefined && new RegExp(`^uuid:${UUID}$`).test(messageId)) return;
  const otherForm = messageId !== undefined && new RegExp(`^(?:urn:uuid:)?${UUID}$`).test(messageId);
  report.add('INSI-MESSAGE-ID', {
    where: '/Envelope/Header[1]/MessageID[1]',
    received: messageId ?? 'absent',
    expected: 'uuid: suivi d’un UUID',
    remedy: 'Préfixez l’UUID du message par « uuid: ».',
    // A published sample sends the UUID alone: the service takes it.
    ...(otherForm ? { severity: 'warning' as const } : {}),
  });
}
