import { AxeBuilder } from '@axe-core/playwright';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findBrowser } from '#evidence/browser/index.ts';
import { startTeam, type TeamServer } from '#tracker/api/team.fixture.ts';
import { buildTrackerUi } from './tracker-ui.ts';

/** Where pictures go when a person wants to look; none is taken otherwise. */
const SHOTS = process.env['JALON_SHOTS'];

let browser: Browser;
let team: TeamServer;

beforeAll(async () => {
  team = await startTeam({ uiDir: await buildTrackerUi() });
  const found = await findBrowser();
  browser = await chromium.launch({ executablePath: found.executablePath, args: [...found.args] });
});

afterAll(async () => {
  await browser.close();
  await team.close();
});

async function axe(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

it('a person logs in with the keyboard, is told what is wrong, works, and logs out', async () => {
  const context = await browser.newContext({ locale: 'fr-FR', viewport: { width: 390, height: 800 } });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${team.origin}/exigences?section=MSS`);
  await page.getByRole('heading', { level: 1, name: 'Se connecter' }).waitFor();
  expect(await page.title()).toBe('Se connecter · Jalon');
  expect(await axe(page)).toEqual([]);
  if (SHOTS !== undefined) {
    mkdirSync(SHOTS, { recursive: true });
    await page.screenshot({ path: join(SHOTS, 'connexion-telephone.png') });
  }
  await page.getByLabel('Nom du compte').focus();
  await page.keyboard.type('qa');
  await page.keyboard.press('Tab');
  await page.keyboard.type('pas la bonne phrase');
  await page.keyboard.press('Enter');
  const alert = page.getByRole('alert');
  await expect.poll(() => alert.innerText()).toContain('Ce nom et ce mot de passe n’ouvrent aucun compte.');
  // The wrong password is selected: typing takes its place.
  await page.keyboard.type('une phrase assez longue');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Exigences' }).waitFor();
  await page.setViewportSize({ width: 1280, height: 900 });
  expect(await page.locator('.who').innerText()).toContain('Assurance qualité');
  expect(await axe(page)).toEqual([]);
  if (SHOTS !== undefined) await page.screenshot({ path: join(SHOTS, 'connecte.png') });
  await page.getByRole('button', { name: 'Se déconnecter' }).click();
  await page.getByRole('heading', { level: 1, name: 'Se connecter' }).waitFor();
  expect(complaints).toEqual([]);
  await context.close();
});

it('a session that ends while a page is open asks to log in again, where one was', async () => {
  const context = await browser.newContext({ locale: 'fr-FR' });
  const page = await context.newPage();
  await page.goto(`${team.origin}/executions`);
  await page.getByLabel('Nom du compte').fill('testeur');
  await page.getByLabel('Mot de passe').fill('une phrase assez longue');
  await page.getByRole('button', { name: 'Entrer' }).click();
  await page.getByRole('heading', { level: 1, name: 'Exécutions' }).waitFor();
  team.pass(13 * 3600_000);
  await page.getByRole('link', { name: 'Tableau de bord' }).click();
  await page.getByRole('heading', { level: 1, name: 'Se connecter' }).waitFor();
  await page.getByLabel('Nom du compte').fill('testeur');
  await page.getByLabel('Mot de passe').fill('une phrase assez longue');
  await page.getByRole('button', { name: 'Entrer' }).click();
  await page.getByRole('heading', { level: 1, name: 'Où en est le dossier' }).waitFor();
  await context.close();
});

it('whoever the identity provider did not let in is told why', async () => {
  const context = await browser.newContext({ locale: 'fr-FR' });
  const page = await context.newPage();
  await page.goto(`${team.origin}/?refus=COMPTE_SANS_ROLE`);
  await expect.poll(() => page.getByRole('alert').innerText()).toContain('aucun rôle de ce suivi ne vous est donné');
  await context.close();
});
