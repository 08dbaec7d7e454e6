import { createServer } from 'node:http';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ORDERS } from './orders.fixture.ts';
import { start, workFolder, type Ended } from './testing.ts';

const received: string[] = [];
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
  request.on('end', () => {
    received.push(body);
    response.writeHead(request.url === '/refus' ? 401 : 204).end();
  });
});
let address = '';

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const folder = (): string => {
  const cwd = workFolder();
  writeFileSync(join(cwd, 'bons.json'), JSON.stringify(ORDERS));
  return cwd;
};
const remind = (cwd: string, ...args: readonly string[]): Promise<Ended> =>
  start(['orders', 'remind', '--orders', 'bons.json', '--today', '2022-06-07', ...args], { cwd }).ended;
const json = ({ out }: Ended): Record<string, unknown> => JSON.parse(out) as Record<string, unknown>;

describe('jalon orders remind', () => {
  it('says what is due without sending anything', async () => {
    const cwd = folder();
    const { out, code } = await remind(cwd);
    expect(code).toBe(0);
    expect(out).toContain('J-7 : Dernier jour du dossier complet pour la commande BC-1 : dans 7 jours');
    expect(out).not.toContain('Webhook');
    expect(out).toContain('Calendrier officiel : jalon-');
    expect(existsSync(join(cwd, '.jalon'))).toBe(false);
  });

  it('writes a calendar with the orders and the official dates, anew each time, over nothing else', async () => {
    const cwd = folder();
    const first = await remind(cwd, '--ics', 'rappels.ics', '--json');
    expect([first.code, json(first)['ics']]).toEqual([0, join(cwd, 'rappels.ics')]);
    const file = readFileSync(join(cwd, 'rappels.ics'), 'utf8');
    expect(file).toContain('UID:commande/SGL/1/BC-1/J-30@jalon');
    expect(file).not.toContain('BC-4');
    expect(file.replaceAll('\r\n ', '')).toContain('UID:calendrier/SGL/1/balance-request@jalon');
    expect(file).toContain('DTSTART;TZID=Europe/Paris:20231214T140000');
    expect((await remind(cwd, '--ics', 'rappels.ics')).code).toBe(0);
    const other = await remind(cwd, '--ics', 'bons.json', '--json');
    expect([other.code, json(other)['error']]).toEqual([2, expect.objectContaining({ code: 'FICHIER_EXISTANT' })]);
    expect((await remind(cwd, '--ics', 'bons.json', '--force')).code).toBe(0);
  });

  it('posts each reminder once', async () => {
    const cwd = folder();
    const sent = async (...args: readonly string[]): Promise<unknown> =>
      json(await remind(cwd, '--webhook', `${address}/rappels?cle=secrete`, '--json', ...args))['webhook'];
    received.length = 0;
    expect(await sent()).toMatchObject({
      signed: false,
      sent: expect.arrayContaining(['commande/SGL/1/BC-1/J-7', 'calendrier/SGL/1/proof-file/J-15']),
    });
    expect(received).toHaveLength(1);
    expect(await sent()).toEqual({ signed: false, sent: [] });
    expect(received).toHaveLength(1);
    expect(await sent('--today', '2022-06-13')).toMatchObject({
      sent: expect.arrayContaining(['commande/SGL/1/BC-1/J-1']),
    });
    expect(readFileSync(join(cwd, '.jalon/rappels/envoyes.json'), 'utf8')).not.toContain('secrete');
  });

  it('sends nothing to what is no address, and keeps what was refused for later', async () => {
    const cwd = folder();
    const wrong = await remind(cwd, '--webhook', 'ftp://exemple.fr', '--json');
    expect([wrong.code, json(wrong)['error']]).toEqual([2, expect.objectContaining({ code: 'WEBHOOK_URL' })]);
    const refused = await remind(cwd, '--webhook', `${address}/refus`, '--json');
    expect([refused.code, json(refused)['error']]).toEqual([3, expect.objectContaining({ code: 'WEBHOOK_REFUSED' })]);
    const { webhook } = json(await remind(cwd, '--webhook', `${address}/rappels`, '--json'));
    expect(webhook).toMatchObject({ sent: expect.arrayContaining(['commande/SGL/1/BC-1/J-7']) });
  });

  it('names a wrong date', async () => {
    const { code, err } = await remind(folder(), '--today', 'hier');
    expect([code, err]).toEqual([2, expect.stringContaining('--today « hier »')]);
  });
});
