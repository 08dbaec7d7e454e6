import { readFile, stat } from 'node:fs/promises';
import { readFiness, readRpps, readSiret } from '#formats/identifiers/index.ts';
import { readTables, readText, type TableFault, type TableNote } from '#formats/table/index.ts';
import { EXIT } from '#tracker/domain/index.ts';
import {
  readOrderJson,
  readOrderTables,
  type IdentifierReader,
  type OrderMessage,
  type OrdersReading,
} from '#tracker/orders/index.ts';
import { CliError } from './errors.ts';

/** Ten thousand orders are a few megabytes. */
const MAX_BYTES = 64 * 1024 * 1024;

/** Reads the identifiers of clients and sites by their keys. */
export const readIdentifier: IdentifierReader = (kind, text) => {
  const read = { siret: readSiret, finess: readFiness, rpps: readRpps }[kind];
  return read(text);
};

/**
 * The orders of a file of the user: CSV, workbook or JSON, by what it holds and not by its name. Each row is judged by
 * itself; `settleBook` of `tracker/orders` then puts them together.
 *
 * @throws {CliError} `ORDERS_UNREADABLE` with the fault's own code when the file as a whole cannot be read; system errors
 * when it cannot be had
 */
export async function loadOrders(file: string): Promise<OrdersReading> {
  return readOrders(file, await bytesOf(file));
}

/**
 * The same, of bytes that were sent.
 *
 * @param file named in messages
 */
export async function readOrders(file: string, bytes: Uint8Array): Promise<OrdersReading> {
  if (looksLikeJson(bytes)) return jsonOrders(file, bytes);
  const reading = await readTables(bytes);
  if (!reading.ok) throw unreadable(file, reading.fault);
  const { messages, ...rest } = readOrderTables(reading.tables, readIdentifier);
  return { ...rest, messages: [...reading.notes.map(noteMessage), ...messages] };
}

/** Asked before anything is read: a pipe or a device may never end, and a huge file would fill the memory. */
async function bytesOf(file: string): Promise<Uint8Array> {
  const found = await stat(file);
  const refuse = (why: string): never => {
    throw new CliError(
      'ORDERS_UNREADABLE',
      EXIT.usage,
      `« ${file} » ${why}`,
      'Donnez une liste de bons de commande : .csv, .xlsx ou .json.',
    );
  };
  // A folder is left to the reading, whose error names it.
  if (!found.isFile() && !found.isDirectory()) refuse('n’est pas un fichier ordinaire (tube, périphérique ou prise).');
  if (found.size > MAX_BYTES)
    refuse(`pèse ${Math.round(found.size / 1024 / 1024)} Mio : ce n’est pas une liste de bons.`);
  return readFile(file);
}

/** By the first character that is no blank: a header never begins with a bracket. */
function looksLikeJson(bytes: Uint8Array): boolean {
  const head = new TextDecoder().decode(bytes.subarray(0, 1024)).trimStart();
  return head.startsWith('[') || head.startsWith('{');
}

function jsonOrders(file: string, bytes: Uint8Array): OrdersReading {
  const reading = readText(bytes);
  if (!reading.ok) throw unreadable(file, reading.fault);
  let value: unknown;
  try {
    value = JSON.parse(reading.text);
  } catch (cause) {
    throw new CliError(
      'ORDERS_JSON',
      EXIT.usage,
      `« ${file} » n’est pas un document JSON lisible : ${(cause as Error).message}.`,
      'Corrigez-le à cet endroit, ou partez du modèle : npm run jalon -- orders template --out bons.json.',
      { cause },
    );
  }
  const { messages, ...rest } = readOrderJson(value, readIdentifier);
  return { ...rest, messages: [...reading.notes.map(noteMessage), ...messages] };
}

function unreadable(file: string, { code, message, remedy }: TableFault): CliError {
  return new CliError(code, EXIT.usage, `« ${file} » ne se lit pas : ${message}`, remedy);
}

function noteMessage({ message }: TableNote): OrderMessage {
  return {
    code: 'ORDERS_NOTE',
    severity: 'info',
    row: 0,
    column: '',
    header: '',
    value: '',
    message,
    remedy: 'Rien à faire si le texte se lit bien.',
  };
}
