import { AxeBuilder } from '@axe-core/playwright';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findBrowser } from '#evidence/browser/index.ts';
import { serveTracker, type TrackerServer } from '#tracker/api/index.ts';
import { openTracker, type Tracker } from '#tracker/store/index.ts';
import { calculators } from './calculators.ts';
import { buildTrackerUi } from './tracker-ui.ts';

const CALCULATORS = calculators();

/** Where pictures go when a person wants to look; none is taken otherwise. */
const SHOTS = process.env['JALON_SHOTS'];

let browser: Browser;
let tracker: Tracker;
let server: TrackerServer;
let uiDir: string;
let dataDir: string;

beforeAll(async () => {
  uiDir = await buildTrackerUi();
  dataDir = mkdtempSync(join(tmpdir(), 'jalon-devis-'));
  tracker = await openTracker({ dataDir });
  server = await serveTracker({ tracker, dataDir, uiDir, port: 0, version: '0.1.0', calculators: CALCULATORS });
  const found = await findBrowser();
  browser = await chromium.launch({ executablePath: found.executablePath, args: [...found.args] });
});

afterAll(async () => {
  await browser.close();
  await server.close();
  await tracker.close();
});

let context: BrowserContext;
let page: Page;
let complaints: string[];

async function open(options: Parameters<Browser['newContext']>[0]): Promise<void> {
  context = await browser.newContext({ locale: 'fr-FR', ...options });
  page = await context.newPage();
  complaints = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
}

beforeEach(() => open({ viewport: { width: 1280, height: 900 } }));
afterEach(async () => {
  await context.close();
  expect(complaints).toEqual([]);
});

async function visit(path: string, url = server.url): Promise<void> {
  await page.goto(new URL(path, url).href);
  await page.locator('main h1').waitFor();
}

const result = () => page.getByRole('region', { name: /conforme|vérifier|vérifiable/i });
const field = (name: string, line: number) => page.getByLabel(`${name}, ligne ${line}`);

const WRONG = `Type de document;Devis
Numéro;D-42
Couloir;SGL
Nombre de sites;22
Libellé;DSR;Montant HT;Montant TTC;À la charge de
Montant pris en charge par l’État au titre du Ségur;SGL;30744,00;36893,00;État
Boîtes aux lettres MSSanté;SGL;100,00;120,00;État
`;
const COUNTS_NAME = 'comptes.csv';

const csv = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });

describe('a quote', () => {
  it('is typed and judged with the keyboard alone, and corrected', async () => {
    await visit('/');
    await page.getByRole('link', { name: 'Vérifier un devis' }).click();
    await page.getByRole('heading', { level: 1, name: 'Vérifier un devis' }).waitFor();
    expect(await page.title()).toBe('Vérifier un devis · Jalon');
    await page.getByLabel('Nombre de sites').fill('3');
    await field('Montant HT', 1).fill('27 450,01');
    await field('Libellé', 2).focus();
    await page.keyboard.type('Formation Ségur');
    await field('Montant HT', 2).fill('500');
    await field('À la charge de', 2).selectOption('client');
    await page.getByRole('button', { name: 'Vérifier', exact: true }).press('Enter');
    await result().waitFor();
    const text = (await result().innerText()).replaceAll(/[\u00A0\u202F]/g, ' ');
    expect(text).toContain('Non conforme');
    expect(text).toContain('ligne 1, Montant HT');
    expect(text).toContain('27 450,01 € HT dépasse de 0,01 €');
    expect(text).toContain('27 450,00 € HT au plus (tranche B');
    expect(text).toContain('ligne 2, À la charge de');
    expect(text).toContain('Q1 Aucun reste à charge');
    expect(text).toContain('Que faire :');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('resultat');

    await field('Montant HT', 1).fill('27450');
    await page.getByRole('button', { name: 'Retirer la ligne 2' }).press('Enter');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Libellé, ligne 1');
    await page.getByRole('button', { name: 'Ajouter une ligne' }).press('Enter');
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')))
      .toBe('Libellé, ligne 2');
    await page.getByRole('button', { name: 'Vérifier', exact: true }).click();
    await page.getByText('Rien à corriger.').waitFor();
    expect(await result().innerText()).toContain('Conforme');
  });

  it('asks for what an order needs, from the dates typed', async () => {
    await visit('/devis');
    await page.getByLabel('Type de document').selectOption('order');
    await page.getByText('Dates, signature, mentions et conditions').click();
    await page.getByLabel('Signature du client').fill('2022-03-01');
    await page.getByLabel('Dossier réputé complet').fill('2022-06-30');
    await page.getByLabel('Nombre de sites').fill('1');
    await field('Montant HT', 1).fill('22500,00');
    await page.getByRole('button', { name: 'Vérifier', exact: true }).click();
    await result().waitFor();
    const text = await result().innerText();
    expect(text).toContain('121 jours avant le dossier complet du 30/06/2022');
    expect(text).toContain('QUOTE-CONDITIONAL-MENTION');
  });

  it('is dropped as a file, and located in it', async () => {
    await visit('/devis');
    await page.getByLabel('Choisissez un fichier').setInputFiles(csv('devis.csv', WRONG));
    await result().waitFor();
    const text = (await result().innerText()).replaceAll(/[\u00A0\u202F]/g, ' ');
    for (const part of [
      'devis.csv',
      'ligne 6, colonne D « Montant TTC »',
      '36 892,80 € TTC',
      'Boîtes aux lettres MSSanté',
    ]) {
      expect(text).toContain(part);
    }
    await page.getByLabel('Choisissez un fichier').setInputFiles(csv('autre.csv', 'a;b\n1;2\n'));
    await page.getByText('Non vérifiable').waitFor();
    const data = await page.evaluateHandle((text) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], 'glisse.csv', { type: 'text/csv' }));
      return transfer;
    }, WRONG);
    await page.dispatchEvent('.drop', 'drop', { dataTransfer: data });
    await page.getByRole('heading', { name: /glisse.csv/ }).waitFor();
  });

  it('begins from the template, which is conforming', async () => {
    await visit('/devis');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Télécharger le modèle' }).click(),
    ]);
    const path = join(dataDir, 'modele.xlsx');
    await download.saveAs(path);
    expect(download.suggestedFilename()).toBe('modele-devis.xlsx');
    await page.getByLabel('Choisissez un fichier').setInputFiles(path);
    await page.getByText('Rien à corriger.').waitFor();
  });

  it('says that the tracker was stopped, and keeps what was typed', async () => {
    const other = await serveTracker({ tracker, dataDir, uiDir, port: 0, version: '0.1.0', calculators: CALCULATORS });
    await visit('/devis', other.url);
    await field('Montant HT', 1).fill('100');
    await other.close();
    await page.getByRole('button', { name: 'Vérifier', exact: true }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').innerText()).toContain('npm run jalon -- serve');
    expect(await field('Montant HT', 1).inputValue()).toBe('100');
    complaints.splice(0);
  });
});

/** The template with counts: what an establishment would send. */
async function counts(): Promise<string> {
  const { readCsvText } = await import('#formats/table/index.ts');
  const [header] = readCsvText(CALCULATORS.sunesTemplate()).rows;
  const cells = header?.cells ?? [];
  return cells.join(';');
}

describe('SUN-ES', () => {
  it('shows rates, targets and what is not known', async () => {
    await visit('/sun-es');
    await page.getByText('Aucun compte n’est encore donné.').waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Télécharger le modèle' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('modele-sun-es.csv');
    await page.getByLabel('Choisissez un fichier').setInputFiles(csv(COUNTS_NAME, CALCULATORS.sunesTemplate()));
    await page.getByRole('heading', { name: COUNTS_NAME }).waitFor();
    const text = await page.locator('main').innerText();
    expect(text).toContain('Ce que les sources ne disent pas');
  });

  it('says what is wrong in a file', async () => {
    await visit('/sun-es');
    await page.getByLabel('Choisissez un fichier').setInputFiles(csv('x.csv', `${await counts()}\nzzz\n`));
    await page.getByRole('region', { name: 'À corriger dans le fichier' }).waitFor();
  });
});

describe.each([
  ['clair', 'light'],
  ['sombre', 'dark'],
] as const)('accessibility, %s', (theme, colorScheme) => {
  it.each([
    ['bureau', 1280],
    ['tablette', 800],
    ['telephone', 390],
    ['etroit', 320],
  ] as const)('%s', async (device, width) => {
    await context.close();
    await open({ viewport: { width, height: 900 }, colorScheme, reducedMotion: 'reduce' });
    const look = async (name: string): Promise<void> => {
      await page.evaluate(() => {
        for (const details of document.querySelectorAll('details')) details.open = true;
      });
      const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => String(target)).slice(0, 3)])).toEqual(
        [],
      );
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
      ).toBe(0);
      if (SHOTS === undefined) return;
      mkdirSync(SHOTS, { recursive: true });
      await page.screenshot({ path: join(SHOTS, `${name}-${theme}-${device}.png`), fullPage: true });
    };
    await visit('/devis');
    await look('devis-vide');
    await page.getByLabel('Choisissez un fichier').setInputFiles(csv('devis.csv', WRONG));
    await result().waitFor();
    await look('devis-juge');
    await visit('/sun-es');
    await page.getByLabel('Choisissez un fichier').setInputFiles(csv(COUNTS_NAME, CALCULATORS.sunesTemplate()));
    await page.getByRole('heading', { name: COUNTS_NAME }).waitFor();
    await look('sun-es');
  });
});
