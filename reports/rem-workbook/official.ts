import { isObsolete, loadColumns } from '#dsr/rem/index.ts';
import type { Field, LayoutName, Requirement } from '#dsr/rem/index.ts';
import type { SheetRow } from './rows.ts';

/** One column to write: its header, its width and what each row has in it. */
export interface SheetColumn {
  readonly header: string;
  readonly width: number;
  readonly group: 'official' | 'added';
  readonly cell: (row: SheetRow) => string;
}

/** In characters, as a spreadsheet counts them. */
const WIDTHS: Readonly<Partial<Record<Field, number>>> = {
  statement: 70,
  scenario: 60,
  comment: 40,
  verificationPoints: 40,
  internalNote: 30,
  function: 28,
  block: 24,
  section: 24,
  profile: 22,
  vendorComment: 40,
  whyNot: 36,
};
const USUAL_WIDTH = 16;
const PROOF_WIDTH = 45;

export const widthOf = (field: Field): number => WIDTHS[field] ?? USUAL_WIDTH;

/** How many proofs a row of the layout holds. */
export function pairsOf(layout: LayoutName): number {
  const { layouts, pairs } = loadColumns();
  return layouts[layout].columns.some((column) => column.field === 'pair') ? 1 : pairs;
}

/** The columns of a layout, in its order. */
export function officialColumns(layout: LayoutName): readonly SheetColumn[] {
  const count = pairsOf(layout);
  return loadColumns().layouts[layout].columns.flatMap(({ field, label }): readonly SheetColumn[] => {
    if (field === 'pair') return pair(0, '');
    if (field === 'pairs') return Array.from({ length: count }, (_, rank) => pair(rank, ` ${rank + 1}`)).flat();
    return [{ header: label, width: widthOf(field), group: 'official', cell: (row) => valueOf(row, field) }];
  });
}

function pair(rank: number, suffix: string): readonly SheetColumn[] {
  return [
    {
      header: `N° preuve${suffix}`,
      width: USUAL_WIDTH,
      group: 'official',
      cell: (row) => row.proofs[rank]?.rawId ?? '',
    },
    { header: `Preuve${suffix}`, width: PROOF_WIDTH, group: 'official', cell: (row) => row.proofs[rank]?.text ?? '' },
  ];
}

/** What the model holds for a column of the REM, as a cell holds it: the reader gives the same model back. */
export function valueOf(row: SheetRow, field: Field): string {
  const { requirement, scenario } = row;
  switch (field) {
    case 'profile':
    case 'block':
    case 'function':
    case 'statement':
      return requirement[field];
    case 'sectionId':
      return requirement.section;
    case 'sectionDerived':
      return requirement.sectionDerived === true ? 'oui' : '';
    case 'section':
      return sectionLabel(requirement);
    case 'nature':
      return requirement.nature === 'DOIT' ? 'EXIGENCE' : 'PRECONISATION';
    case 'requirementId':
      return requirement.rawId || requirement.id;
    case 'scenarioId':
      return row.scenarioNumber;
    case 'scenario':
      return scenario?.text ?? '';
    case 'previousId':
      return requirement.previousIds.join('; ');
    case 'testCaseRef':
    case 'verificationPoints':
      return scenario?.notes?.[field] ?? '';
    case 'publicationStatus':
      return statusOf(row);
    case 'applicable':
    case 'whyNot':
    case 'carriedBy':
    case 'conform':
    case 'vendorComment':
      return requirement.vendor?.[field] ?? '';
    default:
      return requirement.notes?.[field] ?? '';
  }
}

/** What is not marked obsolete in the cell would come back as due. */
function statusOf({ requirement, obsolete }: SheetRow): string {
  const status = requirement.notes?.publicationStatus ?? '';
  return obsolete && !isObsolete(status) ? 'Obsolète' : status;
}

/** A title that looks like `ID_label`, or starts with a space, only comes back whole behind an id. */
export function sectionLabel({ section, sectionTitle }: Requirement): string {
  if (!/^[\p{L}/]+_./u.test(sectionTitle) && sectionTitle === sectionTitle.trim()) return sectionTitle;
  return `${/^[\p{L}/]+$/u.test(section) ? section : 'SECTION'}_${sectionTitle}`;
}
