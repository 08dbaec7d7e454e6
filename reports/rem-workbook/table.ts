import { loadColumns } from '#dsr/rem/index.ts';
import type { LayoutName, Rem } from '#dsr/rem/index.ts';
import type { XlsxTable } from '#formats/xlsx/index.ts';
import { complementColumns } from './complement.ts';
import { noticeTable } from './notice.ts';
import { officialColumns, pairsOf, widthOf } from './official.ts';
import { rowsOf } from './rows.ts';
import type { Edition, VendorProgress } from './types.ts';
import { vendorColumns } from './vendor.ts';

/** Sheet of the requirements, named as the ANS names it. */
const SHEET = 'Exigences';

/**
 * A Rem as the sheets of a workbook of an official layout: its columns first, then what the model holds beside them
 * (prefix `Jalon · `), then the vendor's. Read again by `readRem`, it gives the same model.
 *
 * @param progress what the tracker and the command line say of the vendor's work; nothing when absent
 * @param edition said in the notice; absent in what must not change from one day to the next
 * @returns the table of requirements, then the notice
 */
export function toTable(rem: Rem, layout: LayoutName, progress: VendorProgress = {}, edition?: Edition): XlsxTable[] {
  const complement = complementColumns(rem, layout);
  const columns = [...officialColumns(layout), ...complement, ...vendorColumns(rem, progress)];
  const rows = rowsOf(rem, pairsOf(layout)).map((row) => columns.map((column) => column.cell(row)));
  return [
    {
      name: SHEET,
      columns: columns.map(({ header, width, group }) => ({ header, width, group })),
      rows,
      frozenColumns: frozenColumns(layout),
    },
    noticeTable(rem, progress, complement, edition),
  ];
}

/** What may stay in view without hiding the rest, in characters. */
const MAX_FROZEN = 40;

/** The columns up to the number of the requirement, where that leaves room on a screen: wave 1 has it too far. */
function frozenColumns(layout: LayoutName): number {
  const { columns } = loadColumns().layouts[layout];
  const number = columns.findIndex(({ field }) => field === 'requirementId') + 1;
  const width = columns
    .slice(0, number)
    .reduce((sum, { field }) => sum + (field === 'pair' || field === 'pairs' ? MAX_FROZEN : widthOf(field)), 0);
  return width <= MAX_FROZEN ? number : 0;
}
