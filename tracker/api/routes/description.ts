import { permissionsOf, ROLES, roleTitle } from '../../access/index.ts';
import { list, object, openApiDocument, ref, text, type Route, type Schema } from '../contract/index.ts';
import { problemCodes } from '../problems/index.ts';
import type { Deps } from './deps.ts';

const ANY: Schema = { type: 'object' };

/** What the API says of itself. @param all every route, known once the table is made */
export function descriptionRoutes(
  deps: Deps,
  all: () => readonly Route[],
  components: Readonly<Record<string, Schema>>,
): readonly Route[] {
  return [
    {
      id: 'openApi',
      method: 'get',
      path: '/api/openapi.json',
      summary: 'Ce document (OpenAPI 3.1)',
      permission: null,
      reply: { kind: 'view', schema: ANY },
      handle: async () => ({
        view: openApiDocument(all(), components, {
          version: deps.version,
          team: deps.entry.team,
          url: deps.entry.origin(),
        }),
      }),
    },
    {
      id: 'problems',
      method: 'get',
      path: '/api/problems',
      summary: 'Codes des refus, avec leur statut et leur marche à suivre en anglais',
      permission: null,
      reply: {
        kind: 'view',
        schema: object({
          problems: list(
            object({ code: text, status: { type: 'integer' }, en: object({ detail: text, remedy: text }) }),
          ),
        }),
      },
      handle: async () => ({ view: { problems: problemCodes() } }),
    },
    {
      id: 'roles',
      method: 'get',
      path: '/api/roles',
      summary: 'Rôles et ce qu’ils permettent',
      permission: 'lire',
      reply: { kind: 'view', schema: ref('Roles') },
      handle: async () => ({
        view: { roles: ROLES.map((id) => ({ id, title: roleTitle(id), permissions: permissionsOf(id) })) },
      }),
    },
  ];
}
