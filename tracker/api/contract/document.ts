import { problemCodes } from '../problems/index.ts';
import type { Schema } from './schema.ts';
import type { Route } from './types.ts';

const SHEETS = {
  'text/csv': { schema: { type: 'string' } },
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': { schema: { type: 'string', format: 'binary' } },
} as const;

const BYTES = { schema: { type: 'string', format: 'binary' } } as const;

/**
 * The published description of the API (OpenAPI 3.1), from the same table as the server.
 *
 * @param team whether people log in
 */
export function openApiDocument(
  routes: readonly Route[],
  components: Readonly<Record<string, Schema>>,
  { version, team, url }: { readonly version: string; readonly team: boolean; readonly url: string },
): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) (paths[route.path] ??= {})[route.method] = operation(route, team);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Jalon, suivi',
      version,
      description:
        'Campagnes, exigences, preuves, exécutions, commandes et paiements. Les refus sont des documents RFC 9457, en français ou en anglais selon « Accept-Language ».',
    },
    servers: [{ url }],
    paths,
    components: {
      schemas: { ...components, Problem: PROBLEM },
      ...(team
        ? {
            securitySchemes: {
              session: { type: 'apiKey', in: 'cookie', name: 'jalon_session' },
              jeton: { type: 'http', scheme: 'bearer' },
            },
          }
        : {}),
    },
  };
}

const PROBLEM: Schema = {
  type: 'object',
  additionalProperties: false,
  required: ['type', 'title', 'status', 'detail', 'code', 'remedy'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'Ce qui est refusé, dans la langue demandée.' },
    code: { type: 'string', enum: problemCodes().map(({ code }) => code) },
    remedy: { type: 'string', description: 'La marche à suivre.' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['pointer', 'message'],
        properties: { pointer: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
};

function operation(route: Route, team: boolean): object {
  const names = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const header = (name: string, description: string): object => ({
    name,
    in: 'header',
    required: true,
    description,
    schema: { type: 'string' },
  });
  const parameters = [
    ...names.map((name) => ({
      name,
      in: 'path',
      required: true,
      description: route.parameters?.[name] ?? name,
      schema: { type: 'string' },
    })),
    ...(route.query ?? []).map((parameter) => ({ in: 'query', required: false, ...parameter })),
    ...(route.ifMatch === true ? [header('If-Match', 'Révision lue, entre guillemets.')] : []),
    ...(route.idempotent === true ? [header('Idempotency-Key', 'La même à chaque reprise d’un envoi.')] : []),
  ];
  const { permission } = route;
  return {
    operationId: route.id,
    summary: route.summary,
    ...(permission === null ? {} : { description: `Droit demandé : ${permission}.` }),
    ...(team ? { security: permission === null ? [] : securityOf(route) } : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(route.body === undefined ? {} : { requestBody: { required: true, content: bodyOf(route.body) } }),
    responses: {
      ...answerOf(route),
      default: {
        description: 'Refus ou échec, avec la marche à suivre',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
}

function securityOf({ session }: Route): readonly object[] {
  return session === true ? [{ session: [] }] : [{ session: [] }, { jeton: [] }];
}

function bodyOf(body: NonNullable<Route['body']>): object {
  if (body.kind === 'json') return { 'application/json': { schema: body.schema } };
  if (body.kind === 'stream') return { '*/*': BYTES };
  return Object.fromEntries(body.types.map((type) => [type, BYTES]));
}

function answerOf({ reply, summary }: Route): object {
  switch (reply.kind) {
    case 'nothing':
      return { 204: { description: summary } };
    case 'redirect':
      return { 302: { description: summary } };
    case 'bytes':
      return { 200: { description: summary, content: Object.fromEntries(reply.types.map((type) => [type, BYTES])) } };
    case 'view':
      return {
        [String(reply.status ?? 200)]: {
          description: summary,
          content: {
            'application/json': { schema: reply.schema },
            ...(reply.list === undefined ? {} : SHEETS),
          },
        },
      };
  }
}
