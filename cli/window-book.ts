import { resolve } from 'node:path';
import { milestone, type Calendar } from '#dsr/calendar/index.ts';
import type { CivilDate } from '#dsr/dates/index.ts';
import { EXIT } from '#tracker/domain/index.ts';
import { settleBook, type Order, type ReferencingDates, type VendorProduct } from '#tracker/orders/index.ts';
import { bookWindows, type ProductWindow } from '#tracker/window/index.ts';
import type { CliContext } from './context.ts';
import { CliError } from './errors.ts';
import { loadOrders } from './load-orders.ts';
import { loadVendor } from './load-vendor.ts';
import { hasTracker, openTrackerOf } from './tracker.ts';

/** Where the orders and the dates of their products are. */
export interface BookSource {
  /** A list of orders; without it, the book of the working folder. */
  readonly orders?: string;
  /** The vendor's file; without it, the one of the working folder. */
  readonly vendor?: string;
}

export interface Book {
  /** May be empty. */
  readonly orders: readonly Order[];
  /** Products of the vendor; empty without his file. */
  readonly products: readonly VendorProduct[];
}

/**
 * Orders and products. Rows of a file that are not healthy are left aside, and told on standard error.
 *
 * @throws {CliError} when a file cannot be read, or holds no healthy order
 */
export async function loadBook(context: CliContext, source: BookSource): Promise<Book> {
  const vendor = await loadVendor(source.vendor, context.dataDir);
  const orders =
    source.orders === undefined ? await keptOrders(context.dataDir) : await fileOrders(context, source.orders);
  return { orders, products: vendor?.products ?? [] };
}

/** What to say when a command has no order to work on. */
export function noOrders(): CliError {
  return new CliError(
    'ORDERS_NONE',
    EXIT.usage,
    'Le suivi ne contient aucun bon de commande.',
    'Importez-les (npm run jalon -- orders import FICHIER), ou donnez une liste avec --orders ; « orders window --signed » juge une seule commande.',
  );
}

export interface WindowsOptions {
  readonly given: ReferencingDates;
  readonly calendar: Calendar;
  readonly today: CivilDate;
  readonly plannedOn?: CivilDate | undefined;
}

/** The windows of a whole book; the official calendar says the end of the advance where nobody else does. */
export function windowsOf(book: Book, { given, calendar, today, plannedOn }: WindowsOptions): readonly ProductWindow[] {
  const advanceEndOf = (couloir: string, wave: string): CivilDate | undefined =>
    milestone(couloir, wave, 'advance-request', { calendar }).milestone?.date;
  return bookWindows({ ...book, given, advanceEndOf, today, plannedOn });
}

/**
 * Sums of dates of the user's files.
 *
 * @throws {CliError} `DATE_RANGE` when one of them leaves the calendar: a year was mistyped
 */
export function withinCalendar<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new CliError(
      'DATE_RANGE',
      EXIT.usage,
      `Une date du carnet ou de l’éditeur sort du calendrier (${error.message}).`,
      'Corrigez l’année de cette date.',
      { cause: error },
    );
  }
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
  // Opening would make an empty file.
  if (!hasTracker(dir)) return [];
  const tracker = await openTrackerOf(dir);
  try {
    return await tracker.orders();
  } finally {
    await tracker.close();
  }
}
