import { COLUMNS, TEMPLATE_VERSION } from './columns.ts';
import { exampleForm } from './form.ts';

/** A sheet of the template, as `formats/xlsx` writes it. */
export interface TemplateSheet {
  readonly name: string;
  readonly title?: readonly string[];
  readonly columns: readonly { readonly header: string; readonly group?: 'official' | 'added' }[];
  readonly rows: readonly (readonly string[])[];
}

/** The published template as a workbook: the list to fill in, and what each column takes. */
export function templateSheets(): readonly TemplateSheet[] {
  return [
    {
      name: 'Bons de commande',
      columns: COLUMNS.map(({ title, required }) => ({
        header: title,
        group: required === 'toujours' ? 'official' : 'added',
      })),
      rows: [COLUMNS.map(({ example }) => example)],
    },
    {
      name: 'Mode d’emploi',
      title: [
        `Modèle de bons de commande de Jalon, version ${TEMPLATE_VERSION}.`,
        'La ligne EXEMPLE n’est pas importée. L’ordre des colonnes est libre ; les colonnes facultatives peuvent être retirées.',
      ],
      columns: ['Colonne', 'À écrire', 'Obligatoire', 'Nom en JSON', 'Autres titres reconnus'].map((header) => ({
        header,
      })),
      rows: COLUMNS.map(({ title, format, required, name, aliases }) => [
        title,
        format,
        required,
        name,
        aliases.join(', '),
      ]),
    },
  ];
}

/** The template as CSV: semicolon, UTF-8 with its mark, which French spreadsheet programs open without asking. */
export function templateCsv(): string {
  const lines = [COLUMNS.map(({ title }) => title), COLUMNS.map(({ example }) => example)];
  return `\uFEFF${lines.map((cells) => cells.map(csvCell).join(';')).join('\r\n')}\r\n`;
}

/** The template as JSON. */
export function templateJson(): string {
  return `${JSON.stringify({ orders: [exampleForm()] }, null, 2)}\n`;
}

function csvCell(text: string): string {
  return /[";\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
