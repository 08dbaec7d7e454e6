import type { Category, Rem, Wave } from '#dsr/rem/index.ts';
import type { Outcome } from '../domain/index.ts';
import type { OrdersReading } from '../orders/index.ts';
import type { RunRecord } from '../types.ts';

/** A zip of the folder of a run. */
export const RUN_ARCHIVE_TYPE = 'application/zip';

/** A run that a program brings: what was judged, its list of requirements, and the files of its pieces. */
export interface BroughtRun {
  readonly run: RunRecord;
  readonly rem: Rem;
  /** Puts the files in a new folder of the working folder. @returns its absolute path */
  readonly unpack: () => Promise<string>;
  /** Takes them away again, when nothing was recorded. */
  readonly discard: () => Promise<void>;
}

/** Files that people and programs send, read by rooms that the tracker may not import: given by who starts the server. */
export interface Readers {
  /** A list of orders: CSV, workbook or JSON. */
  orders(bytes: Uint8Array): Promise<Outcome<OrdersReading>>;
  /** A workbook of requirements; the embedded catalogue without bytes. */
  rem(bytes: Uint8Array | undefined, category: Category, wave: Wave): Promise<Outcome<Rem>>;
  /** A zip of the folder of a run. */
  run(bytes: Uint8Array): Promise<Outcome<BroughtRun>>;
}
