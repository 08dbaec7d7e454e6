import { parseValue, skipBlank } from './values.ts';
import type { PdfValue } from './values.ts';

/** What a content stream calls by name. */
export interface ContentCalls {
  /** Names of fonts in which it shows text. */
  readonly fonts: ReadonlySet<string>;
  /** Names of XObjects that `Do` paints. */
  readonly painted: ReadonlySet<string>;
  /** False when it is so damaged that the reading was given up. */
  readonly whole: boolean;
}

/** Part of the graphics state that `q` and `Q` save and restore. */
interface TextState {
  readonly font?: string;
  /** Mode 3: neither filled nor stroked, as the text that a scanner recognizes under its image. */
  readonly invisible: boolean;
}

const SHOWING = new Set(['Tj', 'TJ', "'", '"']);
const MAX_SAVED = 256;

/**
 * Reads the operators of a content stream that call a resource by its name. Strings are passed over as strings, and the
 * bytes of an inline image are not read as operators. A font that is selected, and in which nothing visible is written, is
 * not used (ISO 19005-1, 6.3.4: text rendering mode 3 is exempt).
 */
export function readContent(text: string): ContentCalls {
  const fonts = new Set<string>();
  const painted = new Set<string>();
  const saved: TextState[] = [];
  let state: TextState = { invisible: false };
  let name: string | undefined;
  let operand: PdfValue | undefined;
  // A string that never closes is read to the end in vain: that may not happen for ever.
  let wasteLeft = 4 * text.length + 65_536;
  let at = skipBlank(text, 0, text.length);
  for (; at < text.length; at = skipBlank(text, at, text.length)) {
    const operator = /^(?:[A-Za-z][A-Za-z0-9]{0,2}\*?|['"])(?![A-Za-z0-9*])/.exec(text.slice(at, at + 5))?.[0];
    if (operator === undefined) {
      const parsed = parseValue(text, at);
      if (!parsed) {
        wasteLeft -= text.length - at;
        if (wasteLeft < 0) return { fonts, painted, whole: false };
      }
      operand = parsed?.value;
      if (operand?.kind === 'name') name = operand.name;
      at = parsed?.end ?? at + 1;
      continue;
    }
    at = operator === 'ID' ? endOfImage(text, at + 2) : at + operator.length;
    if (operator === 'q' && saved.length < MAX_SAVED) saved.push(state);
    else if (operator === 'Q') state = saved.pop() ?? state;
    else if (operator === 'Tf' && name !== undefined) state = { ...state, font: name };
    else if (operator === 'Tr') state = { ...state, invisible: operand?.kind === 'number' && operand.value === 3 };
    else if (operator === 'Do' && name !== undefined) painted.add(name);
    else if (SHOWING.has(operator) && state.font !== undefined && !state.invisible) fonts.add(state.font);
  }
  return { fonts, painted, whole: true };
}

/** An inline image ends at `EI` between blanks; its bytes may hold anything else. */
function endOfImage(text: string, from: number): number {
  const end = /[\s\0]EI(?=[\s\0]|$)/g;
  end.lastIndex = from;
  const match = end.exec(text);
  return match ? match.index + 3 : text.length;
}
