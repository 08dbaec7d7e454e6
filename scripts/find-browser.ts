import { existsSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { chromium } from 'playwright';

export interface FoundBrowser {
  readonly executablePath: string;
  readonly args: readonly string[];
  /** Where it was found, in French, for the log. */
  readonly origin: string;
}

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
];

/**
 * A Chromium to test the pages with, in this order: the variable JALON_BROWSER, the system's, Playwright's own, the one
 * that `npm ci` brought (@sparticuz/chromium, Linux), and last Playwright's download where the network allows it.
 *
 * @throws when there is none, with what to install
 */
export async function findBrowser(): Promise<FoundBrowser> {
  const named = process.env['JALON_BROWSER'];
  if (named !== undefined && named !== '') {
    if (!existsSync(named)) throw new Error(`JALON_BROWSER désigne « ${named} », qui n'existe pas.`);
    return { executablePath: named, args: QUIET, origin: 'variable JALON_BROWSER' };
  }
  const system = (SYSTEM[process.platform] ?? []).find((path) => existsSync(path));
  if (system) return { executablePath: system, args: QUIET, origin: 'système' };
  if (existsSync(chromium.executablePath()))
    return { executablePath: chromium.executablePath(), args: QUIET, origin: 'Playwright' };
  const bundled = await bundledChromium();
  if (bundled) return bundled;
  spawnSync('npx', ['playwright', 'install', 'chromium'], { stdio: 'inherit', shell: process.platform === 'win32' });
  if (existsSync(chromium.executablePath()))
    return { executablePath: chromium.executablePath(), args: QUIET, origin: 'Playwright' };
  throw new Error(
    'Aucun navigateur Chromium : installez-le (Debian : apt-get install chromium ; ailleurs : npx playwright install chromium) ' +
      'ou donnez son chemin dans la variable JALON_BROWSER.',
  );
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
