import type { Rem } from '#dsr/rem/index.ts';
import type { RunRecord, SlotStatus } from '#tracker/types.ts';

/** Everything a report is made from: nothing is read from disk, so that the same input gives the same bytes. */
export interface ReportInput {
  readonly run: RunRecord;
  readonly rem: Rem;
  /** State of every slot in the campaign once this run was recorded; a slot that is absent is `vide`. */
  readonly statuses: readonly SlotStatus[];
}
