/** A stretch of text, and how a terminal shows it: parameters of its escape sequence, such as `1;31`. */
export interface Styled {
  readonly text: string;
  readonly style?: string | undefined;
}

const SEGMENTER = new Intl.Segmenter('fr');

/**
 * Cuts one paragraph into lines that hold within a width, between words where that can be, in a word otherwise.
 *
 * @param pieces without line breaks nor control characters
 * @param indent spaces before the lines that follow the first one
 * @param colour whether styles are written as escape sequences, which take no place on the line
 */
export function styledLines(
  pieces: readonly Styled[],
  { width, indent, colour }: { readonly width: number; readonly indent: number; readonly colour: boolean },
): readonly string[] {
  const cells = pieces.flatMap(({ text, style }) =>
    Array.from(SEGMENTER.segment(text), ({ segment }) => ({ segment, style })),
  );
  const lines: string[] = [];
  let start = 0;
  while (start < cells.length) {
    const margin = lines.length === 0 ? 0 : indent;
    const room = Math.max(1, width - margin);
    let end = Math.min(cells.length, start + room);
    if (end < cells.length && cells[end]?.segment !== ' ') {
      let space = end - 1;
      while (space > start && cells[space]?.segment !== ' ') space -= 1;
      // A word longer than the line is cut; the margin of the first line is no word.
      if (cells.slice(start, space).some(({ segment }) => segment !== ' ')) end = space;
    }
    lines.push(`${' '.repeat(margin)}${written(cells.slice(start, end), colour)}`.trimEnd());
    start = end;
    while (cells[start]?.segment === ' ') start += 1;
  }
  return lines.length === 0 ? [''] : lines;
}

function written(cells: readonly { readonly segment: string; readonly style: string | undefined }[], colour: boolean) {
  let line = '';
  let current: string | undefined;
  for (const { segment, style } of cells) {
    if (colour && style !== current) {
      if (current !== undefined) line += '\u001B[0m';
      if (style !== undefined) line += `\u001B[${style}m`;
      current = style;
    }
    line += segment;
  }
  return current === undefined ? line : `${line}\u001B[0m`;
}
