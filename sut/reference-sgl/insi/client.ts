import { randomUUID } from 'node:crypto';
import type { SglConfig } from '../model/index.ts';
import { httpsExchange, NetError } from '../net/index.ts';
import { readAnswer, type InsiAnswer } from './answer.ts';
import { ACTION, writeEnvelope } from './envelope.ts';
import type { InsiQuery } from './query.ts';

export const OPERATION = 'rechercherInsAvecTraitsIdentite';

/** No answer at all: the service is out of reach, slow, or refuses our certificate. */
export type InsiOutcome = InsiAnswer | { kind: 'indisponible'; code: string; why: string };

/** Asks INSi once. Never throws. */
export type AskInsi = (query: InsiQuery) => Promise<InsiOutcome>;

/** INSi over HTTPS with the organisation certificate of the configuration (mutual TLS). */
export function createInsiClient(config: SglConfig, now: () => Date): AskInsi {
  const caller = {
    structure: config.laboratory.id,
    idam: config.insi.idam,
    instance: config.insi.instance,
    product: config.product.name,
    version: config.product.version,
  };
  return async (query) => {
    try {
      const answer = await httpsExchange({
        url: config.insi.url,
        method: 'POST',
        headers: { 'content-type': `application/soap+xml; charset=utf-8; action="${ACTION}"` },
        body: writeEnvelope(query, caller, now(), randomUUID),
        ca: config.ca,
        identity: config.insi,
        timeoutMs: config.timeoutMs ?? 15_000,
      });
      const read = readAnswer(answer.headers['content-type'], answer.body);
      return read.kind === 'illisible' ? { ...read, why: `${read.why}, HTTP ${answer.status}` } : read;
    } catch (error) {
      if (error instanceof NetError) return { kind: 'indisponible', code: error.failure, why: error.message };
      return { kind: 'indisponible', code: 'technique', why: 'Certificat ou clé illisible sur ce poste.' };
    }
  };
}
