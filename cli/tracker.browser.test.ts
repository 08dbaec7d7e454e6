import { AxeBuilder } from '@axe-core/playwright';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findBrowser } from '#evidence/browser/index.ts';
import { fillTracker, type FilledTracker } from '#tracker/api/campaign.fixture.ts';
import { serveTracker, type TrackerServer } from '#tracker/api/index.ts';
import { openTracker } from '#tracker/store/index.ts';
import { buildTrackerUi } from './tracker-ui.ts';

/** Where pictures go when a person wants to look; none is taken otherwise. */
const SHOTS = process.env['JALON_SHOTS'];

const RUN = '20260112-143000-bb02';
const SCREENS: readonly (readonly [name: string, path: string])[] = [
  ['tableau-de-bord', '/'],
  // One chapter: the others are made the same way, and axe reads every line.
  ['exigences', '/exigences?section=MSS'],
  ['exigence-recueillie', '/exigences/INS%2Fva1.60'],
  ['exigence-non-conforme', '/exigences/MSS%2Fva1.16'],
  ['executions', '/executions'],
  ['execution', `/executions/${RUN}`],
  ['page-inconnue', '/ailleurs'],
];

let browser: Browser;
let filled: FilledTracker;
let server: TrackerServer;
let uiDir: string;

beforeAll(async () => {
  uiDir = await buildTrackerUi();
  filled = await fillTracker();
  server = await serve(filled);
  const found = await findBrowser();
  browser = await chromium.launch({ executablePath: found.executablePath, args: [...found.args] });
});

afterAll(async () => {
  await browser.close();
  await server.close();
  await filled.tracker.close();
});

function serve({ tracker, dataDir }: Pick<FilledTracker, 'tracker' | 'dataDir'>): Promise<TrackerServer> {
  return serveTracker({ tracker, dataDir, uiDir, port: 0, version: '0.1.0' });
}

let context: BrowserContext;
let page: Page;
let complaints: string[];

beforeEach(async () => {
  await open({ viewport: { width: 1280, height: 900 } });
});

afterEach(async () => {
  await context.close();
  // Refused scripts, refused styles and errors of ours all end in the console.
  expect(complaints).toEqual([]);
});

async function open(options: Parameters<Browser['newContext']>[0]): Promise<void> {
  context = await browser.newContext({ locale: 'fr-FR', ...options });
  page = await context.newPage();
  complaints = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
}

async function visit(path: string, url = server.url): Promise<void> {
  await page.goto(new URL(path, url).href);
  await page.locator('main h1').waitFor();
}

/** Folded parts are judged too. */
async function unfold(): Promise<void> {
  await page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true;
  });
}

describe('what a person does', () => {
  it('reads the dashboard: product, counts by chapter, what blocks, the last run', async () => {
    await visit('/');
    expect(await page.title()).toBe('Tableau de bord · Jalon');
    const banner = await page.locator('header.banner').innerText();
    expect(banner).toContain('Labo Exemple 7.2');
    expect(banner).toContain("Référentiel d'identités");
    const ins = page.getByRole('row', { name: /INS · Identité/ });
    expect(await ins.innerText()).toMatch(/50 exigences[\s\S]*1 \/ 93[\s\S]*Incomplet/);
    expect(await ins.getByRole('img').getAttribute('aria-label')).toBe('vide : 91, recueillie : 1, à revoir : 1');
    expect(await page.getByRole('row', { name: /MSS ·/ }).innerText()).toContain('1 non-conformité');
    const blocking = page.getByRole('region', { name: 'Ce qui bloque' });
    expect(await blocking.innerText()).toContain('Le certificat du produit a expiré');
    await blocking.getByRole('link', { name: 'MSS/va1.16' }).click();
    await page.getByRole('heading', { level: 1, name: /MSS\/va1.16/ }).waitFor();
    await page.goBack();
    await page.getByRole('heading', { level: 1, name: 'Où en est le dossier' }).waitFor();
    await page.getByRole('link', { name: 'Exécution du 12/01/2026 à 15:30' }).click();
    await page.getByRole('heading', { level: 1, name: /Exécution du 12\/01\/2026/ }).waitFor();
  });

  it('goes to the content and filters the requirements with the keyboard alone', async () => {
    await visit('/exigences');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Aller au contenu');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.type('expediteur courriel');
    const status = page.locator('main p[role=status]');
    await expect.poll(() => status.innerText()).toMatch(/^[1-9]\d? exigences? sur 120$/);
    expect(page.url()).toContain('q=expediteur+courriel');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('q');
    await page.getByLabel('Dernier résultat').focus();
    await page.keyboard.type('Non c');
    await expect.poll(() => status.innerText()).toBe('1 exigence sur 120');
    const link = page.getByRole('link', { name: /^MSS\/va1.16/ });
    await link.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: /MSS\/va1.16/ }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('contenu');
    await page.goBack();
    await expect.poll(() => status.innerText()).toBe('1 exigence sur 120');
    expect(await page.getByLabel('Texte ou numéro').inputValue()).toBe('expediteur courriel');
  });

  it('says when no requirement answers, and how to see all again', async () => {
    await visit('/exigences?q=introuvable');
    await page.getByText('Aucune exigence ne répond').waitFor();
    await page.locator('main').getByRole('link', { name: 'Tout montrer' }).last().click();
    await expect.poll(() => page.locator('main p[role=status]').innerText()).toBe('120 exigences');
    expect(await page.getByLabel('Texte ou numéro').inputValue()).toBe('');
  });

  it('sees a slot with its class and state, reads its piece, opens it and its provenance', async () => {
    await visit('/exigences/INS%2Fva1.60');
    const slot = page.locator('.slot').filter({ has: page.getByRole('heading', { name: /INS\/va1.60.01.03/ }) });
    const text = await slot.innerText();
    for (const part of ['Recueillie', 'Banc', 'Labo Exemple 7.2 (build 4411)', '12/01/2026 à 15:30', 'SHA-256']) {
      expect(text).toContain(part);
    }
    await slot.getByRole('button', { name: 'Lire ici 01-requete-insi.xml' }).click();
    const region = slot.getByRole('region', { name: 'Texte de 01-requete-insi.xml' });
    expect(await region.innerText()).toContain('<NOMNAISSANCE>PAT-TROIS</NOMNAISSANCE>');
    await slot.getByRole('button', { name: 'Refermer 01-requete-insi.xml' }).click();
    expect(await region.count()).toBe(0);

    const opened = async (name: string): Promise<Page> => {
      const [other] = await Promise.all([context.waitForEvent('page'), slot.getByRole('link', { name }).click()]);
      await other.waitForLoadState();
      return other;
    };
    const piece = await opened('Ouvrir 02-fiche.html');
    // The page of the product is read, not run.
    expect(await piece.title()).not.toBe('exécuté');
    expect(await piece.locator('body').innerText()).toContain('<script>');
    const sheet = await opened('Provenance de 02-fiche.html');
    expect(await sheet.locator('body').innerText()).toContain('N° de preuve : INS/va1.60.01.03');
    await slot.getByText('1 pièce d’exécutions précédentes').click();
    expect(await slot.locator('jalon-piece').count()).toBe(3);
  });

  it('sees findings with rule, place, received, expected and remedy', async () => {
    await visit('/exigences/MSS%2Fva1.16');
    const finding = page.locator('.finding').first();
    const text = await finding.innerText();
    for (const part of [
      'Erreur',
      'ECO-FROM-LABEL',
      'en-tête From, ligne 3',
      '<labo@exemple.mssante.fr>',
      '"Dr_Eva_TEST_LABO EXEMPLE"',
      'Que faire : Renseignez le libellé',
    ]) {
      expect(text).toContain(part);
    }
    expect(await page.locator('.finding').count()).toBe(2);
    await finding.getByRole('link', { name: 'mss/envoi#1' }).click();
    await page.getByRole('heading', { level: 1, name: /Exécution du/ }).waitFor();
  });

  it('reads a run: causes in words, scenarios to open, what nobody expected, where the report lies', async () => {
    await visit(`/executions/${RUN}`);
    const causes = await page.getByRole('region', { name: /Ce qui n’a pas pu être jugé/ }).innerText();
    expect(causes).toMatch(/Produit\s+1 scénario[\s\S]*Configuration\s+1 scénario/);
    expect(await page.locator('main').innerText()).toContain(filled.runDir);
    const failing = page.locator('details.scenario').first();
    expect(await failing.getAttribute('open')).not.toBeNull();
    expect(await failing.innerText()).toContain('Alors le courriel porte un libellé (en échec)');
    expect(await failing.innerText()).toContain('ECO-FROM-LABEL');
    expect(await page.getByRole('region', { name: /Opérations imprévues/ }).innerText()).toContain('RechercherIns');
    await page.getByRole('button', { name: 'Non vérifiable 2' }).press('Enter');
    expect(await page.locator('details.scenario').count()).toBe(2);
    expect(await page.locator('details.scenario').first().innerText()).toContain('dmp/alimentation#1');
    await page.locator('details.scenario summary').first().press('Enter');
    await page.getByText('Le produit ne sait pas faire le geste « validateReport ».').waitFor();
  });

  it('is told what to type before the first run', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'jalon-vide-'));
    const tracker = await openTracker({ dataDir });
    const empty = await serve({ tracker, dataDir });
    await visit('/', empty.url);
    expect(await page.locator('main').innerText()).toContain('npm start');
    await visit('/executions', empty.url);
    expect(await page.locator('main').innerText()).toContain('npm start');
    await visit('/exigences', empty.url);
    expect(await page.locator('main').innerText()).toContain('npm start');
    // The list of requirements does not exist yet, and the browser says so by itself.
    expect(complaints.splice(0)).toEqual([expect.stringContaining('404')]);
    await empty.close();
    await tracker.close();
  });

  it('is told when the tracker was stopped', async () => {
    const other = await fillTracker();
    const stopped = await serve(other);
    await visit('/', stopped.url);
    await stopped.close();
    await page.getByRole('link', { name: 'Exécutions', exact: false }).first().click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').innerText()).toContain('npm run jalon -- serve');
    complaints.splice(0);
    await other.tracker.close();
  });
});

describe.each([
  ['clair', 'light'],
  ['sombre', 'dark'],
] as const)('accessibility, %s', (theme, colorScheme) => {
  describe.each([
    ['bureau', 1280],
    ['téléphone', 390],
  ] as const)('%s', (device, width) => {
    it.each(SCREENS)('%s has no violation', async (name, path) => {
      await context.close();
      await open({ viewport: { width, height: 900 }, colorScheme, reducedMotion: 'reduce' });
      await visit(path);
      await unfold();
      // Without frames in our pages, the legacy mode only spares a second page each time.
      const axe = new AxeBuilder({ page }).setLegacyMode();
      // The dark scheme changes colours only: the rest was judged in the light one.
      const { violations } = await (theme === 'sombre' ? axe.withRules(['color-contrast']) : axe).analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => String(target)).slice(0, 3)])).toEqual(
        [],
      );
      if (SHOTS === undefined) return;
      mkdirSync(SHOTS, { recursive: true });
      await page.screenshot({ path: join(SHOTS, `${name}-${theme}-${device}.png`), fullPage: true });
    });
  });
});

describe('small screens', () => {
  it.each([320, 360])('never scroll sideways at %i px', async (width) => {
    await context.close();
    await open({ viewport: { width, height: 740 } });
    for (const [name, path] of SCREENS) {
      await visit(path);
      await unfold();
      const beyond = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect([name, beyond]).toEqual([name, 0]);
    }
  });
});
