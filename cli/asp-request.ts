import type { Command } from 'commander';
import { dirname, relative, resolve } from 'node:path';
import { sum } from '#dsr/money/index.ts';
import { EXIT } from '#tracker/domain/index.ts';
import {
  prepareRequests,
  regulationOf,
  type Layout,
  type Prepared,
  type PreparedRequest,
  type RequestKind,
} from '#tracker/asp/index.ts';
import { identifierProblem, pieceReader } from './asp-inputs.ts';
import { loadLayout } from './asp-layout.ts';
import { parseMoment, type Moment } from './asp-moments.ts';
import { ordersToRequest, type OrdersToRequest } from './asp-orders.ts';
import { requestText, type RefusedRow, type UnjudgedOrder } from './asp-text.ts';
import { Batch } from './asp-write.ts';
import type { Action, CliContext } from './context.ts';
import { takeDataFolder } from './data-folder.ts';
import { editionsDocument, type Editions } from './editions.ts';
import { requireVendor } from './load-vendor.ts';
import { calendarFrom, calendarOption, scalesFrom, scalesOption } from './official-data.ts';
import { terminalWidth } from './table.ts';
import { openTrackerOf } from './tracker.ts';

interface RequestOptions {
  readonly orders?: string;
  readonly vendor?: string;
  readonly layout?: string;
  readonly pieces?: string;
  readonly calendar?: string;
  readonly scales?: string;
  readonly at?: Moment;
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
    const tracker = await openTrackerOf(folder.path);
    try {
      const now = options.at?.at ?? context.now();
      const by = `jalon asp ${kind}`;
      const read = await ordersToRequest(options.orders, () => tracker.orders());
      const base = resolve(options.pieces ?? (options.orders === undefined ? '.' : dirname(options.orders)));
      const readPiece = pieceReader(base);
      const requests = await tracker.paymentRequests();
      const preparation = prepareRequests(
        {
          kind,
          vendor,
          layout,
          by,
          requests,
          faulty: read.faulty,
          regulation: regulationOf({ now, calendar, scales, identifierProblem }),
          readPiece: ({ path }, maxBytes) => readPiece(path, maxBytes),
        },
        read.orders,
      );
      const { made, refused } = await written(preparation, read, new Batch(options.out));
      // Remembered once the files are there: what is lost in between is made again the same.
      await tracker.putPaymentRequests(
        made.map(({ request }) => request),
        { at: now.toISOString(), by },
      );
      const told: Told = { kind, layout, made, refused, options, editions: { calendar, scales } };
      context.out(context.json ? jsonText(told) : textOf(told));
      return refused.length > 0 ? EXIT.product : EXIT.ok;
    } finally {
      await tracker.close();
    }
  } finally {
    folder.release();
  }
}

/** One request as it was written. */
interface Made extends Pick<PreparedRequest, 'request' | 'unjudged' | 'notes'> {
  readonly json: string;
  readonly zip: string;
}

interface Written {
  readonly made: readonly Made[];
  readonly refused: readonly RefusedRow[];
}

/** Writes what could be prepared, all of it or nothing; gathers what was refused. */
async function written(preparation: AsyncIterable<Prepared>, read: OrdersToRequest, batch: Batch): Promise<Written> {
  const made: Made[] = [];
  const refused = [...read.refused];
  try {
    for await (const one of preparation) {
      if (!one.ok) {
        refused.push(read.completed(one.given, one.refused));
        continue;
      }
      const { json, zip, request, unjudged, notes } = one.prepared;
      made.push({
        request,
        unjudged,
        notes,
        json: batch.add(json.name, json.text),
        zip: batch.add(zip.name, zip.content),
      });
    }
    batch.commit();
  } finally {
    batch.discard();
  }
  return { made, refused };
}

interface Told {
  readonly kind: RequestKind;
  readonly layout: Layout;
  readonly made: readonly Made[];
  readonly refused: readonly RefusedRow[];
  readonly options: RequestOptions;
  readonly editions: Editions;
}

function jsonText({ layout, made, refused, editions }: Told): string {
  const { name, version, proposed } = layout;
  return `${JSON.stringify({
    files: made.map(({ json }) => json),
    draft: proposed,
    refused,
    zips: made.map(({ zip }) => zip),
    requests: made.map(({ request: { order, id, requested }, json, zip, unjudged }) => ({
      order,
      id,
      json,
      zip,
      unjudged,
      requestedCents: requested,
    })),
    warnings: made.flatMap(({ request: { order }, notes }) => notes.map((note) => ({ order, ...note }))),
    layout: { name, version, proposed },
    ...editionsDocument(editions),
  })}\n`;
}

function textOf({ kind, layout, made, refused, options, editions }: Told): string {
  return requestText(
    {
      kind,
      layout,
      files: made.map(({ json }) => relative(process.cwd(), json) || json),
      total: sum(made.map(({ request }) => request.requested)),
      ours: options.layout === undefined,
      editions,
      unjudged: made.flatMap(({ unjudged, request: { order, couloir = '', wave = '' } }) =>
        unjudged.map((what): UnjudgedOrder => ({ what, order, couloir, wave })),
      ),
      notes: made.flatMap(({ request: { order }, notes }) => notes.map((note) => ({ order, ...note }))),
      refused,
      out: options.out,
    },
    terminalWidth(),
  );
}
