import { briefEuros } from '#dsr/money/index.ts';
import type { Command } from 'commander';
import { bandFor, type BandAnswer, type Scales } from '#dsr/scales/index.ts';
import { versionText } from '#dsr/official-data/index.ts';
import { count } from '#reports/words/index.ts';
import { requestStatus, STATUS_WORDS, type PaymentRequest } from '#tracker/asp/index.ts';
import { EXIT } from '#tracker/domain/index.ts';
import { orderForm, type Order } from '#tracker/orders/index.ts';
import { readBook } from './book.ts';
import type { Action, CliContext } from './context.ts';
import { scalesFrom, scalesOption } from './official-data.ts';
import { parseCategory } from './options.ts';
import { tableLines, terminalWidth, wrap, type TableColumn } from './table.ts';

interface ListOptions {
  readonly couloir?: string;
  readonly client?: string;
  readonly scales?: string;
}

/** `jalon orders list`: the book of orders, with the band of each. */
export function ordersListCommand(orders: Command, play: (command: Command, action: Action) => Promise<void>): void {
  const command = orders
    .command('list')
    .description('liste les bons de commande du suivi, avec leur tranche de barème')
    .option('--couloir <couloir>', 'couloir', parseCategory)
    .option('--client <texte>', 'partie du nom du client, ou son SIRET');
  scalesOption(command).action((options: ListOptions, command: Command) =>
    play(command, (context) => list(context, options)),
  );
}

interface Line {
  readonly order: Order;
  readonly band: BandAnswer;
  readonly requests: readonly PaymentRequest[];
}

async function list(context: CliContext, options: ListOptions): Promise<number> {
  const scales = await scalesFrom(options.scales);
  const lines = await readBook(context.dataDir, async (tracker) => {
    const requests = Map.groupBy(await tracker.paymentRequests(), ({ order }) => order);
    return (await tracker.orders()).filter(matching(options)).map((order): Line => ({
      order,
      band: bandFor(order.couloir, order.wave, order.sites.length, scales),
      requests: requests.get(order.number) ?? [],
    }));
  });
  context.out(context.json ? `${JSON.stringify(documentOf(lines, scales))}\n` : textOf(lines, scales));
  return EXIT.ok;
}

function matching({ couloir, client }: ListOptions): (order: Order) => boolean {
  const asked = client?.trim().toLocaleLowerCase('fr');
  return (order) =>
    (couloir === undefined || order.couloir === couloir) &&
    (asked === undefined || order.client.siret === asked || order.client.name.toLocaleLowerCase('fr').includes(asked));
}

/** `orders` is in the form that `orders import` reads: what is computed stands beside it. */
function documentOf(lines: readonly Line[], scales: Scales): object {
  return {
    orders: lines.map(({ order }) => orderForm(order)),
    computed: lines.map(({ order, band, requests }) => ({
      order: order.number,
      band: band.status === 'known' ? band.band.band : null,
      ceilingHt: band.status === 'known' ? band.band.ceilingHt / 100 : null,
      reason: band.status === 'known' ? null : band.reason,
      requests: requests.map((request) => ({ id: request.id, kind: request.kind, status: requestStatus(request) })),
    })),
    scales: scales.versions,
  };
}

const COLUMNS: readonly TableColumn[] = [
  { header: 'N°', least: 8, worth: 2 },
  { header: 'Client', least: 10, worth: 0 },
  { header: 'Couloir' },
  { header: 'Instance', least: 8, worth: 1 },
  { header: 'Sites', align: 'right' },
  { header: 'Tranche' },
  { header: 'TTC', align: 'right' },
  { header: 'Signé le' },
  { header: 'Demandes', least: 10, worth: 1 },
];

function textOf(lines: readonly Line[], scales: Scales): string {
  const width = terminalWidth();
  const rows = lines.map(({ order, band, requests }) => [
    order.number,
    order.client.name,
    `${order.couloir} v${order.wave}`,
    order.instance,
    String(order.sites.length),
    band.status === 'known' ? band.band.band : '?',
    briefEuros(order.amounts.ttc),
    order.signedOn ?? 'non signé',
    requests.map((request) => `${request.kind} ${STATUS_WORDS[requestStatus(request)]}`).join(', '),
  ]);
  const unknown = [...new Set(lines.flatMap(({ band }) => (band.status === 'known' ? [] : [band.reason])))];
  return `${[
    count(lines.length, 'bon de commande', 'bons de commande'),
    ...tableLines(COLUMNS, rows, width),
    ...unknown.flatMap((reason) => wrap(`Tranche inconnue : ${reason}`, width, '  - ')),
    ...scales.versions.flatMap((version) => wrap(`Barème : ${versionText(version)}`, width)),
  ].join('\n')}\n`;
}
