import { parisDay } from '#dsr/dates/index.ts';
import { settleBook } from '../../orders/index.ts';
import { calendarFile, type ReminderTarget } from '../../reminders/index.ts';
import { paged, pageParameters, ref, type Call, type Column, type Route } from '../contract/index.ts';
import type {
  DeadlineKind,
  DeadlineListView,
  DeadlineView,
  OrderLineView,
  OrderListView,
  PaymentRequestListView,
  PaymentRequestView,
} from '../money-types.ts';
import { problem } from '../problems/index.ts';
import { bookOf, fileDeadlines, moneyDeadlines, paymentRequestView, type Book } from '../views/money.ts';
import { boardOf, granted, need, type Deps } from './deps.ts';

/** A workbook of ten thousand orders is a few megabytes. */
const MAX_ORDERS_BYTES = 16 * 1024 * 1024;
const TOLD = 200;

const euros = (cents: number | null): number | null => (cents === null ? null : cents / 100);

const ORDERS: readonly Column<OrderLineView>[] = [
  { title: 'Bon', value: ({ number }) => number },
  { title: 'Client', width: 40, value: ({ client }) => client },
  { title: 'SIRET', value: ({ siret }) => siret },
  { title: 'Couloir', value: ({ couloir }) => couloir },
  { title: 'Vague', value: ({ wave }) => wave },
  { title: 'Instance', value: ({ instance }) => instance },
  { title: 'Sites', value: ({ sites }) => sites },
  { title: 'Produit', value: ({ product }) => `${product.name} ${product.version}` },
  { title: 'Signé le', value: ({ signedOn }) => signedOn },
  { title: 'HT (€)', value: ({ ht }) => euros(ht) },
  { title: 'TTC (€)', value: ({ ttc }) => euros(ttc) },
  { title: 'Fenêtre', value: ({ window }) => window },
  { title: 'Dernier jour du dossier', value: ({ lastDayForCompleteFile: day }) => day },
  { title: 'Attendu (€)', value: ({ expected }) => euros(expected) },
  { title: 'Payé (€)', value: ({ paid }) => euros(paid) },
  { title: 'En danger (€)', value: ({ atRisk }) => euros(atRisk) },
  { title: 'Risques', width: 80, value: ({ risks }) => risks.map(({ message }) => message).join(' ') },
];

const DEADLINES: readonly Column<DeadlineView>[] = [
  { title: 'Date', value: ({ date }) => date },
  { title: 'Heure (Paris)', value: ({ time }) => time },
  { title: 'Jours restants', value: ({ daysLeft }) => daysLeft },
  { title: 'Nature', value: ({ kind }) => kind },
  { title: 'Échéance', width: 60, value: ({ title }) => title },
  { title: 'Détail', width: 80, value: ({ detail }) => detail },
  { title: 'Montant TTC (€)', value: ({ amount }) => euros(amount) },
];

const REQUESTS: readonly Column<PaymentRequestView>[] = [
  { title: 'Demande', width: 30, value: ({ id }) => id },
  { title: 'Nature', value: ({ kind }) => kind },
  { title: 'Bon', value: ({ order }) => order },
  { title: 'Demandé TTC (€)', value: ({ requested }) => euros(requested) },
  { title: 'Statut', value: ({ status }) => status },
  { title: 'Fichier', width: 40, value: ({ json }) => json.file },
  { title: 'Archive', width: 40, value: ({ zip }) => zip?.file },
  { title: 'Référence ASP', value: ({ aspReference }) => aspReference },
];

const REMINDED: Readonly<Record<DeadlineKind, ReminderTarget['kind']>> = {
  dossier: 'order',
  avance: 'money',
  'date-ferme': 'money',
  prestation: 'money',
  solde: 'money',
  calendrier: 'milestone',
  complement: 'complement',
  exigence: 'requirement',
};

/** Orders, payments and the days that must not be missed. */
export function moneyRoutes(deps: Deps): readonly Route[] {
  const { tracker, money } = deps;
  const book = async (): Promise<Book> => {
    const [orders, requests] = await Promise.all([tracker.orders(), tracker.paymentRequests()]);
    return bookOf(orders, requests, money, deps.now());
  };
  const deadlines = async ({ actor }: Call): Promise<readonly DeadlineView[]> => {
    const today = parisDay(deps.now());
    const campaigns = await tracker.campaigns();
    const boards = await Promise.all(campaigns.map(({ id }) => boardOf(deps, id)));
    const file = fileDeadlines(boards, money, deps.now());
    const paid = actor.permissions.includes('lire-argent') ? moneyDeadlines(await book(), today) : [];
    return [...file, ...paid].toSorted((one, other) => one.daysLeft - other.daysLeft || (one.id < other.id ? -1 : 1));
  };
  return [
    {
      id: 'orders',
      method: 'get',
      path: '/api/orders',
      summary: 'Bons de commande, avec leur fenêtre, leur argent et leurs risques',
      permission: 'lire-argent',
      query: pageParameters(),
      reply: { kind: 'view', schema: ref('OrderList'), list: { items: 'orders', file: 'commandes', columns: ORDERS } },
      async handle({ page }) {
        const { items, ...rest } = paged((await book()).lines, ({ number }) => number, page);
        return { view: { ...rest, orders: items } satisfies OrderListView };
      },
    },
    {
      id: 'importOrders',
      method: 'post',
      path: '/api/orders/imports',
      summary: 'Importe une liste de bons (csv, xlsx, json) ; les lignes saines entrent, les autres sont dites',
      permission: 'gerer-argent',
      query: [{ name: 'dryRun', description: 'true : dit sans rien écrire.', schema: { type: 'boolean' } }],
      body: {
        kind: 'file',
        types: [
          'text/csv',
          'application/json',
          'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
          'application/octet-stream',
        ],
        maxBytes: MAX_ORDERS_BYTES,
      },
      reply: { kind: 'view', schema: ref('OrdersImport') },
      async handle({ file, query, author }) {
        const reading = granted(await need(deps.readers).orders(file().bytes));
        const settled = settleBook(reading.orders, await tracker.orders());
        const { dryRun = false } = query as { readonly dryRun?: boolean };
        const done = dryRun ? undefined : await tracker.importOrders(settled.orders, author);
        const messages = [...reading.messages, ...settled.messages].slice(0, TOLD);
        return {
          view: {
            added: done?.added ?? [],
            changed: done?.changed ?? [],
            unchanged: done?.unchanged ?? [],
            messages: messages.map(({ code, severity, row, column, message, remedy }) => ({
              code,
              severity,
              row,
              column,
              message,
              remedy,
            })),
            written: done !== undefined,
          },
        };
      },
    },
    {
      id: 'order',
      method: 'get',
      path: '/api/orders/{order}',
      summary: 'Un bon de commande',
      permission: 'lire-argent',
      parameters: { order: 'Numéro du bon' },
      reply: { kind: 'view', schema: ref('OrderLine') },
      async handle({ params }) {
        const number = params['order'] ?? '';
        const line = (await book()).lines.find((one) => one.number === number);
        if (line === undefined) throw problem('COMMANDE_INCONNUE', { id: number.slice(0, 60) });
        return { view: line };
      },
    },
    {
      id: 'money',
      method: 'get',
      path: '/api/money',
      summary: 'L’argent des bons : attendu, à demander, demandé, payé, en danger, par mois et par client',
      permission: 'lire-argent',
      reply: { kind: 'view', schema: ref('Money') },
      handle: async () => ({ view: (await book()).overview }),
    },
    {
      id: 'paymentRequests',
      method: 'get',
      path: '/api/payment-requests',
      summary: 'Demandes de paiement à l’ASP, la plus ancienne d’abord',
      permission: 'lire-argent',
      query: [
        { name: 'order', description: 'D’un bon de commande.', schema: { type: 'string', maxLength: 100 } },
        ...pageParameters(),
      ],
      reply: {
        kind: 'view',
        schema: ref('PaymentRequestList'),
        list: { items: 'requests', file: 'demandes-de-paiement', columns: REQUESTS },
      },
      remembered: true,
      async handle({ page, query }) {
        const { order } = query as { readonly order?: string };
        const { items, ...rest } = paged(await tracker.paymentRequests(order), ({ id }) => id, page);
        return { view: { ...rest, requests: items.map(paymentRequestView) } satisfies PaymentRequestListView };
      },
    },
    {
      id: 'deadlines',
      method: 'get',
      path: '/api/deadlines',
      summary: 'Ce qui ne doit pas être manqué, le plus proche d’abord ; l’argent, pour qui peut le lire',
      permission: 'lire',
      query: pageParameters(),
      reply: {
        kind: 'view',
        schema: ref('DeadlineList'),
        list: { items: 'deadlines', file: 'echeances', columns: DEADLINES },
      },
      async handle(call) {
        const { items, ...rest } = paged(await deadlines(call), ({ id }) => id, call.page);
        return { view: { ...rest, deadlines: items } satisfies DeadlineListView };
      },
    },
    {
      id: 'deadlinesCalendar',
      method: 'get',
      path: '/api/deadlines.ics',
      summary: 'Les mêmes échéances et leurs rappels, en calendrier (iCalendar)',
      permission: 'lire',
      reply: { kind: 'bytes', types: ['text/calendar'] },
      async handle(call) {
        const today = parisDay(deps.now());
        const targets = (await deadlines(call))
          .filter(({ daysLeft }) => daysLeft >= 0)
          .map(({ id, kind, date, time, title, detail }): ReminderTarget => ({
            id,
            kind: REMINDED[kind],
            date,
            ...(time === null ? {} : { time }),
            title,
            detail,
          }));
        return {
          response: call.context.body(calendarFile(targets, 'Jalon, échéances', today), 200, {
            'content-type': 'text/calendar; charset=utf-8',
            'content-disposition': 'attachment; filename="jalon-echeances.ics"',
          }),
        };
      },
    },
  ];
}
