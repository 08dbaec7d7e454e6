import type { Context, Hono } from 'hono';
import { parisDay } from '#dsr/dates/index.ts';
import { may } from '../../access/index.ts';
import type { Tracker } from '../../store/index.ts';
import type { Entry, Identity } from '../entry/types.ts';
import { problem } from '../problems/index.ts';
import type { Answers } from './answers.ts';
import { readFileBody, readJson, uploadOf } from './body.ts';
import type { Schema } from './schema.ts';
import { writeSheet, type SheetFormat } from './sheet.ts';
import type { Call, Page, Reply, Route, UploadedBytes } from './types.ts';
import { createValidators, type Validators } from './validate.ts';

export interface MountOptions {
  readonly routes: readonly Route[];
  readonly components: Readonly<Record<string, Schema>>;
  readonly entry: Entry;
  readonly tracker: Pick<Tracker, 'lastChange'>;
  readonly answers: Answers;
  readonly now: () => Date;
  /** Of Jalon. */
  readonly version: string;
  /** Called after each change: whoever follows changes need not wait. */
  readonly changed: () => void;
}

const KEY = /^[\x21-\x7e]{8,200}$/;

/** What every route does once its parts are compiled. */
interface Compiled {
  readonly route: Route;
  readonly query: ReturnType<Validators['query']>;
  readonly body: ((value: unknown) => void) | undefined;
  readonly answer: ((view: object) => void) | undefined;
}

/** Who called, for the routes of the login. */
const identities = new WeakMap<Context, Identity | undefined>();

/** Who called a route that is being played. */
export function identityOf(context: Context): Identity | undefined {
  return identities.get(context);
}

/** Puts the routes on a server. A path that exists refuses the methods that it does not have. */
export function mountRoutes(app: Hono, options: MountOptions): void {
  const validators = createValidators(options.components);
  const methods = Map.groupBy(options.routes, ({ path }) => honoPath(path));
  for (const route of options.routes) {
    const compiled: Compiled = {
      route,
      query: validators.query(route.query ?? []),
      body: route.body?.kind === 'json' ? validators.body(route.body.schema) : undefined,
      answer: route.reply.kind === 'view' ? validators.answer(route.reply.schema) : undefined,
    };
    app.on(route.method.toUpperCase(), honoPath(route.path), (context) => play(context, compiled, options));
  }
  for (const [path, routes] of methods) {
    const allowed = routes.map(({ method }) => method.toUpperCase());
    app.all(path, () => {
      throw problem('METHODE_REFUSEE', { methods: allowed.join(', ') }, { headers: { allow: allowed.join(', ') } });
    });
  }
}

function honoPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1');
}

async function play(context: Context, compiled: Compiled, options: MountOptions): Promise<Response> {
  const { route } = compiled;
  const identity = await options.entry.identify(context);
  identities.set(context, identity);
  if (route.permission !== null) {
    if (identity === undefined) throw problem('NON_CONNECTE');
    const { role } = identity.actor;
    if (!may(identity.actor, route.permission)) throw problem('DROIT_ABSENT', { role, permission: route.permission });
    if (route.session === true && identity.actor.via === 'jeton') throw problem('SESSION_DEMANDEE');
  }
  if (route.method !== 'get') options.entry.admitChange(context, identity);
  const query = compiled.query(context.req.query());
  if (route.remembered !== undefined && query['format'] === undefined)
    return fromMemory(context, compiled, query, options);
  const { call, format } = await callOf(context, compiled, query, identity, options);
  const reply = await route.handle(call);
  if (route.method !== 'get') options.changed();
  return send(context, compiled, reply, format);
}

/** The answer of before, if nothing changed since. */
async function fromMemory(
  context: Context,
  compiled: Compiled,
  query: Record<string, unknown>,
  options: MountOptions,
): Promise<Response> {
  // Read before the answer is made: what changes meanwhile makes it an answer of before.
  const change = compiled.route.remembered === 'for-good' ? 0 : await lastChangeOf(context, query, options);
  // What is late is so from one day to the next without any change.
  const day = parisDay(options.now());
  // Another version of Jalon may show the same otherwise.
  const etag = `W/"${change}.${day}.${options.version}"`;
  const headers = { etag, 'cache-control': 'private, no-cache', 'content-type': 'application/json; charset=utf-8' };
  if ((context.req.header('if-none-match') ?? '').split(/\s*,\s*/).includes(etag)) {
    return context.body(null, 304, headers);
  }
  const key = JSON.stringify([
    day,
    context.req.path,
    Object.entries(query).toSorted(([one], [other]) => (one < other ? -1 : 1)),
  ]);
  const body = await options.answers.given(key, change, async () => {
    const { call } = await callOf(context, compiled, query, identityOf(context), options);
    const reply = await compiled.route.handle(call);
    if (!('view' in reply)) throw new TypeError(`${compiled.route.id} ne donne pas de vue`);
    compiled.answer?.(reply.view);
    return new TextEncoder().encode(JSON.stringify(reply.view));
  });
  return context.body(body, 200, headers);
}

function lastChangeOf(context: Context, query: Record<string, unknown>, { tracker }: MountOptions): Promise<number> {
  const campaign = context.req.param('campaign') ?? query['campaign'];
  // Which campaign is current may change with any line.
  return tracker.lastChange(typeof campaign !== 'string' || campaign === 'current' ? undefined : campaign);
}

async function callOf(
  context: Context,
  { route, body }: Compiled,
  query: Record<string, unknown>,
  identity: Identity | undefined,
  { now }: MountOptions,
): Promise<{ readonly call: Call; readonly format: SheetFormat | undefined }> {
  const { limit, after, format, ...filters } = query as { limit?: number; after?: string; format?: SheetFormat };
  let sent: unknown;
  let file: UploadedBytes | undefined;
  if (route.body?.kind === 'json') {
    sent = await readJson(context, route.body.maxBytes);
    body?.(sent);
  } else if (route.body?.kind === 'file') {
    file = await readFileBody(context, route.body);
  }
  const actor = identity?.actor;
  const page: Page =
    format === undefined
      ? { limit: limit ?? Number.MAX_SAFE_INTEGER, ...(after === undefined ? {} : { after }) }
      : { limit: Number.MAX_SAFE_INTEGER };
  const call: Call = {
    params: context.req.param(),
    actor: actor ?? { name: 'personne', role: 'lecteur', permissions: [], via: 'session' },
    author: { by: actor?.name ?? 'personne', at: now().toISOString() },
    page,
    query: filters,
    body: sent,
    file: () => {
      if (file === undefined) throw new TypeError(`${route.id} ne reçoit pas de fichier`);
      return file;
    },
    upload: () => {
      if (route.body?.kind !== 'stream') throw new TypeError(`${route.id} ne reçoit pas d’octets`);
      return uploadOf(context, route.body);
    },
    seen: route.ifMatch === true ? revisionOf(context.req.header('if-match')) : -1,
    key: route.idempotent === true ? keyOf(context.req.header('idempotency-key')) : '',
    context,
  };
  return { call, format };
}

/** A revision is sent as it was read: a number between quotes. */
function revisionOf(header: string | undefined): number {
  const found = /^"(\d{1,9})"$/.exec(header?.trim() ?? '')?.[1];
  if (found === undefined) throw problem('REVISION_ABSENTE');
  return Number(found);
}

function keyOf(header: string | undefined): string {
  const key = header?.trim() ?? '';
  if (!KEY.test(key)) throw problem('CLE_ABSENTE');
  return key;
}

async function send(
  context: Context,
  { route, answer }: Compiled,
  reply: Reply,
  format: SheetFormat | undefined,
): Promise<Response> {
  if ('response' in reply) return reply.response;
  for (const [name, value] of Object.entries(reply.headers ?? {})) context.header(name, value);
  if ('nothing' in reply) return context.body(null, 204);
  answer?.(reply.view);
  const { reply: kind } = route;
  if (format !== undefined && kind.kind === 'view' && kind.list !== undefined) {
    const items = (reply.view as Readonly<Record<string, readonly never[]>>)[kind.list.items] ?? [];
    const { bytes, type, name } = await writeSheet(format, kind.list.file, kind.list.columns, items);
    return context.body(new Uint8Array(bytes), 200, {
      'content-type': type,
      'content-disposition': `attachment; filename="${name}"`,
    });
  }
  if (reply.revision !== undefined) context.header('etag', `"${reply.revision}"`);
  if (reply.location !== undefined) context.header('location', reply.location);
  return context.json(reply.view, kind.kind === 'view' ? (kind.status ?? 200) : 200);
}
