import { existsSync } from 'node:fs';
import { chromium } from 'playwright';
import { BrowserMissing, type FoundBrowser } from './types.ts';

const SYSTEM: Readonly<Record<string, readonly string[]>> = {
  linux: [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/usr/bin/google-chrome-stable',
    '/snap/bin/chromium',
  ],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
};

/** A page under test asks nothing of the network, and the browser must not either. */
const QUIET = [
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  // A band over the page of a document that a style sheet shows: it would hide what the picture is to prove.
  '--disable-blink-features=GenerateXSLTWarningBanner',
];

/**
 * A Chromium, in this order: the variable JALON_BROWSER, the system's, Playwright's own, and the one that `npm ci` brings for
 * the tests (@sparticuz/chromium, Linux). Nothing is downloaded.
 *
 * @throws {BrowserMissing} when there is none, with what to install
 */
export async function findBrowser(): Promise<FoundBrowser> {
  const named = process.env['JALON_BROWSER'];
  if (named !== undefined && named !== '') {
    if (!existsSync(named)) throw new BrowserMissing(`JALON_BROWSER désigne « ${named} », qui n'existe pas.`);
    return { executablePath: named, args: QUIET, origin: 'variable JALON_BROWSER' };
  }
  const system = (SYSTEM[process.platform] ?? []).find((path) => existsSync(path));
  if (system) return { executablePath: system, args: QUIET, origin: 'système' };
  if (existsSync(chromium.executablePath()))
    return { executablePath: chromium.executablePath(), args: QUIET, origin: 'Playwright' };
  const bundled = await bundledChromium();
  if (bundled) return bundled;
  throw new BrowserMissing();
}

async function bundledChromium(): Promise<FoundBrowser | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  // With this variable the package unpacks the libraries that a bare system lacks (NSS); without it, it would not start.
  process.env['AWS_LAMBDA_JS_RUNTIME'] ??= 'nodejs22.x';
  try {
    const { default: sparticuz } = await import('@sparticuz/chromium');
    return {
      executablePath: await sparticuz.executablePath(),
      args: [...sparticuz.args, ...QUIET],
      origin: '@sparticuz/chromium',
    };
  } catch {
    return undefined;
  }
}
