import type { Damage } from '../situations.ts';
import type { ExtractionFormat } from './layout.ts';

/** How the extraction of this bench is, from its start; what is absent is as usual. A situation goes before it. */
export interface ExtractionSettings extends Partial<ExtractionFormat> {
  /** Days since the file was made: its name, its Last-Modified and the dates in its archive say so. 0 when absent. */
  readonly ageDays?: number;
  /** What is wrong with every file; nothing when absent. */
  readonly damage?: Damage;
}
