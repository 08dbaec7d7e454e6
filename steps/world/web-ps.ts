import { readFile } from 'node:fs/promises';
import { request } from 'node:https';
import type { GestureOutput } from '#sut/driver/index.ts';
import { unverifiable } from './failures.ts';
import type { ScenarioWorld } from './scenario-world.ts';

type WebRequest = GestureOutput<'openDmpWeb'>['request'];

export interface WebPage {
  readonly status: number;
  readonly html: string;
}

/** What a browser of a laptop says of itself. */
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

/**
 * Plays the browser of the user: asks the site for what the product sent it to. An address elsewhere than on the bench is
 * never asked for, since it names a patient.
 */
export async function browse(world: ScenarioWorld, { method, url, headers, body }: WebRequest): Promise<WebPage> {
  const { dmp, pki } = world.bench.mocks.addresses;
  const site = new URL(dmp.webPs);
  const target = URL.canParse(url, site) ? new URL(url, site) : site;
  if (target.host !== site.host) {
    throw unverifiable(
      'configuration',
      `Le produit ouvre l'accès web du DMP sur « ${target.host} » : donnez-lui l'adresse du banc, ${site.origin}.`,
    );
  }
  const ca = await readFile(pki.ca);
  return await new Promise<WebPage>((resolve, reject) => {
    const sent = request(
      target,
      { method, ca, headers: { 'user-agent': BROWSER, accept: 'text/html', ...headers } },
      (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('error', reject);
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, html: Buffer.concat(parts).toString('utf8') }),
        );
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Keeps the list of documents of the patient as the web access shows it to a professional. */
export async function captureWebDocuments(world: ScenarioWorld, name: string, caption: string): Promise<void> {
  const url = `${world.bench.mocks.addresses.dmp.webPs}/AccesDirect/Documents/${world.patient.ins}`;
  const { html } = await browse(world, { method: 'GET', url });
  world.capture({ name, extension: '.html', mediaType: 'text/html', bytes: Buffer.from(html), caption });
}
