import { html, type Html, type Insertable } from '../html/index.ts';

/** A text longer than this is folded: one cell of a table must not fill the page. */
const SHOWN = 280;
/** Longest text that the page holds; a cell of a workbook may hold a book. */
const LONGEST = 8_000;

/** A text of the workbook as a cell shows it: its beginning, and the rest when the reader asks for it. */
export function bounded(text: string): Insertable {
  if (text.length <= SHOWN) return text;
  const whole = text.length > LONGEST ? `${text.slice(0, LONGEST).toWellFormed()}…` : text;
  return html`${beginning(text)}
    <details class="more">
      <summary>Texte entier</summary>
      <span class="block text">${whole}</span>
    </details>`;
}

function beginning(text: string): Html {
  const cut = text.slice(0, SHOWN - 1).toWellFormed();
  const space = cut.lastIndexOf(' ');
  return html`${space > SHOWN / 2 ? cut.slice(0, space) : cut}…`;
}
