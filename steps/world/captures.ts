import type { Capture } from '#evidence/index.ts';
import type { HttpExchange, RawHeader, StreamExchange } from '#formats/exchange/index.ts';
import type { ScenarioWorld } from './scenario-world.ts';

/** The request as it crossed the wire, start line and headers included: what an ANS reviewer reads as « message ». */
export function captureHttp(exchange: HttpExchange, name: string, caption: string): readonly Capture[] {
  const { request, response } = exchange;
  const path = new URL(request.url).pathname + new URL(request.url).search;
  const captures: Capture[] = [
    {
      name: `${name}-requete`,
      extension: '.http',
      mediaType: 'application/http',
      bytes: wire(`${request.method} ${path} HTTP/1.1`, request.headers, request.body),
      caption: `${caption} : la requête telle que reçue par le banc`,
      exchangeId: exchange.id,
    },
  ];
  if (response) {
    captures.push({
      name: `${name}-reponse`,
      extension: '.http',
      mediaType: 'application/http',
      bytes: wire(`HTTP/1.1 ${response.status}`, response.headers, response.body),
      caption: `${caption} : la réponse du service simulé`,
      exchangeId: exchange.id,
    });
  }
  return captures;
}

/** An HL7 message with its acknowledgement, without framing, whoever sent it. */
export function captureHl7(world: ScenarioWorld, exchange: StreamExchange, name: string, caption: string): void {
  const [message, answer] =
    exchange.direction === 'outgoing' ? [exchange.sent, exchange.received] : [exchange.received, exchange.sent];
  const hl7 = { extension: '.hl7', mediaType: 'application/hl7-v2', exchangeId: exchange.id };
  world.capture({ ...hl7, name, bytes: message, caption });
  if (answer.byteLength > 0) {
    world.capture({ ...hl7, name: `${name}-acquittement`, bytes: answer, caption: `${caption} : l’acquittement` });
  }
}

function wire(startLine: string, headers: readonly RawHeader[], body: Uint8Array): Uint8Array {
  const head = [startLine, ...headers.map(([name, value]) => `${name}: ${value}`), '', ''].join('\r\n');
  return Buffer.concat([Buffer.from(head, 'latin1'), body]);
}
