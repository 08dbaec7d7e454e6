import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { RawHeader } from '#formats/exchange/index.ts';
import type { WireFault } from './types.ts';

/** A response ready to be journaled, then written as it was journaled. */
export interface WireResponse {
  readonly status: number;
  readonly headers: readonly RawHeader[];
  readonly body: Uint8Array;
}

const USUAL_CASE: Readonly<Record<string, string>> = { etag: 'ETag', 'www-authenticate': 'WWW-Authenticate' };

/** Fetch lower-cases names; what goes on the wire has the usual case. */
function usualCase(name: string): string {
  return (
    USUAL_CASE[name] ??
    name
      .split('-')
      .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
      .join('-')
  );
}

/** Turns a Fetch response into the exact lines and bytes to send. A `Transfer-Encoding: chunked` header is honoured. */
export async function toWire(response: Response, method: string, date: Date): Promise<WireResponse> {
  // A network error response (`HttpResponse.error()`) has status 0: nothing can be sent for it.
  const body = new Uint8Array(await response.arrayBuffer());
  const headers: RawHeader[] = [];
  let chunked = false;
  for (const [name, value] of response.headers) {
    if (name === 'transfer-encoding') chunked = value.toLowerCase().includes('chunked');
    if (name === 'content-length' || name === 'connection' || name === 'date') continue;
    headers.push([usualCase(name), value]);
  }
  const bodiless = response.status === 204 || response.status === 304 || response.status < 200;
  if (!chunked && !bodiless) headers.push(['Content-Length', String(body.length)]);
  headers.push(['Date', date.toUTCString()]);
  return { status: response.status, headers, body: method === 'HEAD' ? new Uint8Array() : body };
}

/** A short French text as a response of the bench itself. */
export function textResponse(status: number, text: string, date: Date): WireResponse {
  const body = new TextEncoder().encode(`${text}\n`);
  return {
    status,
    headers: [
      ['Content-Type', 'text/plain; charset=utf-8'],
      ['Content-Length', String(body.length)],
      ['Date', date.toUTCString()],
    ],
    body,
  };
}

/** What is really sent of a response under a fault; undefined when nothing is. */
export function underFault(response: WireResponse, fault: WireFault | undefined): WireResponse | undefined {
  if (fault === 'reset' || fault === 'refuse') return undefined;
  if (fault !== 'truncate') return response;
  return { ...response, body: response.body.slice(0, Math.floor(response.body.length / 2)) };
}

/**
 * Writes the response. Under `truncate` the head announces the whole length and the connection is cut after the half
 * kept in `sent`; under `reset` it is cut at once by a TCP reset.
 */
export async function writeWire(
  outgoing: ServerResponse,
  sent: WireResponse | undefined,
  fault: WireFault | undefined,
  options: { readonly close: boolean },
): Promise<void> {
  const socket = outgoing.socket;
  // A client already gone: nothing to write to, and no event would ever come.
  if (socket === null || socket.destroyed) return;
  if (sent === undefined) {
    resetConnection(socket);
    return;
  }
  outgoing.sendDate = false;
  if (options.close) outgoing.shouldKeepAlive = false;
  outgoing.writeHead(sent.status, flatten(sent.headers));
  if (fault === 'truncate') {
    await new Promise<void>((resolve) => {
      outgoing.write(sent.body, () => resolve());
    });
    socket.destroy();
    return;
  }
  await new Promise<void>((resolve) => {
    outgoing.once('close', resolve);
    outgoing.end(sent.body, () => resolve());
  });
}

function flatten(headers: readonly RawHeader[]): string[] {
  return headers.flatMap(([name, value]) => [name, value]);
}

/** Cuts with a TCP reset; a TLS socket, which hides the raw one, closes without its closing alert. */
function resetConnection(socket: Socket): void {
  if (socket instanceof TLSSocket) socket.destroy();
  else socket.resetAndDestroy();
}
