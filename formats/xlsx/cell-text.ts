/** What a spreadsheet program holds in one cell, in UTF-16 units. */
export const MAX_CELL_TEXT = 32_767;

/** Ends a text that was cut, so that nobody takes it for whole. */
export const CUT_MARK = '… [texte coupé]';

/**
 * Text that a cell of a written workbook gives back when it is read: lone surrogates, which are no characters, become
 * U+FFFD, and a text too long for a cell is cut and marked. Everything else stays.
 */
export function fitCell(text: string): { readonly text: string; readonly cut: boolean } {
  const whole = text.toWellFormed();
  if (whole.length <= MAX_CELL_TEXT) return { text: whole, cut: false };
  return { text: `${cutText(whole, MAX_CELL_TEXT - CUT_MARK.length)}${CUT_MARK}`, cut: true };
}

/** Beginning of a text, never ending on half a character. */
export function cutText(text: string, units: number): string {
  if (text.length <= units) return text;
  const last = text.charCodeAt(units - 1);
  return text.slice(0, last >= 0xd8_00 && last <= 0xdb_ff ? units - 1 : units);
}

/**
 * Writes what XML cannot carry, or would change, the way spreadsheet programs do: `_xHHHH_` (ECMA-376 part 1, §22.9.2.19).
 * So are written control characters (the carriage return too, which XML parsers turn into a line feed), U+FFFE, U+FFFF
 * and a text that looks like an escape already. What XML carries and the workbook writer would lose is marked for `unmark`.
 */
export function escapeCell(text: string): string {
  // The writer looks texts up in a plain object: the names that every object has would be found there.
  const start = text in Object.prototype ? units(text.charAt(0), mark) : '';
  const escaped = text
    .slice(start === '' ? 0 : 1)
    .replace(/_(?=x[\dA-Fa-f]{4})/g, '_x005F_')
    .replace(/(?![\t\n])\p{Cc}|\p{Noncharacter_Code_Point}|\uFFFD/gu, (character) =>
      units(character, carriedByXml(character) ? mark : escapeUnit),
    );
  return `${start}${escaped}`;
}

/** Puts the marked characters in their place, in the part that the writer made. An escape never holds a mark. */
export function unmark(part: string): string {
  return part.replace(/_x[\dA-F]{4}_|_x005f_([\da-f]{4})_/g, (escape, hex: string | undefined) =>
    hex === undefined ? escape : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/** Reverse of `escapeCell`, for any producer. */
export function unescapeCell(written: string): string {
  if (!written.includes('_x')) return written;
  return written.replace(/_x([\dA-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** Of the characters that are escaped or marked, those of XML 1.0 (§2.2). */
function carriedByXml(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return code > 0x1f && code !== 0xff_fe && code !== 0xff_ff;
}

function units(characters: string, write: (code: number) => string): string {
  return Array.from({ length: characters.length }, (_, at) => write(characters.charCodeAt(at))).join('');
}

function escapeUnit(code: number): string {
  return `_x${code.toString(16).toUpperCase().padStart(4, '0')}_`;
}

/** In lower case, as no escape of ours is. */
function mark(code: number): string {
  return `_x005f_${code.toString(16).padStart(4, '0')}_`;
}
