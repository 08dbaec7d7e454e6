/** What Markdown and HTML would take for something else than a letter. */
const SPECIAL = /[\\`*_{}[\]()<>#+\-.!|~&@:/]/gu;
/** Controls, and characters that would make a value read backwards. */
const UNSEEN = /[^\P{Cc}\n]|[\u200B\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/gu;

/** Text of somebody else in a line of Markdown: it stays text, whatever it holds. @param longest characters */
export function inline(text: string, longest = 400): string {
  const flat = text.toWellFormed().replaceAll(/\s+/gu, ' ').replaceAll(UNSEEN, '').trim();
  const cut = flat.length > longest ? `${flat.slice(0, longest)}…` : flat;
  return cut.replaceAll(SPECIAL, (one) => `&#${one.codePointAt(0)};`);
}

/** A value as it was received or expected; no run of backquotes in it ends it. */
export function code(text: string, longest = 200): string {
  const flat = text.toWellFormed().replaceAll(/\s+/gu, ' ').replaceAll(UNSEEN, '').trim();
  if (flat === '') return '(vide)';
  const cut = flat.length > longest ? `${flat.slice(0, longest)}…` : flat;
  // A pipe ends a cell of a table, even between backquotes.
  return `<code>${cut.replaceAll(SPECIAL, (one) => `&#${one.codePointAt(0)};`)}</code>`;
}

/** A table; cells are Markdown already. */
export function table(titles: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
  return [line(titles), line(titles.map(() => '---')), ...rows.map(line)].join('\n');
}
