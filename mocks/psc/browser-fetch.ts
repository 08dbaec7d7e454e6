import http from 'node:http';
import https from 'node:https';

/** One answer, redirects not followed. */
export interface Page {
  readonly url: URL;
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly setCookies: readonly string[];
  /** Decoded as UTF-8. */
  readonly body: string;
}

export interface FetchOptions {
  readonly method: string;
  readonly form?: URLSearchParams;
  readonly cookie: string | undefined;
  readonly caPem: string;
}

const MAX_BODY_BYTES = 10 * 1024 * 1024;
const TIMEOUT_MS = 60_000;

/**
 * One request as a browser sends it. Not `fetch`: the authorities of the bench must be trusted for this call only.
 * @throws the error of the socket, or `PSC_PAGE_TOO_LARGE` above 10 MB
 */
export function fetchOnce(url: URL, options: FetchOptions): Promise<Page> {
  const body = options.form?.toString();
  const headers: Record<string, string> = {
    Accept: 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.8',
    'Accept-Language': 'fr-FR,fr;q=0.9',
    ...(options.cookie === undefined ? {} : { Cookie: options.cookie }),
    ...(body === undefined
      ? {}
      : { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': String(Buffer.byteLength(body)) }),
  };
  return new Promise((resolve, reject) => {
    const common = { method: options.method, headers, timeout: TIMEOUT_MS, agent: false as const };
    const onAnswer = (answer: http.IncomingMessage): void => {
      const chunks: Buffer[] = [];
      let size = 0;
      answer.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > MAX_BODY_BYTES) request.destroy(new Error(`PSC_PAGE_TOO_LARGE : ${url.href} dépasse 10 Mo.`));
        else chunks.push(chunk);
      });
      answer.on('error', reject);
      answer.on('end', () =>
        resolve({
          url,
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          setCookies: answer.headers['set-cookie'] ?? [],
          body: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    };
    const request =
      url.protocol === 'https:'
        ? https.request(url, { ...common, ca: options.caPem }, onAnswer)
        : http.request(url, common, onAnswer);
    request.on('timeout', () => request.destroy(new Error(`PSC_PAGE_TIMEOUT : ${url.href} ne répond pas.`)));
    request.on('error', reject);
    request.end(body);
  });
}
