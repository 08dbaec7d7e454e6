import { randomUUID } from 'node:crypto';
import type { InsiAuthentication, SglConfig } from '../model/index.ts';
import { httpsExchange, NetError } from '../net/index.ts';
import { readAnswer } from './answer.ts';
import { signAssertion } from './assertion.ts';
import { readProfessionalCard } from './card.ts';
import { writeEnvelope, type InsiCaller } from './envelope.ts';
import { operationOf } from './operations.ts';
import type { InsiClient, InsiFailure, InsiRequest } from './types.ts';
import { readVerification } from './verification.ts';

interface Wire {
  contentType: string | undefined;
  body: Buffer;
  status: number;
}

/**
 * INSi over HTTPS: with the organisation certificate of the configuration (mutual TLS), or with assertions signed by the
 * card of a professional and no client certificate.
 */
export function createInsiClient(config: SglConfig, faults: ReadonlySet<string>, now: () => Date): InsiClient {
  const post = async (request: InsiRequest, asked: InsiAuthentication): Promise<Wire | InsiFailure> => {
    const as = faults.has('insi-mode-force') ? 'organisation' : asked;
    try {
      const operation = operationOf(request.kind, config.insi.operations);
      const at = now();
      const { sender, assertions } = await credentials(request, as, at);
      const caller: InsiCaller = {
        sender,
        idam: config.insi.idam,
        instance: config.insi.instance,
        product: config.product.name,
        version: config.product.version,
      };
      const identity = as === 'cpx' || faults.has('insi-sans-authentification') ? undefined : organisation();
      const answer = await httpsExchange({
        url: as === 'cpx' ? (config.insi.cpxUrl ?? config.insi.url) : config.insi.url,
        method: 'POST',
        headers: { 'content-type': contentType(operation.action) },
        body: writeEnvelope({ request, operation, caller, at, uuid: randomUUID, assertions, faults }),
        ca: config.ca,
        server: {
          revocation: !faults.has('insi-tls-sans-revocation'),
          any: faults.has('insi-tls-sans-verification'),
          oldVersions: faults.has('insi-tls-ancien'),
        },
        ...(identity && { identity }),
        timeoutMs: config.timeoutMs ?? 15_000,
      });
      return { contentType: answer.headers['content-type'], body: answer.body, status: answer.status };
    } catch (error) {
      if (error instanceof NetError) return { kind: 'indisponible', code: error.failure, why: error.message };
      return { kind: 'indisponible', code: 'technique', why: 'Certificat, carte ou clé illisible sur ce poste.' };
    }
  };

  const organisation = (): { cert: string; key: string } =>
    faults.has('insi-autre-certificat') ? config.dmp : config.insi;

  const contentType = (action: string): string => {
    const type = faults.has('insi-type-contenu') ? 'text/xml' : 'application/soap+xml';
    if (faults.has('insi-sans-action')) return `${type}; charset=utf-8`;
    return `${type}; charset=utf-8; action="${action}${faults.has('insi-action-fausse') ? 'V2' : ''}"`;
  };

  /** Who calls, and the proof of it that the message carries. */
  const credentials = async (
    request: InsiRequest,
    as: InsiAuthentication,
    at: Date,
  ): Promise<{ sender: string; assertions: string[] }> => {
    const { cpx } = config.insi;
    const signs = as === 'cpx' || faults.has('insi-saml-organisation');
    if (!signs || !cpx) return { sender: config.laboratory.id, assertions: [] };
    const card = await readProfessionalCard(cpx);
    const professional = faults.has('insi-nameid-faux') ? '899999999999' : card.nationalId;
    const assertions = [signAssertion(professional, card, at, faults)];
    if (request.kind === 'vitale' && as === 'cpx' && !faults.has('insi-vitale-sans-assertion')) {
      assertions.push(signAssertion(request.card.bearer ?? request.card.holder, card, at));
    }
    return { sender: as === 'cpx' ? card.nationalId : config.laboratory.id, assertions };
  };

  return {
    async search(request, as) {
      const wire = await post(request, as);
      if ('kind' in wire) return wire;
      return withStatus(readAnswer(wire.contentType, wire.body), wire.status);
    },
    async verify(identities, bulk, as) {
      const [identity] = identities;
      if (!identity) return { kind: 'verifie', verdicts: new Map() };
      const wire = await post(
        bulk ? { kind: 'verification-masse', identities } : { kind: 'verification', identity },
        as,
      );
      if ('kind' in wire) return wire;
      return withStatus(readVerification(wire.contentType, wire.body, bulk ? undefined : identity.ref), wire.status);
    },
  };
}

function withStatus<Answer extends { kind: string }>(answer: Answer, status: number): Answer {
  return answer.kind === 'illisible' && 'why' in answer
    ? { ...answer, why: `${String(answer.why)}, HTTP ${status}` }
    : answer;
}
