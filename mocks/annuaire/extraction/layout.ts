import layout from '../data/extraction-layout.json' with { type: 'json' };

/** One file of the public extraction. Titles and order come from the data file; nothing here follows positions. */
export interface ExtractionLayout {
  /** Name of the zip, `{stamp}` standing for its date. */
  readonly archive: string;
  readonly file: string;
  /** A column without `field` is empty. */
  readonly columns: readonly { readonly title: string; readonly field?: string }[];
}

/** How the extraction is written. None of it is confirmed by a public document (protocols.md §6): it can be given. */
export interface ExtractionFormat {
  readonly separator: string;
  /** Whether each field is between double quotes. */
  readonly quoted: boolean;
  /** Whether a separator follows the last field. */
  readonly endsWithSeparator: boolean;
  readonly personneActivite: ExtractionLayout;
  readonly correspondanceMssante: ExtractionLayout;
}

/** Format used unless another is given (`data/extraction-layout.json`). */
export const EXTRACTION_FORMAT: ExtractionFormat = layout;

/** `AAAAMMJJhhmm`, Paris time, as the names of the public files carry it. */
export function stampOf(date: Date): string {
  const parts = new Intl.DateTimeFormat('fr-FR', {
    timeZone: 'Europe/Paris',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(date);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
  return ['year', 'month', 'day', 'hour', 'minute'].map(part).join('');
}
