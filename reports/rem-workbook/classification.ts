import { loadColumns, slotsOf } from '#dsr/rem/index.ts';
import type { ColumnsData, Rem } from '#dsr/rem/index.ts';
import { askedFor, CLASSES } from '../words/index.ts';
import type { SheetRow } from './rows.ts';

/** The vendor's columns that a Rem needs: that of the user's classifications is written only when there is one. */
export function vendorSpecs(rem: Rem): ColumnsData['vendor']['columns'] {
  const isOverruled = slotsOf(rem.requirements).some(({ slot }) => slot.classifiedBy === 'user');
  return loadColumns().vendor.columns.filter(({ field }) => isOverruled || field !== 'classification');
}

/** One line per proof that the user classified: `n° : nature · class (reason)`. */
export function classificationOf(row: SheetRow): string {
  if (row.obsolete) return '';
  return row.proofs
    .filter(({ classifiedBy }) => classifiedBy === 'user')
    .map(({ id, rawId, kinds, alternatives, evidenceClass, classifiedReason = '' }) => {
      const said = `${askedFor(kinds, alternatives)} · ${CLASSES[evidenceClass].label.toLowerCase()}`;
      return `${rawId || id} : ${said}${classifiedReason === '' ? '' : ` (${classifiedReason})`}`;
    })
    .join('\n');
}
