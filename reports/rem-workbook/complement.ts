import { loadColumns, natureOfStatement } from '#dsr/rem/index.ts';
import type { Field, LayoutName, Rem, Requirement } from '#dsr/rem/index.ts';
import { sectionLabel, valueOf, widthOf } from './official.ts';
import type { SheetColumn } from './official.ts';
import { rowsOf } from './rows.ts';

/**
 * Columns that a layout lacks and without which a requirement of this Rem would lose something: each is written only
 * when one has a value that the reader would not find by itself.
 */
export function complementColumns(rem: Rem, layout: LayoutName): readonly SheetColumn[] {
  const { layouts, complement } = loadColumns();
  const official = new Set<string>(layouts[layout].columns.map((column) => column.field));
  const rows = rowsOf(rem, 1);
  const loses = (field: Field): boolean =>
    !official.has(field) && rows.some((row) => isLost(row.requirement, field, valueOf(row, field)));
  const writesSection = official.has('sectionId') || loses('sectionId');
  return complement.columns
    .filter(({ field }) => loses(field) && (field !== 'sectionDerived' || writesSection))
    .map(({ field, label }) => ({
      header: complement.prefix + label,
      width: widthOf(field),
      group: 'added',
      cell: (row) => valueOf(row, field),
    }));
}

/** Whether the reader would find something else without the column. */
function isLost(requirement: Requirement, field: Field, value: string): boolean {
  switch (field) {
    case 'sectionId':
      // A section that was deduced is deduced again.
      return requirement.sectionDerived !== true && requirement.section !== sectionOfLabel(requirement);
    case 'nature':
      // The embedded catalogue could answer too; a workbook is also read where there is none.
      return requirement.nature !== natureOfStatement(requirement.statement);
    default:
      return value !== '';
  }
}

const sectionOfLabel = (requirement: Requirement): string | undefined =>
  /^([\p{L}/]+)_./u.exec(sectionLabel(requirement))?.[1];
