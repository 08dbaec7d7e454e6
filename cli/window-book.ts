import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { milestone, type Calendar } from '#dsr/calendar/index.ts';
import type { CivilDate } from '#dsr/dates/index.ts';
import { EXIT } from '#tracker/domain/index.ts';
import { settleBook, type Order, type ReferencingDates, type VendorProduct } from '#tracker/orders/index.ts';
import { openTracker } from '#tracker/store/index.ts';
import { bookWindows, type ProductWindow } from '#tracker/window/index.ts';
import type { CliContext } from './context.ts';
import { CliError } from './errors.ts';
import { loadOrders } from './load-orders.ts';

export interface BookOptions {
  /** A list of orders; without it, the book of the working folder. */
  readonly orders?: string | undefined;
  readonly products: readonly VendorProduct[];
  readonly given: ReferencingDates;
  readonly calendar: Calendar;
  readonly today: CivilDate;
  readonly plannedOn?: CivilDate | undefined;
}

/**
 * The windows of a whole book of orders. Rows of a file that are not healthy are left aside, and told on standard error.
 *
 * @throws {CliError} `ORDERS_NONE` when there is no order to judge
 */
export async function windowsOf(context: CliContext, options: BookOptions): Promise<readonly ProductWindow[]> {
  const orders =
    options.orders === undefined ? await keptOrders(context.dataDir) : await fileOrders(context, options.orders);
  const { products, given, calendar, today, plannedOn } = options;
  const advanceEndOf = (couloir: string, wave: string): CivilDate | undefined =>
    milestone(couloir, wave, 'advance-request', { calendar }).milestone?.date;
  return bookWindows({ orders, products, given, advanceEndOf, today, plannedOn });
}

async function fileOrders(context: CliContext, file: string): Promise<readonly Order[]> {
  const reading = await loadOrders(file);
  const { orders, messages } = settleBook(reading.orders);
  const errors = [...reading.messages, ...messages].filter(({ severity }) => severity === 'error').length;
  if (orders.length === 0) {
    throw new CliError(
      'ORDERS_NONE',
      EXIT.usage,
      `« ${file} » ne contient aucun bon de commande lisible.`,
      `« npm run jalon -- orders import --dry-run ${file} » dit ce qui ne va pas, ligne par ligne.`,
    );
  }
  if (errors > 0) {
    context.err(
      `${errors} erreur(s) dans ${file} : les lignes en cause sont laissées de côté, leurs montants ne sont pas comptés. « npm run jalon -- orders import --dry-run ${file} » les détaille.\n`,
    );
  }
  return orders;
}

async function keptOrders(dataDir: string): Promise<readonly Order[]> {
  const dir = resolve(dataDir);
  const none = new CliError(
    'ORDERS_NONE',
    EXIT.usage,
    'Le suivi ne contient aucun bon de commande.',
    'Importez-les (npm run jalon -- orders import FICHIER), donnez une liste avec --orders, ou une seule commande avec --signed.',
  );
  // Opening would make an empty file.
  if (!existsSync(join(dir, 'suivi.sqlite'))) throw none;
  const tracker = await openTracker({ dataDir: dir });
  try {
    const orders = await tracker.orders();
    if (orders.length === 0) throw none;
    return orders;
  } finally {
    await tracker.close();
  }
}
