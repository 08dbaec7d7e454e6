import type { Command } from 'commander';
import { dirname, relative, resolve } from 'node:path';
import { sum } from '#dsr/money/index.ts';
import { EXIT } from '#tracker/domain/index.ts';
import {
  prepareRequests,
  regulationOf,
  type Layout,
  type PaymentRequest,
  type RequestKind,
  type Unjudged,
} from '#tracker/asp/index.ts';
import type { Order, OrderMessage } from '#tracker/orders/index.ts';
import { openTracker } from '#tracker/store/index.ts';
import { identifierProblem, loadOrdersToRequest, parseMoment, readPiece } from './asp-inputs.ts';
import { loadLayout } from './asp-layout.ts';
import { requestText, type RefusedRow } from './asp-text.ts';
import { makeFolder, writeWhole } from './asp-write.ts';
import type { Action, CliContext } from './context.ts';
import { takeDataFolder } from './data-folder.ts';
import { CliError } from './errors.ts';
import { requireVendor } from './load-vendor.ts';
import { calendarFrom, calendarOption, scalesFrom, scalesOption } from './official-data.ts';
import { terminalWidth } from './table.ts';

interface RequestOptions {
  readonly orders?: string;
  readonly vendor?: string;
  readonly layout?: string;
  readonly pieces?: string;
  readonly calendar?: string;
  readonly scales?: string;
  readonly at?: Date;
  readonly out: string;
}

type Play = (command: Command, action: Action) => Promise<void>;

/** `jalon asp avance`: files of the requests of advance, 30 % of each signed order. */
export function aspAdvanceCommand(asp: Command, play: Play): void {
  requestCommand(asp, play, 'avance', 'écrit les demandes d’avance (30 %) et leurs zips de pièces');
}

/** `jalon asp solde`: files of the requests of balance, what the advance left. */
export function aspBalanceCommand(asp: Command, play: Play): void {
  requestCommand(asp, play, 'solde', 'écrit les demandes de solde (total moins avance) et leurs zips de pièces');
}

function requestCommand(asp: Command, play: Play, kind: RequestKind, description: string): void {
  const command = asp
    .command(kind)
    .description(description)
    .option('--orders <fichier>', 'bons de commande (.csv, .xlsx, .json) ; le carnet du suivi sans cette option')
    .option('--vendor <fichier>', 'fichier de l’éditeur ; editeur.json du dossier de travail sans cette option')
    .option('--layout <dossier>', 'disposition officielle : schéma et fichier de correspondance')
    .option('--pieces <dossier>', 'dossier des pièces ; celui des bons sans cette option')
    .option('--at <moment>', 'juge à ce moment de Paris (2022-11-29T10:00) plutôt que maintenant', parseMoment)
    .requiredOption('--out <dossier>', 'dossier où écrire les fichiers');
  scalesOption(calendarOption(command)).action((options: RequestOptions, own: Command) =>
    play(own, (context) => request(context, kind, options)),
  );
}

async function request(context: CliContext, kind: RequestKind, options: RequestOptions): Promise<number> {
  const layout = await loadLayout(kind, options.layout);
  const calendar = await calendarFrom(options.calendar);
  const scales = await scalesFrom(options.scales);
  const vendor = await requireVendor(options.vendor, context.dataDir);
  const folder = takeDataFolder(context.dataDir);
  try {
    const tracker = await openTracker({ dataDir: folder.path });
    try {
      const now = options.at ?? context.now();
      const by = `jalon asp ${kind}`;
      const { orders, refused } = await ordersOf(options.orders, () => tracker.orders());
      const base = resolve(options.pieces ?? (options.orders === undefined ? '.' : dirname(options.orders)));
      const out = resolve(options.out);
      makeFolder(out);
      const made: MadeFile[] = [];
      const requests: PaymentRequest[] = [];
      const preparation = prepareRequests(
        {
          kind,
          vendor,
          layout,
          by,
          regulation: regulationOf({ now, calendar, scales, identifierProblem }),
          requests: await tracker.paymentRequests(),
          readPiece: ({ path }, maxBytes) => readPiece(base, path, maxBytes),
        },
        orders,
      );
      for await (const one of preparation) {
        if (!one.ok) {
          refused.push(one.refused);
          continue;
        }
        const { prepared } = one;
        const { json, zip, unjudged } = prepared;
        const { id, requested, order } = prepared.request;
        made.push({
          order,
          id,
          requested,
          json: writeWhole(out, json.name, json.text),
          zip: writeWhole(out, zip.name, zip.content),
          unjudged,
        });
        requests.push(prepared.request);
      }
      // Remembered once the files are there: what is lost in between is made again the same.
      await tracker.putPaymentRequests(requests, { at: now.toISOString(), by });
      context.out(context.json ? jsonText(layout, made, refused) : textOf({ kind, layout, made, refused, options }));
      return refused.length > 0 ? EXIT.product : EXIT.ok;
    } finally {
      await tracker.close();
    }
  } finally {
    folder.release();
  }
}

/** One request as it was written. */
interface MadeFile extends Pick<PaymentRequest, 'id' | 'order' | 'requested'> {
  readonly json: string;
  readonly zip: string;
  readonly unjudged: readonly Unjudged[];
}

interface OrdersToRequest {
  readonly orders: readonly Order[];
  readonly refused: RefusedRow[];
}

async function ordersOf(file: string | undefined, book: () => Promise<readonly Order[]>): Promise<OrdersToRequest> {
  if (file === undefined) {
    const orders = await book();
    if (orders.length > 0) return { orders, refused: [] };
    throw new CliError(
      'ASP_NO_ORDERS',
      EXIT.usage,
      'Le carnet du suivi est vide.',
      'Donnez une liste par --orders, ou importez-la : npm run jalon -- orders import FICHIER.',
    );
  }
  const { orders, messages } = await loadOrdersToRequest(file);
  const healthy = new Set(orders.map(({ row }) => row));
  const faults = messages.filter(({ severity, row }) => severity === 'error' && !healthy.has(row));
  return { orders: orders.map(({ order }) => order), refused: refusedRows(faults) };
}

/** A row that could not be read as an order: each fault is a reason, at its place in the file. */
function refusedRows(faults: readonly OrderMessage[]): RefusedRow[] {
  const byRow = Map.groupBy(faults, ({ row }) => row);
  return [...byRow].map(([row, messages]) => {
    const order =
      messages.find((message) => message.order !== undefined)?.order ?? (row === 0 ? 'liste' : `ligne ${row}`);
    return {
      order,
      reasons: messages.map(({ code, column, header, message, remedy }) => ({
        code,
        order,
        where: [row === 0 ? '' : `ligne ${row}`, column, header].filter((part) => part !== '').join(', '),
        what: message,
        remedy,
        source: 'lecture de la liste',
      })),
    };
  });
}

function jsonText(layout: Layout, made: readonly MadeFile[], refused: readonly RefusedRow[]): string {
  const { name, version, proposed } = layout;
  return `${JSON.stringify({
    files: made.map(({ json }) => json),
    draft: proposed,
    refused,
    zips: made.map(({ zip }) => zip),
    requests: made.map(({ requested, ...rest }) => ({ ...rest, requestedCents: requested })),
    layout: { name, version, proposed },
  })}\n`;
}

function textOf(given: {
  readonly kind: RequestKind;
  readonly layout: Layout;
  readonly made: readonly MadeFile[];
  readonly refused: readonly RefusedRow[];
  readonly options: RequestOptions;
}): string {
  const { kind, layout, made, refused, options } = given;
  return requestText(
    {
      kind,
      layout,
      files: made.map(({ json }) => relative(process.cwd(), json) || json),
      total: sum(made.map(({ requested }) => requested)),
      unjudged: new Set(made.flatMap(({ unjudged }) => unjudged)),
      refused,
      out: options.out,
    },
    terminalWidth(),
  );
}
