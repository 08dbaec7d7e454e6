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
 * and a text that looks like an escape already.
 */
export function escapeCell(text: string): string {
  return text.replace(/_(?=x[\dA-Fa-f]{4})/g, '_x005F_').replace(/(?![\t\n])\p{Cc}|[\uFFFE\uFFFF]/gu, (character) => {
    const code = character.charCodeAt(0);
    // From U+007F on, controls are characters of XML.
    return code > 0x1f && code < 0xff_fe ? character : escapeUnit(code);
  });
}

/** Reverse of `escapeCell`, for any producer. */
export function unescapeCell(written: string): string {
  if (!written.includes('_x')) return written;
  return written.replace(/_x([\dA-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function escapeUnit(code: number): string {
  return `_x${code.toString(16).toUpperCase().padStart(4, '0')}_`;
}
