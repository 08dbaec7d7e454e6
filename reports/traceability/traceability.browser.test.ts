import { AxeBuilder } from '@axe-core/playwright';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findBrowser } from '#evidence/browser/index.ts';
import { sampleInput } from '../fixture.ts';
import { renderTraceability, traceRows } from './index.ts';

/** The matrix as its reader opens it, from the disk. */

const folder = mkdtempSync(join(tmpdir(), 'jalon-tracabilite-'));
const file = join(folder, 'tracabilite.html');

let browser: Browser;

beforeAll(async () => {
  const found = await findBrowser();
  browser = await chromium.launch({ executablePath: found.executablePath, args: [...found.args] });
  const { run, rem, statuses } = sampleInput();
  // The rules of accessibility look at each element: one requirement in three is enough.
  const input = { run, statuses, rem: { ...rem, requirements: rem.requirements.filter((_, rank) => rank % 3 === 0) } };
  writeFileSync(file, renderTraceability(input, traceRows(input)));
});

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

it.each([
  [1280, 'light'],
  [1280, 'dark'],
  [390, 'light'],
] as const)('is accessible at %i px (%s), asks for nothing and fits', async (width, colorScheme) => {
  const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme });
  const page = await context.newPage();
  const noise: string[] = [];
  const address = pathToFileURL(file).href;
  page.on('console', (message) => message.type() === 'error' && noise.push(message.text()));
  page.on('request', (request) => request.url() !== address && noise.push(request.url()));
  await page.goto(address);
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
  expect(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBe(0);
  await context.close();
});
