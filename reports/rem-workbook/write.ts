import type { LayoutName, Rem } from '#dsr/rem/index.ts';
import { writeWhole } from '#evidence/index.ts';
import { writeWorkbook } from '#formats/xlsx/index.ts';
import { complementColumns } from './complement.ts';
import { toTable } from './table.ts';
import type { Edition, VendorProgress } from './types.ts';

export interface WrittenWorkbook {
  readonly rows: number;
  /** Headers of the complement columns. */
  readonly complement: readonly string[];
}

/**
 * Writes a Rem as a workbook of an official layout, under a temporary name then renamed.
 *
 * @throws system errors when the file cannot be written; whether it may be replaced is the caller's to ask
 */
export async function writeRemWorkbook(
  file: string,
  rem: Rem,
  layout: LayoutName,
  progress: VendorProgress = {},
  edition?: Edition,
): Promise<WrittenWorkbook> {
  const tables = toTable(rem, layout, progress, edition);
  await writeWhole(file, await writeWorkbook(tables));
  return {
    rows: tables[0]?.rows.length ?? 0,
    complement: complementColumns(rem, layout).map((column) => column.header),
  };
}
