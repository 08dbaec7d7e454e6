import { escapeCell } from './cell-text.ts';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';

/** Texts of the cells of a workbook, each written once. */
export class SharedTexts {
  readonly #places = new Map<string, number>();
  #uses = 0;

  /** Place of a text in the part. */
  add(text: string): number {
    this.#uses += 1;
    const known = this.#places.get(text);
    if (known !== undefined) return known;
    const place = this.#places.size;
    this.#places.set(text, place);
    return place;
  }

  /** Part `xl/sharedStrings.xml` (ECMA-376 part 1, §18.4.9). */
  part(): string {
    const items = Array.from(this.#places.keys(), (text) => {
      const space = /^\s|\s$|\n/.test(text) ? ' xml:space="preserve"' : '';
      return `<si><t${space}>${escapeMarks(escapeCell(text))}</t></si>`;
    });
    return (
      `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n` +
      `<sst xmlns="${MAIN}" count="${this.#uses}" uniqueCount="${items.length}">${items.join('')}</sst>`
    );
  }
}

const MARKS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Content of an element, nothing more escaped than it must be: `escapeCell` left what XML carries, line ends are LF. */
function escapeMarks(text: string): string {
  return text.replace(/[&<>]/g, (mark) => MARKS[mark] ?? mark);
}
