import { randomUUID } from 'node:crypto';
import { newSecret } from '../../access/index.ts';
import { readWebhookUrl, ReminderError } from '../../reminders/index.ts';
import { object, paged, pageParameters, ref, written, type Column, type Route } from '../contract/index.ts';
import { problem } from '../problems/index.ts';
import type { Webhook } from '../../store/index.ts';
import { campaignOf, granted, type Deps } from './deps.ts';

const COLUMNS: readonly Column<Webhook>[] = [
  { title: 'Webhook', width: 40, value: ({ id }) => id },
  { title: 'Adresse', width: 60, value: ({ url }) => url },
  { title: 'Campagne', value: ({ campaign }) => campaign },
  { title: 'Créé par', value: ({ author }) => author },
  { title: 'Créé le', value: ({ createdAt }) => createdAt },
  { title: 'Échecs', value: ({ failures }) => failures },
  { title: 'Dernière réponse', width: 60, value: ({ lastResult }) => lastResult },
  { title: 'Actif', value: ({ active }) => (active ? 'oui' : 'non') },
];

/** Where changes are sent. */
export function webhookRoutes(deps: Deps): readonly Route[] {
  const { tracker } = deps;
  return [
    {
      id: 'webhooks',
      method: 'get',
      path: '/api/webhooks',
      summary: 'Webhooks et ce que leur récepteur a dit en dernier',
      permission: 'administrer',
      query: pageParameters(),
      reply: {
        kind: 'view',
        schema: ref('WebhookList'),
        list: { items: 'webhooks', file: 'webhooks', columns: COLUMNS },
      },
      async handle({ page }) {
        const { items, ...rest } = paged(await tracker.webhooks(), ({ id }) => id, page);
        return { view: { ...rest, webhooks: items.map(shown) } };
      },
    },
    {
      id: 'addWebhook',
      method: 'post',
      path: '/api/webhooks',
      summary: 'Envoie les changements à une adresse ; le secret qui les signe n’est montré qu’une fois',
      permission: 'administrer',
      body: { kind: 'json', schema: object({ url: written(2_000, 1), campaign: written(40, 1) }, ['campaign']) },
      reply: { kind: 'view', schema: ref('NewWebhook'), status: 201 },
      async handle({ body, author }) {
        const asked = body as { readonly url: string; readonly campaign?: string };
        const url = addressOf(asked.url);
        const campaign = asked.campaign === undefined ? undefined : (await campaignOf(deps, asked.campaign)).id;
        const secret = newSecret();
        const webhook = await tracker.addWebhook(
          { id: randomUUID(), url: url.href, secret, ...(campaign === undefined ? {} : { campaign }) },
          author,
        );
        return { view: { webhook: shown(webhook), secret } };
      },
    },
    {
      id: 'removeWebhook',
      method: 'delete',
      path: '/api/webhooks/{webhook}',
      summary: 'Retire un webhook',
      permission: 'administrer',
      parameters: { webhook: 'Identifiant du webhook' },
      reply: { kind: 'nothing' },
      async handle({ params, author }) {
        granted(await tracker.removeWebhook(params['webhook'] ?? '', author));
        return { nothing: true };
      },
    },
  ];
}

/** Many receivers put their key in the address: only its beginning is shown again. */
function shown({ url, ...rest }: Webhook): Webhook {
  const { origin, pathname, search } = new URL(url);
  return { ...rest, url: `${origin}${pathname.length > 1 || search !== '' ? '/…' : '/'}` };
}

function addressOf(text: string): URL {
  try {
    return readWebhookUrl(text);
  } catch (error) {
    if (!(error instanceof ReminderError)) throw error;
    throw problem('WEBHOOK_ADRESSE', { cause: error.message.replace(/^.*: /u, '').replace(/\.$/u, '') });
  }
}
