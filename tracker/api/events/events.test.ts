import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signatureOf } from '../../reminders/index.ts';
import { openTracker, type Tracker } from '../../store/index.ts';
import { onBothStores } from '../../store/both-stores.fixture.ts';
import { startTeam, type Person, type TeamServer } from '../team.fixture.ts';
import { deliverNext } from './deliver.ts';
import { createFeed } from './feed.ts';

describe('live changes', () => {
  let team: TeamServer;
  beforeAll(async () => {
    team = await startTeam();
  });
  afterAll(() => team.close());

  const comment = async (person: Person, words: string): Promise<void> => {
    const path = '/api/campaigns/current/requirements/INS%2Fva1.02/remarks';
    const { status } = await person.send('POST', path, { json: { kind: 'commentaire', text: words } });
    expect(status).toBe(201);
  };

  /** Reads a stream until so many changes came. */
  async function changes(person: Person, count: number, headers = {}, then?: () => Promise<void>): Promise<string> {
    const response = await person.fetch('GET', '/api/events', { headers });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    let seen = '';
    const decoder = new TextDecoder();
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      const before = seen;
      seen += decoder.decode(chunk, { stream: true });
      if (!before.includes('event: ouvert') && seen.includes('event: ouvert')) await then?.();
      if (seen.split('event: changement').length > count) break;
    }
    return seen;
  }

  it('come as they are made, and again from where a page was when it lost the line', async () => {
    const [reader, qa] = [await team.as('lecteur'), await team.as('qa')];
    const seen = await changes(reader, 2, {}, async () => {
      await comment(qa, 'un');
      await comment(qa, 'deux');
    });
    const [first] = [...seen.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id)).slice(1);
    expect(seen).toContain('"action":"commentaire","subject":"INS/va1.02"');
    // Who did it is for who may read the audit.
    expect(seen).not.toContain('"actor"');
    const again = await changes(qa, 1, { 'last-event-id': String(first) });
    expect(again).toContain('"actor":"qa"');
    expect(again).not.toContain(`id: ${first}\nevent: changement`);
  });

  it('are bounded: a page that opens too many streams is told', async () => {
    const tester = await team.as('testeur');
    const open = await Promise.all(Array.from({ length: 20 }, () => tester.fetch('GET', '/api/events')));
    const refused = await tester.send('GET', '/api/events');
    expect(refused).toMatchObject({ status: 429, body: { code: 'FLUX_TROP_NOMBREUX' } });
    for (const one of open) await one.body?.cancel();
    await expect
      .poll(async () => {
        const response = await tester.fetch('GET', '/api/events');
        await response.body?.cancel();
        return response.status;
      })
      .toBe(200);
  });

  it('of another process are seen too', async () => {
    const feed = createFeed(team.tracker, 20);
    const stop = new AbortController();
    const from = await team.tracker.lastChange();
    const other = await openTracker({ dataDir: team.filled.dataDir });
    await other.addAccount({ name: 'Ailleurs', role: 'lecteur' }, { by: 'autre', at: '2026-02-03T10:00:00.000Z' });
    await other.close();
    for await (const lines of feed.follow(from, stop.signal)) {
      expect(lines.map(({ subject }) => subject)).toEqual(['Ailleurs']);
      stop.abort();
    }
    feed.close();
  });
});

interface Received {
  readonly body: string;
  readonly headers: IncomingMessage['headers'];
}

onBothStores('webhooks', (place) => {
  const received: Received[] = [];
  let statuses: number[] = [];
  let receiver: Server;
  let url = '';

  beforeAll(async () => {
    receiver = createServer((request, response) => {
      void (async () => {
        received.push({ body: await text(request), headers: request.headers });
        const status = statuses.shift() ?? 200;
        response.writeHead(status, status === 302 ? { location: 'http://127.0.0.1:1/' } : {}).end('merci');
      })();
    });
    await new Promise<void>((resolve) => {
      receiver.listen(0, '127.0.0.1', resolve);
    });
    url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/jalon`;
  });

  afterAll(
    () =>
      new Promise((resolve) => {
        receiver.close(resolve);
      }),
  );

  const AT = '2026-02-03T10:00:00.000Z';
  const author = { by: 'camille', at: AT };
  let clock = Date.parse(AT);
  const now = (): Date => new Date(clock);
  const change = (tracker: Tracker, name: string) => tracker.addAccount({ name, role: 'lecteur' }, author);
  const told = (): readonly string[] =>
    received.flatMap(({ body }) =>
      (JSON.parse(body) as { readonly changes: readonly { readonly subject: string }[] }).changes.map(
        ({ subject }) => subject,
      ),
    );

  it('get each change once it is made, signed, in order, until they take it', async () => {
    received.length = 0;
    const tracker = await openTracker(await place());
    await change(tracker, 'avant');
    const { id } = await tracker.addWebhook({ id: 'w1', url, secret: 'secret' }, author);
    expect(await deliverNext({ tracker, now })).toBe(false);
    await change(tracker, 'un');
    statuses = [503, 302, 200];
    expect(await deliverNext({ tracker, now })).toBe(true);
    expect((await tracker.webhooks())[0]).toMatchObject({ failures: 1, lastResult: 'refuse (HTTP 503)', active: true });
    // Not before its time.
    expect(await deliverNext({ tracker, now })).toBe(false);
    clock += 10_000;
    await change(tracker, 'deux');
    expect(await deliverNext({ tracker, now })).toBe(true);
    expect((await tracker.webhooks())[0]).toMatchObject({ failures: 2, lastResult: /redirige/ });
    clock += 60_000;
    expect(await deliverNext({ tracker, now })).toBe(true);
    expect((await tracker.webhooks())[0]).toMatchObject({ failures: 0, lastResult: 'prise (HTTP 200)' });
    expect(told()).toEqual(['un', 'un', 'deux', 'un', 'deux']);
    const last = received.at(-1)!;
    expect(last.headers['x-jalon-signature']).toBe(signatureOf(last.body, 'secret', now()));
    expect(last.headers['x-jalon-delivery']).toMatch(/^w1-\d+-\d+$/);
    expect(await deliverNext({ tracker, now })).toBe(false);
    expect((await tracker.removeWebhook(id, author)).ok).toBe(true);
    await tracker.close();
  });

  it('are sent to by one server at a time, and left alone once nobody listens', async () => {
    received.length = 0;
    const at = await place();
    const [tracker, other] = [await openTracker(at), await openTracker(at)];
    await tracker.addWebhook({ id: 'w2', url, secret: 's' }, author);
    await change(tracker, 'trois');
    statuses = [];
    const meanwhile: boolean[] = [];
    // While the message is on its way, the other server finds nothing to send.
    const slow: typeof fetch = async (...call) => {
      meanwhile.push(await deliverNext({ tracker: other, now }));
      return fetch(...call);
    };
    expect(await deliverNext({ tracker, now, fetch: slow })).toBe(true);
    expect(meanwhile).toEqual([false]);
    expect(told()).toEqual(['trois']);
    await change(tracker, 'quatre');
    statuses = Array.from({ length: 30 }, () => 404);
    for (let n = 0; n < 25; n += 1) {
      clock += 24 * 3600_000;
      await deliverNext({ tracker, now });
    }
    expect((await tracker.webhooks())[0]).toMatchObject({ active: false, failures: 20, lastResult: /arrêté/ });
    await other.close();
    await tracker.close();
  });

  it('follow one campaign when they are asked to', async () => {
    received.length = 0;
    const tracker = await openTracker(await place());
    await tracker.addWebhook({ id: 'w3', url, secret: 's', campaign: 'c1' }, author);
    await change(tracker, 'sans campagne');
    statuses = [];
    expect(await deliverNext({ tracker, now })).toBe(true);
    expect(received).toEqual([]);
    expect(await deliverNext({ tracker, now })).toBe(false);
    await tracker.close();
  });
});
