import { AxeBuilder } from '@axe-core/playwright';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleInput } from './fixture.ts';
import { writeReports, type ReportInput } from './index.ts';
import { findBrowser } from '#evidence/browser/index.ts';

/** The report as its reader opens it: from the disk, in a browser, without a server. */

const folder = mkdtempSync(join(tmpdir(), 'jalon-rapport-'));
const addressOf = (name: string): string => pathToFileURL(join(folder, name, 'index.html')).href;
const WHOLE = addressOf('entier');
/** Every part of the page with few requirements: the accessibility rules look at each element. */
const SHORT = addressOf('court');

function shortInput(): ReportInput {
  const { run, rem, statuses } = sampleInput({ faults: ['sans-libelle'], lifecycle: 'interrupted' });
  const told = run.scenarios.filter(({ verdict }, index) => verdict !== 'conforme' || index % 20 === 4);
  const kept = new Set(told.flatMap(({ requirements }) => requirements));
  const requirements = rem.requirements.filter(({ id }, index) => kept.has(id) || index % 20 === 0);
  return { run: { ...run, scenarios: told }, rem: { ...rem, requirements }, statuses };
}

let browser: Browser;

beforeAll(async () => {
  const found = await findBrowser();
  browser = await chromium.launch({ executablePath: found.executablePath, args: [...found.args] });
  await writeReports({ runDir: join(folder, 'entier'), ...sampleInput() });
  await writeReports({ runDir: join(folder, 'court'), ...shortInput() });
});

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Opened {
  readonly page: Page;
  /** Console errors (a CSP breach is one) and every request but the page itself. */
  readonly noise: readonly string[];
}

async function open(width: number, colorScheme: 'light' | 'dark' = 'light', address = WHOLE): Promise<Opened> {
  const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme });
  const page = await context.newPage();
  const noise: string[] = [];
  page.on('console', (message) => message.type() === 'error' && noise.push(message.text()));
  page.on('request', (request) => request.url() !== address && noise.push(request.url()));
  await page.goto(address);
  return { page, noise };
}

const unfold = (page: Page): Promise<void> =>
  page.locator('details').evaluateAll((all) => {
    for (const details of all) details.setAttribute('open', '');
  });

const overflow = (page: Page): Promise<number> =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');

describe('report page', () => {
  it.each(['light', 'dark'] as const)('is accessible when everything is unfolded (%s)', async (colorScheme) => {
    const { page, noise } = await open(1280, colorScheme, SHORT);
    await unfold(page);
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
    await page.context().close();
  });

  it.each([360, 820, 1280])('never scrolls sideways at %i px, folded or not', async (width) => {
    const { page } = await open(width);
    expect(await overflow(page)).toBe(0);
    await unfold(page);
    expect(await overflow(page)).toBe(0);
    await page.context().close();
  });

  it('applies its own style under its own policy', async () => {
    const { page } = await open(1280);
    const bar = page.locator('.bar i').first();
    expect(await bar.evaluate((element) => element.getBoundingClientRect().width)).toBeGreaterThan(2);
    await page.context().close();
  });

  it('folds what is green and shows what is red', async () => {
    const { page } = await open(1280);
    expect(await page.getByText('Renouvelez le certificat ORG_AUTH_CLI.').isVisible()).toBe(true);
    const folded = page.locator('details.requirement:not([open])').first();
    const title = await folded.locator('summary > h3').innerText();
    const details = page.locator('details.requirement').filter({ hasText: title }).first();
    const body = details.locator('> .body');
    expect(await body.isVisible()).toBe(false);
    await details.locator('> summary').focus();
    await page.keyboard.press('Enter');
    expect(await body.isVisible()).toBe(true);
    await page.context().close();
  });

  it('leads from the contents to a chapter', async () => {
    const { page } = await open(1280);
    await page.getByRole('navigation').getByRole('link', { name: /^MSS/ }).click();
    expect(new URL(page.url()).hash).toBe('#section-MSS');
    expect(await page.locator('#section-MSS > h2').evaluate((title) => title.getBoundingClientRect().top)).toBeLessThan(
      100,
    );
    await page.context().close();
  });

  it('shows on paper what is folded on screen', async () => {
    const { page } = await open(1280);
    const body = page.locator('details.requirement:not([open]) > .body').first();
    const height = (): Promise<number> => body.evaluate((element) => element.getBoundingClientRect().height);
    expect(await height()).toBe(0);
    await page.emulateMedia({ media: 'print' });
    expect(await height()).toBeGreaterThan(40);
    expect(await page.getByRole('navigation').isVisible()).toBe(false);
    await page.context().close();
  });
});
