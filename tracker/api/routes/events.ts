import { streamSSE } from 'hono/streaming';
import { type Column, type Route, PAGE_LIMIT, pageParameters, cursorOf, readCursor, ref } from '../contract/index.ts';
import type { HistoryLineView, HistoryView } from '../people-types.ts';
import { problem } from '../problems/index.ts';
import type { Deps } from './deps.ts';

/** A line through proxies that close what is silent; the session is looked at again at the same time. */
const BEAT_MS = 15_000;
const MOST_STREAMS = 200;
const MOST_PER_ACTOR = 20;

const COLUMNS: readonly Column<HistoryLineView>[] = [
  { title: 'N°', value: ({ id }) => id },
  { title: 'Quand', width: 26, value: ({ at }) => at },
  { title: 'Qui', value: ({ actor }) => actor },
  { title: 'Quoi', width: 30, value: ({ action }) => action },
  { title: 'Sur', width: 30, value: ({ subject }) => subject },
  { title: 'Détail', width: 60, value: ({ detail }) => detail },
  { title: 'Avant', width: 40, value: ({ before }) => before },
  { title: 'Après', width: 40, value: ({ after }) => after },
  { title: 'Campagne', value: ({ campaign }) => campaign },
];

const FILTERS = ['campaign', 'subject', 'actor'] as const;

/** Who changed what, and changes as they come. */
export function eventRoutes(deps: Deps): readonly Route[] {
  const { tracker, feed, entry } = deps;
  const open = new Map<string, number>();
  return [
    {
      id: 'history',
      method: 'get',
      path: '/api/audit',
      summary: 'Qui a changé quoi, le dernier changement d’abord',
      permission: 'lire-audit',
      query: [
        { name: 'campaign', description: 'D’une campagne.', schema: { type: 'string', maxLength: 40 } },
        { name: 'subject', description: 'Sur une preuve, une exigence…', schema: { type: 'string', maxLength: 200 } },
        { name: 'actor', description: 'D’une personne.', schema: { type: 'string', maxLength: 200 } },
        ...pageParameters(PAGE_LIMIT),
      ],
      reply: { kind: 'view', schema: ref('History'), list: { items: 'lines', file: 'audit', columns: COLUMNS } },
      async handle({ page, query }) {
        const given = query as Partial<Record<(typeof FILTERS)[number], string>>;
        const limit = Math.min(page.limit, 100_000);
        const before = page.after === undefined ? undefined : Number(readCursor(page.after));
        if (before !== undefined && !Number.isSafeInteger(before)) throw problem('PAGE_PERDUE');
        const lines = await tracker.history({ ...given, limit, ...(before === undefined ? {} : { before }) });
        const last = lines.at(-1);
        const next = last !== undefined && lines.length === page.limit ? cursorOf(String(last.id)) : null;
        return { view: { next, lines } satisfies HistoryView };
      },
    },
    {
      id: 'events',
      method: 'get',
      path: '/api/events',
      summary: 'Changements en direct (server-sent events) ; « Last-Event-ID » reprend où l’on en était',
      permission: 'lire',
      query: [{ name: 'campaign', description: 'D’une campagne.', schema: { type: 'string', maxLength: 40 } }],
      reply: { kind: 'bytes', types: ['text/event-stream'] },
      async handle({ query, context, actor }) {
        const { campaign } = query as { readonly campaign?: string };
        const asked = context.req.header('last-event-id');
        const from = asked !== undefined && /^\d{1,15}$/.test(asked) ? Number(asked) : await tracker.lastChange();
        const streams = [...open.values()].reduce((sum, one) => sum + one, 0);
        const own = open.get(actor.name) ?? 0;
        if (streams >= MOST_STREAMS || own >= MOST_PER_ACTOR) throw problem('FLUX_TROP_NOMBREUX');
        open.set(actor.name, own + 1);
        const stop = new AbortController();
        // What a reader may not read in the audit is told without its detail.
        const whole = actor.permissions.includes('lire-audit');
        const response = streamSSE(context, async (stream) => {
          stream.onAbort(() => stop.abort());
          const beat = setInterval(() => {
            void (async () => {
              // Whoever was logged out meanwhile, or may something else, opens another stream or none.
              const still = await entry.identify(context).catch(() => undefined);
              if (still === undefined || still.actor.role !== actor.role) return stop.abort();
              await stream.write(': toujours là\n\n');
            })();
          }, BEAT_MS);
          try {
            await stream.writeSSE({ event: 'ouvert', id: String(from), data: '{}' });
            for await (const lines of feed.follow(from, stop.signal)) {
              for (const { id, at, actor: by, action, subject, campaign: about } of lines) {
                if (campaign !== undefined && about !== campaign) continue;
                const data = { at, action, subject, campaign: about, ...(whole ? { actor: by } : {}) };
                await stream.writeSSE({ event: 'changement', id: String(id), data: JSON.stringify(data) });
              }
            }
          } finally {
            clearInterval(beat);
            stop.abort();
            open.set(actor.name, Math.max(0, (open.get(actor.name) ?? 1) - 1));
          }
        });
        return { response };
      },
    },
  ];
}
