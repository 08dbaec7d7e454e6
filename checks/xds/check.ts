import type { Finding } from '#dsr/verdict/index.ts';
import type { HttpExchange } from '#formats/exchange/index.ts';
import { isBenchLimit, limitBreach, openReport, type Report } from '../report/index.ts';
import { requestHeader, vihfOf } from '../vihf/index.ts';
import { checkAssociations } from './associations.ts';
import { checkCda } from './cda.ts';
import { checkLotCoherence, COHERENCE_RULES } from './coherence/index.ts';
import { checkDocuments } from './documents.ts';
import { LIMIT_RULES } from './limit-rules.ts';
import { checkRegistry } from './registry.ts';
import { RULES, type XdsRule } from './rules.ts';
import { checkSignature } from './signature.ts';
import { readSubmission } from './submission.ts';
import { checkTransport } from './transport.ts';
import type { Judged, SubmissionOptions, SubmissionRequest } from './types.ts';

/**
 * Judges a feeding of the DMP (TD2.1, ITI-41): packaging, metadata, documents, signature, associations. The VIHF of the same
 * request is judged by `checks/vihf`, the content of the documents by `checks/cda`.
 *
 * @param source an exchange of the journal, or what is known of a request
 */
export function checkSubmission(
  source: SubmissionRequest | HttpExchange,
  options: SubmissionOptions = {},
): readonly Finding[] {
  const request = 'protocol' in source ? requestOf(source) : source;
  const report = openReport([...RULES, ...COHERENCE_RULES, ...LIMIT_RULES]);
  const reading = readSubmission(request.contentType, request.body);
  if (!reading.ok) {
    if (isBenchLimit(reading.fault)) {
      report.add('DMP-LIMIT', limitBreach('corps HTTP', 'le message', reading.fault));
      return report.findings;
    }
    report.add('XDS-READABLE', {
      where: 'corps HTTP',
      received: reading.fault.message,
      expected: 'un paquet MTOM dont la racine est une enveloppe SOAP 1.2',
      remedy: 'Corrigez la construction du message : il n’a pas pu être jugé plus avant.',
    });
    return report.findings;
  }
  const { submission } = reading;
  checkTransport(report, submission, request.contentType);
  if (submission.objects === undefined) {
    missingList(report);
    return report.findings;
  }
  const judged: Judged = {
    report,
    submission,
    objects: submission.objects,
    vihf: vihfOf(submission.source),
    request,
    options,
  };
  checkRegistry(judged);
  checkDocuments(judged);
  checkCda(judged);
  checkLotCoherence(judged);
  checkAssociations(judged);
  checkSignature(judged);
  return report.findings;
}

function missingList(report: Report<XdsRule>): void {
  report.add('XDS-SUBMISSION-SET', {
    where: '/Envelope/Body[1]',
    received: 'pas de RegistryObjectList',
    expected: 'SubmitObjectsRequest/RegistryObjectList, avec un RegistryPackage',
    remedy: 'Placez les métadonnées dans lcm:SubmitObjectsRequest/rim:RegistryObjectList.',
  });
}

function requestOf(exchange: HttpExchange): SubmissionRequest {
  const { tls } = exchange.peer;
  return {
    contentType: requestHeader(exchange, 'content-type'),
    body: exchange.request.body,
    at: new Date(exchange.startedAt),
    ...(tls === undefined ? {} : { tls }),
  };
}
