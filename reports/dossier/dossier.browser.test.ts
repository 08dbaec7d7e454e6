import { AxeBuilder } from '@axe-core/playwright';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBrowser } from '#evidence/browser/index.ts';
import { fillDossier } from './dossier.fixture.ts';
import { dossierEntries } from './index.ts';

/** A dossier as the reviewer opens it: a plain folder, a browser, no server. */

const folder = mkdtempSync(join(tmpdir(), 'jalon-dossier-'));
const PAGES = ['index.html', '01_INS/INS_va1.60.html', '01_INS/INS_va1.02.html'] as const;

let browser: Browser;

beforeAll(async () => {
  const found = await findBrowser();
  browser = await chromium.launch({ executablePath: found.executablePath, args: [...found.args] });
  const dossier = await fillDossier();
  for await (const { path, open } of dossierEntries(await dossier.read())) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, await buffer(open()));
  }
  await dossier.filled.tracker.close();
});

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function opened(
  path: string,
  width: number,
  colorScheme: 'light' | 'dark',
): Promise<{ readonly page: Page; readonly noise: readonly string[] }> {
  const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme });
  const page = await context.newPage();
  const noise: string[] = [];
  page.on('console', (message) => message.type() === 'error' && noise.push(message.text()));
  const address = pathToFileURL(join(folder, path)).href;
  page.on('request', (request) => request.url() !== address && noise.push(request.url()));
  await page.goto(address);
  return { page, noise };
}

describe('the pages of a dossier', () => {
  const sizes = [
    [1280, 'light'],
    [1280, 'dark'],
    [390, 'light'],
  ] as const;
  it.each(PAGES.flatMap((path) => sizes.map(([width, scheme]) => [path, width, scheme] as const)))(
    '%s is accessible at %i px (%s), asks for nothing and fits',
    async (path, width, scheme) => {
      const { page, noise } = await opened(path, width, scheme);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(
        violations.map(
          ({ id, nodes }) =>
            `${id}: ${nodes
              .map(({ html }) => html)
              .slice(0, 3)
              .join(' | ')}`,
        ),
      ).toEqual([]);
      expect(noise).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBe(
        0,
      );
      await page.context().close();
    },
  );

  it('lead from the index to a proof and back, by the keyboard', async () => {
    const { page } = await opened('index.html', 1280, 'light');
    const link = page.locator('a[href*="#preuve-INS_va1.60.01.03"]').first();
    await link.focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/INS_va1\.60\.html#preuve-INS_va1\.60\.01\.03$/u);
    expect(await page.locator(':target').textContent()).toContain('INS/va1.60.01.03');
    await page.getByRole('link', { name: 'Sommaire du dossier' }).click();
    await page.waitForURL(/index\.html$/u);
    await page.context().close();
  });
});
