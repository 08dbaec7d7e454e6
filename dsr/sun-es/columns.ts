import { finessKey } from '#formats/identifiers/index.ts';
import { loadSunesFigures } from './load.ts';
import type { SunesFigures } from './types.ts';

export type SunesColumn =
  | 'finess'
  | 'name'
  | 'activity'
  | 'prerequisites'
  | 'window'
  | 'indicator'
  | 'produced'
  | 'sent'
  | 'received';

export interface ColumnData {
  readonly column: SunesColumn;
  /** As the template writes it. */
  readonly header: string;
  readonly required: boolean;
  /** French: what to write. */
  readonly format: string;
  /** Other headers that are understood. */
  readonly alias: readonly string[];
}

/** Columns of the counts, in the order of the template. */
export const SUNES_COLUMNS: readonly ColumnData[] = [
  {
    column: 'finess',
    header: 'FINESS',
    required: true,
    format: 'les 9 caractères du FINESS PMSI',
    alias: ['finess pmsi'],
  },
  { column: 'name', header: 'Établissement', required: false, format: 'le nom de l’établissement', alias: ['nom'] },
  {
    column: 'activity',
    header: 'Activité combinée 2019',
    required: false,
    format: 'un nombre, deux décimales au plus',
    alias: ['activite', 'activite 2019'],
  },
  {
    column: 'prerequisites',
    header: 'Prérequis validés',
    required: false,
    format: 'le nombre de prérequis validés',
    alias: ['prerequis'],
  },
  { column: 'window', header: 'Fenêtre', required: true, format: 'une fenêtre', alias: ['semestre'] },
  { column: 'indicator', header: 'Indicateur', required: true, format: 'un indicateur', alias: [] },
  {
    column: 'produced',
    header: 'Produits',
    required: true,
    format: 'le nombre de documents produits, en chiffres',
    alias: ['denominateur', 'documents produits'],
  },
  {
    column: 'sent',
    header: 'Transmis',
    required: true,
    format: 'le nombre de documents transmis, en chiffres',
    alias: ['numerateur', 'documents transmis'],
  },
  {
    column: 'received',
    header: 'Reçus',
    required: false,
    format: 'le nombre de documents reçus (contrôle national), en chiffres',
    alias: ['documents recus', 'controle national'],
  },
];

/** Text as it is compared: without case, accents nor what separates words. */
export function folded(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/gu, ' ')
    .trim();
}

/**
 * A list of counts to fill in, as a French spreadsheet program opens it: semicolons, UTF-8 with its mark. Its lines are
 * about an establishment that cannot exist (department 99) and compute as they are.
 */
export function sunesTemplate({ windows, indicators }: SunesFigures = loadSunesFigures()): string {
  const finess = `99000000${finessKey('99000000') ?? ''}`;
  const rows = indicators.map(({ id }) => [
    finess,
    'Établissement d’exemple',
    '15000',
    '6',
    windows[0]?.id ?? '',
    id,
    '1000',
    '500',
    '',
  ]);
  return `\uFEFF${[SUNES_COLUMNS.map(({ header }) => header), ...rows].map((row) => row.join(';')).join('\r\n')}\r\n`;
}
