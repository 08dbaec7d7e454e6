import { REQUIREMENT_FILTERS, RUN_PAGE, type QueryParameter } from './parameters.ts';
import { QUOTE_REQUEST, SUNES_REQUEST } from './requests.ts';
import { SCHEMAS } from './schemas.ts';

interface Route {
  readonly path: string;
  readonly summary: string;
  /** Name in SCHEMAS; a piece has none. */
  readonly answer?: string;
  readonly query?: readonly QueryParameter[];
  readonly id?: string;
  /** What is sent, by POST; absent for GET. */
  readonly body?: object;
}

const ROUTES: readonly Route[] = [
  { path: '/api/campaigns/current', summary: 'Où en est la campagne courante', answer: 'CurrentCampaign' },
  {
    path: '/api/requirements',
    summary: 'Exigences des profils déclarés',
    answer: 'RequirementList',
    query: REQUIREMENT_FILTERS,
  },
  {
    path: '/api/requirements/{id}',
    summary: 'Une exigence, ses preuves, ses pièces et ses constats',
    answer: 'Requirement',
    id: 'Numéro d’exigence, barre encodée : INS%2Fva1.28',
  },
  { path: '/api/runs', summary: 'Exécutions, la plus récente d’abord', answer: 'RunList', query: RUN_PAGE },
  { path: '/api/runs/{id}', summary: 'Une exécution', answer: 'Run', id: 'Identifiant d’exécution' },
  {
    path: '/api/pieces/{id}',
    summary: 'Octets d’une pièce ; rien de ce qu’elle contient ne s’exécute',
    id: 'Numéro de pièce',
    query: [{ name: 'download', description: 'Présent : en téléchargement.', schema: { type: 'string' } }],
  },
  { path: '/api/pieces/{id}/provenance', summary: 'Fiche de provenance, en texte', id: 'Numéro de pièce' },
  { path: '/api/quote-checks/form', summary: 'Listes de la page des devis', answer: 'QuoteForm' },
  { path: '/api/quote-checks/template', summary: 'Classeur à remplir' },
  {
    path: '/api/quote-checks',
    summary: 'Juge un devis saisi ou un fichier ; rien n’en est gardé',
    answer: 'QuoteReport',
    body: QUOTE_REQUEST,
  },
  { path: '/api/sunes/template', summary: 'Modèle CSV des comptes SUN-ES' },
  {
    path: '/api/sunes',
    summary: 'Indicateurs, cibles et forfaits SUN-ES d’un fichier de comptes ; rien n’en est gardé',
    answer: 'SunesReport',
    body: SUNES_REQUEST,
  },
  { path: '/api/openapi.json', summary: 'Ce document', answer: 'Document' },
];

/** The published description of the API (OpenAPI 3.1). */
export function openApiDocument(version: string): object {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Jalon, suivi',
      version,
      description: 'Sur la machine locale ; rien de ce qui est envoyé n’est gardé.',
    },
    paths: Object.fromEntries(
      ROUTES.map((route) => [route.path, { [route.body === undefined ? 'get' : 'post']: operation(route) }]),
    ),
    components: { schemas: { ...SCHEMAS, Document: { type: 'object' } } },
  };
}

function operation({ summary, answer, query, id, body }: Route): object {
  const parameters = [
    ...(id === undefined
      ? []
      : [{ name: 'id', in: 'path', required: true, description: id, schema: { type: 'string' } }]),
    ...(query ?? []).map((parameter) => ({ in: 'query', required: false, ...parameter })),
  ];
  return {
    summary,
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: { 'application/json': { schema: body } } } }),
    responses: {
      200: {
        description: summary,
        content: answer
          ? { 'application/json': { schema: { $ref: `#/components/schemas/${answer}` } } }
          : { '*/*': { schema: { type: 'string', format: 'binary' } } },
      },
      default: {
        description: 'Refus ou échec, avec la marche à suivre',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
      },
    },
  };
}
