import type { Damage } from '../situations.ts';
import type { ExtractionLayout } from './layout.ts';

/** The page that a proxy shows instead of the file, with a 200. */
export const HTML_PAGE =
  '<!DOCTYPE html><html lang="fr"><head><title>Maintenance</title></head><body><h1>Le service est momentanément indisponible.</h1></body></html>';

/** One line in so many is damaged. */
const EVERY = 100;

/** A layout whose columns are not the expected ones: the identifiers under another title, or every column elsewhere. */
export function damagedLayout(layout: ExtractionLayout, damage: Damage | undefined): ExtractionLayout {
  const { columns } = layout;
  if (damage === 'extraction-colonnes-deplacees') return { ...layout, columns: columns.toReversed() };
  if (damage !== 'extraction-colonne-fausse') return layout;
  const renamed = columns.map((one) =>
    one.field === 'rpps' || one.field === 'nationalId' ? { ...one, title: `${one.title} (ancien)` } : one,
  );
  return { ...layout, columns: renamed };
}

/** Lines of which one in a hundred is cut in its middle: no identifier after it, too few fields. */
export function* damagedLines(lines: Iterable<string>): Generator<string> {
  let number = 0;
  for (const line of lines) {
    yield number > 0 && number % EVERY === 0 ? `${line.slice(0, 3)}\n` : line;
    number += 1;
  }
}
