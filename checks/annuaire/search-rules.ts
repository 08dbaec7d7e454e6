import rules from './data/directory.json' with { type: 'json' };
import { failingRuns, isFailure } from './call-rules.ts';
import { decoded } from './decoded.ts';
import type { FhirCall, SearchRule } from './types.ts';

const LOOK_UP: readonly string[] = ['ANN/va1.05', 'ANN/va1.06'];
const API = (assert: string): string => `API FHIR de l’Annuaire Santé (assertion ${assert})`;
const KEY_HEADER = 'esante-api-key';

/** Search parameters of the public API, by resource. */
const CRITERIA: Readonly<Record<string, readonly string[]>> = rules.criteria;
/** Parameters that only shape the answer. */
const COMMON: ReadonlySet<string> = new Set(rules.common);

export const SEARCH_RULES: readonly SearchRule[] = [
  {
    id: 'ANN-SEARCH-MADE',
    layer: 'wire',
    severity: 'error',
    requirements: LOOK_UP,
    source: API('N2'),
    title: 'Le produit a cherché dans l’annuaire.',
    expected: 'au moins une recherche FHIR',
    remedy: 'Interrogez l’API FHIR de l’Annuaire Santé pour trouver la boîte d’un correspondant.',
    judge: ({ calls }) =>
      calls.length > 0 ? [] : [{ where: 'échanges avec l’annuaire', received: 'aucune recherche' }],
  },
  {
    id: 'ANN-API-KEY-HEADER',
    layer: 'wire',
    severity: 'error',
    requirements: LOOK_UP,
    source: API('N1'),
    title: 'Chaque appel porte la clé dans l’en-tête ESANTE-API-KEY.',
    expected: 'un en-tête ESANTE-API-KEY non vide',
    remedy: 'Ajoutez l’en-tête ESANTE-API-KEY à chaque appel, pages suivantes comprises.',
    judge: ({ calls }) =>
      calls
        .filter((call) => call.resource !== 'metadata' && keyOf(call) === '')
        .map((call) => ({ where: call.place, received: 'en-tête absent ou vide' })),
  },
  {
    id: 'ANN-API-KEY-URL',
    layer: 'wire',
    severity: 'error',
    requirements: LOOK_UP,
    source: API('N1'),
    title: 'La clé n’est jamais dans l’adresse.',
    expected: 'une adresse sans clé',
    remedy: 'Retirez la clé de l’adresse : les adresses sont journalisées par les intermédiaires.',
    judge: ({ calls }) =>
      calls
        .filter((call) => {
          const key = keyOf(call);
          const named = [...call.url.searchParams.keys()].some((name) => /api-?_?key|token|secret/i.test(name));
          return named || (key.length >= 8 && decoded(call.url.href).includes(key));
        })
        .map((call) => ({ where: `${call.place}, adresse`, received: 'clé dans l’adresse (masquée)' })),
  },
  {
    id: 'ANN-METHOD',
    layer: 'wire',
    severity: 'error',
    requirements: LOOK_UP,
    source: API('lecture seule'),
    title: 'Le produit ne fait que lire l’annuaire.',
    expected: 'GET, ou POST …/_search',
    remedy: 'N’utilisez que la lecture et la recherche.',
    judge: ({ calls }) =>
      calls
        .filter(({ exchange, url }) => {
          const { method } = exchange.request;
          return !(method === 'GET' || method === 'HEAD' || (method === 'POST' && url.pathname.endsWith('/_search')));
        })
        .map((call) => ({ where: call.place, received: `${call.exchange.request.method} ${call.url.pathname}` })),
  },
  {
    id: 'ANN-CRITERIA',
    layer: 'wire',
    severity: 'error',
    requirements: LOOK_UP,
    source: API('N2'),
    title: 'Les critères de recherche sont ceux de l’API.',
    expected: 'des critères de la ressource interrogée : RPPS, nom, profession, savoir-faire, lieu…',
    remedy: 'Remplacez ce critère par un critère documenté de la ressource.',
    judge: ({ calls }) =>
      calls.flatMap((call) => {
        const known = Object.hasOwn(CRITERIA, call.resource) ? CRITERIA[call.resource] : undefined;
        if (!known) return [];
        const names = [...call.parameters.keys()].map((name) => name.split(/[:.]/)[0] ?? '');
        const unknown = names.filter((name) => !known.includes(name) && !COMMON.has(name));
        return unknown.map((name) => ({ where: call.place, received: `${call.resource}?${name}` }));
      }),
  },
  {
    id: 'ANN-PAGING',
    layer: 'wire',
    severity: 'warning',
    requirements: LOOK_UP,
    source: API('N3'),
    title: 'Le produit suit les pages de la réponse.',
    expected: 'un appel au lien « next » de chaque page, jusqu’à la dernière',
    remedy: 'Suivez link[relation=next] tant qu’il est présent.',
    judge: ({ calls }) => {
      const asked = new Set(calls.map((call) => call.url.pathname + call.url.search));
      return calls.flatMap((call) => {
        const next = call.bundle?.next === undefined ? null : URL.parse(call.bundle.next, call.url);
        return !next || asked.has(next.pathname + next.search)
          ? []
          : [{ where: call.place, received: 'page suivante non demandée' }];
      });
    },
  },
  {
    id: 'ANN-FAILURE-SURMOUNTED',
    layer: 'wire',
    severity: 'warning',
    requirements: LOOK_UP,
    source: API('N4'),
    title: 'Un refus passager de l’annuaire ne laisse pas l’utilisateur sans réponse.',
    expected: 'un nouvel essai après une réponse 429 ou 5xx, ou les boîtes de la dernière copie',
    remedy: 'Réessayez après le délai demandé, puis cherchez dans la copie locale de l’annuaire.',
    judge: ({ calls, shown }) =>
      shown.length > 0
        ? []
        : failingRuns(calls).flatMap(([first, ...others]) =>
            first === undefined || first.status === 0 || others.length > 0
              ? []
              : [{ where: first.place, received: `réponse ${first.status}, puis ni nouvel essai ni boîte montrée` }],
          ),
  },
  {
    id: 'ANN-MAILBOX-RETURNED',
    layer: 'business',
    severity: 'error',
    requirements: LOOK_UP,
    source: API('N5'),
    title: 'Les boîtes que le produit montre sont celles que l’annuaire a rendues.',
    expected: 'des adresses MSSanté de la réponse, et au moins une quand il y en a',
    remedy: 'Montrez les adresses MSSanté des ressources rendues, telles quelles.',
    judge: ({ calls, shown }) => {
      const published = calls.flatMap((call) => call.bundle?.mailboxes ?? []);
      const addresses = new Set(published.map((one) => one.address));
      const usable = published.filter((one) => one.active && !one.redList);
      // What the directory did not answer may come from the last copy.
      const unanswered = failingRuns(calls).some((run) => run.slice(-1).some(isFailure));
      const unknown = unanswered ? [] : shown.filter((one) => !addresses.has(one.address.toLowerCase()));
      if (shown.length === 0 && usable.length > 0) {
        return [
          { where: 'boîtes montrées', received: 'aucune', expected: usable.map((one) => one.address).join(', ') },
        ];
      }
      return unknown.map((one) => ({ where: 'boîtes montrées', received: one.address }));
    },
  },
  {
    id: 'ANN-MAILBOX-USABLE',
    layer: 'business',
    severity: 'error',
    requirements: LOOK_UP,
    source: API('N6'),
    title: 'Le produit ne propose ni boîte d’un professionnel inactif, ni boîte en liste rouge.',
    expected: 'des boîtes de ressources actives, hors liste rouge',
    remedy: 'Écartez les ressources dont active vaut false et les adresses en liste rouge.',
    judge: ({ calls, shown }) => {
      const published = calls.flatMap((call) => call.bundle?.mailboxes ?? []);
      return shown.flatMap((one) => {
        const same = published.filter((mailbox) => mailbox.address === one.address.toLowerCase());
        return same.length > 0 && same.every((mailbox) => !mailbox.active || mailbox.redList)
          ? [{ where: 'boîtes montrées', received: `${one.address} (${same[0]?.redList ? 'liste rouge' : 'inactif'})` }]
          : [];
      });
    },
  },
];

function keyOf(call: FhirCall): string {
  return call.exchange.request.headers.find(([name]) => name.toLowerCase() === KEY_HEADER)?.[1].trim() ?? '';
}
