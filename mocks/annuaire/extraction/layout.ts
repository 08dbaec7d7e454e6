import layout from '../data/extraction-layout.json' with { type: 'json' };

/** One file of the public extraction. Titles and order come from the data file; nothing here follows positions. */
export interface ExtractionLayout {
  readonly archive: string;
  readonly file: string;
  readonly columns: readonly { readonly title: string; readonly field?: string }[];
}

export const SEPARATOR: string = layout.separator;
export const PERSONNE_ACTIVITE: ExtractionLayout = layout.personneActivite;
export const CORRESPONDANCE_MSSANTE: ExtractionLayout = layout.correspondanceMssante;

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
