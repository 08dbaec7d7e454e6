import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { addDays } from '#dsr/dates/index.ts';
import { day } from '../window/orders.fixture.ts';
import {
  dueReminders,
  openMemory,
  postReminders,
  readWebhookUrl,
  ReminderError,
  signatureOf,
  type DueReminder,
  type WebhookOptions,
} from './index.ts';

const today = day('2022-06-01');
const reminders = (count: number): readonly DueReminder[] =>
  dueReminders(
    Array.from({ length: count }, (_, index) => ({
      id: `commande/SGL/1/BC-${index}`,
      kind: 'order' as const,
      date: addDays(today, 7),
      title: `Dernier jour BC-${index}`,
      detail: 'À faire.',
    })),
    today,
    new Set(),
  );

interface Received {
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  readonly url: string | undefined;
}

describe('the webhook', () => {
  const servers: Server[] = [];
  afterEach(async () => {
    await Promise.all(
      servers.splice(0).map((server) => {
        server.closeAllConnections();
        return new Promise((resolve) => server.close(resolve));
      }),
    );
  });

  /** A receiver that answers each request with the next status, the last one for ever; 0 never answers. */
  async function receiver(...statuses: readonly number[]) {
    const received: Received[] = [];
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
      request.on('end', () => {
        const status = statuses[Math.min(received.length, statuses.length - 1)] ?? 200;
        received.push({ headers: request.headers, body, url: request.url });
        if (status === 0) return;
        response.writeHead(status, status >= 300 && status < 400 ? { location: '/ailleurs' } : {});
        response.end('reçu');
      });
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    return { received, url: new URL(`http://127.0.0.1:${port}/rappels?cle=abc`) };
  }

  function options(url: URL, more: Partial<WebhookOptions> = {}) {
    const taken: string[] = [];
    const pauses: number[] = [];
    const given: WebhookOptions = {
      url,
      today,
      now: () => new Date('2022-06-01T08:00:00Z'),
      pause: (ms) => {
        pauses.push(ms);
        return Promise.resolve();
      },
      taken: (batch) => taken.push(...batch.map(({ key }) => key)),
      ...more,
    };
    return { given, taken, pauses };
  }

  const failureOf = async (promise: Promise<void>): Promise<ReminderError> => {
    const error: unknown = await promise.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (!(error instanceof ReminderError)) throw new Error('a ReminderError was expected', { cause: error });
    return error;
  };

  it('posts JSON that its signature covers', async () => {
    const { received, url } = await receiver(204);
    const { given, taken } = options(url, { secret: 'secret de test' });
    await postReminders(reminders(2), given);
    expect(received).toHaveLength(1);
    const [{ headers, body, url: path } = { headers: {}, body: '', url: '' }] = received;
    expect(path).toBe('/rappels?cle=abc');
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    const seconds = Date.parse('2022-06-01T08:00:00Z') / 1000;
    const expected = createHmac('sha256', 'secret de test').update(`${seconds}.${body}`).digest('hex');
    expect(headers['x-jalon-signature']).toBe(`t=${seconds},v1=${expected}`);
    const message = JSON.parse(body) as Record<string, unknown>;
    expect(message).toMatchObject({
      type: 'jalon.rappels',
      version: 1,
      today: '2022-06-01',
      delivery: headers['x-jalon-delivery'],
      reminders: [
        {
          id: 'commande/SGL/1/BC-0/J-7',
          kind: 'order',
          date: '2022-06-08',
          daysBefore: 7,
          daysLeft: 7,
          title: 'Dernier jour BC-0',
        },
        { id: 'commande/SGL/1/BC-1/J-7' },
      ],
    });
    expect(message['text']).toMatch(/^Dernier jour BC-0 : .+\nDernier jour BC-1 : /);
    expect(taken).toEqual(['commande/SGL/1/BC-0/J-7@2022-06-08', 'commande/SGL/1/BC-1/J-7@2022-06-08']);
  });

  it('does not sign without a secret, nor post without reminders', async () => {
    const { received, url } = await receiver(200);
    await postReminders([], options(url).given);
    expect(received).toEqual([]);
    await postReminders(reminders(1), options(url).given);
    expect(received[0]?.headers).not.toHaveProperty('x-jalon-signature');
  });

  it('posts by fifty, and keeps what was taken when the next one fails', async () => {
    const { received, url } = await receiver(200, 403);
    const { given, taken } = options(url);
    const error = await failureOf(postReminders(reminders(51), given));
    expect(error.code).toBe('WEBHOOK_REFUSED');
    expect(taken).toHaveLength(50);
    expect(received).toHaveLength(2);
  });

  it.each([500, 503, 429, 408])('tries again after %i, with the same delivery', async (status) => {
    const { received, url } = await receiver(status, status, 200);
    const { given, taken, pauses } = options(url);
    await postReminders(reminders(1), given);
    expect(new Set(received.map(({ headers }) => headers['x-jalon-delivery'])).size).toBe(1);
    expect(received).toHaveLength(3);
    expect(pauses).toEqual([1000, 4000]);
    expect(taken).toHaveLength(1);
  });

  it('gives up after three attempts, without showing the address', async () => {
    const { received, url } = await receiver(500);
    const { given, taken } = options(url);
    const error = await failureOf(postReminders(reminders(1), given));
    expect(error.code).toBe('WEBHOOK_UNREACHABLE');
    expect(error.message).toContain('HTTP 500');
    expect(error.message).not.toContain('cle=abc');
    expect([received.length, taken.length]).toEqual([3, 0]);
  });

  it.each([400, 401, 404, 410])('does not insist after %i', async (status) => {
    const { received, url } = await receiver(status);
    const error = await failureOf(postReminders(reminders(1), options(url).given));
    expect([error.code, received.length]).toEqual(['WEBHOOK_REFUSED', 1]);
  });

  it.each([301, 302, 303, 307, 308])('never follows a redirection: %i', async (status) => {
    const { received, url } = await receiver(status, 200);
    const error = await failureOf(postReminders(reminders(1), options(url, { secret: 's' }).given));
    expect([error.code, received.length]).toEqual(['WEBHOOK_REDIRECTED', 1]);
  });

  it('does not wait for ever', async () => {
    const { url } = await receiver(0);
    const error = await failureOf(postReminders(reminders(1), options(url, { timeoutMs: 50 }).given));
    expect(error.message).toContain('pas de réponse à temps');
  });

  it('tells a receiver that is not there', async () => {
    const { url } = await receiver(200);
    const [server] = servers.splice(0);
    await new Promise((resolve) => server?.close(resolve));
    const error = await failureOf(postReminders(reminders(1), options(url).given));
    expect([error.code, error.message]).toEqual(['WEBHOOK_UNREACHABLE', expect.stringContaining('ECONNREFUSED')]);
  });

  it.each([
    '',
    'rappels.exemple.fr',
    'ftp://exemple.fr/x',
    'file:///etc/hostname',
    'javascript:1',
    'https://nom:mot@exemple.fr/',
  ])('refuses the address %j, without showing it', (text) => {
    expect(() => readWebhookUrl(text)).toThrow(expect.objectContaining({ code: 'WEBHOOK_URL' }));
    if (text !== '') expect(() => readWebhookUrl(text)).not.toThrow(text);
  });

  it('takes http and https', () => {
    expect(readWebhookUrl('https://rappels.exemple.fr/jalon').host).toBe('rappels.exemple.fr');
    expect(readWebhookUrl('http://127.0.0.1:8080/').port).toBe('8080');
  });

  it('signs the time too', () => {
    const at = (ms: number): string => signatureOf('{}', 's', new Date(ms));
    expect(at(1999)).toBe(at(1000));
    expect(at(2000)).not.toBe(at(1000));
  });
});

describe('what was sent', () => {
  const folders: string[] = [];
  afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true })));
  const fileIn = (): string => {
    const folder = mkdtempSync(join(tmpdir(), 'jalon-rappels-'));
    folders.push(folder);
    return join(folder, 'envoyes.json');
  };

  it('is remembered from one time to the next, and nothing else is left in the folder', () => {
    const file = fileIn();
    const memory = openMemory(file);
    expect([...memory.keys]).toEqual([]);
    memory.add(['a', '__proto__'], '2022-06-01T08:00:00.000Z');
    memory.add(['b'], '2022-06-02T08:00:00.000Z');
    expect([...memory.keys]).toEqual(['a', '__proto__', 'b']);
    expect(new Set(openMemory(file).keys)).toEqual(new Set(['a', '__proto__', 'b']));
    expect(readdirSync(join(file, '..'))).toEqual(['envoyes.json']);
    expect(readFileSync(file, 'utf8')).toContain('jalon-rappels/1');
  });

  it.each([
    '',
    '{',
    'null',
    '[]',
    '{"format":"jalon-rappels/1"}',
    '{"format":"jalon-rappels/1","sent":[]}',
    '{"format":"jalon-rappels/1","sent":{"a":1}}',
    '{"format":"autre","sent":{}}',
    '{"format":"jalon-rappels/1","sent":null}',
  ])('is not guessed from %j', (text) => {
    const file = fileIn();
    writeFileSync(file, text);
    expect(() => openMemory(file)).toThrow(expect.objectContaining({ code: 'REMINDERS_UNREADABLE' }));
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('fails as the system does where it cannot be read', () => {
    const folder = join(fileIn(), '..');
    expect(() => openMemory(folder)).toThrow(expect.objectContaining({ code: 'EISDIR' }));
  });
});
