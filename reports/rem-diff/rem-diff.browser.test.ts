import { AxeBuilder } from '@axe-core/playwright';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCatalogue } from '#dsr/catalogue/index.ts';
import { compareRems } from '#dsr/rem-diff/index.ts';
import type { Rem } from '#dsr/rem/index.ts';
import { renderRemDiff } from './index.ts';
import { findBrowser } from '#evidence/browser/index.ts';

/** The comparison of two REMs as its reader opens it, from the disk. */

const folder = mkdtempSync(join(tmpdir(), 'jalon-ecarts-'));
const file = join(folder, 'ecarts.html');
const address = pathToFileURL(file).href;

/** Every kind of change, and a word that no line can break by itself. */
function samplePage(): string {
  const [first, second, third, fourth, ...others] = loadCatalogue('SGL', 'va1').requirements.slice(0, 12);
  const before: Rem = {
    ...loadCatalogue('SGL', 'va1'),
    layout: 'rem-wave1',
    source: 'ancienne.xlsx',
    requirements: [first!, second!, third!, fourth!, ...others].map((each) => ({
      ...each,
      statement: `Le système DOIT répondre de ce qui suit : ${each.title}.`,
    })),
  };
  const [one, , three, four, ...rest] = before.requirements;
  const after: Rem = {
    ...before,
    source: 'nouvelle.xlsx',
    requirements: [
      { ...one!, statement: `${one!.statement} ${'anticonstitutionnellement'.repeat(12)}`, nature: 'PEUT' },
      { ...three!, id: 'INS/va1.99', rawId: 'INS/va1.99', previousIds: [three!.id], profile: 'Autre profil' },
      { ...four!, statement: four!.statement.replaceAll(' ', '\u00A0'), scenarios: [] },
      ...rest.map((each, index) =>
        index === 0
          ? { ...each, id: 'DOC/va1.98', previousIds: [], statement: `Tout autre chose ${'x'.repeat(2000)}.` }
          : each,
      ),
    ],
    obsolete: [rest[0]!],
  };
  return renderRemDiff(compareRems(before, after), '0');
}

let browser: Browser;

beforeAll(async () => {
  const found = await findBrowser();
  browser = await chromium.launch({ executablePath: found.executablePath, args: [...found.args] });
  writeFileSync(file, samplePage());
});

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the page of a comparison', () => {
  it.each(['light', 'dark'] as const)(
    'is accessible in %s, fetches nothing and breaches no policy',
    async (colorScheme) => {
      const page = await (await browser.newContext({ colorScheme })).newPage();
      const noise: string[] = [];
      page.on('console', (message) => message.type() === 'error' && noise.push(message.text()));
      page.on('request', (request) => request.url() !== address && noise.push(request.url()));
      await page.goto(address);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
      expect(noise).toEqual([]);
    },
  );

  it('has what vanished in silence on the first screen of a telephone', async () => {
    const page = await (await browser.newContext({ viewport: { width: 390, height: 800 } })).newPage();
    await page.goto(address);
    const box = await page.locator('.band.alert').boundingBox();
    expect((box?.y ?? Infinity) + (box?.height ?? Infinity)).toBeLessThanOrEqual(800);
    expect(await page.locator('nav .alert').isVisible()).toBe(true);
  });

  it.each([1280, 390])('has no table to scroll sideways at %i, whatever a cell holds', async (width) => {
    const page = await (await browser.newContext({ viewport: { width, height: 800 } })).newPage();
    await page.goto(address);
    const wide = await page
      .locator('.scroll')
      .evaluateAll((all) =>
        all.filter((each) => each.scrollWidth > each.clientWidth).map((each) => each.getAttribute('aria-label')),
      );
    expect(wide).toEqual([]);
    await page.locator('.more summary').first().click();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  });

  it('fits a telephone and a sheet of paper', async () => {
    const page = await (await browser.newContext({ viewport: { width: 390, height: 800 } })).newPage();
    await page.goto(address);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await page.setViewportSize({ width: 794, height: 1123 });
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('nav').isVisible()).toBe(false);
    expect(await page.locator('ins').first().isVisible()).toBe(true);
  });
});
