/** Of a line of the one font of `styles.xml`, in points. */
const LINE = 15;
/** The highest that spreadsheet programs take. */
const MAX_HEIGHT = 409;

/**
 * Height of a row in which every text is wrapped, in points: without it, LibreOffice shows one line of each. It is an
 * estimate, letters being narrower than the digits in which widths are given, words longer than nothing.
 *
 * @param widths of the columns, in characters
 */
export function rowHeight(texts: readonly string[], widths: readonly number[]): number {
  let lines = 1;
  for (const [at, text] of texts.entries()) lines = Math.max(lines, linesOf(text, widths[at] ?? Infinity));
  return Math.min(MAX_HEIGHT, lines * LINE);
}

/** How many lines a text takes in a column, its words kept whole where they fit. */
function linesOf(text: string, width: number): number {
  let count = 0;
  for (const line of text.split('\n')) {
    count += line.length <= width ? 1 : wrapped(line, width);
    if (count * LINE > MAX_HEIGHT) return count;
  }
  return count;
}

function wrapped(line: string, width: number): number {
  let count = 1;
  let used = 0;
  for (const word of line.split(/(?<=[\s-])/)) {
    const shown = word.trimEnd().length;
    if (used > 0 && used + shown > width) {
      count += 1;
      used = 0;
    }
    count += Math.max(0, Math.ceil(shown / width) - 1);
    used = shown > width ? shown % width : used + word.length;
  }
  return count;
}
