import { messageOf } from '../errors.ts';
import { CookieJar } from './cookie-jar.ts';
import { FORM, LOGIN_PATH } from './pages.ts';
import { fetchOnce, type Page } from './browser-fetch.ts';

/** Where the journey of the browser ended: normally the page of the product behind its callback. */
export interface FinalPage {
  readonly status: number;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
  /** Cookies the browser holds for the host of the final page. */
  readonly cookies: Readonly<Record<string, string>>;
  /** Every URL visited, in order. */
  readonly journey: readonly string[];
}

export interface AuthenticateOptions {
  /** The professional presses the refusal button instead. */
  readonly refuse?: boolean;
  /** Goes on with the cookies of an earlier journey (single sign-on); absent: a fresh browser. */
  readonly jar?: CookieJar;
}

/** A professional in front of a browser: follows redirects, fills the login form, comes back to the product. */
export interface Cardholder {
  /**
   * @param startUrl the login page of the product, or the authorization URL itself; http or https
   * @param nationalId PS_IdNat (12 characters) of a professional of the population
   * @throws {CardholderLost} more than 20 redirects, a redirect without a place to go, an address that is none or that
   *   does not answer; French message that names the address
   */
  authenticate(startUrl: string, nationalId: string, options?: AuthenticateOptions): Promise<FinalPage>;
}

const MAX_STEPS = 20;

/** The journey does not end: what the browser would show as an error of its own. */
export class CardholderLost extends Error {
  readonly code = 'PSC_CARDHOLDER_LOST';
}

/** @param caPem authorities the browser trusts, besides the plain http of a local product */
export function makeCardholder(caPem: string): Cardholder {
  return {
    async authenticate(startUrl, nationalId, options = {}) {
      const jar = options.jar ?? new CookieJar();
      const journey: string[] = [];
      if (!/^https?:$/.test(URL.parse(startUrl)?.protocol ?? '')) {
        throw new CardholderLost(`« ${startUrl.slice(0, 300)} » n'est pas une adresse http ou https.`);
      }
      let page = await visit(new URL(startUrl), { method: 'GET' });
      for (;;) {
        const next = redirectOf(page) ?? loginOf(page, nationalId, options.refuse === true);
        if (next === undefined) break;
        if (journey.length >= MAX_STEPS) {
          throw new CardholderLost(
            `Plus de ${MAX_STEPS} redirections depuis ${startUrl} : la dernière mène à ${page.url.href}.`,
          );
        }
        page = await visit(next.url, next);
      }
      return {
        status: page.status,
        url: page.url.href,
        headers: page.headers,
        body: page.body,
        cookies: jar.of(page.url.hostname),
        journey,
      };

      async function visit(url: URL, request: { method: string; form?: URLSearchParams }): Promise<Page> {
        journey.push(url.href);
        const answer = await fetchOnce(url, { ...request, caPem, cookie: jar.header(url) }).catch((cause: unknown) => {
          throw new CardholderLost(`La page ${url.origin}${url.pathname} ne s'ouvre pas (${messageOf(cause)}).`, {
            cause,
          });
        });
        jar.store(url, answer.setCookies);
        return answer;
      }
    },
  };
}

interface NextRequest {
  readonly url: URL;
  readonly method: string;
  readonly form?: URLSearchParams;
}

function redirectOf(page: Page): NextRequest | undefined {
  if (![301, 302, 303, 307, 308].includes(page.status)) return undefined;
  const location = page.headers['location'];
  if (typeof location !== 'string' || !URL.canParse(location, page.url)) {
    throw new CardholderLost(`La réponse ${page.status} de ${page.url.href} n'a pas d'adresse de redirection lisible.`);
  }
  // A person's browser turns a redirected form into a GET; 307 and 308 of a login flow carry no body to repeat.
  return { url: new URL(location, page.url), method: 'GET' };
}

/** The login form of the mock, recognised by its action. */
function loginOf(page: Page, nationalId: string, refuse: boolean): NextRequest | undefined {
  if (page.status !== 200 || !page.body.includes(`action="${LOGIN_PATH}"`)) return undefined;
  const requestId = new RegExp(`name="${FORM.request}" value="([^"]+)"`, 'u').exec(page.body)?.[1];
  if (requestId === undefined) return undefined;
  const form = new URLSearchParams({
    [FORM.request]: requestId,
    [FORM.professional]: nationalId,
    [FORM.action]: refuse ? 'refuser' : 'accepter',
  });
  return { url: new URL(LOGIN_PATH, page.url), method: 'POST', form };
}
