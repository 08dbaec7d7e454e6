import { Agent, request as httpsRequest } from 'node:https';
import { readFileSync } from 'node:fs';

/** A browser reduced to its cookies, one jar an origin; redirections are followed only when asked. */
export interface TestBrowser {
  get(url: string): Promise<Page>;
  post(url: string, form: Record<string, string>): Promise<Page>;
  /** Follows redirections until a page. */
  visit(url: string): Promise<Page>;
}

export interface Page {
  url: string;
  status: number;
  location: string | undefined;
  headers: Headers;
  text: string;
}

export function createBrowser(caFile: string): TestBrowser {
  const jars = new Map<string, Map<string, string>>();
  const agent = new Agent({ ca: readFileSync(caFile) });

  const fetchPage = async (url: string, init: RequestInit = {}): Promise<Page> => {
    const { origin, protocol } = new URL(url);
    const jar = jars.get(origin) ?? new Map<string, string>();
    jars.set(origin, jar);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    if (protocol === 'https:') return await secureGet(url, agent);
    const headers = new Headers(init.headers);
    if (cookie !== '') headers.set('cookie', cookie);
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const [name = '', value = ''] = pair.split('=');
      if (/max-age=0/i.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
    const location = response.headers.get('location') ?? undefined;
    return { url, status: response.status, location, headers: response.headers, text: await response.text() };
  };

  return {
    get: (url) => fetchPage(url),
    post: (url, form) =>
      fetchPage(url, {
        method: 'POST',
        body: new URLSearchParams(form).toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      }),
    async visit(url) {
      let page = await fetchPage(url);
      for (let hop = 0; hop < 10 && page.location !== undefined; hop += 1) {
        page = await fetchPage(new URL(page.location, page.url).href);
      }
      return page;
    },
  };
}

/** Global fetch does not know the test authority. */
function secureGet(url: string, agent: Agent): Promise<Page> {
  return new Promise((resolve, reject) => {
    httpsRequest(url, { agent }, (response) => {
      response.resume();
      const { location } = response.headers;
      response.once('end', () =>
        resolve({ url, status: response.statusCode ?? 0, location, headers: new Headers(), text: '' }),
      );
    })
      .once('error', reject)
      .end();
  });
}

/** The token of the first form of a page. */
export function tokenOf(page: Page): string {
  return /name="jeton" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
}
