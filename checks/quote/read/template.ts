import { writeWorkbook } from '#formats/xlsx/index.ts';
import { DOCUMENT_FIELDS, LINE_COLUMNS } from './columns.ts';

/** The workbook to fill in: fields of the document on one sheet, its lines on another, with an example. */
export function quoteTemplate(): Promise<Uint8Array> {
  return writeWorkbook([
    {
      name: 'Lignes',
      columns: LINE_COLUMNS.map(({ title, field }) => ({ header: title, width: field === 'label' ? 60 : 22 })),
      rows: [LINE_COLUMNS.map(({ example }) => example)],
    },
    {
      name: 'Document',
      columns: [
        { header: 'Champ', width: 36 },
        { header: 'Valeur', width: 60 },
      ],
      rows: DOCUMENT_FIELDS.map(({ title, example }) => [title, example]),
    },
  ]);
}
