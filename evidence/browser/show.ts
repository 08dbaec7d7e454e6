import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserType, LaunchOptions } from 'playwright';
import { findBrowser } from './find-browser.ts';
import type { Displayed, ShownFile } from './types.ts';

const DOCUMENT = '/document';
const CONTROL = '/temoin';
/** A page as wide as a desk; its height follows. */
const VIEWPORT = { width: 1024, height: 768 };
const OPENING_MS = 20_000;
const PAINTING_MS = 5_000;
/** A document may ask for its pictures one by one: the first ones say enough. */
const MAX_ASKED = 20;

/** The smallest document that shows itself: it tells a browser without XSLT from a document that does not show itself. */
const WITNESS = `<?xml version="1.0" encoding="UTF-8"?>
<?xml-stylesheet type="text/xsl" href=""?>
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:output method="html"/>
<xsl:template match="/"><html><body><p>TEMOIN</p></body></html></xsl:template></xsl:stylesheet>`;

/**
 * Opens a document in a Chromium of this machine, as a person would: alone, served from loopback under an address of its own,
 * since browsers apply no style sheet to a file. Scripts do not run and nothing else is answered.
 *
 * @param openingMs how long the document may take to show itself; 20 s when absent
 * @throws {BrowserMissing} when this machine has no browser; the error of Playwright when it does not start
 */
export async function showInBrowser(file: ShownFile, openingMs: number = OPENING_MS): Promise<Displayed> {
  const { executablePath, args } = await findBrowser();
  const { chromium } = await import('playwright');
  const browser = await launch(chromium, { executablePath, args: [...args] });
  try {
    return await show(browser, file, openingMs);
  } finally {
    await browser.close();
  }
}

/** In its sandbox, which a container or the root account may not give. */
async function launch(chromium: BrowserType, options: LaunchOptions): Promise<Browser> {
  if (process.getuid?.() === 0) return chromium.launch(options);
  return chromium.launch({ ...options, chromiumSandbox: true }).catch(() => chromium.launch(options));
}

async function show(browser: Browser, file: ShownFile, openingMs: number): Promise<Displayed> {
  const served = new Map<string, ShownFile>([
    [DOCUMENT, file],
    [CONTROL, { bytes: Buffer.from(WITNESS), mediaType: 'text/xml' }],
  ]);
  const server = createServer((request, response) => {
    const found = served.get(request.url ?? '');
    if (found === undefined) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': found.mediaType, 'cache-control': 'no-store' }).end(found.bytes);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    const control = await read(browser, origin, CONTROL, OPENING_MS);
    if (!control.ended) throw new Error('Le navigateur du banc n’a pas ouvert son propre document témoin à temps.');
    const shown = await read(browser, origin, DOCUMENT, openingMs);
    return {
      browser: `Chromium ${browser.version()}`,
      ...shown,
      appliesStyleSheets: control.text.includes('TEMOIN'),
    };
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** The browser is closed with what it still does: a page whose style sheet never ends would not close by itself. */
async function read(
  browser: Browser,
  origin: string,
  path: string,
  openingMs: number,
): Promise<Pick<Displayed, 'ended' | 'text' | 'screenshot' | 'asked'>> {
  const context = await browser.newContext({
    javaScriptEnabled: false,
    viewport: VIEWPORT,
    acceptDownloads: false,
    serviceWorkers: 'block',
    locale: 'fr-FR',
  });
  const own = new URL(path, origin).href;
  const asked = new Set<string>();
  await context.route('**/*', (route) => {
    const url = route.request().url();
    if (url === own) return route.continue();
    // The icon of a tab is the browser's own wish.
    if (new URL(url).pathname !== '/favicon.ico' && asked.size < MAX_ASKED) asked.add(url);
    return route.abort('blockedbyclient');
  });
  const page = await context.newPage();
  page.setDefaultTimeout(openingMs);
  const ended = await page.goto(own, { waitUntil: 'load', timeout: openingMs }).then(
    () => true,
    (error: unknown) => {
      if (error instanceof Error && error.name === 'TimeoutError') return false;
      throw error;
    },
  );
  if (!ended) return { ended, text: '', asked: [...asked] };
  // A document that the browser made no page of has no body: its tree or a blank is shown instead.
  const body = page.locator('html > body');
  const text = (await body.count()) === 0 ? '' : await body.innerText();
  // Chromium paints nothing of a document whose style sheet failed: there is nothing to take, and it would be waited for.
  const screenshot = await page.screenshot({ fullPage: true, timeout: PAINTING_MS }).catch(() => undefined);
  return { ended, text, asked: [...asked], ...(screenshot && { screenshot }) };
}
