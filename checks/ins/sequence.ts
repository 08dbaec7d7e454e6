import type { Finding } from '#dsr/verdict/index.ts';
import type { HttpExchange } from '#formats/exchange/index.ts';
import { readSoap } from '#formats/soap/index.ts';
import { openReport, type Report } from '../report/index.ts';
import { readInsiResponse } from './answer.ts';
import { identityOf } from './contexts.ts';
import { checkInsiRequest } from './request.ts';
import { RULES, type InsRule } from './rules.ts';
import { checkStrategy, type ReadRequest } from './strategy.ts';
import type { InsiOptions, InsiRequest } from './types.ts';

/**
 * Takes from an exchange what the rules judge.
 *
 * @param names of the messages of verification that the vendor gave
 */
export function requestOf(exchange: HttpExchange, names?: InsiOptions['verification']): InsiRequest {
  const contentType = exchange.request.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  return {
    label: exchange.id,
    contentType: contentType ?? '',
    body: exchange.request.body,
    at: new Date(exchange.startedAt),
    answer: readInsiResponse(exchange.response, names),
    ...(exchange.peer.tls === undefined ? {} : { tls: exchange.peer.tls }),
  };
}

/**
 * Judges exchanges of one product with INSi, each alone and all together (unique ids, stable software, search strategy).
 *
 * @param exchanges in order of arrival, from the first one of the scenario
 */
export function checkInsiExchanges(exchanges: readonly HttpExchange[], options: InsiOptions = {}): readonly Finding[] {
  return checkInsiRequests(
    exchanges.map((exchange) => requestOf(exchange, options.verification)),
    options,
  );
}

/** Same as `checkInsiExchanges`, over requests alone. Places are prefixed by the label of the request. */
export function checkInsiRequests(requests: readonly InsiRequest[], options: InsiOptions = {}): readonly Finding[] {
  const report = openReport(RULES);
  const alone = requests.flatMap((request) =>
    checkInsiRequest(request, options).map((finding) => ({ ...finding, where: place(request.label, finding.where) })),
  );
  const read = requests.flatMap((request) => {
    const reading = readSoap(request.body);
    return reading.ok ? [{ label: request.label, envelope: reading.envelope, answer: request.answer }] : [];
  });
  checkUniqueness(report, read);
  checkStability(report, read);
  checkStrategy(report, read, options, place);
  return [...alone, ...report.findings];
}

function place(label: string | undefined, where: string): string {
  return label === undefined ? where : `échange ${label}, ${where}`;
}

function checkUniqueness(report: Report<InsRule>, read: readonly ReadRequest[]): void {
  const messageIds = new Set<string>();
  const contextIds = new Set<string>();
  for (const { label, envelope } of read) {
    const { messageId } = envelope.addressing;
    if (messageId !== undefined) {
      if (messageIds.has(messageId)) {
        report.add('INSI-MESSAGE-ID-UNIQUE', {
          where: place(label, '/Envelope/Header[1]/MessageID[1]'),
          received: `${messageId}, déjà employé`,
          expected: 'un identifiant nouveau à chaque appel',
          remedy: 'Tirez un nouvel UUID à chaque appel, y compris quand le produit réessaie.',
        });
      }
      messageIds.add(messageId);
    }
    for (const id of identityOf(envelope).contextIds) {
      if (contextIds.has(id)) {
        report.add('INSI-CONTEXT-ID-UNIQUE', {
          where: place(label, '/Envelope/Header[1], Id des contextes'),
          received: `${id}, déjà employé`,
          expected: 'un UUID nouveau pour chaque contexte et chaque appel',
          remedy: 'Tirez un nouvel UUID pour l’Id de chaque contexte, à chaque appel.',
        });
      }
      contextIds.add(id);
    }
  }
}

function checkStability(report: Report<InsRule>, read: readonly ReadRequest[]): void {
  const [first] = read;
  if (first === undefined) return;
  const reference = identityOf(first.envelope);
  for (const { label, envelope } of read.slice(1)) {
    const identity = identityOf(envelope);
    for (const [key, name] of [
      ['idam', 'IDAM'],
      ['name', 'Nom'],
      ['version', 'Version'],
      ['instance', 'Instance'],
    ] as const) {
      if (identity[key] === reference[key]) continue;
      report.add('INSI-LPS-STABLE', {
        where: place(label, `/Envelope/Header[1]/ContexteLPS[1]/LPS[1]/${name}[1]`),
        received: identity[key] || 'vide',
        expected: `${reference[key] || 'vide'}, comme au premier appel`,
        remedy: `Gardez la même valeur de ${name} pour une installation et une version données.`,
      });
    }
  }
}
