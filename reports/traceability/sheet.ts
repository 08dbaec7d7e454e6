import { writeSheet, type SheetFile, type SheetFormat } from '#tracker/api/contract/sheet.ts';
import type { Column } from '#tracker/api/contract/types.ts';
import { CLASSES, SLOT_STATES, VERDICTS } from '../words/index.ts';
import type { TraceRow } from './rows.ts';

export const COLUMNS: readonly Column<TraceRow>[] = [
  { title: 'Chapitre', value: ({ section }) => section },
  { title: 'Exigence', value: ({ requirement }) => requirement },
  { title: 'Intitulé', width: 50, value: ({ title }) => title },
  { title: 'Scénario de conformité', width: 24, value: ({ conformity }) => conformity },
  { title: 'Preuve', width: 24, value: ({ slot }) => slot },
  { title: 'Classe', value: ({ evidenceClass }) => evidenceClass && CLASSES[evidenceClass].label },
  { title: 'État', value: ({ state }) => state && SLOT_STATES[state].label },
  { title: 'Scénario joué', width: 30, value: ({ scenario }) => scenario },
  { title: 'Verdict', value: ({ verdict }) => verdict && VERDICTS[verdict].label },
  { title: 'Pièce', width: 50, value: ({ piece }) => piece },
  { title: 'SHA-256', width: 66, value: ({ sha256 }) => sha256 },
  { title: 'Pourquoi rien', width: 60, value: ({ why }) => why },
];

/** The matrix for a spreadsheet; no cell is ever a formula. */
export function traceSheet(format: SheetFormat, rows: readonly TraceRow[]): Promise<SheetFile> {
  return writeSheet(format, 'tracabilite', COLUMNS, rows);
}
